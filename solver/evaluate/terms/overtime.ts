import { workBefore } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Term } from './term.ts';

/** Setup and run that fall into time which the unit's calendar opens as overtime. */
export const overtime: Term = {
  weight: 'overtime',
  name: 'Work little overtime',
  unit: 'minute',
  penalty: ({ taskCount, overtime: extra }, { unit, start, end }) => {
    let sum = 0;
    for (let task = 0; task < taskCount; task += 1) {
      const open = unit[task] === NONE ? undefined : extra[unit[task]];
      if (open) sum += workBefore(open, end[task]) - workBefore(open, start[task]);
    }
    return sum / 60;
  },
};
