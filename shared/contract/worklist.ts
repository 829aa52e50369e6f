import { z } from 'zod';
import { OperationsType } from '#shared/domain/operations.ts';
import { PersonId } from '#shared/domain/person.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TestOutcome } from '#shared/domain/line-result.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { LineItem } from './line.ts';

/** Whose list: a person's tasks over all units, or a team's: all of a domain, of one area where one is named. */
export const WorklistAsk = z.union([
  z.object({ person: PersonId }),
  z.object({ domain: OperationsType.exclude(['production']), area: z.string().min(1).max(200).optional() }),
]);
export type WorklistAsk = z.infer<typeof WorklistAsk>;

/** When the schedule needs what a task brings, and for what; without a `by` it is only due. */
export interface Needed {
  readonly at: Instant;
  readonly by: { readonly task: TaskId; readonly what: string; readonly unit: string } | null;
}

/** A position of some unit's queue, as it stands on a person's or a team's list. */
export interface WorklistItem extends LineItem {
  readonly unitName: string;
  readonly needed: Needed;
}

/** A failed test that holds a lot or a batch until it is tested again and passes. */
export interface HeldTest {
  readonly task: TaskId;
  readonly unit: EquipmentId;
  readonly what: string;
  readonly found: TestOutcome & { readonly at: Instant };
}

export interface Worklist {
  readonly title: string;
  readonly now: Instant;
  readonly zone: string;
  /** As what a second person may sign for a start against a gate; null where the plant allows none. */
  readonly override: readonly string[] | null;
  /** What is in hand first, then by when the schedule needs it; a person's by when that person is planned for it. */
  readonly items: readonly WorklistItem[];
  /** So many more stand behind them. */
  readonly more: number;
  /** Of the lab: what waits for another test. */
  readonly held: readonly HeldTest[];
}

/** A list that a screen or the desk may open. */
export interface WorklistName {
  readonly ask: WorklistAsk;
  readonly title: string;
  readonly items: number;
}
