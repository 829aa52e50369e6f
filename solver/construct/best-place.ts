import { boundsOf } from '#solver/evaluate/bounds.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type Place, type State, copyPlace, emptyPlace } from '#solver/evaluate/state.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';

const trial = emptyPlace();
const scratch: Reason = { kind: 0, by: NONE };
const tried: Reason = { kind: 0, by: NONE };

/**
 * The place among all modes that ends first, setup priced in. Fills `best` and returns its mode, or NONE with the
 * reason of the mode that came closest. The run starts at `runFrom` or later.
 */
export function bestPlace(
  state: State,
  task: number,
  runFrom: number,
  setupPrice: number,
  best: Place,
  reason: Reason,
): number {
  const { modeFrom, modeRun } = state.problem;
  const own = boundsOf(state, task, false, scratch);
  own.runFrom = Math.max(own.runFrom, runFrom);
  const endUntil = own.endUntil;
  let bestMode = NONE;
  let bestScore = Infinity;
  reason.kind = scratch.kind;
  reason.by = scratch.by;
  for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
    if (Math.max(own.from, own.runFrom) + modeRun[mode] >= bestScore) continue;
    tried.kind = scratch.kind;
    tried.by = scratch.by;
    own.endUntil = Math.min(endUntil, bestScore);
    const found = findPlace(state, task, mode, own, trial, tried);
    if (bestMode === NONE) {
      reason.kind = tried.kind;
      reason.by = tried.by;
    }
    if (!found) continue;
    const score = trial.end + setupPrice * trial.setup;
    if (score < bestScore) {
      bestScore = score;
      bestMode = mode;
      copyPlace(best, trial);
    }
  }
  return bestMode;
}
