import { type State, isPlaced, newState } from '#solver/evaluate/state.ts';
import { Trail } from '#solver/evaluate/trail.ts';
import type { Problem } from '#solver/problem/problem.ts';
import { finishGiven, startGiven } from './construct.ts';
import { Insertion } from './insertion.ts';

/** How much an order's weight brings it forward, and what ending sooner is worth in shares of what being late costs. */
export interface UrgencyRule {
  /** In mean lengths of an order, for every e-fold of the weight. */
  readonly weightShift: number;
  readonly waitShare: number;
}

/**
 * Whole orders one after the other, the most urgent first (least slack, heavy ones earlier), each task where it costs
 * least. Better than dispatch where the shop is small and due dates are tight. Null when `isOver` says so on the way.
 */
export function constructByUrgency(
  problem: Problem,
  { weightShift, waitShare }: UrgencyRule,
  isOver: () => boolean,
): State | null {
  const state = newState(problem);
  const trail = new Trail(state);
  const insertion = new Insertion(state, trail, waitShare, () => 1);
  startGiven(state, 0.5);
  const { orderFrom, orderTask } = state.shape;
  const { orderDue, orderWeight, tail } = problem;
  const length = Float64Array.from(orderDue, (_, o) =>
    orderFrom[o] < orderFrom[o + 1] ? tail[orderTask[orderFrom[o]]] : 0,
  );
  const shift = (weightShift * length.reduce((a, b) => a + b, 0)) / problem.orderCount;
  const urgency = length.map((own, o) => orderDue[o] - own - shift * Math.log(Math.max(1, orderWeight[o])));
  const byUrgency = Int32Array.from(urgency.keys()).sort((a, b) => urgency[a] - urgency[b]);
  for (const order of byUrgency) {
    if (isOver()) return null;
    for (let k = orderFrom[order]; k < orderFrom[order + 1]; k += 1) {
      if (!isPlaced(state, orderTask[k])) insertion.insert(orderTask[k]);
    }
    trail.clear();
  }
  finishGiven(state);
  return state;
}
