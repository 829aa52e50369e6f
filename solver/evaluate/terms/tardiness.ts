import type { OrderTerm } from './term.ts';

/** Weighted tardiness (Pinedo, Σ wjTj). Early is free. */
export const tardiness: OrderTerm = {
  name: 'Finish orders by their due date',
  weight: 'tardiness',
  per: 'weight × minute',
  penalty: ({ plan, orderWeight, orderDue }, order, end) =>
    end > orderDue[order] ? (plan.weights.tardiness * orderWeight[order] * (end - orderDue[order])) / 60 : 0,
};
