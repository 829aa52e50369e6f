import { type Places, copyRow, newPlaces } from '#solver/problem/places.ts';
import type { Solution } from '#solver/problem/solution.ts';
import { NONE, type Problem, SHARED, setupBetween } from '#solver/problem/problem.ts';
import { type Amounts, holdAmounts, newAmounts, releaseAmounts } from './amounts.ts';
import { isPartial } from './attention.ts';
import { type Shape, shapeOf } from './shape.ts';
import { Timeline } from './timeline.ts';

/** A schedule in the making: where each task stands, and who and what is busy when. */
export interface State extends Places {
  readonly problem: Problem;
  readonly shape: Shape;
  /** Blocks by equipment and by person. */
  readonly busy: readonly Timeline[];
  readonly engaged: readonly Timeline[];
  /** What is shared by amounts; null where the plan has nothing of the kind. */
  readonly amounts: Amounts | null;
  /** Placed tasks that renew each proof. */
  readonly renewals: readonly number[][];
  /** 1 while a pinned task holds room for the longest setup: what is put before it does not matter yet. */
  readonly reserved: Uint8Array;
  /** People to ask first: who was told already is not exchanged without need. */
  preferred: readonly number[];
  readonly unplaced: Map<number, Solution['unplaced'][number]>;
}

/** A place for one task. */
export interface Place {
  unit: number;
  start: number;
  runStart: number;
  end: number;
  setup: number;
  /** need, person, start, end, … */
  readonly stints: number[];
  readonly tools: number[];
}

export const emptyPlace = (): Place => ({
  unit: NONE,
  start: 0,
  runStart: 0,
  end: 0,
  setup: 0,
  stints: [],
  tools: [],
});

export function newState(problem: Problem): State {
  const { taskCount, equipment, presence, proofs } = problem;
  const places = newPlaces(taskCount);
  places.unit.fill(NONE);
  return {
    problem,
    shape: shapeOf(problem),
    ...places,
    busy: equipment.map(() => new Timeline()),
    engaged: presence.map(() => new Timeline()),
    amounts: newAmounts(problem),
    renewals: proofs.map(() => []),
    reserved: new Uint8Array(taskCount),
    preferred: [],
    unplaced: new Map(),
  };
}

/** Nothing has a place any more. */
export function clearState(state: State): void {
  state.unit.fill(NONE);
  for (const timeline of state.busy) timeline.clear();
  for (const timeline of state.engaged) timeline.clear();
  for (const renewals of state.renewals) renewals.length = 0;
}

export const isPlaced = (state: State, task: number): boolean => state.unit[task] !== NONE;

export function put(state: State, task: number, place: Readonly<Place>): void {
  state.unit[task] = place.unit;
  state.start[task] = place.start;
  state.runStart[task] = place.runStart;
  state.end[task] = place.end;
  state.setup[task] = place.setup;
  state.stints.set(task, place.stints);
  state.tools.set(task, place.tools);
  occupy(state, task);
}

/** Puts a task where a row of other places says. */
export function putRow(state: State, task: number, places: Places, row: number): void {
  copyRow(state, task, places, row);
  occupy(state, task);
}

function occupy(state: State, task: number): void {
  const { unit, start, end, stints, tools, problem, amounts } = state;
  if (problem.shared[unit[task]] !== SHARED.cumulative) {
    state.busy[unit[task]].insert(start[task], end[task], task);
  }
  for (let k = 0; k < tools.length[task]; k += 1) {
    state.busy[tools.at(task, k)].insert(start[task], end[task], task);
  }
  for (let k = 0; k < stints.length[task]; k += 4) {
    if (amounts !== null && isPartial(state, amounts, task, stints.at(task, k))) continue;
    state.engaged[stints.at(task, k + 1)].insert(stints.at(task, k + 2), stints.at(task, k + 3), task);
  }
  if (problem.renewsProof[task] !== NONE) state.renewals[problem.renewsProof[task]].push(task);
  if (amounts !== null) holdAmounts(state, amounts, task);
}

export function takeOut(state: State, task: number): void {
  const { unit, start, stints, tools, problem, amounts } = state;
  if (amounts !== null) releaseAmounts(state, amounts, task);
  if (problem.shared[unit[task]] !== SHARED.cumulative) state.busy[unit[task]].remove(start[task], task);
  for (let k = 0; k < tools.length[task]; k += 1) state.busy[tools.at(task, k)].remove(start[task], task);
  for (let k = 0; k < stints.length[task]; k += 4) {
    if (amounts !== null && isPartial(state, amounts, task, stints.at(task, k))) continue;
    state.engaged[stints.at(task, k + 1)].remove(stints.at(task, k + 2), task);
  }
  if (problem.renewsProof[task] !== NONE) {
    const renewals = state.renewals[problem.renewsProof[task]];
    renewals.splice(renewals.indexOf(task), 1);
  }
  unit[task] = NONE;
}

export function copyInto(target: number[], source: readonly number[]): void {
  // Lists of equal length keep their backing store.
  if (target.length > source.length) target.length = source.length;
  for (let k = 0; k < source.length; k += 1) target[k] = source[k];
}

export function copyPlace(target: Place, source: Readonly<Place>): void {
  target.unit = source.unit;
  target.start = source.start;
  target.runStart = source.runStart;
  target.end = source.end;
  target.setup = source.setup;
  copyInto(target.stints, source.stints);
  copyInto(target.tools, source.tools);
}

/** Takes over the task's present place. */
export function readPlace(state: State, task: number, place: Place): void {
  place.unit = state.unit[task];
  place.start = state.start[task];
  place.runStart = state.runStart[task];
  place.end = state.end[task];
  place.setup = state.setup[task];
  state.stints.read(task, place.stints);
  state.tools.read(task, place.tools);
}

/** The family that the block at position `k` leaves on the equipment; NONE when it leaves the state alone. */
const familyAt = (state: State, e: number, k: number): number => {
  const task = state.busy[e].taskAt(k);
  return state.unit[task] === e ? state.problem.family[task] : NONE;
};

/** The first block of the batch that the block at position `k` belongs to. */
function firstOfBatch(state: State, e: number, k: number): number {
  const busy = state.busy[e];
  if (state.problem.shared[e] !== SHARED.batch || k >= busy.length) return k;
  let first = k;
  while (first > 0 && busy.startAt(first - 1) === busy.startAt(k)) first -= 1;
  return first;
}

/** The family that the equipment is set up for before position `k` of its timeline. */
export function familyBefore(state: State, e: number, k: number): number {
  for (let at = firstOfBatch(state, e, k) - 1; at >= 0; at -= 1) {
    const family = familyAt(state, e, at);
    if (family !== NONE) return family;
  }
  return state.problem.setupState[e];
}

/** The next position from `k` on whose setup depends on what is before it; `length` when there is none. */
export function nextWithFamily(state: State, e: number, k: number): number {
  const { length } = state.busy[e];
  let at = k;
  while (at < length && familyAt(state, e, at) === NONE) at += 1;
  return at;
}

/** Setup of a task in this mode at position `k` of the unit's timeline. */
export function setupAt(state: State, mode: number, k: number): number {
  const { modeUnit, modeTask, modeSetup, matrixOf, family } = state.problem;
  const e = modeUnit[mode];
  const matrix = matrixOf[e];
  if (matrix === NONE) return modeSetup[mode];
  const to = family[modeTask[mode]];
  return to === NONE ? 0 : setupBetween(state.problem, matrix, familyBefore(state, e, k), to);
}

/** The same places on a problem of the same tasks; the given state ends there, as both share them. */
export const withProblem = (state: State, problem: Problem): State => ({
  ...state,
  problem,
  shape: shapeOf(problem),
});

/** What has started may overlap on its unit and in its crew: such blocks count as one busy stretch. */
export function joinOverlaps(state: State): void {
  for (const timeline of state.busy) timeline.joinOverlaps();
  for (const timeline of state.engaged) timeline.joinOverlaps();
}

/** Everybody with a stint in the place. */
export const peopleIn = ({ stints }: Readonly<Place>): number[] => stints.filter((_, k) => k % 4 === 1);
