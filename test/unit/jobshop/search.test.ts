import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { must } from '#shared/base/must.ts';
import { lowerBound, windowsOf } from '#solver/jobshop/bound.ts';
import { checkShop, makespanOf } from '#solver/jobshop/check.ts';
import { dispatch } from '#solver/jobshop/dispatch.ts';
import { placesFromWords, wordsOf } from '#solver/jobshop/places.ts';
import { searchShop } from '#solver/jobshop/search.ts';
import { type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import { optimum, smallShops } from '#test/unit/jobshop/shops.ts';

function solved(shop: Shop, iterations: number, seed = 1) {
  const incumbent = Incumbent.allocate(wordsOf(shop), 0);
  searchShop(shop, { seed, thread: 0, threads: 1, limit: { iterations }, incumbent, elapsed: () => 0 });
  const words = new Int32Array(incumbent.words);
  const makespan = incumbent.read(words);
  return { makespan, places: placesFromWords(shop, words), bound: incumbent.bound };
}

test('whatever the search offers is feasible and as long as it says', () => {
  fc.assert(
    fc.property(smallShops({ operations: 20, machines: 4 }), fc.nat(99), (shop, seed) => {
      const { makespan, places, bound } = solved(shop, 400, seed);
      expect(checkShop(shop, places)).toEqual([]);
      expect(makespanOf(shop, places)).toBe(makespan);
      expect(bound).toBeLessThanOrEqual(makespan);
    }),
  );
});

test('the dispatched schedule is feasible', () => {
  fc.assert(
    fc.property(smallShops({ operations: 30, machines: 4 }), (shop) => {
      const { mode, start } = dispatch(shop, windowsOf(shop).tails);
      const places = placesFromWords(shop, Int32Array.of(...mode, ...start));
      expect(checkShop(shop, places)).toEqual([]);
    }),
  );
});

test('tiny shops are solved to the optimum, and no bound is above it', () => {
  fc.assert(
    fc.property(smallShops({ operations: 6, machines: 3 }), (shop) => {
      const best = optimum(shop);
      expect(lowerBound(shop, windowsOf(shop))).toBeLessThanOrEqual(best);
      expect(solved(shop, 20_000).makespan).toBe(best);
    }),
    { numRuns: 60 },
  );
});

// Moving the first operation of the second job behind the second looks best, and would have it wait for itself.
test('a job that goes on where it is does not stop the search', () => {
  const here = (duration: number) => ({ machine: 0, duration });
  const there = (duration: number) => ({ machine: 1, duration });
  const modes = [[here(4)], [here(0)], [here(1), there(2)], [{ machine: 2, duration: 0 }]];
  const precedences: [number, number][] = [
    [1, 2],
    [2, 3],
  ];
  const shop = must(shopFrom(modes, precedences, 3), 'a shop without a circle');
  expect(solved(shop, 2000).makespan).toBe(4);
});

test('the same shop, seed and iteration limit give the same schedule', () => {
  fc.assert(
    fc.property(smallShops({ operations: 20, machines: 4 }), fc.nat(99), (shop, seed) => {
      expect(solved(shop, 500, seed)).toEqual(solved(shop, 500, seed));
    }),
    { numRuns: 20 },
  );
});
