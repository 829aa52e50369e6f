import { NONE, type Problem } from '#solver/problem/problem.ts';

/** What the objective reads of a schedule. */
export interface Timing {
  readonly unit: Int32Array;
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly setup: Int32Array;
}

/** A schedule with what several terms ask of it. */
export interface Timed extends Timing {
  /** When each order's last task ends; the horizon's end where a task has no place. */
  readonly orderEnd: Int32Array;
}

/** Something a planner weighs: a name for people, the unit of one point of penalty, and the penalty of a schedule. */
export interface Term {
  readonly weight: keyof Problem['plan']['weights'];
  readonly name: string;
  readonly unit: string;
  readonly penalty: (problem: Problem, timed: Timed) => number;
}

export function orderEnds(problem: Problem, timing: Timing): Int32Array {
  const ends = new Int32Array(problem.orderCount).fill(-problem.end);
  for (let task = 0; task < problem.taskCount; task += 1) {
    const o = problem.order[task];
    const end = timing.unit[task] === NONE ? problem.end : timing.end[task];
    if (end > ends[o]) ends[o] = end;
  }
  return ends;
}
