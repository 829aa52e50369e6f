import { earliestRun, latestRun, successorWindow, type Window } from '#solver/evaluate/bounds.ts';
import { type Bounds, findPlace } from '#solver/evaluate/slot.ts';
import { type Place, type State, copyInto, emptyPlace } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';

const window: Window = { runFrom: 0, runUntil: 0, endFrom: 0, endUntil: 0, by: NONE };
const bounds: Bounds = { from: 0, runFrom: 0, runUntil: 0, endFrom: 0, endUntil: 0 };
const trial = emptyPlace();
const scratch: Reason = { kind: 0, by: NONE };
const tried: Reason = { kind: 0, by: NONE };

/** What releases, lots, deadlines and placed neighbours ask of a task; hold times of predecessors only when `held`. */
export function boundsOf(state: State, task: number, held: boolean, reason: Reason): Bounds {
  const { problem } = state;
  successorWindow(state, task, window);
  bounds.from = problem.now;
  bounds.runFrom = Math.max(earliestRun(state, task, reason), window.runFrom);
  bounds.runUntil = Math.min(window.runUntil, held ? latestRun(state, task) : NEVER);
  bounds.endFrom = window.endFrom;
  bounds.endUntil = Math.min(window.endUntil, problem.latest[task]);
  return bounds;
}

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
  const { modeFrom, modeRun, modeUnit } = state.problem;
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
      takeOver(best, trial, modeUnit[mode]);
    }
  }
  return bestMode;
}

function takeOver(best: Place, from: Readonly<Place>, unit: number): void {
  best.unit = unit;
  best.start = from.start;
  best.runStart = from.runStart;
  best.end = from.end;
  best.setup = from.setup;
  copyInto(best.stints, from.stints);
  copyInto(best.tools, from.tools);
}
