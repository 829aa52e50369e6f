import { NONE, SHARED } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Bounds } from './bounds.ts';
import { loadOn } from './cumulative.ts';
import { firstBatchMisses, lastBatchFrom } from './overlap.ts';
import { findCrew } from './find-crew.ts';
import { fit } from './fit.ts';
import type { Place, State } from './state.ts';
import { toolsFrom, validFrom } from './tools.ts';

const unused: Reason = { kind: REASON.none, by: NONE };

/**
 * The earliest batch on a batch machine that the task can join: of its family, with room for its load, with the same
 * times (incompatible job families; Uzsoy 1995). Fills `place` and returns true, or returns false.
 */
export function joinBatch(
  state: State,
  task: number,
  mode: number,
  bounds: Readonly<Bounds>,
  place: Place,
): boolean {
  const { problem } = state;
  const { family, modeUnit, modeLoad, capacity, shared } = problem;
  const unit = modeUnit[mode];
  if (shared[unit] !== SHARED.batch || family[task] === NONE) return false;
  const busy = state.busy[unit];
  for (let first = busy.after(bounds.from), next = first; first < busy.length; first = next) {
    const start = busy.startAt(first);
    if (start > bounds.until || start >= bounds.endUntil) return false;
    const one = busy.taskAt(first);
    let load = modeLoad[mode];
    for (next = first; next < busy.length && busy.startAt(next) === start; next += 1) {
      load += loadOn(problem, busy.taskAt(next), unit);
    }
    if (load > capacity[unit] || start < bounds.from || state.unit[one] !== unit) continue;
    if (family[one] !== family[task] || state.reserved[one] === 1) continue;
    if (isLike(state, one, mode, place) && suits(state, task, mode, bounds, place)) return true;
  }
  return false;
}

/** Fills the place with the times of a batch; false where the task would take longer or shorter. */
function isLike(state: State, one: number, mode: number, place: Place): boolean {
  place.unit = state.unit[one];
  place.setup = state.setup[one];
  return (
    fit(state, mode, state.start[one], state.runStart[one], place) &&
    place.start === state.start[one] &&
    place.runStart === state.runStart[one] &&
    place.end === state.end[one]
  );
}

/** Do bounds, tests, tools and people allow the task there? */
function suits(state: State, task: number, mode: number, bounds: Readonly<Bounds>, place: Place): boolean {
  const { start, runStart, end, unit } = place;
  if (runStart < bounds.runFrom || runStart > bounds.runUntil) return false;
  if (end < bounds.endFrom || end > bounds.endUntil) return false;
  if (state.problem.hasRichRelations) {
    if (end < lastBatchFrom(state, task, mode) || firstBatchMisses(state, task, place) !== 0) return false;
  }
  if (validFrom(state, unit, state.problem.renewsProof[task], start, end, unused) !== start) return false;
  place.tools.length = 0;
  if (toolsFrom(state, task, unit, start, end, place.tools, unused) !== start) return false;
  return findCrew(state, task, unit, place) === NONE;
}
