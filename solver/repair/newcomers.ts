import { bestPlace } from '#solver/construct/best-place.ts';
import { latestRun } from '#solver/evaluate/bounds.ts';
import { broken } from '#solver/evaluate/keeps.ts';
import { type State, emptyPlace, isPlaced, put, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import type { Journal } from './journal.ts';

/** Seconds of completion that a second of setup is worth when a unit is chosen. */
const SETUP_PRICE = 0.5;

const place = emptyPlace();
const reason: Reason = { kind: REASON.none, by: NONE };

/**
 * Gives tasks that have no place the one where each ends first, in turn (each after those that it follows); nothing moves
 * for them, and what fits nowhere stays without. What it changes stands in the journal.
 */
export function placeNewcomers(state: State, journal: Journal, tasks: readonly number[]): void {
  const { predFrom, predTask, flaw } = state.problem;
  const isReady = (task: number): boolean => {
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1)
      if (!isPlaced(state, predTask[r])) return false;
    return true;
  };
  let left = tasks.filter((task) => !isPlaced(state, task) && !flaw[task]);
  while (left.length > 0) {
    const ready = left.filter(isReady);
    if (ready.length === 0) return;
    for (const task of ready) {
      journal.note(task);
      state.preferred = [];
      const mode = bestPlace(state, task, -NEVER, SETUP_PRICE, place, reason);
      if (mode === NONE || place.runStart > latestRun(state, task)) continue;
      put(state, task, place);
      if (broken(state, task)) takeOut(state, task);
    }
    left = left.filter((task) => !ready.includes(task));
  }
}
