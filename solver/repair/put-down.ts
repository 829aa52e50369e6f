import type { Refusal } from '#shared/domain/refusal.ts';
import { boundsOf } from '#solver/evaluate/bounds.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type State, emptyPlace, isPlaced, put, readPlace, takeOut } from '#solver/evaluate/state.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock, taskName } from '#solver/problem/reason.ts';
import { LEAST_DISTURBING, disturbingNobody, isPossible, leastDisturbing } from './attempt.ts';
import { Journal } from './journal.ts';
import type { Push, Target } from './push.ts';

export type Attempt<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Refusal };

const tasksIn = (targets: readonly Target[]): ReadonlySet<number> => new Set(targets.map(({ task }) => task));

/** Puts the targets there, lets `look` see the result, and takes it back. */
export function tryThere<Value>(
  state: State,
  targets: readonly Target[],
  mode: 'exact' | 'push',
  look: (journal: Journal, moved: ReadonlySet<number>) => Value,
): Attempt<Value> {
  const moved = tasksIn(targets);
  const insert = (push: Push): Refusal | null => push.insert(targets);
  return tried(state, moved, look, (journal) =>
    mode === 'exact'
      ? disturbingNobody(state, journal, moved, insert)
      : leastDisturbing(state, journal, { weighing: LEAST_DISTURBING, mostMoved: Infinity, moved }, insert),
  );
}

/** Takes the tasks off, lets `look` see the result, and takes it back. */
export const tryWithout = <Value>(
  state: State,
  gone: ReadonlySet<number>,
  look: (journal: Journal) => Value,
): Attempt<Value> =>
  tried(state, gone, look, (journal) =>
    leastDisturbing(
      state,
      journal,
      { weighing: LEAST_DISTURBING, mostMoved: Infinity, moved: gone },
      (push) => push.remove(gone),
    ),
  );

function tried<Value>(
  state: State,
  moved: ReadonlySet<number>,
  look: (journal: Journal, moved: ReadonlySet<number>) => Value,
  work: (journal: Journal) => Refusal | null,
): Attempt<Value> {
  const journal = new Journal(state);
  try {
    const refusal = work(journal);
    return refusal ? { ok: false, reason: refusal } : { ok: true, value: look(journal, moved) };
  } finally {
    journal.rollback();
    state.preferred = [];
  }
}

/** The same in the first slot from there on. */
export function tryFirst<Value>(
  state: State,
  targets: readonly [Target, ...Target[]],
  look: (journal: Journal, moved: ReadonlySet<number>) => Value,
): Attempt<Value> {
  const slot = firstSlot(state, targets);
  if (slot !== null) return tryThere(state, shifted(targets, slot - targets[0].start), 'exact', look);
  const refusal = tryThere(state, targets, 'exact', () => null);
  return refusal.ok ? { ok: false, reason: noSlot(state, targets[0]) } : refusal;
}

const shifted = (targets: readonly Target[], by: number): Target[] =>
  targets.map((target) => ({ ...target, start: target.start + by }));

const noSlot = (state: State, { task }: Target): Refusal => ({
  code: 'OUTSIDE_HORIZON',
  object: taskName(state.problem, task),
  text: 'there is no free slot on this row from here on',
});

export const beforeNow = ({ problem }: State, task: number): Attempt<never> => ({
  ok: false,
  reason: {
    code: 'OUTSIDE_HORIZON',
    object: problem.plan.tasks[task].id,
    text: `it cannot start in the past; now is ${clock(problem, problem.now)}`,
  },
});

/** So often the targets look for slots that suit them all. */
const MOST_SHIFTS = 40;
const A_LITTLE = 900;

/**
 * Where the first of the targets starts when all of them, at their distances, are in the first slots from there on in
 * which nothing else moves; null where there is none.
 */
export function firstSlot(state: State, targets: readonly [Target, ...Target[]]): number | null {
  const { problem } = state;
  const earliest = Math.min(...targets.map(({ start }) => start));
  let shift = Math.max(0, problem.now - earliest);
  for (let tries = 0; tries < MOST_SHIFTS; tries += 1) {
    const further = furtherShift(state, targets, shift);
    if (further === null) return null;
    if (further === shift) {
      const free = tryThere(state, shifted(targets, shift), 'exact', () => null);
      if (free.ok) return targets[0].start + shift;
    }
    shift = further === shift ? shift + A_LITTLE : further;
  }
  return null;
}

/** By how much the targets have to be shifted so that each is in a gap from there on, none before `shift`; null without one. */
function furtherShift(state: State, targets: readonly Target[], shift: number): number | null {
  const place = emptyPlace();
  const reason: Reason = { kind: REASON.none, by: NONE };
  const journal = new Journal(state);
  for (const { task } of targets) journal.lift(task);
  let further = shift;
  for (const { task, mode, start } of targets) {
    const bounds = { ...boundsOf(state, task, true, reason) };
    bounds.from = Math.max(bounds.from, start + shift);
    if (!findPlace(state, task, mode, bounds, place, reason)) {
      journal.rollback();
      return null;
    }
    further = Math.max(further, place.start - start);
  }
  journal.rollback();
  return further;
}

/** The nearest start on this row that works: at or after the wish if there is one, otherwise the earliest. */
export function nearestPlace(state: State, { task, mode, start: wish }: Target): number | null {
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
    if (found && isThere(state, { task, mode, start: place.start })) return place.start;
    if (found) from = Math.max(place.start, from) + 60;
    else if (from > state.problem.now) from = state.problem.now;
    else return null;
  }
  return null;
}

const isThere = (state: State, target: Target): boolean =>
  isPossible(state, new Journal(state), tasksIn([target]), (push) => push.insert([target]));
