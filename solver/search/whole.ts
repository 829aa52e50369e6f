import { type State, familyBefore, isPlaced } from '#solver/evaluate/state.ts';
import type { Timeline } from '#solver/evaluate/timeline.ts';
import { NONE, setupBetween } from '#solver/problem/problem.ts';

/** Does a schedule that was put together from parts hold: nothing overlaps, setups and order are right? */
export const isWhole = (state: State): boolean =>
  state.busy.every((blocks) => isDisjoint(state, blocks)) &&
  state.engaged.every((blocks) => isDisjoint(state, blocks)) &&
  hasItsSetups(state) &&
  isInOrder(state);

/** What has started may overlap. */
function isDisjoint({ problem }: State, { start, end, task, length }: Timeline): boolean {
  for (let k = 1; k < length; k += 1) {
    if (start[k] < end[k - 1] && problem.given[task[k]]?.kind !== 'started') return false;
  }
  return true;
}

function hasItsSetups(state: State): boolean {
  const { problem, busy } = state;
  for (let unit = 0; unit < busy.length; unit += 1) {
    const matrix = problem.matrixOf[unit];
    if (matrix === NONE) continue;
    for (let k = 0; k < busy[unit].length; k += 1) {
      const task = busy[unit].task[k];
      const family = problem.family[task];
      if (state.unit[task] !== unit || family === NONE || problem.given[task]?.kind === 'started') continue;
      if (state.setup[task] !== setupBetween(problem, matrix, familyBefore(state, unit, k), family))
        return false;
    }
  }
  return true;
}

function isInOrder(state: State): boolean {
  const { taskCount, predFrom, predTask, predFromEnd, predMin, given } = state.problem;
  for (let task = 0; task < taskCount; task += 1) {
    if (!isPlaced(state, task) || given[task]?.kind === 'started') continue;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      const from = predFromEnd[r] === 1 ? state.end[pred] : state.runStart[pred];
      if (isPlaced(state, pred) && state.runStart[task] < from + predMin[r]) return false;
    }
  }
  return true;
}
