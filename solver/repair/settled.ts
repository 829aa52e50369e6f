import type { Schedule } from '#shared/domain/schedule.ts';
import { boundsOf } from '#solver/evaluate/bounds.ts';
import { keepCrew } from '#solver/evaluate/keep.ts';
import { placeOfAssignment } from '#solver/evaluate/load.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import {
  type Place,
  type State,
  copyPlace,
  emptyPlace,
  isPlaced,
  joinOverlaps,
  newState,
  peopleIn,
  put,
  readPlace,
  takeOut,
  withProblem,
} from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { modeOn } from './mode-on.ts';

/** What of a schedule still holds on a problem, and where the rest stood. */
export interface Settled {
  readonly state: State;
  /** Tasks whose place no longer holds, with it; they are not in the state. */
  readonly broken: ReadonlyMap<number, Place>;
  /** Tasks that keep their place with other people or instruments. */
  readonly restaffed: readonly number[];
}

/**
 * Facts first, then every task whose place still holds; where only its people or instruments no longer can, others take
 * over. What should have begun `since` then or later may still begin as planned.
 */
export function settle(problem: Problem, schedule: Schedule, since: number): Settled {
  const state = newState(problem);
  const broken = new Map<number, Place>();
  const planned: { readonly task: number; readonly place: Place }[] = [];
  for (const assignment of schedule.assignments) {
    const task = problem.taskOf.get(assignment.task);
    if (task === undefined) continue;
    const given = problem.given[task];
    const isStarted = given?.kind === 'started';
    const place = placeOfAssignment(problem, isStarted ? given.assignment : assignment);
    if (!place) continue;
    if (isStarted) put(state, task, place);
    else planned.push({ task, place });
  }
  joinOverlaps(state);
  planned.sort((a, b) => a.place.start - b.place.start || a.task - b.task);
  for (const { task, place } of planned) {
    if (isTaken(state, place)) broken.set(task, place);
    else put(state, task, place);
  }
  const restaffed: number[] = [];
  const lost = planned.filter(({ task }) => isPlaced(state, task) && !holds(state, task, since, restaffed));
  for (const { task, place } of lost) {
    broken.set(task, place);
    takeOut(state, task);
  }
  return { state, broken, restaffed };
}

/** Is the unit, an instrument or somebody at work there already? */
function isTaken(state: State, place: Readonly<Place>): boolean {
  const { busy, engaged, problem } = state;
  const clashes = (timeline: State['busy'][number], start: number, end: number): boolean => {
    const k = timeline.after(start);
    return k < timeline.length && timeline.startAt(k) < end;
  };
  if (problem.shared[place.unit] === 0 && clashes(busy[place.unit], place.start, place.end)) return true;
  if (place.tools.some((tool) => clashes(busy[tool], place.start, place.end))) return true;
  const { stints } = place;
  if (problem.hasSharedPeople) return false;
  for (let k = 0; k < stints.length; k += 4) {
    if (clashes(engaged[stints[k + 1]], stints[k + 2], stints[k + 3])) return true;
  }
  return false;
}

const had = emptyPlace();
const place = emptyPlace();
const reason: Reason = { kind: REASON.none, by: NONE };

/** Would the task get the same times on its unit again? It keeps its people where they still can. */
function holds(state: State, task: number, since: number, restaffed: number[]): boolean {
  const { problem } = state;
  readPlace(state, task, had);
  const mode = modeOn(problem, task, had.unit);
  if (problem.flaw[task] || mode === NONE || had.start < since) return false;
  takeOut(state, task);
  const bounds = { ...boundsOf(state, task, true, reason) };
  const earliest = bounds.runFrom;
  bounds.from = had.start;
  bounds.runFrom = Math.max(earliest, had.runStart);
  bounds.runUntil = Math.min(bounds.runUntil, had.runStart);
  bounds.endUntil = Math.min(bounds.endUntil, had.end);
  state.preferred = peopleIn(had);
  const holds =
    findPlace(state, task, mode, bounds, place, reason) &&
    place.start === had.start &&
    place.end === had.end &&
    place.setup === had.setup;
  if (holds) {
    keepCrew(state, task, place, had);
    if (!isSameList(place.stints, had.stints) || !isSameList(place.tools, had.tools)) restaffed.push(task);
  } else copyPlace(place, had);
  put(state, task, place);
  state.preferred = [];
  return holds;
}

const isSameList = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((value, k) => value === b[k]);

/** A commitment that no longer holds ties nobody; a pin does. */
export function withoutBrokenTies({ state, broken }: Settled): State {
  const { problem } = state;
  const fixed = problem.fixed.slice();
  for (const task of broken.keys()) if (problem.pinned[task] >= NEVER) fixed[task] = 0;
  return withProblem(state, { ...problem, fixed });
}
