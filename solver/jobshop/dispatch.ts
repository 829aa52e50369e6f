import { Heap } from '#solver/run/heap.ts';

import type { Shop } from './shop.ts';

/** A schedule as it is handed on: the mode and the start of each operation. */
export interface Draft {
  readonly mode: Int32Array;
  readonly start: Float64Array;
  readonly makespan: number;
}

/**
 * Non-delay dispatching (Pinedo 2016, ch. 14): time goes by from event to event, and a machine that is free takes the
 * waiting operation with the highest priority. One that another machine would end earlier is left to it.
 */
export function dispatch(shop: Shop, priority: Float64Array, given?: Int32Array): Draft {
  const { operations, machines, modeFrom, modeMachine, modeDuration, beforeFrom, afterFrom, after } = shop;
  const start = new Float64Array(operations).fill(-1);
  const mode = new Int32Array(operations);
  const freeAt = new Float64Array(machines);
  const waitsFor = new Int32Array(operations);
  const queues = Array.from({ length: machines }, () => new Heap());
  const running = new Heap();
  const declined: number[] = [];
  const awake = new Int32Array(machines);
  const wakenIn = new Int32Array(machines);
  let round = 1;
  let awakes = 0;
  let now = 0;
  let makespan = 0;

  const wake = (machine: number) => {
    if (wakenIn[machine] === round) return;
    wakenIn[machine] = round;
    awake[awakes] = machine;
    awakes += 1;
  };
  const release = (o: number) => {
    if (given !== undefined) {
      queues[modeMachine[given[o]]].push(-priority[o], given[o]);
      wake(modeMachine[given[o]]);
      return;
    }
    for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) {
      queues[modeMachine[m]].push(-priority[o], m);
      wake(modeMachine[m]);
    }
  };
  const ownerOf = ownersOf(shop);
  const endsEarlierElsewhere = (o: number, end: number) => {
    for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) {
      if (Math.max(now, freeAt[modeMachine[m]]) + modeDuration[m] < end) return true;
    }
    return false;
  };
  const take = (machine: number) => {
    const queue = queues[machine];
    while (queue.size > 0 && freeAt[machine] <= now) {
      const key = queue.firstKey;
      const m = queue.pop();
      const o = ownerOf[m];
      if (start[o] >= 0) continue;
      const end = now + modeDuration[m];
      if (given === undefined && endsEarlierElsewhere(o, end)) {
        declined.push(key, m);
        continue;
      }
      start[o] = now;
      mode[o] = m;
      freeAt[machine] = end;
      if (end > makespan) makespan = end;
      running.push(end, o);
    }
    for (let k = 0; k < declined.length; k += 2) queue.push(declined[k], declined[k + 1]);
    declined.length = 0;
  };

  for (let o = 0; o < operations; o += 1) {
    waitsFor[o] = beforeFrom[o + 1] - beforeFrom[o];
    if (waitsFor[o] === 0) release(o);
  }
  const isFlexible = modeFrom[operations] > operations;
  for (;;) {
    if (isFlexible) for (let machine = 0; machine < machines; machine += 1) wake(machine);
    for (let k = 0; k < awakes; k += 1) take(awake[k]);
    awakes = 0;
    round += 1;
    if (running.size === 0) break;
    now = running.firstKey;
    while (running.size > 0 && running.firstKey === now) {
      const o = running.pop();
      wake(modeMachine[mode[o]]);
      for (let k = afterFrom[o]; k < afterFrom[o + 1]; k += 1) {
        waitsFor[after[k]] -= 1;
        if (waitsFor[after[k]] === 0) release(after[k]);
      }
    }
  }
  return { mode, start, makespan };
}

/** Of each mode: whose it is. */
function ownersOf({ operations, modeFrom }: Shop): Int32Array {
  const owners = new Int32Array(modeFrom[operations]);
  for (let o = 0; o < operations; o += 1) owners.fill(o, modeFrom[o], modeFrom[o + 1]);
  return owners;
}
