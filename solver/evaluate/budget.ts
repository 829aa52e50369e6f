import { NONE } from '#solver/problem/problem.ts';
import type { Bounds } from './bounds.ts';
import type { State } from './state.ts';
import { isMovedTo } from './terms/moved.ts';

/** 1 where the placed task stands elsewhere than in the baseline. */
export const countMoved = ({ problem, unit, start }: State, task: number): number =>
  isMovedTo(problem, task, unit[task], start[task]) ? 1 : 0;

/** Is the disruption budget spent, so that this task has to stay where it was? */
export function mustStay({ amounts, problem }: State, task: number): boolean {
  if (amounts === null || amounts.moved < problem.budget || problem.baseUnit[task] === NONE) return false;
  return problem.given[task]?.kind !== 'started';
}

/** Once the disruption budget is spent, a task of the baseline stays where it was. Returns whether that binds. */
export function stayNear(state: State, task: number, bounds: Bounds): boolean {
  const { problem } = state;
  if (!mustStay(state, task)) return false;
  bounds.unit =
    bounds.unit === NONE || bounds.unit === problem.baseUnit[task] ? problem.baseUnit[task] : NOWHERE;
  bounds.from = Math.max(bounds.from, problem.baseStart[task] - problem.moveTolerance);
  bounds.until = Math.min(bounds.until, problem.baseStart[task] + problem.moveTolerance);
  return true;
}

/** No unit can be both of two. */
export const NOWHERE = -2;
