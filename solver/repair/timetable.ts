import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import type { Instant } from '#shared/time/instant.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { boundsOf } from '#solver/evaluate/bounds.ts';
import { type State, emptyPlace, isPlaced, put, readPlace, takeOut } from '#solver/evaluate/state.ts';
import { whyHere, whyLate } from '#solver/explain/why.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock } from '#solver/problem/reason.ts';
import { assignmentOf } from '#solver/problem/solution.ts';
import { neverThere } from './refusals.ts';
import { Journal } from './journal.ts';
import { modeOn } from './mode-on.ts';
import { LEAST_DISTURBING, isPossible, latenessBefore, latenessOf, leastDisturbing } from './attempt.ts';
import { type Loaded, load, reload } from './loaded.ts';

export type Moved =
  | { readonly ok: true; readonly schedule: Schedule; readonly moved: number }
  | Extract<Verdict, { ok: false }>;

/** A schedule that answers where a task may go. Questions and moves leave it as it is: a move returns a new schedule. */
export interface Timetable {
  /** Whether the task may start there, and what would have to move. */
  readonly tryMove: (task: TaskId, unit: EquipmentId, start: Instant) => Verdict;
  /** The schedule with the task exactly there and everything in its way pushed right. */
  readonly move: (task: TaskId, unit: EquipmentId, start: Instant) => Moved;
  /** The binding constraint: why the task does not start earlier. */
  readonly whyHere: (task: TaskId) => string;
  /** The chain of binding constraints behind the end of the task's order, the last task first. */
  readonly whyLate: (task: TaskId) => string[];
  /** The timetable of what followed; only what changed is compiled. This one ends there: it must not be asked any more. */
  readonly followedBy: (plan: Plan, schedule: Schedule) => Timetable;
}

/**
 * Compiled once per plan; what follows an edit is its `followedBy`. A pin holds a task's place against being pushed; the
 * planner's own hand may still move it, also to another unit.
 */
export const openTimetable = (plan: Plan, schedule: Schedule): Timetable =>
  timetableOf(load(withoutUnitPins(plan), schedule), schedule);

const withoutUnitPins = (plan: Plan): Plan => ({
  ...plan,
  pins: plan.pins.map((pin) => (pin.start === undefined ? pin : { ...pin, unit: undefined })),
});

function timetableOf(loaded: Loaded, schedule: Schedule): Timetable {
  const { state, assignments } = loaded;
  const { problem } = state;
  const indexOf = (task: TaskId): number => problem.taskOf.get(task) ?? NONE;

  /** Tries the move, lets `look` see the result, and takes it back. */
  const attempt = <Result>(
    task: TaskId,
    unit: EquipmentId,
    start: Instant,
    look: (journal: Journal, index: number) => Result,
  ): Result | Extract<Verdict, { ok: false }> => {
    const index = indexOf(task);
    const target = problem.equipmentOf.get(unit) ?? NONE;
    const mode = index === NONE ? NONE : modeOn(problem, index, target);
    const at = start - problem.origin;
    const impossible = neverThere(state, task, { task: index, mode }, unit);
    if (impossible) return { ok: false, refusal: impossible, nearest: null };
    const refusal = at < problem.now ? beforeNow(state, task) : tryPush(state, index, mode, at, look);
    if (refusal.ok) return refusal.value;
    const nearest = nearestPlace(state, index, mode, at);
    return {
      ok: false,
      refusal: refusal.reason,
      nearest: nearest === null ? null : { unit, start: problem.origin + nearest },
    };
  };

  return {
    tryMove: (task, unit, start) =>
      attempt(task, unit, start, (journal, index): Verdict => {
        const changed = journal.changed();
        const own = problem.order[index];
        const orders = new Set([own, ...changed.map((other) => problem.order[other])]);
        const before = (order: number): number => latenessBefore(state, journal, order);
        let lateOrders = 0;
        for (const order of orders) {
          lateOrders += Number(latenessOf(state, order) > 0) - Number(before(order) > 0);
        }
        return {
          ok: true,
          start,
          end: problem.origin + state.end[index],
          setup: state.setup[index],
          moves: changed.filter((other) => other !== index).length,
          late: latenessOf(state, own) - before(own),
          lateOrders,
        };
      }),
    move: (task, unit, start) =>
      attempt(task, unit, start, (journal, index): Moved => {
        const next = new Map(assignments);
        for (const touched of [...journal.before.keys(), index]) {
          if (isPlaced(state, touched)) next.set(touched, assignmentOf(problem, state, touched));
        }
        return {
          ok: true,
          schedule: {
            assignments: [...next.values()],
            unplaced: schedule.unplaced.filter((one) => one.task !== task),
          },
          moved: journal.changed().length,
        };
      }),
    whyHere: (task) => whyHere(state, indexOf(task)),
    whyLate: (task) => whyLate(state, indexOf(task)),
    followedBy: (plan, next) => timetableOf(reload(loaded, withoutUnitPins(plan), next), next),
  };
}

type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Refusal };

function tryPush<Value>(
  state: State,
  task: number,
  mode: number,
  start: number,
  look: (journal: Journal, task: number) => Value,
): Attempt<Value> {
  const journal = new Journal(state);
  try {
    const refusal = leastDisturbing(
      state,
      journal,
      { weighing: LEAST_DISTURBING, mostMoved: Infinity, moved: task },
      (push) => push.insert(mode, start),
    );
    return refusal ? { ok: false, reason: refusal } : { ok: true, value: look(journal, task) };
  } finally {
    journal.rollback();
    state.preferred = [];
  }
}

const beforeNow = (state: State, task: TaskId): Attempt<never> => ({
  ok: false,
  reason: {
    code: 'OUTSIDE_HORIZON',
    object: task,
    text: `it cannot start in the past; now is ${clock(state.problem, state.problem.now)}`,
  },
});

/** The nearest start on this row that works: at or after the wish if there is one, otherwise the earliest. */
function nearestPlace(state: State, task: number, mode: number, wish: number): number | null {
  const place = emptyPlace();
  const reason: Reason = { kind: REASON.none, by: NONE };
  const had = emptyPlace();
  const wasPlaced = isPlaced(state, task);
  if (wasPlaced) readPlace(state, task, had);
  let from = wish;
  for (let tries = 0; tries < 4; tries += 1) {
    if (wasPlaced) takeOut(state, task);
    const bounds = { ...boundsOf(state, task, true, reason) };
    // Successors that may be pushed don't bind.
    bounds.endUntil = state.problem.latest[task];
    bounds.from = Math.max(bounds.from, from);
    const found = findPlace(state, task, mode, bounds, place, reason);
    if (wasPlaced) put(state, task, had);
    if (found && isPossible(state, new Journal(state), task, (push) => push.insert(mode, place.start)))
      return place.start;
    if (found) from = Math.max(place.start, from) + 60;
    else if (from > state.problem.now) from = state.problem.now;
    else return null;
  }
  return null;
}
