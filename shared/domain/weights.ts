import type { Weights } from './plan.ts';

/** What counts unless the planner says otherwise. Apart from its schema, which the window does without. */
export const DEFAULT_WEIGHTS: Weights = {
  tardiness: 10,
  setup: 1,
  late: 0,
  makespan: 0,
  flow: 0,
  overtime: 0,
  preference: 0,
  stability: 0,
};
