import type { Change } from '#shared/domain/change.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Assignment, Figures, Schedule, Unplaced } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Shortage } from '#solver/lp/shortages.ts';
import type { RemedyKind } from '#solver/remedies/remedy.ts';
import type { Aim, RepairCounts } from '#solver/repair/repair.ts';

interface Situation {
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** What should have begun since then may still begin as planned. */
  readonly since: Instant;
}

/** One of several schedules over one plan, and what of the plan is its own: the plan travels only once. */
export interface Side extends Pick<Plan, 'pins' | 'frozen'> {
  /** Null where they are the plan's. */
  readonly tasks: Plan['tasks'] | null;
  readonly schedule: Schedule;
}

/** What an adviser thread is started with. */
export type Question =
  | (Situation & {
      readonly kind: 'repair';
      readonly change: Change;
      readonly mostMoved?: number;
      readonly aims?: readonly Aim[];
      readonly newcomers?: readonly TaskId[];
    })
  | (Situation & { readonly kind: 'help'; readonly order: OrderId })
  | {
      readonly kind: 'judge';
      readonly plan: Plan;
      readonly since: Instant;
      readonly sides: readonly Side[];
    }
  | { readonly kind: 'roughCut'; readonly plan: Plan; readonly edges: readonly Instant[] };

/** A question, and when it was asked, in milliseconds since 1970. */
export type Asked = Question & { readonly asked: number };

/** A schedule on its way to another thread: only what differs from the one that was asked about. */
export interface SchedulePiece {
  readonly changed: readonly Assignment[];
  readonly gone: readonly TaskId[];
  readonly unplaced: readonly Unplaced[];
}

export interface RepairPiece extends SchedulePiece {
  readonly aim: Aim;
  readonly counts: RepairCounts;
}

export interface RemedyPiece extends SchedulePiece {
  readonly kind: RemedyKind;
  readonly text: string;
  readonly moved: number;
  /** The plan as it is recorded does not allow it: what the remedy says has to come true first. */
  readonly assumes: boolean;
}

export interface HelpAdvice {
  readonly late: Seconds;
  readonly tried: number;
  readonly remedies: readonly RemedyPiece[];
}

export interface Judgement {
  readonly figures: Figures;
  /** What the checker objects to first, and to how many things. */
  readonly problem: { readonly text: string; readonly count: number } | null;
}

/** What it answers, once. */
export type Advice =
  | { readonly kind: 'repairs'; readonly plan: Plan | null; readonly repairs: readonly RepairPiece[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'help'; readonly help: HelpAdvice | null }
  | { readonly kind: 'judged'; readonly sides: readonly Judgement[] }
  | { readonly kind: 'roughCut'; readonly shortages: readonly Shortage[] }
  | { readonly kind: 'failed'; readonly text: string };
