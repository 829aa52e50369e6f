import type { TaskTerm } from './term.ts';

/** Setup work. In a batch every task counts its own. */
export const setup: TaskTerm = {
  name: 'Set up little',
  weight: 'setup',
  per: 'minute',
  penalty: ({ plan }, timing, task) => (plan.weights.setup * timing.setup[task]) / 60,
};
