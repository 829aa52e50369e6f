import { workBefore } from '#solver/problem/open-time.ts';
import type { TaskTerm } from './term.ts';

/** Setup and run that fall into time which the unit's calendar opens as overtime. */
export const overtime: TaskTerm = {
  name: 'Work little overtime',
  weight: 'overtime',
  per: 'minute',
  penalty: ({ plan, overtime: extra }, { unit, start, end }, task) => {
    const { overtime: weight } = plan.weights;
    const open = weight > 0 ? extra[unit[task]] : undefined;
    return open ? (weight * (workBefore(open, end[task]) - workBefore(open, start[task]))) / 60 : 0;
  },
};
