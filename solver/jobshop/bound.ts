import { Heap } from '#solver/run/heap.ts';

import type { Shop } from './shop.ts';

/** Bounds by paths: before and after each operation, in its shortest mode. */
export interface Windows {
  /** The shortest time from the beginning to the start of each operation. */
  readonly heads: Float64Array;
  /** The shortest time from the start of each operation, itself included, to the end of all. */
  readonly tails: Float64Array;
  readonly shortest: Float64Array;
}

export function windowsOf(shop: Shop): Windows {
  const { operations, modeFrom, modeDuration, beforeFrom, before, afterFrom, after, order } = shop;
  const heads = new Float64Array(operations);
  const tails = new Float64Array(operations);
  const shortest = new Float64Array(operations);
  for (const o of order) {
    let least = Infinity;
    for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) least = Math.min(least, modeDuration[m]);
    shortest[o] = least;
    for (let k = beforeFrom[o]; k < beforeFrom[o + 1]; k += 1) {
      heads[o] = Math.max(heads[o], heads[before[k]] + shortest[before[k]]);
    }
  }
  for (let i = operations - 1; i >= 0; i -= 1) {
    const o = order[i];
    let longest = 0;
    for (let k = afterFrom[o]; k < afterFrom[o + 1]; k += 1) longest = Math.max(longest, tails[after[k]]);
    tails[o] = longest + shortest[o];
  }
  return { heads, tails, shortest };
}

/**
 * A proven lower bound of the makespan: the longest path; each machine with the operations that can run nowhere else as
 * a preemptive one-machine problem with heads and tails (Jackson's preemptive schedule; Carlier 1982); and all work by
 * all machines.
 */
export function lowerBound(shop: Shop, { heads, tails, shortest }: Windows): number {
  const { operations, machines } = shop;
  let bound = 0;
  let work = 0;
  for (let o = 0; o < operations; o += 1) {
    bound = Math.max(bound, heads[o] + tails[o]);
    work += shortest[o];
  }
  bound = Math.max(bound, Math.ceil(work / machines));
  for (const own of ownOf(shop)) {
    bound = Math.max(
      bound,
      jacksonsBound(
        own.map((o) => ({ head: heads[o], duration: shortest[o], tail: tails[o] - shortest[o] })),
      ),
    );
  }
  return bound;
}

/** Of each machine the operations that can run nowhere else. */
export function ownOf({ operations, machines, modeFrom, modeMachine }: Shop): number[][] {
  const own: number[][] = Array.from({ length: machines }, () => []);
  for (let o = 0; o < operations; o += 1) {
    const machine = modeMachine[modeFrom[o]];
    let isOwn = true;
    for (let m = modeFrom[o] + 1; m < modeFrom[o + 1]; m += 1) isOwn &&= modeMachine[m] === machine;
    if (isOwn) own[machine].push(o);
  }
  return own;
}

/** Rounds of `loadBounds`: some hundredths of a second at most in the public sets. */
const ROUNDS = 2000;

/**
 * Lower bounds of the makespan by the loads of the machines where work has a choice, whatever splits it between them
 * (R | pmtn | Cmax, the linear relaxation): with prices of machine time that sum up to 1, all work where it costs least.
 * Prices rise where that would overload a machine (multiplicative weights; Plotkin, Shmoys & Tardos 1995). One a round.
 */
export function* loadBounds({
  operations,
  machines,
  modeFrom,
  modeMachine,
  modeDuration,
}: Shop): Generator<number, void> {
  let prices = new Float64Array(machines).fill(1 / machines);
  const load = new Float64Array(machines);
  for (let round = 0; round < ROUNDS; round += 1) {
    load.fill(0);
    let cost = 0;
    for (let o = 0; o < operations; o += 1) {
      let cheapest = modeFrom[o];
      let least = Infinity;
      for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) {
        const price = prices[modeMachine[m]] * modeDuration[m];
        if (price >= least) continue;
        least = price;
        cheapest = m;
      }
      cost += least;
      load[modeMachine[cheapest]] += modeDuration[cheapest];
    }
    // What rounding of doubles adds must not make a whole one more.
    yield Math.ceil(cost - 1e-6);
    const highest = load.reduce((a, b) => Math.max(a, b));
    if (highest === 0) return;
    const raised = prices.map((price, k) => price * Math.exp(load[k] / highest / Math.sqrt(round + 1)));
    const sum = raised.reduce((a, b) => a + b);
    prices = raised.map((price) => price / sum);
  }
}

/** What one machine has to do: not before `head`, and `tail` follows its end. */
export interface Job {
  readonly head: number;
  readonly duration: number;
  readonly tail: number;
}

/** 1 | rj, qj, pmtn | Cmax: whatever has the longest tail runs (Jackson's preemptive schedule). */
export function jacksonsBound(jobs: readonly Job[]): number {
  const byHead = jobs.toSorted((a, b) => a.head - b.head);
  const waiting = new Heap();
  const left = byHead.map(({ duration }) => duration);
  let next = 0;
  let now = 0;
  let bound = 0;
  while (next < byHead.length || waiting.size > 0) {
    if (waiting.size === 0) now = Math.max(now, byHead[next].head);
    for (; next < byHead.length && byHead[next].head <= now; next += 1) {
      waiting.push(-byHead[next].tail, next);
    }
    const tail = -waiting.firstKey;
    const job = waiting.pop();
    const until = next < byHead.length ? byHead[next].head : Infinity;
    const done = Math.min(left[job], until - now);
    now += done;
    left[job] -= done;
    if (left[job] > 0) waiting.push(-tail, job);
    else bound = Math.max(bound, now + tail);
  }
  return bound;
}
