import { balancedModes } from './balance.ts';
import type { Windows } from './bound.ts';
import { dispatch, type Draft } from './dispatch.ts';
import type { Schedule } from './schedule.ts';
import { isFlexible, type Shop } from './shop.ts';

/** A random start: the longest tail first, blurred; every second time in modes that even the loads out. */
export function randomDraft(shop: Shop, { tails }: Windows, random: () => number): Draft {
  const modes = isFlexible(shop) && random() < 0.5 ? balancedModes(shop, random) : undefined;
  return dispatch(
    shop,
    tails.map((tail) => tail * (0.5 + random())),
    modes,
  );
}

/** Loads modes and starts: the order follows from the starts, then the ends, then the precedences. */
export function loadDraft(schedule: Schedule, mode: Int32Array, start: ArrayLike<number>): void {
  const { operations, modeDuration, order } = schedule.shop;
  const rank = new Int32Array(operations);
  for (let i = 0; i < operations; i += 1) rank[order[i]] = i;
  const end = (o: number) => start[o] + modeDuration[mode[o]];
  schedule.load(
    mode,
    order.toSorted((a, b) => start[a] - start[b] || end(a) - end(b) || rank[a] - rank[b]),
  );
}
