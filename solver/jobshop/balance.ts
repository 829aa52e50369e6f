import type { Shop } from './shop.ts';

/**
 * Modes with little work and even loads (R || Cmax, as the sum of the squared loads): each operation in its shortest
 * mode, then random shifts and exchanges for as long as they help.
 */
export function balancedModes(shop: Shop, random: () => number): Int32Array {
  const { operations, machines, modeFrom, modeMachine, modeDuration } = shop;
  const mode = new Int32Array(operations);
  const load = new Float64Array(machines);
  for (let o = 0; o < operations; o += 1) {
    mode[o] = modeFrom[o];
    for (let m = modeFrom[o]; m < modeFrom[o + 1]; m += 1) {
      if (modeDuration[m] < modeDuration[mode[o]]) mode[o] = m;
    }
    load[modeMachine[mode[o]]] += modeDuration[mode[o]];
  }
  const anyMode = (o: number) => modeFrom[o] + Math.floor(random() * (modeFrom[o + 1] - modeFrom[o]));
  /** What the sum of squares gains, were the load of a machine to change so. */
  const growth = (machine: number, change: number) => change * (2 * load[machine] + change);
  const put = (o: number, m: number) => {
    load[modeMachine[mode[o]]] -= modeDuration[mode[o]];
    load[modeMachine[m]] += modeDuration[m];
    mode[o] = m;
  };
  for (let tries = 200 * operations; tries > 0; tries -= 1) {
    const u = Math.floor(random() * operations);
    const toOther = anyMode(u);
    const here = modeMachine[mode[u]];
    const there = modeMachine[toOther];
    if (here === there) continue;
    const less = modeDuration[mode[u]];
    const more = modeDuration[toOther];
    if (growth(here, -less) + growth(there, more) < 0) {
      put(u, toOther);
      continue;
    }
    const v = Math.floor(random() * operations);
    const back = anyMode(v);
    if (modeMachine[mode[v]] !== there || modeMachine[back] !== here) continue;
    if (growth(here, modeDuration[back] - less) + growth(there, more - modeDuration[mode[v]]) < 0) {
      put(u, toOther);
      put(v, back);
    }
  }
  return mode;
}
