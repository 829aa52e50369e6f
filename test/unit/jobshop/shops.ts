import * as fc from 'fast-check';

import { must } from '#shared/base/must.ts';
import { type Shop, shopFrom } from '#solver/jobshop/shop.ts';

/** Small random shops: some flexible, precedences from smaller to larger numbers, durations that may be 0. */
export const smallShops = (most: { operations: number; machines: number }): fc.Arbitrary<Shop> =>
  fc
    .record({
      operations: fc.integer({ min: 1, max: most.operations }),
      machines: fc.integer({ min: 1, max: most.machines }),
    })
    .chain(({ operations, machines }) =>
      fc.record({
        machines: fc.constant(machines),
        modes: fc.array(
          fc.uniqueArray(fc.record({ machine: fc.nat(machines - 1), duration: fc.nat(9) }), {
            minLength: 1,
            maxLength: 3,
            selector: ({ machine }) => machine,
          }),
          { minLength: operations, maxLength: operations },
        ),
        pairs: fc.array(fc.tuple(fc.nat(operations - 1), fc.nat(operations - 1)), { maxLength: operations }),
      }),
    )
    .map(({ machines, modes, pairs }) =>
      must(
        shopFrom(
          modes,
          pairs.filter(([a, b]) => a < b),
          machines,
        ),
        'a shop without a circle',
      ),
    );

/** The shortest makespan of all semi-active schedules, by trying every order and every mode. */
export function optimum(shop: Shop): number {
  let best = Infinity;
  const extend = (
    end: ReadonlyMap<number, number>,
    freeAt: ReadonlyMap<number, number>,
    makespan: number,
  ) => {
    if (makespan >= best) return;
    if (end.size === shop.operations) best = makespan;
    for (let o = 0; o < shop.operations; o += 1) {
      const before = [...of(shop.before, shop.beforeFrom, o)].map((k) => end.get(k) ?? Infinity);
      if (end.has(o) || before.includes(Infinity)) continue;
      const durations = of(shop.modeDuration, shop.modeFrom, o);
      for (const [k, machine] of of(shop.modeMachine, shop.modeFrom, o).entries()) {
        const ends = Math.max(freeAt.get(machine) ?? 0, ...before) + must(durations[k], 'the duration');
        extend(new Map([...end, [o, ends]]), new Map([...freeAt, [machine, ends]]), Math.max(makespan, ends));
      }
    }
  };
  extend(new Map(), new Map(), 0);
  return best;
}

const of = (values: Int32Array, from: Int32Array, key: number) => values.subarray(from[key], from[key + 1]);
