import type { z } from 'zod';
import type { Routing } from '#shared/domain/routing.ts';
import { type Row, linkIn, linksIn, numberIn } from '#electron/erp/rows.ts';
import type { Scope } from '#electron/erp/scope.ts';
import type { OrderRows } from './orders.ts';
import { idOf, secondsOf } from './scope.ts';
import { centreTimes } from './units.ts';

/** The rows by the ids that others name them by. */
export interface Lookup extends OrderRows {
  readonly centre: ReadonlyMap<number, Row>;
  readonly step: ReadonlyMap<number, Row>;
}

type Mode = z.input<typeof Routing>['steps'][number]['modes'][number];

/**
 * The work centre where the work order stands, that of its operation and their alternatives, each with its own setup,
 * cleanup, efficiency and capacity: what the expected duration comes to there is counted as Odoo does it.
 */
export function modesOf(scope: Scope, order: Row, operation: Row, lookup: Lookup): Mode[] {
  const here = lookup.centre.get(linkIn(operation, 'workcenter_id') ?? 0);
  const home = lookup.centre.get(
    linkIn(lookup.step.get(linkIn(operation, 'operation_id') ?? 0) ?? operation, 'workcenter_id') ?? 0,
  );
  const quantity = numberIn(order, 'product_qty') || 1;
  const timesOf = (centre: Row) => centreTimes(centre, lookup.capacities, linkIn(order, 'product_id'));
  const cyclesOn = ({ capacity }: { capacity: number }) => Math.ceil(quantity / capacity);
  const units = unitsAround([here, home], lookup.centres);
  const own = here && timesOf(here);
  const expected = numberIn(operation, 'duration_expected');
  const cycle = own
    ? (Math.max(0, expected - own.setup - own.cleanup) * own.efficiency) / cyclesOn(own)
    : expected;
  return units.map((centre) => {
    const times = timesOf(centre);
    const minutes =
      centre === here && expected < times.setup + times.cleanup
        ? 0
        : (cycle * cyclesOn(times)) / times.efficiency;
    return {
      equipment: idOf(scope, 'WC', centre.id),
      fixed: secondsOf(times.cleanup),
      perUnit: (minutes * 60) / quantity,
      ...(times.setup > 0 && { setup: secondsOf(times.setup) }),
    };
  });
}

/** These and their alternatives, also those that they are alternatives of: a work order that was moved may go back. */
function unitsAround(known: readonly (Row | undefined)[], centres: readonly Row[]): Row[] {
  const ids = new Set(known.flatMap((centre) => centre?.id ?? []));
  const near = new Set(
    known.flatMap((centre) => (centre ? linksIn(centre, 'alternative_workcenter_ids') : [])),
  );
  return centres.filter(
    (centre) =>
      ids.has(centre.id) ||
      near.has(centre.id) ||
      linksIn(centre, 'alternative_workcenter_ids').some((other) => ids.has(other)),
  );
}
