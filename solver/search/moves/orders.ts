import type { Move } from './move.ts';
import { shuffled } from './shuffled.ts';
import { costlyOrder } from './late-order.ts';

/** Due dates so far apart, in seconds, are about the same time. */
const NEAR = 2 * 86_400;

/** Two or three whole orders, one of them costly, the others those whose work is about due at the same time. */
export const orders: Move = {
  name: 'Whole orders',
  destroy(step) {
    const { state, random } = step;
    const { shape, problem } = state;
    const first = costlyOrder(step);
    let rest = 1 + Math.floor(random() * 2);
    removeOrder(first);
    for (let tries = 0; rest > 0 && tries < 12; tries += 1) {
      const other = Math.floor(random() * problem.orderCount);
      if (other === first || Math.abs(problem.orderDue[other] - problem.orderDue[first]) > NEAR) continue;
      removeOrder(other);
      rest -= 1;
    }
    if (step.count === 0) return false;
    const keyOf = shuffled(random);
    step.arrange((task) => keyOf(problem.order[task]));
    return true;

    function removeOrder(order: number): void {
      for (let k = shape.orderFrom[order]; k < shape.orderFrom[order + 1]; k += 1)
        step.remove(shape.orderTask[k]);
    }
  },
};
