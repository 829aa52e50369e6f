import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Bounds } from './bounds.ts';
import { NOWHERE } from './budget.ts';
import { handedOn, lastBatchUntil } from './overlap.ts';
import { type State, isPlaced } from './state.ts';
import { roomSinceFor, storedSince, storedUntil } from './storage.ts';

/** From when a relation's lags count: start or end of its placed predecessor, or the end of the first transfer batch. */
export function sinceOf(state: State, relation: number): number {
  const { predTask, predFromEnd, predShare } = state.problem;
  const pred = predTask[relation];
  const { unit, runStart, end } = state;
  if (predShare[relation] > 0)
    return handedOn(state, predShare[relation], unit[pred], runStart[pred], end[pred]);
  return predFromEnd[relation] === 1 ? end[pred] : runStart[pred];
}

/** Until when run start (or end) must lie for the relation's hold time; NEVER without. The predecessor is placed. */
export function holdUntil(state: State, relation: number): number {
  const { predMax } = state.problem;
  return predMax[relation] < NEVER ? sinceOf(state, relation) + predMax[relation] : NEVER;
}

/** By how much later the relation's predecessor would have to be for this place to keep to hold time and storage; 0 or less when it does. */
export function lateFor(
  state: State,
  relation: number,
  task: number,
  place: { readonly runStart: number; readonly end: number },
): number {
  const { predToEnd, predZone, predTask } = state.problem;
  const late = (predToEnd[relation] === 1 ? place.end : place.runStart) - holdUntil(state, relation);
  if (predZone[relation] === NONE) return late;
  const missed = place.runStart - storedUntil(state, task);
  if (missed <= 0) return late;
  const since = roomSinceFor(state, relation, place.runStart) - state.end[predTask[relation]];
  return Math.max(late, since > 0 ? since : missed);
}

/** Does a relation tie its two tasks together from above? */
export const holds = ({ problem }: State, relation: number): boolean =>
  problem.predMax[relation] < NEVER || problem.predZone[relation] !== NONE;

/** How a relation between two placed tasks is broken: the second is too early, or too late for hold time and storage. */
export function breach(state: State, relation: number, after: number): 'early' | 'late' | null {
  const { predTask, predToEnd, predMin, predShare, predSameUnit, predZone } = state.problem;
  const { unit, start, runStart, end, amounts } = state;
  const pred = predTask[relation];
  const at = predToEnd[relation] === 1 ? end[after] : runStart[after];
  if (at < sinceOf(state, relation) + predMin[relation]) return 'early';
  if (predShare[relation] > 0 && end[pred] > lastBatchUntil(state, relation, after)) return 'early';
  if (predSameUnit[relation] === 1 && (unit[pred] !== unit[after] || end[pred] > start[after]))
    return 'early';
  if (at > holdUntil(state, relation)) return 'late';
  const zone = amounts?.storage[predZone[relation]];
  return zone && !zone.isKept(end[pred], runStart[after]) ? 'late' : null;
}

/** `bound`, or when the first batches of placed predecessors are there. */
export function runAfterFirstBatch(state: State, task: number, bound: number, reason: Reason): number {
  const { predFrom, predTask, predShare, predMin } = state.problem;
  let run = bound;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predShare[r] === 0 || !isPlaced(state, predTask[r])) continue;
    const from = sinceOf(state, r) + predMin[r];
    if (from <= run) continue;
    run = from;
    reason.kind = REASON.predecessor;
    reason.by = predTask[r];
  }
  return run;
}

/** What relations ask beyond lags on the run start: bounds on the end, overlap, storage, and a unit that is shared in a sequence. */
export function narrow(state: State, task: number, held: boolean, bounds: Bounds, reason: Reason): void {
  narrowByPredecessors(state, task, held, bounds, reason);
  narrowBySuccessors(state, task, bounds);
  if (state.amounts === null) return;
  bounds.endFrom = Math.max(bounds.endFrom, storedSince(state, task));
}

function narrowByPredecessors(
  state: State,
  task: number,
  held: boolean,
  bounds: Bounds,
  reason: Reason,
): void {
  const { predFrom, predTask, predToEnd, predMin, predSameUnit } = state.problem;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    const pred = predTask[r];
    if (!isPlaced(state, pred)) continue;
    if (predToEnd[r] === 1) {
      bounds.endFrom = Math.max(bounds.endFrom, sinceOf(state, r) + predMin[r]);
      if (held) bounds.endUntil = Math.min(bounds.endUntil, holdUntil(state, r));
    }
    if (predSameUnit[r] === 0) continue;
    onlyOn(bounds, state.unit[pred]);
    bounds.from = Math.max(bounds.from, state.end[pred]);
    reason.kind = REASON.sequence;
    reason.by = pred;
  }
}

function narrowBySuccessors(state: State, task: number, bounds: Bounds): void {
  const { succFrom, succTask, succRelation } = state.problem;
  const { predFromEnd, predToEnd, predMin, predMax, predShare, predSameUnit } = state.problem;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const after = succTask[k];
    const r = succRelation[k];
    if (!isPlaced(state, after)) continue;
    if (predShare[r] > 0) bounds.endUntil = Math.min(bounds.endUntil, lastBatchUntil(state, r, after));
    if (predToEnd[r] === 1) {
      const until = state.end[after] - predMin[r];
      const from = predMax[r] < NEVER ? state.end[after] - predMax[r] : -NEVER;
      if (predFromEnd[r] === 1) {
        bounds.endUntil = Math.min(bounds.endUntil, until);
        bounds.endFrom = Math.max(bounds.endFrom, from);
      } else {
        bounds.runUntil = Math.min(bounds.runUntil, until);
        bounds.runFrom = Math.max(bounds.runFrom, from);
      }
    }
    if (predSameUnit[r] === 0) continue;
    onlyOn(bounds, state.unit[after]);
    bounds.endUntil = Math.min(bounds.endUntil, state.start[after]);
  }
}

function onlyOn(bounds: Bounds, unit: number): void {
  bounds.unit = bounds.unit === NONE || bounds.unit === unit ? unit : NOWHERE;
}
