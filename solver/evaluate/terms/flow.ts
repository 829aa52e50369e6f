import type { OrderTerm } from './term.ts';

/** Flow time: from an order's release to the end of its last task (Pinedo, Σ (Cj − rj)). */
export const flow: OrderTerm = {
  name: 'Take orders through quickly',
  weight: 'flow',
  per: 'minute',
  penalty: ({ plan, orderRelease }, order, end) => (plan.weights.flow * (end - orderRelease[order])) / 60,
};
