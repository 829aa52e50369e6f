import type { Problem } from '#solver/problem/problem.ts';
import type { Capacity } from './capacity.ts';

/** Steps without a clearly better bound before the step length is halved, and how often that may happen. */
const PATIENCE = 8;
const HALVINGS = 7;
/** Less is creeping: steps that gain so little could go on for ever. */
const WORTHWHILE = 1.002;

/**
 * A lower bound on the weighted tardiness Σ wj·Tj (weight × seconds) that one shared capacity forces, by Lagrangian
 * relaxation of the transportation problem in which every task is cut into pieces: a piece of order j that ends at t
 * pays (wj / Pj)·max(Ej, t + tail − dj), with Ej the tardiness that the order cannot avoid and Pj its work here. No
 * piece ends after its order, so no schedule is cheaper (Gelders & Kleindorfer 1974; Sourd & Kedad-Sidhoum 2003).
 * Every price per slot gives a true bound; subgradient steps look for high ones, one at each call of `next`.
 */
export function* tardinessBound(
  problem: Problem,
  capacity: Capacity,
  earliestRun: Int32Array,
  tail: Int32Array,
  unavoidable: Float64Array,
): Generator<number, void, undefined> {
  const { tasks, work, heads, edges, gives } = capacity;
  const slots = gives.length;
  const { order, orderDue, orderWeight } = problem;
  const inOrder = new Float64Array(problem.orderCount);
  for (const [i, task] of tasks.entries()) inOrder[order[task]] += work[i];
  const isHere = new Uint8Array(problem.orderCount);
  for (const task of tasks) isHere[order[task]] = 1;
  // What orders pay that have nothing here, and tasks that take no time.
  let elsewhere = 0;
  for (let o = 0; o < problem.orderCount; o += 1) {
    if (isHere[o] === 0 || inOrder[o] === 0) elsewhere += orderWeight[o] * unavoidable[o];
  }
  const cost = new Float64Array(tasks.length * slots);
  const room = new Float64Array(tasks.length * slots);
  for (const [i, task] of tasks.entries()) {
    const o = order[task];
    const rate = inOrder[o] > 0 ? orderWeight[o] / inOrder[o] : 0;
    for (let k = 0; k < slots; k += 1) {
      const from = Math.max(edges[k], earliestRun[task]);
      // The last slot takes whatever a plan leaves for later, or for never.
      room[i * slots + k] = k === slots - 1 ? Infinity : Math.max(0, edges[k + 1] - from) * heads[i];
      cost[i * slots + k] =
        rate * Math.max(unavoidable[o], Math.min(problem.end, from + tail[task]) - orderDue[o]);
    }
  }
  const price = new Float64Array(slots);
  const used = new Float64Array(slots);
  const spread = gives.reduce((sum, give) => sum + give, 0) / slots || 1;
  let best = 0;
  let length = 1;
  let waiting = 0;
  for (let halved = 0; halved <= HALVINGS;) {
    used.fill(0);
    let bound = elsewhere;
    for (let i = 0; i < tasks.length; i += 1) bound += fill(i, work[i], cost, room, price, used);
    let norm = 0;
    for (let k = 0; k < slots - 1; k += 1) {
      bound -= price[k] * gives[k];
      norm += ((used[k] - gives[k]) / spread) ** 2;
    }
    waiting = bound > best * WORTHWHILE ? 0 : waiting + 1;
    best = Math.max(best, bound);
    if (waiting >= PATIENCE) {
      length /= 2;
      halved += 1;
      waiting = 0;
    }
    yield best;
    if (norm === 0) return;
    // Polyak's step towards a value a little above the best.
    const step = (length * Math.max(best * 0.2, 1)) / (norm * spread);
    for (let k = 0; k < slots - 1; k += 1)
      price[k] = Math.max(0, price[k] + (step * (used[k] - gives[k])) / spread);
  }
}

/** Puts one task's work into its cheapest slots; returns what it pays and adds to `used`. */
function fill(
  i: number,
  work: number,
  cost: Float64Array,
  room: Float64Array,
  price: Float64Array,
  used: Float64Array,
): number {
  const slots = price.length;
  const base = i * slots;
  let left = work;
  let paid = 0;
  let last = -Infinity;
  while (left > 0) {
    let least = Infinity;
    for (let k = 0; k < slots; k += 1) {
      const total = cost[base + k] + price[k];
      if (total < least && total > last && room[base + k] > 0) least = total;
    }
    if (least === Infinity) return paid;
    last = least;
    for (let k = 0; k < slots && left > 0; k += 1) {
      if (cost[base + k] + price[k] !== least || room[base + k] <= 0) continue;
      const take = Math.min(left, room[base + k]);
      used[k] += take;
      paid += take * least;
      left -= take;
    }
  }
  return paid;
}
