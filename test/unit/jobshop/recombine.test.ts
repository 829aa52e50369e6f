import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { must } from '#shared/base/must.ts';
import { windowsOf } from '#solver/jobshop/bound.ts';
import { emptyIndividual, type Individual, keep } from '#solver/jobshop/individual.ts';
import { recombine, sharesOf } from '#solver/jobshop/recombine.ts';
import { Schedule } from '#solver/jobshop/schedule.ts';
import { jobsOf, type Shop, shopFrom } from '#solver/jobshop/shop.ts';
import { loadDraft, randomDraft } from '#solver/jobshop/start.ts';
import { randomFrom } from '#solver/run/random.ts';
import { smallShops } from '#test/unit/jobshop/shops.ts';

/** Two schedules by chance, and their child. */
function family(shop: Shop, seed: number): { parents: readonly Individual[]; child: Individual } {
  const random = randomFrom(seed);
  const schedule = new Schedule(shop);
  const kept = () => {
    const individual = emptyIndividual(shop);
    keep(individual, schedule);
    return individual;
  };
  const [a, b] = [0, 1].map(() => {
    const { mode, start } = randomDraft(shop, windowsOf(shop), random);
    loadDraft(schedule, mode, start);
    return kept();
  });
  const parents = [must(a, 'the first'), must(b, 'the second')] as const;
  recombine(schedule, ...parents, sharesOf(shop, random)(), random);
  return { parents, child: kept() };
}

/** The same shop where every operation has but the first of its modes. */
function fixed({
  operations,
  machines,
  modeFrom,
  modeMachine,
  modeDuration,
  beforeFrom,
  before,
}: Shop): Shop {
  const modes = [...modeFrom.subarray(0, operations)].map((m) => [
    { machine: modeMachine[m] ?? 0, duration: modeDuration[m] ?? 0 },
  ]);
  const precedences = modes.flatMap((_, o) =>
    [...before.subarray(beforeFrom[o], beforeFrom[o + 1])].map((k) => [k, o] as const),
  );
  return must(shopFrom(modes, precedences, machines), 'the shop');
}

test('a child keeps every precedence, and has each operation in a mode of one of its parents', () => {
  fc.assert(
    fc.property(
      smallShops({ operations: 20, machines: 4 }),
      fc.boolean(),
      fc.nat(99),
      (any, isFixed, seed) => {
        const shop = isFixed ? fixed(any) : any;
        const { parents, child } = family(shop, seed);
        const rank = new Map([...child.order].map((o, i) => [o, i]));
        for (let o = 0; o < shop.operations; o += 1) {
          for (const before of shop.before.subarray(shop.beforeFrom[o], shop.beforeFrom[o + 1])) {
            expect(rank.get(before)).toBeLessThan(must(rank.get(o), 'the rank'));
          }
          expect(parents.map(({ mode }) => mode[o])).toContain(child.mode[o]);
        }
      },
    ),
  );
});

test('where every operation has its machine, a child takes whole jobs from either parent', () => {
  const chains = Array.from({ length: 24 }, (_, o) => o).filter((o) => o % 4 !== 3);
  const shop = must(
    shopFrom(
      Array.from({ length: 24 }, (_, o) => [
        { machine: (o * 7 + Math.floor(o / 4)) % 4, duration: 1 + (o % 5) },
      ]),
      chains.map((o) => [o, o + 1]),
      4,
    ),
    'the shop',
  );
  expect([...jobsOf(shop)], 'chains of four').toEqual(Array.from({ length: 24 }, (_, o) => o - (o % 4)));
  for (let seed = 0; seed < 20; seed += 1) {
    const shares = sharesOf(shop, randomFrom(seed))();
    for (const o of chains) expect(shares[o], 'a job is not torn').toBe(shares[o + 1]);
    expect([...shares].every((share) => share === 0 || share === 1)).toBe(true);
  }
});

test('what precedences tie is one job, whichever way they run', () => {
  const tied = must(
    shopFrom(
      Array.from({ length: 6 }, () => [{ machine: 0, duration: 1 }]),
      [
        [0, 2],
        [1, 2],
        [3, 4],
      ],
      1,
    ),
    'the shop',
  );
  const [a, b, c, d, e, f] = jobsOf(tied);
  expect([a === b, b === c, d === e]).toEqual([true, true, true]);
  expect(new Set([a, d, f]).size).toBe(3);
});
