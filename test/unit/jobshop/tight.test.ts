import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { must } from '#shared/base/must.ts';
import { windowsOf } from '#solver/jobshop/bound.ts';
import { checkShop, makespanOf } from '#solver/jobshop/check.ts';
import { placesFromWords } from '#solver/jobshop/places.ts';
import { type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { tightSchedule } from '#solver/jobshop/tight.ts';

const TARGET = 1000;

/** Shops that have a schedule without idle time: each machine's time is cut at random, the pieces are strung into jobs. */
const plantedShops = (machines: number): fc.Arbitrary<Shop> =>
  fc
    .array(fc.uniqueArray(fc.integer({ min: 1, max: TARGET - 1 }), { minLength: 1, maxLength: 12 }), {
      minLength: machines,
      maxLength: machines,
    })
    .map((cuts) => {
      const pieces = cuts
        .flatMap((some, machine) => {
          const ends = [...some.toSorted((a, b) => a - b), TARGET];
          return ends.map((end, k) => ({ machine, start: k === 0 ? 0 : must(ends[k - 1], 'a cut'), end }));
        })
        .sort((a, b) => a.start - b.start);
      const lastOf: { operation: number; end: number }[] = [];
      const precedences: [number, number][] = [];
      for (const [operation, { start, end }] of pieces.entries()) {
        const job = lastOf.filter((last) => last.end <= start).sort((a, b) => b.end - a.end)[0];
        if (job) precedences.push([job.operation, operation]);
        if (job) Object.assign(job, { operation, end });
        else lastOf.push({ operation, end });
      }
      const modes = pieces.map(({ machine, start, end }) => [{ machine, duration: end - start }]);
      return must(shopFrom(modes, precedences, machines), 'a shop without a circle');
    });

test('a shop whose machines must never idle is scheduled without idle time', () => {
  fc.assert(
    fc.property(plantedShops(4), (shop) => {
      const start = tightSchedule(shop, windowsOf(shop).tails, TARGET, () => false);
      const modes = shop.modeFrom.subarray(0, shop.operations);
      const places = placesFromWords(shop, Int32Array.of(...modes, ...must(start, 'a schedule')));
      expect(checkShop(shop, places)).toEqual([]);
      expect(makespanOf(shop, places)).toBe(TARGET);
    }),
  );
});

test('what does not fit before the target is given up, and so is what takes too long', () => {
  const shop = must(
    shopFrom([[{ machine: 0, duration: 3 }], [{ machine: 0, duration: 4 }]], [], 1),
    'a shop',
  );
  const { tails } = windowsOf(shop);
  expect(tightSchedule(shop, tails, 6, () => false)).toBeNull();
  expect(tightSchedule(shop, tails, 7, () => true)).toBeNull();
  expect(tightSchedule(shop, tails, 7, () => false)).toHaveLength(2);
});
