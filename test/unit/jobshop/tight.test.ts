import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { must } from '#shared/base/must.ts';
import { windowsOf } from '#solver/jobshop/bound.ts';
import { checkShop, makespanOf } from '#solver/jobshop/check.ts';
import { NONE } from '#solver/jobshop/moment.ts';
import { placesFromWords } from '#solver/jobshop/places.ts';
import { type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { tightSchedules } from '#solver/jobshop/tight.ts';

const TARGET = 1000;

/** Shops that have a schedule without idle time: each machine's time is cut at random, the pieces are strung into jobs, of which there are `spare` more than machines. */
const plantedShops = (machines: number, most: number, spare: number): fc.Arbitrary<Shop> =>
  fc
    .array(fc.uniqueArray(fc.integer({ min: 1, max: TARGET - 1 }), { minLength: 1, maxLength: most }), {
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
      const jobs = Array.from({ length: machines + spare }, () => ({ operation: NONE, end: 0 }));
      const precedences: [number, number][] = [];
      for (const [operation, { start, end }] of pieces.entries()) {
        const free = jobs.filter((job) => job.end <= start);
        const job = must(free[(operation * 31) % free.length], 'a job');
        if (job.operation !== NONE) precedences.push([job.operation, operation]);
        Object.assign(job, { operation, end });
      }
      const modes = pieces.map(({ machine, start, end }) => [{ machine, duration: end - start }]);
      return must(shopFrom(modes, precedences, machines), 'a shop without a circle');
    });

/** The schedules on the way to the target, the last the best; each is checked. */
function schedulesOf(shop: Shop, target: number): number[] {
  const modes = shop.modeFrom.subarray(0, shop.operations);
  const makespans: number[] = [];
  for (const start of tightSchedules(shop, windowsOf(shop).tails, target)) {
    if (start === null) continue;
    const places = placesFromWords(shop, Int32Array.of(...modes, ...start));
    expect(checkShop(shop, places)).toEqual([]);
    makespans.push(makespanOf(shop, places));
  }
  return makespans;
}

test('a shop whose machines must never idle is scheduled without idle time', () => {
  fc.assert(
    fc.property(plantedShops(4, 12, 2), (shop) => {
      expect(schedulesOf(shop, TARGET).at(-1)).toBe(TARGET);
    }),
  );
});

test('where the first choices lead nowhere, others are followed side by side', () => {
  const [shop] = fc.sample(plantedShops(12, 40, 4), { numRuns: 1, seed: 1 });
  const makespans = schedulesOf(must(shop, 'a shop'), TARGET);
  expect(makespans[0]).toBeGreaterThan(TARGET);
  expect(makespans.at(-1)).toBe(TARGET);
});

test('whoever comes no further before the target still ends with a whole schedule', () => {
  // Two jobs that need the machines in turn: one of these idles at the beginning, whatever goes first.
  const crossing = must(
    shopFrom(
      [
        [{ machine: 0, duration: 200 }],
        [{ machine: 1, duration: 200 }],
        [{ machine: 0, duration: 200 }],
        [{ machine: 1, duration: 200 }],
      ],
      [
        [0, 1],
        [2, 3],
      ],
      2,
    ),
    'a shop',
  );
  expect(schedulesOf(crossing, 400)).toContain(600);
});

test('a shop whose machines may idle, or whose jobs are no chains, is left to others', () => {
  const one = must(shopFrom([[{ machine: 0, duration: 3 }], [{ machine: 0, duration: 4 }]], [], 1), 'a shop');
  expect(schedulesOf(one, 8)).toEqual([]);
  expect(schedulesOf(one, 7)).toEqual([]);
  const fork = [0, 1, 2].map(() => [{ machine: 0, duration: 1 }]);
  const forked = shopFrom(
    fork,
    [
      [0, 1],
      [0, 2],
    ],
    1,
  );
  expect(schedulesOf(must(forked, 'a shop'), 3)).toEqual([]);
});
