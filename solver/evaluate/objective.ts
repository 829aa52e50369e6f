import { NONE, type Problem } from '#solver/problem/problem.ts';
import { flow } from './terms/flow.ts';
import { late } from './terms/late.ts';
import { makespan } from './terms/makespan.ts';
import { overtime } from './terms/overtime.ts';
import { preference } from './terms/preference.ts';
import { setup } from './terms/setup.ts';
import { stability } from './terms/stability.ts';
import { tardiness } from './terms/tardiness.ts';
import type { OrderTerm, PlanTerm, TaskTerm, Timing } from './terms/term.ts';

/** Everything that the planner weighs; each term in a file of its own. */
export const ORDER_TERMS: readonly OrderTerm[] = [tardiness, late, flow];
export const TASK_TERMS: readonly TaskTerm[] = [setup, overtime, preference, stability];
export const PLAN_TERMS: readonly PlanTerm[] = [makespan];

/** What an order's end costs. */
export function orderPenalty(problem: Problem, order: number, end: number): number {
  let sum = 0;
  for (let k = 0; k < ORDER_TERMS.length; k += 1) sum += ORDER_TERMS[k].penalty(problem, order, end);
  return sum;
}

/** What a task's place costs; nothing while it has none, as its order pays for it then. */
export function taskPenalty(problem: Problem, timing: Timing, task: number): number {
  if (timing.unit[task] === NONE) return 0;
  let sum = 0;
  for (let k = 0; k < TASK_TERMS.length; k += 1) sum += TASK_TERMS[k].penalty(problem, timing, task);
  return sum;
}

/** What the end of the last task costs. */
export function planPenalty(problem: Problem, last: number): number {
  let sum = 0;
  for (let k = 0; k < PLAN_TERMS.length; k += 1) sum += PLAN_TERMS[k].penalty(problem, last);
  return sum;
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

/** The planner's weights on all terms: smaller is better. */
export function objectiveOf(problem: Problem, timing: Timing): number {
  const ends = orderEnds(problem, timing);
  let last = problem.now;
  let sum = 0;
  for (let o = 0; o < problem.orderCount; o += 1) {
    if (ends[o] > last) last = ends[o];
    sum += orderPenalty(problem, o, ends[o]);
  }
  for (let task = 0; task < problem.taskCount; task += 1) sum += taskPenalty(problem, timing, task);
  return sum + planPenalty(problem, last);
}
