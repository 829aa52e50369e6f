import type { PlanTerm } from './term.ts';

/** From now to the end of the last task (Pinedo, Cmax). */
export const makespan: PlanTerm = {
  name: 'Be done with everything soon',
  weight: 'makespan',
  per: 'minute',
  penalty: ({ plan, now }, last) => (last > now ? (plan.weights.makespan * (last - now)) / 60 : 0),
};
