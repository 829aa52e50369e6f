import { NEVER } from '#solver/problem/open-time.ts';
import { DURING, NONE, SHARED, setupBetween } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Bounds } from './bounds.ts';
import { joinBatch } from './batch.ts';
import { crewMissingUntil, findCrew } from './find-crew.ts';
import { fit } from './fit.ts';
import { roomFrom } from './cumulative.ts';
import { firstBatchMisses, lastBatchFrom } from './overlap.ts';
import { type Place, type State, copyPlace, emptyPlace, nextWithFamily, setupAt } from './state.ts';
import { toolsFrom, validFrom } from './tools.ts';

/** How often a search may move on: far more than any honest one needs. */
const MOST_STEPS = 20_000;

/**
 * The earliest place for a task in one mode, among everything that stands already: walks from gap to gap, and whatever
 * is in the way (closing time, a block, a missing person or instrument) says from when it lets the task through.
 * Fills `place` and returns true, or returns false. `reason` is what held it back last.
 */
export function findPlace(
  state: State,
  task: number,
  mode: number,
  bounds: Readonly<Bounds>,
  place: Place,
  reason: Reason,
): boolean {
  const unit = state.problem.modeUnit[mode];
  if (bounds.unit !== NONE && bounds.unit !== unit) return false;
  if (state.problem.shared[unit] !== SHARED.batch || !joinBatch(state, task, mode, bounds, batch)) {
    return findGap(state, task, mode, bounds, place, reason);
  }
  // A batch of its own only where that ends earlier.
  const sooner = { ...bounds, endUntil: Math.min(bounds.endUntil, batch.end - 1) };
  const isAlone = findGap(state, task, mode, sooner, place, reason);
  if (!isAlone) copyPlace(place, batch);
  return true;
}

const batch = emptyPlace();

function findGap(
  state: State,
  task: number,
  mode: number,
  bounds: Readonly<Bounds>,
  place: Place,
  reason: Reason,
): boolean {
  const { problem } = state;
  const unit = problem.modeUnit[mode];
  const busy = state.busy[unit];
  const family = problem.family[task];
  const matrix = problem.matrixOf[unit];
  let from = bounds.from;
  let runFrom = bounds.runFrom;
  const isRich = problem.hasRichRelations;
  const endFrom = isRich ? Math.max(bounds.endFrom, lastBatchFrom(state, task, mode)) : bounds.endFrom;
  place.unit = unit;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    // Whatever ends before the run may start cannot come after it.
    let k = busy.after(Math.max(from, runFrom));
    if (k > 0 && busy.endAt(k - 1) > from) {
      from = busy.endAt(k - 1);
      if (from > runFrom - problem.modeSetup[mode]) block(reason, REASON.busy, busy.taskAt(k - 1));
    }
    k = busy.after(from);
    // A block that holds `from` itself is in the way whatever the length.
    while (k < busy.length && busy.startAt(k) < from) {
      from = busy.endAt(k);
      block(reason, REASON.busy, busy.taskAt(k));
      k = busy.after(from);
    }
    place.setup = bounds.setup === NONE ? setupAt(state, mode, k) : bounds.setup;
    if (!fit(state, mode, from, runFrom, place)) {
      block(reason, REASON.closed, unit);
      return false;
    }
    if (place.end > bounds.endUntil || place.runStart > bounds.runUntil || place.start > bounds.until) {
      return false;
    }
    if (k < busy.length && busy.startAt(k) < place.end) {
      from = busy.endAt(k);
      block(reason, REASON.busy, busy.taskAt(k));
      continue;
    }
    if (family !== NONE && matrix !== NONE) {
      const next = nextWithFamily(state, unit, k);
      if (next < busy.length) {
        const after = busy.taskAt(next);
        if (
          state.reserved[after] === 0 &&
          setupBetween(problem, matrix, family, problem.family[after]) !== state.setup[after]
        ) {
          from = busy.endAt(next);
          block(reason, REASON.changeover, after);
          continue;
        }
      }
    }
    if (place.end < endFrom) {
      from = Math.max(place.start, from) + endFrom - place.end;
      continue;
    }
    if (isRich) {
      const missed = firstBatchMisses(state, task, place);
      if (missed > 0) return false;
      if (missed < 0) {
        from = Math.max(place.start, from) - missed;
        continue;
      }
    }
    const room = roomFrom(state, mode, place.start, place.end);
    if (room !== place.start) {
      block(reason, REASON.full, unit);
      if (room >= NEVER) return false;
      from = room;
      continue;
    }
    let next = validFrom(state, unit, problem.renewsProof[task], place.start, place.end, reason);
    if (next === place.start) {
      place.tools.length = 0;
      next = toolsFrom(state, task, unit, place.start, place.end, place.tools, reason);
    }
    if (next !== place.start) {
      if (next >= NEVER) return false;
      from = next;
      continue;
    }
    const need = findCrew(state, task, unit, place);
    if (need === NONE) return true;
    block(reason, REASON.person, problem.needQualification[need]);
    if (crewMissingUntil() >= NEVER) return false;
    if (problem.needDuring[need] === DURING.run) runFrom = crewMissingUntil();
    else from = crewMissingUntil();
  }
  return false;
}

function block(reason: Reason, kind: number, by: number): void {
  reason.kind = kind;
  reason.by = by;
}
