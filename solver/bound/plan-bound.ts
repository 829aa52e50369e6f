import { NEVER } from '#solver/problem/open-time.ts';
import type { Problem } from '#solver/problem/problem.ts';
import { capacities, unitGroups } from './capacity.ts';
import { earliestTimes } from './earliest.ts';
import { setupBound } from './setup-bound.ts';
import { tardinessBound } from './tardiness-bound.ts';

/** Slots of time per capacity: more are sharper and slower. */
const SLOTS = 96;

/**
 * Proven lower bounds on the objective of every schedule that places all tasks that can be placed, better with every
 * call of `next`: first what each order cannot avoid alone, then what its scarcest capacity forces. Terms other than
 * tardiness and setup are never negative and count as nothing.
 */
export function* planBound(problem: Problem): Generator<number, void, undefined> {
  const groupOf = unitGroups(problem);
  const earliest = earliestTimes(problem);
  const unavoidable = unavoidableTardiness(problem, earliest.end);
  const { tardiness, setup } = problem.plan.weights;
  const setups = (setup * setupBound(problem, groupOf)) / 60;
  let alone = 0;
  for (const [o, late] of unavoidable.entries()) alone += problem.orderWeight[o] * late;
  let best = alone;
  const total = (): number => (tardiness * best) / 60 + setups;
  yield total();
  const tail = tailAfterEnd(problem);
  const open = capacities(problem, groupOf, earliest, SLOTS).map((capacity) =>
    tardinessBound(problem, capacity, earliest.run, tail, unavoidable),
  );
  for (const bounds of open) {
    for (const bound of bounds) {
      best = Math.max(best, bound);
      yield total();
    }
  }
}

/** By how many seconds each order is late whatever happens. */
function unavoidableTardiness(problem: Problem, end: Int32Array): Float64Array {
  const late = new Float64Array(problem.orderCount);
  for (let task = 0; task < problem.taskCount; task += 1) {
    const o = problem.order[task];
    // A task that cannot be planned ends its order with the horizon.
    const ends = problem.flaw[task] ? problem.end : Math.min(problem.end, end[task]);
    late[o] = Math.max(late[o], ends - problem.orderDue[o]);
  }
  return late;
}

/** What must still run after the end of each task: chains of relations that count from ends. */
function tailAfterEnd(problem: Problem): Int32Array {
  const {
    topological,
    taskCount,
    modeFrom,
    modeRun,
    succFrom,
    succTask,
    succRelation,
    predFromEnd,
    predMin,
    order,
  } = problem;
  const tail = new Int32Array(taskCount);
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      if (predFromEnd[succRelation[k]] === 0 || order[after] !== order[task]) continue;
      let run = NEVER;
      for (let mode = modeFrom[after]; mode < modeFrom[after + 1]; mode += 1)
        run = Math.min(run, modeRun[mode]);
      if (run < NEVER && !problem.flaw[after] && !problem.given[after])
        tail[task] = Math.max(tail[task], predMin[succRelation[k]] + run + tail[after]);
    }
  }
  return tail;
}
