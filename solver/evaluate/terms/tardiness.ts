import type { Term } from './term.ts';

/** Weighted tardiness (Pinedo, Σ wjTj). Early is free. */
export const tardiness: Term = {
  weight: 'tardiness',
  name: 'Finish orders by their due date',
  unit: 'weight × minute',
  penalty: ({ orderCount, orderWeight, orderDue }, { orderEnd }) => {
    let sum = 0;
    for (let o = 0; o < orderCount; o += 1) {
      sum += (orderWeight[o] * Math.max(0, orderEnd[o] - orderDue[o])) / 60;
    }
    return sum;
  },
};
