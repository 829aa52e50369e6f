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
