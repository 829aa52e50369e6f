import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Row, linkIn, linksOf } from '#electron/erp/rows.ts';
import type { TrytonClient } from './client.ts';
import { CYCLE_FIELDS, LEAD_TIME_FIELDS, type Past, WINDOW } from './run-times.ts';
import { changedAt, timeIn } from './scope.ts';
import { trytonTime } from './values.ts';

/** So many cycles are read at a time; a work has one or two. */
const PAGE = 2 * WINDOW;

/** What says how long the operations of these works take. */
export async function pullPast(
  client: TrytonClient,
  works: readonly Row[],
  orders: readonly Row[],
): Promise<Past> {
  const { read } = client;
  const madeAt = new Map(orders.map((order) => [order.id, timeIn(order, 'create_date') ?? 0]));
  const cycles: Row[] = [];
  for (const [operation, own] of groupBy(works, (work) => linkIn(work, 'operation'))) {
    const moments = own.map((work) => madeAt.get(linkIn(work, 'production') ?? 0) ?? 0);
    if (operation !== undefined) cycles.push(...(await cyclesBefore(client, operation, moments)));
  }
  const past = await read(
    'production.work',
    [['id', 'in', linksOf(cycles, 'work')]],
    ['operation', 'production'],
  );
  return {
    cycles,
    works: past,
    orders: await read('production', [['id', 'in', linksOf(past, 'production')]], ['product', 'quantity']),
    leadTimes: await read(
      'production.lead_time',
      [['product', 'in', linksOf(orders, 'product')]],
      LEAD_TIME_FIELDS,
    ),
  };
}

/**
 * The cycles of an operation in the last `WINDOW` works that were over before each of these moments: neither those of a
 * busier operation nor later ones crowd them out.
 */
async function cyclesBefore(
  { read }: TrytonClient,
  operation: number,
  moments: readonly Instant[],
): Promise<Row[]> {
  let known = new Map<number, Row>();
  let isAll = false;
  for (const moment of [...new Set(moments)].sort((a, b) => b - a)) {
    const before = [...known.values()].filter((cycle) => changedAt(cycle) < moment);
    if (isAll || linksOf(before, 'work').length >= WINDOW) continue;
    const page = await read(
      'production.work.cycle',
      [
        ['work.operation', '=', operation],
        ['state', '=', 'done'],
        ['create_date', '<', trytonTime(moment)],
      ],
      CYCLE_FIELDS,
      { newest: PAGE },
    );
    known = new Map([...known, ...indexBy(page, ({ id }) => id)]);
    isAll = page.length < PAGE;
  }
  return [...known.values()];
}
