import type { Problem } from '#solver/problem/problem.ts';
import { capacities, unitGroups } from './capacity.ts';
import { earliestTimes, shortestRuns } from './earliest.ts';
import { setupBound } from './setup-bound.ts';
import { tardinessBound } from './tardiness-bound.ts';

/** Slots of time per capacity: more are sharper and slower. */
const SLOTS = 96;

/**
 * Proven lower bounds on the objective of every schedule that places all tasks that can be placed, better with every
 * call of `next`: first what each order cannot avoid alone, then the tardiness that its scarcest capacity forces.
 * Overtime, preference and stability are never negative and count as nothing.
 */
export function* planBound(problem: Problem): Generator<number, void, undefined> {
  const groupOf = unitGroups(problem);
  const earliest = earliestTimes(problem);
  const ends = earliestEnds(problem, earliest.end);
  const unavoidable = Float64Array.from(ends, (end, o) => Math.max(0, end - problem.orderDue[o]));
  const { weights } = problem.plan;
  const others =
    (weights.setup * setupBound(problem)) / 60 +
    weights.late * unavoidable.reduce((count, late) => count + (late > 0 ? 1 : 0), 0) +
    (weights.makespan * ends.reduce((last, end) => Math.max(last, end - problem.now), 0)) / 60 +
    (weights.flow * ends.reduce((sum, end, o) => sum + end - problem.orderRelease[o], 0)) / 60;
  let late = 0;
  for (const [o, seconds] of unavoidable.entries()) late += problem.orderWeight[o] * seconds;
  const total = (): number => (weights.tardiness * late) / 60 + others;
  yield total();
  if (weights.tardiness === 0) return;
  const tail = tailAfterEnd(problem);
  for (const capacity of capacities(problem, groupOf, earliest, SLOTS)) {
    for (const bound of tardinessBound(problem, capacity, earliest.run, tail, unavoidable)) {
      late = Math.max(late, bound);
      yield total();
    }
  }
}

/** When each order ends at the earliest, whatever happens. */
function earliestEnds(problem: Problem, end: Int32Array): Float64Array {
  const ends = new Float64Array(problem.orderCount).fill(-Infinity);
  for (let task = 0; task < problem.taskCount; task += 1) {
    const o = problem.order[task];
    // A task that cannot be planned ends its order with the horizon.
    ends[o] = Math.max(ends[o], problem.flaw[task] ? problem.end : Math.min(problem.end, end[task]));
  }
  return ends;
}

/** What must still run after the end of each task: chains of relations that count from ends. */
function tailAfterEnd(problem: Problem): Int32Array {
  const { topological, taskCount, order, flaw, given, succFrom, succTask, succRelation } = problem;
  const { predFromEnd, predToEnd, predShare, predMin } = problem;
  const shortest = shortestRuns(problem);
  const tail = new Int32Array(taskCount);
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      const r = succRelation[k];
      const follows = predFromEnd[r] === 1 && predToEnd[r] === 0 && predShare[r] === 0;
      if (!follows || order[after] !== order[task] || flaw[after] || given[after]) continue;
      tail[task] = Math.max(tail[task], predMin[r] + shortest[after] + tail[after]);
    }
  }
  return tail;
}
