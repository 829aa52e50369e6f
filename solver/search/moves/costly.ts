import { NONE } from '#solver/problem/problem.ts';
import type { Step } from '#solver/search/step.ts';

/** Half of the time an order drawn by what it costs (roulette wheel), otherwise any. */
export function costlyOrder({ score, state, random }: Step): number {
  const { orderCount } = state.problem;
  const { ofOrder } = score;
  if (random() < 0.5) {
    let sum = 0;
    for (let o = 0; o < orderCount; o += 1) sum += ofOrder[o];
    let left = random() * sum;
    for (let o = 0; o < orderCount; o += 1) {
      left -= ofOrder[o];
      if (left < 0) return o;
    }
  }
  return Math.floor(random() * orderCount);
}

/** Half of the time a task of such an order, otherwise any; NONE where the order has none. */
export function costlyTask(step: Step): number {
  const { state, random } = step;
  if (random() < 0.5) return anyOf(0, state.problem.taskCount, random);
  const { orderFrom, orderTask } = state.shape;
  const order = costlyOrder(step);
  const first = orderFrom[order];
  const last = orderFrom[order + 1];
  return first < last ? orderTask[anyOf(first, last, random)] : NONE;
}

/** A whole number in [from, to). */
export const anyOf = (from: number, to: number, random: () => number): number =>
  from + Math.floor(random() * (to - from));
