import { NONE, type Problem } from '#solver/problem/problem.ts';

/** Is this place another than the task's in the baseline? What has started is a fact and moves nobody. */
export function isMovedTo(problem: Problem, task: number, unit: number, start: number): boolean {
  const { baseUnit, baseStart, moveTolerance } = problem;
  if (baseUnit[task] === NONE || problem.given[task]?.kind === 'started') return false;
  return baseUnit[task] !== unit || Math.abs(baseStart[task] - start) > moveTolerance;
}
