import type { Refusal } from '#shared/domain/refusal.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { type State, isPlaced } from '#solver/evaluate/state.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import type { Journal, Outcome } from './journal.ts';
import { Push } from './push.ts';
import { busyWith } from './refusals.ts';

/**
 * How long a pushed task may wait for a gap, the longest first: few tasks move then, which bounds the attempts that keep
 * orders on time by moving more.
 */
const WAITS: readonly number[] = [40 * DAY, 4 * DAY, DAY, 0];
/** What a repair weighs: points for each task that moves, for each hour by which an order of weight 1 gets later, for each hour of setup. */
export interface Weighing {
  readonly moved: number;
  readonly tardiness: number;
  readonly setup: number;
}

/** For a hand on the board: half a shift of tardiness is worth as much as a task that stays. */
export const LEAST_DISTURBING: Weighing = { moved: 1, tardiness: 0.25, setup: 0 };
/** Points of a task that loses its place: worse than anything else. */
const GIVEN_UP = 10_000;

export interface Wanted {
  readonly weighing: Weighing;
  /** The disruption budget: no more tasks than this move. */
  readonly mostMoved: number;
  /** What a hand moves. */
  readonly moved: ReadonlySet<number>;
}

/** Nothing was moved by hand. */
export const BY_ITSELF: ReadonlySet<number> = new Set();

/**
 * Tries the push in every manner and leaves the state in the one that weighs least. A refusal (the first manner's)
 * leaves the state as it was.
 */
export function leastDisturbing(
  state: State,
  journal: Journal,
  { weighing, mostMoved, moved }: Wanted,
  work: (push: Push) => Refusal | null,
): Refusal | null {
  let best: Outcome | null = null;
  let least = Infinity;
  let refusal: Refusal | null = null;
  let isLater = true;
  for (const gapMayWait of WAITS) {
    const mostTouched = best ? Math.min(MOST_TOUCHED, least / weighing.moved + SPARE) : Infinity;
    const push = new Push(state, journal, moved, { gapMayWait, mostTouched, mayPush: true });
    const failed = work(push);
    if (failed) refusal ??= failed;
    else {
      const changed = journal.changed();
      const added = addedTardiness(state, journal, changed);
      const points = pointsOf(state, journal, changed, added, weighing);
      isLater = added > 0 || journal.unplaced.size > 0;
      if (changed.length <= mostMoved && points < least) {
        least = points;
        best = journal.outcome();
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

function pointsOf(
  state: State,
  journal: Journal,
  changed: readonly number[],
  tardiness: number,
  weighing: Weighing,
): number {
  let setup = 0;
  for (const task of changed) {
    setup += (isPlaced(state, task) ? state.setup[task] : 0) - (journal.stood(task)?.setup ?? 0);
  }
  return (
    weighing.moved * changed.length +
    (weighing.tardiness * tardiness + weighing.setup * setup) / HOUR +
    GIVEN_UP * journal.unplaced.size
  );
}

/** Tries it so that nothing else moves. A refusal leaves the state as it was. */
export function disturbingNobody(
  state: State,
  journal: Journal,
  moved: ReadonlySet<number>,
  work: (push: Push) => Refusal | null,
): Refusal | null {
  const refusal = work(
    new Push(state, journal, moved, { gapMayWait: 0, mostTouched: Infinity, mayPush: false }),
  );
  const other = refusal ? undefined : journal.changed().find((task) => !moved.has(task));
  const failed = refusal ?? (other === undefined ? null : busyWith(state, other));
  if (failed) journal.rollback();
  return failed;
}

/** Whether any manner works; the state stays as it was. */
export function isPossible(
  state: State,
  journal: Journal,
  moved: ReadonlySet<number>,
  work: (push: Push) => Refusal | null,
): boolean {
  return WAITS.some((gapMayWait) => {
    const failed = work(
      new Push(state, journal, moved, { gapMayWait, mostTouched: Infinity, mayPush: true }),
    );
    journal.rollback();
    return !failed;
  });
}

/** A later attempt that touches more is given up: it would take too long for a hand that waits. */
const MOST_TOUCHED = 120;
/** Touched tasks often stay where they are: an attempt may touch some more than the best moves. */
const SPARE = 20;

const overBudget = (mostMoved: number): Refusal => ({
  code: 'UNIT_BUSY',
  object: 'plan',
  text: `more than ${mostMoved} ${mostMoved === 1 ? 'task' : 'tasks'} would have to move`,
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
    if (!journal.before.has(task)) return isPlaced(state, task) ? state.end[task] : -Infinity;
    return journal.stood(task)?.end ?? -Infinity;
  });

function latestEnd(state: State, order: number, endOf: (task: number) => number): number {
  let end = -Infinity;
  for (const task of tasksOf(state.problem).get(order) ?? []) end = Math.max(end, endOf(task));
  return Math.max(0, end - state.problem.orderDue[order]);
}
