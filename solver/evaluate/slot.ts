import { NEVER, instantAfterWork, instantOfWork, windowAt, workBefore } from '#solver/problem/open-time.ts';
import { DURING, NONE, setupBetween } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Bounds } from './bounds.ts';
import { crewFrom } from './crew.ts';
import { type Place, type State, nextWithFamily, setupAt } from './state.ts';
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
  const { problem } = state;
  const unit = problem.modeUnit[mode];
  const busy = state.busy[unit];
  const family = problem.family[task];
  const matrix = problem.matrixOf[unit];
  let from = bounds.from;
  let runFrom = bounds.runFrom;
  place.unit = unit;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    // Whatever ends before the run may start cannot come after it.
    let k = busy.after(Math.max(from, runFrom));
    if (k > 0 && busy.end[k - 1] > from) {
      from = busy.end[k - 1];
      if (from > runFrom - problem.modeSetup[mode]) block(reason, REASON.busy, busy.task[k - 1]);
    }
    k = busy.after(from);
    // A block that holds `from` itself is in the way whatever the length.
    while (k < busy.length && busy.start[k] < from) {
      from = busy.end[k];
      block(reason, REASON.busy, busy.task[k]);
      k = busy.after(from);
    }
    place.setup = bounds.setup === NONE ? setupAt(state, mode, k) : bounds.setup;
    if (!fit(state, mode, from, runFrom, place)) {
      block(reason, REASON.closed, unit);
      return false;
    }
    if (place.end > bounds.endUntil || place.runStart > bounds.runUntil) return false;
    if (k < busy.length && busy.start[k] < place.end) {
      from = busy.end[k];
      block(reason, REASON.busy, busy.task[k]);
      continue;
    }
    if (family !== NONE && matrix !== NONE) {
      const next = nextWithFamily(state, unit, k);
      if (next < busy.length) {
        const after = busy.task[next];
        if (
          state.reserved[after] === 0 &&
          setupBetween(problem, matrix, family, problem.family[after]) !== state.setup[after]
        ) {
          from = busy.end[next];
          block(reason, REASON.changeover, after);
          continue;
        }
      }
    }
    if (place.end < bounds.endFrom) {
      from = Math.max(place.start, from) + bounds.endFrom - place.end;
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
    if (missing >= NEVER) return false;
    if (problem.needDuring[need] === DURING.run) runFrom = missing;
    else from = missing;
  }
  return false;
}

function block(reason: Reason, kind: number, by: number): void {
  reason.kind = kind;
  reason.by = by;
}

/** When the need that `findCrew` could not meet is worth another try. */
let missing = 0;

/** Fills the place's stints; NONE when every need is met, otherwise the need that is not. */
export function findCrew(state: State, task: number, unit: number, place: Place): number {
  const { problem } = state;
  const { needFrom, needDuring } = problem;
  const open = problem.open[unit];
  const pauses = problem.pauses[task] === 1;
  place.stints.length = 0;
  for (let need = needFrom[task]; need < needFrom[task + 1]; need += 1) {
    const during = needDuring[need];
    const start = during === DURING.run ? place.runStart : place.start;
    let end = during === DURING.setup ? place.runStart : place.end;
    if (pauses && during === DURING.setup) end = instantAfterWork(open, workBefore(open, end));
    if (start >= end) continue;
    const next = crewFrom(state, need, open, pauses, start, end, place.stints);
    if (next !== start) {
      missing = next;
      return need;
    }
  }
  return NONE;
}

/** Start, run start and end of the block in open time, as early as `from` and `runFrom` allow; `place.setup` is given. */
export function fit(state: State, mode: number, from: number, runFrom: number, place: Place): boolean {
  const { open: opens, modeRun, modeTask, modeUnit, pauses } = state.problem;
  const open = opens[modeUnit[mode]];
  const run = modeRun[mode];
  const { setup } = place;
  if (pauses[modeTask[mode]] === 1) {
    const work = Math.max(workBefore(open, from), workBefore(open, runFrom) - setup);
    place.start = instantOfWork(open, work);
    place.runStart = instantOfWork(open, work + setup);
    place.end = Math.max(place.runStart, instantAfterWork(open, work + setup + run));
    return place.end < NEVER;
  }
  const start = Math.max(from, runFrom - setup);
  for (let k = windowAt(open, start); k < open.to.length; k += 1) {
    const at = Math.max(start, open.from[k]);
    if (at + setup + run > open.to[k]) continue;
    place.start = at;
    place.runStart = at + setup;
    place.end = at + setup + run;
    return true;
  }
  return false;
}

/** When the need that `findCrew` reported last is worth another try. */
export const crewMissingUntil = (): number => missing;
