import { NONE } from '#solver/problem/problem.ts';
import type { Term } from './term.ts';

/** Setup work. In a batch every task counts its own. */
export const setup: Term = {
  weight: 'setup',
  name: 'Set up little',
  unit: 'minute',
  penalty: ({ taskCount }, { unit, setup }) => {
    let sum = 0;
    for (let task = 0; task < taskCount; task += 1) if (unit[task] !== NONE) sum += setup[task];
    return sum / 60;
  },
};
