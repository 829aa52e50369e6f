import { NONE, type Problem } from '#solver/problem/problem.ts';

/** The task's mode on this unit; NONE where it has none. */
export function modeOn({ modeFrom, modeUnit }: Problem, task: number, unit: number): number {
  for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
    if (modeUnit[mode] === unit) return mode;
  }
  return NONE;
}
