import type { SolveProgress } from '#shared/contract/views.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';

/** What a solver worker is started with. */
export interface SolveTask {
  readonly plan: Plan;
  readonly seconds: number;
  readonly seed: number;
  /** One Int32: 0 goes on, 1 stops with the best so far. */
  readonly stop: SharedArrayBuffer;
}

export interface Best {
  readonly schedule: Schedule;
  readonly rule: string;
}

/** What a solver worker says. The last message is `done`. */
export type SolveMessage =
  | { readonly kind: 'progress'; readonly progress: SolveProgress }
  | { readonly kind: 'best'; readonly best: Best }
  | { readonly kind: 'done'; readonly best: Best };
