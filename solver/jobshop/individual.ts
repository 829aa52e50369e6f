import type { Schedule } from './schedule.ts';
import type { Shop } from './shop.ts';

/** A schedule put aside: enough to load it again and to say how far two are from each other. */
export interface Individual {
  readonly mode: Int32Array;
  readonly order: Int32Array;
  readonly end: Int32Array;
  /** Whom each operation follows on its machine. */
  readonly previous: Int32Array;
  makespan: number;
}

export const emptyIndividual = ({ operations }: Shop): Individual => ({
  mode: new Int32Array(operations),
  order: new Int32Array(operations),
  end: new Int32Array(operations),
  previous: new Int32Array(operations),
  makespan: Infinity,
});

export function keep(individual: Individual, schedule: Schedule): void {
  const { length } = individual.order;
  individual.mode.set(schedule.mode);
  individual.order.set(schedule.order);
  individual.end.set(schedule.end.subarray(0, length));
  individual.previous.set(schedule.previous.subarray(0, length));
  individual.makespan = schedule.makespan;
}

/** Its operations as they start; those that start together as they wait for each other. */
export function inTime({ order, mode, end }: Individual, { modeDuration }: Shop): Int32Array {
  const start = end.map((at, o) => at - modeDuration[mode[o]]);
  return order.toSorted((p, q) => start[p] - start[q]);
}

/** Broken pairs: the share of operations that follow another one on their machine, or that run in another mode. */
export function distance(a: Individual, b: Individual): number {
  let broken = 0;
  for (let o = 0; o < a.order.length; o += 1) {
    if (a.previous[o] !== b.previous[o] || a.mode[o] !== b.mode[o]) broken += 1;
  }
  return broken / a.order.length;
}
