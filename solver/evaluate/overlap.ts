import { NEVER, instantAfterWork, instantOfWork, workBefore } from '#solver/problem/open-time.ts';
import { type State, isPlaced } from './state.ts';

/**
 * Overlap by transfer batches (lot streaming; Trietsch & Baker 1993): a share of the predecessor's run makes the first
 * batch, and the last one takes the same share of the successor's run after the predecessor has ended. With steady
 * rates the batches in between follow from these two.
 */

/** When the first batch of a run is done. */
export function handedOn(state: State, share: number, unit: number, runStart: number, end: number): number {
  const open = state.problem.open[unit];
  const done = workBefore(open, runStart);
  const whole = workBefore(open, end) - done;
  return whole === 0 ? end : instantAfterWork(open, done + Math.ceil(share * whole));
}

/** From when the task may end in this mode, so that it works on the last batches of its placed predecessors after they end. */
export function lastBatchFrom(state: State, task: number, mode: number): number {
  const { predFrom, predTask, predShare, predMin, modeUnit, modeRun, open } = state.problem;
  let from = -NEVER;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predShare[r] === 0 || !isPlaced(state, predTask[r])) continue;
    const own = open[modeUnit[mode]];
    const last = Math.ceil(predShare[r] * modeRun[mode]);
    const since = workBefore(own, state.end[predTask[r]] + predMin[r]);
    from = Math.max(from, instantAfterWork(own, since + last));
  }
  return from;
}

/** Until when a predecessor may end, so that the placed successor of the relation still works on the last batch. */
export function lastBatchUntil(state: State, relation: number, after: number): number {
  const { predShare, predMin } = state.problem;
  const open = state.problem.open[state.unit[after]];
  const done = workBefore(open, state.end[after]);
  const last = Math.ceil(predShare[relation] * (done - workBefore(open, state.runStart[after])));
  return instantOfWork(open, done - last) - predMin[relation];
}

/** By how much the first batch of a place comes too early (negative) or too late (positive) for placed successors; 0 when it suits them. */
export function firstBatchMisses(
  state: State,
  task: number,
  place: { readonly unit: number; readonly runStart: number; readonly end: number },
): number {
  const { succFrom, succTask, succRelation, predShare, predMin, predMax } = state.problem;
  let early = 0;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const r = succRelation[k];
    if (predShare[r] === 0 || !isPlaced(state, succTask[k])) continue;
    const done = handedOn(state, predShare[r], place.unit, place.runStart, place.end);
    const runStart = state.runStart[succTask[k]];
    if (done > runStart - predMin[r]) return done - runStart + predMin[r];
    if (predMax[r] < NEVER) early = Math.min(early, done + predMax[r] - runStart);
  }
  return early;
}
