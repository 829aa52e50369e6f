import { NONE } from '#solver/problem/problem.ts';
import type { Term } from './term.ts';

/** Points that the planner's plant puts on choosing this unit rather than another. */
export const preference: Term = {
  weight: 'preference',
  name: 'Use the preferred units',
  unit: 'point',
  penalty: ({ taskCount, modeFrom, modeUnit, modePenalty }, { unit }) => {
    let sum = 0;
    for (let task = 0; task < taskCount; task += 1) {
      if (unit[task] === NONE) continue;
      for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
        if (modeUnit[mode] !== unit[task]) continue;
        sum += modePenalty[mode];
        break;
      }
    }
    return sum;
  },
};
