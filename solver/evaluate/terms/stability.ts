import { isMovedTo } from './moved.ts';
import type { TaskTerm } from './term.ts';

/** Tasks that stand elsewhere than in the baseline: what people have been told already is not changed without need. */
export const stability: TaskTerm = {
  name: 'Stay near the published schedule',
  weight: 'stability',
  per: 'moved task',
  penalty: (problem, { unit, start }, task) => {
    const { stability: weight } = problem.plan.weights;
    return weight > 0 && isMovedTo(problem, task, unit[task], start[task]) ? weight : 0;
  },
};
