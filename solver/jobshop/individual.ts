import type { Schedule } from './schedule.ts';
import type { Shop } from './shop.ts';

/** A schedule put aside: enough to load it again and to say how far two are from each other. */
export interface Individual {
  readonly mode: Int32Array;
  readonly order: Int32Array;
  readonly end: Int32Array;
  /** Whom each operation follows on its machine, and how many there are before it. */
  readonly previous: Int32Array;
  readonly place: Int32Array;
  makespan: number;
}

export const emptyIndividual = ({ operations }: Shop): Individual => ({
  mode: new Int32Array(operations),
  order: new Int32Array(operations),
  end: new Int32Array(operations),
  previous: new Int32Array(operations),
  place: new Int32Array(operations),
  makespan: Infinity,
});

export function keep(individual: Individual, schedule: Schedule): void {
  const { order, previous, place } = individual;
  individual.mode.set(schedule.mode);
  order.set(schedule.order);
  individual.end.set(schedule.end.subarray(0, order.length));
  previous.set(schedule.previous.subarray(0, order.length));
  for (const o of order) place[o] = previous[o] === schedule.none ? 0 : place[previous[o]] + 1;
  individual.makespan = schedule.makespan;
}

/** Its operations as they start; those that start together as they wait for each other. */
export function inTime({ order, mode, end }: Individual, { modeDuration }: Shop): Int32Array {
  const start = end.map((at, o) => at - modeDuration[mode[o]]);
  return order.toSorted((p, q) => start[p] - start[q]);
}

/** How far two schedules are from each other, 0 where they are the same; in what unit is up to the measure. */
export type Distance = (a: Individual, b: Individual) => number;

/** Broken pairs: the share of operations that follow another one on their machine, or that run in another mode. */
export const brokenPairs: Distance = (a, b) => {
  let broken = 0;
  for (let o = 0; o < a.order.length; o += 1) {
    if (a.previous[o] !== b.previous[o] || a.mode[o] !== b.mode[o]) broken += 1;
  }
  return broken / a.order.length;
};

/**
 * How many places an operation moves on its machine from the one schedule to the other, on average (Spearman's footrule).
 * Broken pairs don't tell as much where every operation has its machine: what stands within a critical block may stand there
 * in any order, so schedules that share hardly a pair can all have the same longest path to break.
 */
export const displacement: Distance = (a, b) => {
  let moved = 0;
  for (let o = 0; o < a.place.length; o += 1) moved += Math.abs(a.place[o] - b.place[o]);
  return moved / a.place.length;
};
