import { orderEnds, orderPenalty } from '#solver/evaluate/objective.ts';
import type { State } from '#solver/evaluate/state.ts';

/** How fast an order that costs much becomes more urgent, and how fast that is forgotten. */
const BLAME = 0.3;
const MEMORY = 0.8;

/**
 * Squeaky wheel optimization (Joslin & Clements 1999): orders that cost more than others in a schedule are more urgent
 * in the next. Takes how urgent each was, as a factor on its weight; returns how urgent it becomes.
 */
export function urgeAfter(state: State, urge: Float64Array): Float64Array {
  const { problem } = state;
  const costs = Float64Array.from(orderEnds(problem, state), (end, o) => orderPenalty(problem, o, end));
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  if (!(mean > 0)) return urge;
  return urge.map((factor, o) => factor ** MEMORY * (1 + Math.max(0, costs[o]) / mean) ** BLAME);
}
