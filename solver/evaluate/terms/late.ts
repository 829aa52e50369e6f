import type { OrderTerm } from './term.ts';

/** Number of late orders (Pinedo, Σ Uj), however late and whatever their weight. */
export const late: OrderTerm = {
  name: 'Have few late orders',
  weight: 'late',
  per: 'order',
  penalty: ({ plan, orderDue }, order, end) => (end > orderDue[order] ? plan.weights.late : 0),
};
