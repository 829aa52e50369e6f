import { NONE } from '#solver/problem/problem.ts';
import { isMovedTo } from './moved.ts';
import type { Term } from './term.ts';

/** Tasks that stand elsewhere than in the baseline: what people have been told already is not changed without need. */
export const stability: Term = {
  weight: 'stability',
  name: 'Stay near the published schedule',
  unit: 'moved task',
  penalty: (problem, { unit, start }) => {
    let count = 0;
    for (let task = 0; task < problem.taskCount; task += 1) {
      if (unit[task] !== NONE && isMovedTo(problem, task, unit[task], start[task])) count += 1;
    }
    return count;
  },
};
