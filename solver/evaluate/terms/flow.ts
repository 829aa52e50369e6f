import type { Term } from './term.ts';

/** Flow time: from an order's release to the end of its last task (Pinedo, Σ (Cj − rj)). */
export const flow: Term = {
  weight: 'flow',
  name: 'Take orders through quickly',
  unit: 'minute',
  penalty: ({ orderCount, orderRelease }, { orderEnd }) => {
    let sum = 0;
    for (let o = 0; o < orderCount; o += 1) sum += orderEnd[o] - orderRelease[o];
    return sum / 60;
  },
};
