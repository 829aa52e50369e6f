import type { Refusal } from '#shared/domain/refusal.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { type State, isPlaced } from '#solver/evaluate/state.ts';
import type { Place } from '#solver/evaluate/state.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import type { Journal } from './journal.ts';
import { Push } from './push.ts';

/**
 * How long a pushed task may wait for a gap, the longest first: few tasks move then, which bounds the attempts that keep
 * orders on time by moving more.
 */
const WAITS: readonly number[] = [40 * DAY, 2 * DAY, 8 * HOUR, 0];
/** A task that moves weighs as much as four hours by which an order of weight 1 gets later, in seconds. */
const MOVE_WEIGHS = 4 * HOUR;

/**
 * Tries the push in every manner and leaves the state in the one that disturbs least: tasks that move, and tardiness.
 * A refusal (the first manner's) leaves the state as it was. `mostMoved` is the disruption budget.
 */
export function leastDisturbing(
  state: State,
  journal: Journal,
  moved: number,
  mostMoved: number,
  work: (push: Push) => Refusal | null,
): Refusal | null {
  let best: ReadonlyMap<number, Place | null> | null = null;
  let least = Infinity;
  let refusal: Refusal | null = null;
  let isLater = true;
  for (const gapMayWait of WAITS) {
    const push = new Push(state, journal, moved, { gapMayWait, mostTouched: least + SPARE });
    const failed = work(push);
    if (failed) refusal ??= failed;
    else {
      const changed = journal.changed();
      const added = addedTardiness(state, journal, changed);
      const disturbance = changed.length + added / MOVE_WEIGHS;
      isLater = added > 0;
      if (changed.length <= mostMoved && disturbance < least) {
        least = disturbance;
        best = journal.after();
      }
    }
    journal.rollback();
    // Where nothing gets later there is nothing that moving more could mend.
    if (failed ? !push.isInserted : !isLater) break;
  }
  if (!best) return refusal ?? overBudget(mostMoved);
  journal.apply(best);
  return null;
}

/** Whether any manner works; the state stays as it was. */
export function isPossible(
  state: State,
  journal: Journal,
  moved: number,
  work: (push: Push) => Refusal | null,
): boolean {
  return WAITS.some((gapMayWait) => {
    const failed = work(new Push(state, journal, moved, { gapMayWait, mostTouched: Infinity }));
    journal.rollback();
    return !failed;
  });
}

/** Touched tasks often stay where they are: an attempt may touch some more than the best moves. */
const SPARE = 20;

const overBudget = (mostMoved: number): Refusal => ({
  code: 'UNIT_BUSY',
  object: 'plan',
  text: `more than ${mostMoved} tasks would have to move`,
});

export const tasksOf = onceFor((problem: State['problem']) =>
  Map.groupBy(problem.order.keys(), (task) => problem.order[task]),
);

/** By how much the orders of the changed tasks are later than before, weight × seconds; less than 0 when earlier. */
function addedTardiness(state: State, journal: Journal, changed: readonly number[]): number {
  const { problem } = state;
  let sum = 0;
  for (const order of new Set(changed.map((task) => problem.order[task]))) {
    const later = latenessOf(state, order) - latenessBefore(state, journal, order);
    sum += problem.orderWeight[order] * later;
  }
  return sum;
}

/** Seconds by which an order ends after its due date; unplaced tasks don't count. */
export const latenessOf = (state: State, order: number): number =>
  latestEnd(state, order, (task) => (isPlaced(state, task) ? state.end[task] : -Infinity));

/** The same before the repair. */
export const latenessBefore = (state: State, journal: Journal, order: number): number =>
  latestEnd(state, order, (task) => {
    const was = journal.before.get(task);
    if (was === undefined) return isPlaced(state, task) ? state.end[task] : -Infinity;
    return was?.end ?? -Infinity;
  });

function latestEnd(state: State, order: number, endOf: (task: number) => number): number {
  let end = -Infinity;
  for (const task of tasksOf(state.problem).get(order) ?? []) end = Math.max(end, endOf(task));
  return Math.max(0, end - state.problem.orderDue[order]);
}
