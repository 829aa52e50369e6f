import { boundsOf } from '#solver/evaluate/bounds.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { type State, emptyPlace, familyBefore, isPlaced, put, takeOut } from '#solver/evaluate/state.ts';
import { NONE, setupBetween } from '#solver/problem/problem.ts';
import { type Reason, refusalOf, taskName } from '#solver/problem/reason.ts';
import { NEVER } from '#solver/problem/open-time.ts';

/**
 * A commitment or pin whose predecessor found no place cannot stay either, and what came after it on its unit may need
 * another setup then. Facts stay facts.
 */
export function dropOrphans(state: State): void {
  do {
    for (const task of state.problem.topological) dropOrphan(state, task);
  } while (mendSetups(state));
}

function dropOrphan(state: State, task: number): void {
  const { problem } = state;
  if (!isPlaced(state, task) || problem.given[task]?.kind === 'started') return;
  for (let r = problem.predFrom[task]; r < problem.predFrom[task + 1]; r += 1) {
    const pred = problem.predTask[r];
    if (isPlaced(state, pred)) continue;
    takeOut(state, task);
    state.unplaced.set(task, {
      task: problem.plan.tasks[task].id,
      code: 'PREDECESSOR_NOT_FINISHED',
      object: taskName(problem, pred),
      text: `${taskName(problem, pred)}, which comes before it, has no place`,
    });
    return;
  }
}

const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };

/** Places anew whatever no longer has the setup that it needs; true when one of them lost its place. */
function mendSetups(state: State): boolean {
  const { problem } = state;
  for (const [unit, busy] of state.busy.entries()) {
    const matrix = problem.matrixOf[unit];
    if (matrix === NONE) continue;
    for (let k = 0; k < busy.length; k += 1) {
      const task = busy.taskAt(k);
      const family = problem.family[task];
      if (state.unit[task] !== unit || family === NONE || problem.given[task]?.kind === 'started') continue;
      if (state.setup[task] === setupBetween(problem, matrix, familyBefore(state, unit, k), family)) continue;
      if (!placeAnew(state, task, unit)) return true;
      k = -1;
    }
  }
  return false;
}

function placeAnew(state: State, task: number, unit: number): boolean {
  const { problem } = state;
  const { runStart, start } = { runStart: state.runStart[task], start: state.start[task] };
  takeOut(state, task);
  const bounds = { ...boundsOf(state, task, true, reason) };
  const isPinned = problem.pinned[task] < NEVER;
  if (isPinned) bounds.from = start;
  else bounds.runFrom = Math.max(bounds.runFrom, runStart);
  for (let mode = problem.modeFrom[task]; mode < problem.modeFrom[task + 1]; mode += 1) {
    if (problem.modeUnit[mode] !== unit) continue;
    if (findPlace(state, task, mode, bounds, place, reason) && (!isPinned || place.start === start)) {
      put(state, task, place);
      return true;
    }
  }
  state.unplaced.set(task, {
    task: problem.plan.tasks[task].id,
    ...refusalOf(problem, task, reason, NEVER),
  });
  return false;
}
