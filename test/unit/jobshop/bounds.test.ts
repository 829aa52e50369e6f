import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { must } from '#shared/base/must.ts';
import { shopFromJobshop } from '#solver/instances/shop.ts';
import { jacksonsBound, loadBounds, lowerBound, windowsOf } from '#solver/jobshop/bound.ts';
import { destructiveBounds } from '#solver/jobshop/destructive.ts';
import { type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { bestKnownOf, taillard } from '#test/factory/taillard.ts';
import { optimum, smallShops } from '#test/unit/jobshop/shops.ts';

const shopOf = (...parameters: Parameters<typeof shopFrom>) =>
  must(shopFrom(...parameters), 'a shop without a circle');

const on = (machine: number, duration: number) => ({ machine, duration });

/** What is proven in the end, `to` being the makespan of a schedule. */
function destructiveBound(shop: Shop, to: number): number {
  const windows = windowsOf(shop);
  const from = lowerBound(shop, windows);
  return [...destructiveBounds(shop, windows, from, to)].reduce<number>((a, b) => Math.max(a, b ?? a), from);
}

// By hand: 0–2 the first; 2–3 the second, which the third (longest tail) stops at 3; 3–6 the third; 6–8 the second again.
test("Jackson's preemptive schedule: the longest tail runs", () => {
  expect(
    jacksonsBound([
      { head: 0, duration: 2, tail: 3 },
      { head: 1, duration: 3, tail: 4 },
      { head: 3, duration: 3, tail: 7 },
    ]),
  ).toBe(13);
});

// The long operation fits before the short one only by being interrupted: Jackson's 7 does that.
test('what cannot run before another starts after it', () => {
  const shop = shopOf(
    [[on(0, 1)], [on(1, 1)], [on(2, 5)], [on(1, 5)], [on(3, 1)]],
    [
      [0, 1],
      [1, 2],
      [3, 4],
    ],
    4,
  );
  expect(lowerBound(shop, windowsOf(shop))).toBe(7);
  expect(destructiveBound(shop, 20)).toBe(8);
  expect(optimum(shop)).toBe(8);
});

// Six hours of work in the shortest modes, on two machines: but then the second one has nothing to do.
test('work that is shortest on one machine does not share out as if it were so on both', () => {
  const shop = shopOf(
    Array.from({ length: 3 }, () => [on(0, 2), on(1, 4)]),
    [],
    2,
  );
  expect(lowerBound(shop, windowsOf(shop))).toBe(3);
  expect(Math.max(...loadBounds(shop))).toBe(4);
  expect(optimum(shop)).toBe(4);
});

test('no bound is above the optimum', () => {
  fc.assert(
    fc.property(smallShops({ operations: 6, machines: 3 }), fc.nat(9), (shop, more) => {
      const best = optimum(shop);
      expect(Math.max(...loadBounds(shop))).toBeLessThanOrEqual(best);
      expect(destructiveBound(shop, best + more)).toBeLessThanOrEqual(best);
    }),
  );
});

test('no bound of a job shop of Taillard is above what somebody has found, and propagation proves more than machines alone', () => {
  let more = 0;
  for (let number = 1; number <= 70; number += 1) {
    const read = shopFromJobshop(taillard(number));
    if (!read.ok) throw new Error(read.reason);
    const { makespan } = bestKnownOf(number);
    const bound = destructiveBound(read.value.shop, makespan);
    expect(bound).toBeLessThanOrEqual(makespan);
    more += bound - lowerBound(read.value.shop, windowsOf(read.value.shop));
  }
  expect(more).toBeGreaterThan(0);
});
