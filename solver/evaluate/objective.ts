import { NONE, type Problem } from '#solver/problem/problem.ts';

/** What the objective reads of a schedule. */
export interface Timing {
  readonly unit: Int32Array;
  readonly end: Int32Array;
  readonly setup: Int32Array;
}

/** When each order's last task ends; the horizon's end where a task has no place. */
export function orderEnds(problem: Problem, timing: Timing): Int32Array {
  const ends = new Int32Array(problem.orderCount).fill(-problem.end);
  for (let task = 0; task < problem.taskCount; task += 1) {
    const o = problem.order[task];
    const end = timing.unit[task] === NONE ? problem.end : timing.end[task];
    if (end > ends[o]) ends[o] = end;
  }
  return ends;
}

/** Weighted tardiness in weight × minutes (Pinedo, Σ wjTj). Early is free. */
export function weightedTardiness(problem: Problem, timing: Timing): number {
  const ends = orderEnds(problem, timing);
  let sum = 0;
  for (let o = 0; o < problem.orderCount; o += 1) {
    sum += (problem.orderWeight[o] * Math.max(0, ends[o] - problem.orderDue[o])) / 60;
  }
  return sum;
}

/** Setup work in minutes. */
export function setupMinutes(problem: Problem, timing: Timing): number {
  let sum = 0;
  for (let task = 0; task < problem.taskCount; task += 1) {
    if (timing.unit[task] !== NONE) sum += timing.setup[task];
  }
  return sum / 60;
}

/** The planner's weights on tardiness and setup: smaller is better. */
export const objectiveOf = (problem: Problem, timing: Timing): number =>
  problem.plan.weights.tardiness * weightedTardiness(problem, timing) +
  problem.plan.weights.setup * setupMinutes(problem, timing);
