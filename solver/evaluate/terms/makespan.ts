import type { Term } from './term.ts';

/** From now to the end of the last task (Pinedo, Cmax). */
export const makespan: Term = {
  weight: 'makespan',
  name: 'Be done with everything soon',
  unit: 'minute',
  penalty: ({ now }, { orderEnd }) => {
    let last = now;
    for (const end of orderEnd) if (end > last) last = end;
    return (last - now) / 60;
  },
};
