import type { Term } from './term.ts';

/** Number of late orders (Pinedo, Σ Uj), however late and whatever their weight. */
export const late: Term = {
  weight: 'late',
  name: 'Have few late orders',
  unit: 'order',
  penalty: ({ orderCount, orderDue }, { orderEnd }) => {
    let count = 0;
    for (let o = 0; o < orderCount; o += 1) if (orderEnd[o] > orderDue[o]) count += 1;
    return count;
  },
};
