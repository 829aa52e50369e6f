import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import type { Commitment } from './commitment.ts';
import { EquipmentId } from './equipment.ts';
import type { Refusal, RefusalCode } from './refusal.ts';
import { TaskId } from './task.ts';

/**
 * How a task is put down: exactly there, where nothing else moves; exactly there, where what is in the way moves on; or in
 * the first slot from there on in which nothing else moves.
 */
export const DropMode = z.enum(['exact', 'push', 'first']);
export type DropMode = z.infer<typeof DropMode>;

/**
 * Where a hand puts a task, and what it carries along: `others` keep their distance in time, and those on the same unit
 * go to the new one as well.
 */
export const Drop = z.object({
  task: TaskId,
  unit: EquipmentId,
  start: Instant,
  others: z.array(TaskId).optional(),
  /** Insert and push, unless told otherwise. */
  mode: DropMode.optional(),
  /** How long the task is to run from now on; refused where that is no estimate. */
  estimate: Seconds.positive().optional(),
});
export type Drop = z.infer<typeof Drop>;

/** What a drop would change of the figures that a planner steers by; negative is less. */
export interface FiguresChange {
  readonly lateOrders: number;
  /** Σ T. */
  readonly tardiness: Seconds;
  /** Σ w T. */
  readonly weightedTardiness: number;
  readonly setup: Seconds;
  /** Busy over open time. */
  readonly load: number;
  /** Tasks that stand elsewhere than in the published version. */
  readonly movedSincePublished: number;
}

/** What a drop would cost. */
export interface DropCost {
  /** How much more setup there would be altogether. */
  readonly setupChange: Seconds;
  /** Others that would have to move. */
  readonly moves: number;
  /** Change of the order's lateness. */
  readonly late: Seconds;
  /** Change of the number of late orders, its own and those that are pushed. */
  readonly lateOrders: number;
}

/** Whether a drop is allowed; when not, why, and the nearest slot on that row that works. What it would cost when it is. */
export type Verdict =
  | (DropCost & {
      readonly ok: true;
      /** Where it would start: later than asked for where the first slot was. */
      readonly start: Instant;
      readonly end: Instant;
      readonly setup: Seconds;
      /** What it is committed by where it stands, of all that is carried the strongest; left out where nothing is. */
      readonly commitment?: Commitment;
      /** Where the station is asked; what asks the solver alone goes without. */
      readonly figures?: FiguresChange;
    })
  | {
      readonly ok: false;
      readonly refusal: Refusal;
      readonly nearest: { readonly unit: EquipmentId; readonly start: Instant } | null;
    };

/** What a row says to a task over it: the rule against it, or where it may be put down, what that would cost. */
export type RowVerdict =
  | { readonly refusal: RefusalCode }
  | { readonly refusal: null; readonly cost: DropCost };

/** What each of the rows says that were asked. */
export type Lens = readonly (RowVerdict & { readonly unit: EquipmentId })[];
