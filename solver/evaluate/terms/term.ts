import type { Problem } from '#solver/problem/problem.ts';

/** What the objective reads of a schedule; `unit` is NONE where a task has no place. */
export interface Timing {
  readonly unit: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly setup: Int32Array;
}

/** Something that a planner weighs: its name for people, its weight in the plan, and what the weight is counted per. */
interface Named {
  readonly name: string;
  readonly weight: keyof Problem['plan']['weights'];
  readonly per: string;
}

/** A part of the objective that depends on when an order's last task ends. */
export interface OrderTerm extends Named {
  /** In points of the objective, weight included; `end` in seconds after the origin. */
  readonly penalty: (problem: Problem, order: number, end: number) => number;
}

/** A part of the objective that depends on where one task stands; asked of placed tasks only. */
export interface TaskTerm extends Named {
  readonly penalty: (problem: Problem, timing: Timing, task: number) => number;
}

/** A part of the objective that depends on when the last of all tasks ends. */
export interface PlanTerm extends Named {
  readonly penalty: (problem: Problem, last: number) => number;
}
