import type { z } from 'zod';
import { groupBy, indexBy } from '#shared/base/group.ts';
import type { Order } from '#shared/domain/order.ts';
import type { Routing } from '#shared/domain/routing.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';
import { endOfDate } from '#shared/time/zone.ts';
import { type FieldMap, mappedIn } from '#electron/erp/mapped.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep, report, warn } from '#electron/erp/scope.ts';
import type { RunTime } from './run-times.ts';
import { idOf, timeIn } from './scope.ts';
import { centresFor } from './units.ts';

export const ORDER_FIELDS = [
  'rec_name',
  'state',
  'product',
  'quantity',
  'uom',
  'bom',
  'routing',
  'work_center',
  'planned_date',
  'planned_start_date',
  'create_date',
  'write_date',
];
export const WORK_FIELDS = [
  'production',
  'operation',
  'work_center',
  'sequence',
  'state',
  'create_date',
  'write_date',
];
export const OPERATION_FIELDS = ['rec_name', 'work_center_category'];
export const INPUT_FIELDS = [
  'production_input',
  'product',
  'internal_quantity',
  'state',
  'lot',
  'create_date',
  'write_date',
];

/** States of a production, and what they are called here. Until it waits, a production has no works. */
const STATES: Readonly<Record<string, Order['state']>> = {
  request: 'Forecast',
  draft: 'Forecast',
  waiting: 'Released',
  assigned: 'Released',
  running: 'Running',
  done: 'Completed',
  cancelled: 'Cancelled',
};
export const OPEN_STATES = ['waiting', 'assigned', 'running'];

/** A production that nobody has promised: due so long after it was made. */
const UNPROMISED = 30 * DAY;

export interface OrderRows {
  readonly orders: readonly Row[];
  readonly works: readonly Row[];
  readonly operations: readonly Row[];
  readonly cycles: readonly Row[];
  /** Open inputs that are counted. */
  readonly inputs: readonly Row[];
  readonly centres: readonly Row[];
  /** Symbols of units of measure. */
  readonly units: ReadonlyMap<number, string>;
  /** Dates that productions were wanted for before the plan's came in their place. */
  readonly dues: ReadonlyMap<number, string | undefined>;
  readonly runTime: (order: Row, work: Row, works: number) => RunTime;
  readonly zone: string;
  readonly fields: FieldMap;
}

/** The rows by the ids that others name them by. */
interface Lookup extends Pick<OrderRows, 'runTime'> {
  readonly operation: ReadonlyMap<number, Row>;
  readonly centre: ReadonlyMap<number, Row>;
  readonly inputs: ReadonlyMap<number | undefined, readonly Row[]>;
  readonly cycles: ReadonlyMap<number | undefined, readonly Row[]>;
}

/** Works by their sequence: one follows the other. */
export const inSequence = (works: readonly Row[]): Row[] =>
  works.toSorted((a, b) => sequenceOf(a) - sequenceOf(b) || a.id - b.id);

const sequenceOf = (work: Row): number =>
  work['sequence'] === null ? Number.MAX_SAFE_INTEGER : numberIn(work, 'sequence');

/** Productions, each with a routing of its own made of its works: these are what Tryton carries out and is told of. */
export function decodeOrders(scope: Scope, rows: OrderRows): void {
  const works = groupBy(rows.works, (row) => linkIn(row, 'production'));
  const lookup: Lookup = {
    operation: indexBy(rows.operations, ({ id }) => id),
    centre: indexBy(rows.centres, ({ id }) => id),
    inputs: groupBy(rows.inputs, (row) => linkIn(row, 'production_input')),
    cycles: groupBy(rows.cycles, (row) => linkIn(row, 'work')),
    runTime: rows.runTime,
  };
  for (const order of rows.orders) {
    const place = { model: 'production', id: order.id };
    const own = inSequence(works.get(order.id) ?? []);
    const state = STATES[textIn(order, 'state') ?? ''];
    if (state === undefined) {
      warn(scope, place, 'state', `${textIn(order, 'state') ?? 'No state'} is no state that is known here.`);
      continue;
    }
    const name = textIn(order, 'rec_name') ?? String(order.id);
    if (own.length === 0) {
      if (['Released', 'Running'].includes(state))
        warn(scope, place, 'works', `${name} has no works: there is nothing to plan.`);
      continue;
    }
    const [id, product] = [idOf(scope, 'P', order.id), linkIn(order, 'product')];
    const mapped = mappedIn(scope, place, order, rows.fields, rows.zone);
    keep(scope, 'routings', place, routingOf(scope, order, name, own, lookup));
    keep(scope, 'orders', place, {
      id,
      name: mapped.name ?? name,
      domain: 'production',
      ...(product !== undefined && { product: idOf(scope, 'PR', product) }),
      quantity: numberIn(order, 'quantity'),
      uom: rows.units.get(linkIn(order, 'uom') ?? 0) ?? '',
      routing: id,
      weight: mapped.weight ?? 1,
      release: mapped.release ?? timeIn(order, 'create_date') ?? 0,
      due: mapped.due ?? dueOf(scope, order, name, state, rows),
      state,
    });
    if (state === 'Running') for (const work of own) reportsOf(scope, id, order, work, lookup);
  }
  warnOfRunTimes(scope, rows);
}

/** The end of the date that it is wanted for. Its planned date is that date only until the plan's is written there. */
function dueOf(scope: Scope, order: Row, name: string, state: Order['state'], rows: OrderRows): Instant {
  const date = rows.dues.has(order.id) ? rows.dues.get(order.id) : textIn(order, 'planned_date');
  if (date !== undefined) return endOfDate(rows.zone, date);
  if (state === 'Released')
    warn(
      scope,
      { model: 'production', id: order.id },
      'planned_date',
      `${name} has no planned date: it counts as due 30 days after it was made.`,
    );
  return (timeIn(order, 'create_date') ?? 0) + UNPROMISED;
}

function routingOf(
  scope: Scope,
  order: Row,
  name: string,
  works: readonly Row[],
  lookup: Lookup,
): z.input<typeof Routing> {
  const quantity = numberIn(order, 'quantity') || 1;
  return {
    id: idOf(scope, 'P', order.id),
    name,
    version: '1',
    steps: works.map((work, index) => {
      const operation = lookup.operation.get(linkIn(work, 'operation') ?? 0);
      const category = operation && linkIn(operation, 'work_center_category');
      const [here, hall] = [linkIn(work, 'work_center'), linkIn(order, 'work_center')];
      const { fixed, perUnit } = lookup.runTime(order, work, works.length);
      return {
        id: `W${work.id}`,
        name: (operation && textIn(operation, 'rec_name')) ?? `W${work.id}`,
        domain: 'production',
        estimated: true,
        modes: centresFor(here, category, hall, lookup.centre).map((centre) => ({
          equipment: idOf(scope, 'WC', centre),
          fixed,
          perUnit,
        })),
        crossBreak: 'pause',
        people: [],
        instruments: [],
        // All inputs leave the store when the production is run.
        materials: index > 0 ? [] : needsOf(scope, lookup.inputs.get(order.id) ?? [], quantity),
        after: works
          .slice(Math.max(0, index - 1), index)
          .map((before) => ({ step: `W${before.id}`, from: 'end', minLag: 0 })),
      };
    }),
  };
}

const needsOf = (scope: Scope, inputs: readonly Row[], quantity: number) =>
  inputs.flatMap((move) => {
    const product = linkIn(move, 'product');
    const perUnit = numberIn(move, 'internal_quantity') / quantity;
    return product === undefined ? [] : { material: idOf(scope, 'PR', product), perUnit };
  });

/** Of every operation once, what its run times were taken from. */
function warnOfRunTimes(scope: Scope, { orders, works, operations, runTime }: OrderRows): void {
  const byId = indexBy(orders, ({ id }) => id);
  for (const operation of operations) {
    const work = works.findLast((row) => linkIn(row, 'operation') === operation.id);
    const order = byId.get((work && linkIn(work, 'production')) ?? 0);
    if (!work || !order) continue;
    const { by } = runTime(order, work, 1);
    warn(
      scope,
      { model: 'production.routing.operation', id: operation.id },
      'run time',
      `${textIn(operation, 'rec_name') ?? ''} has no run time in Tryton: it is estimated ${by}.`,
    );
  }
}

/** What has been worked on in Tryton itself: facts of the past. A cycle begins when it is made. */
function reportsOf(scope: Scope, id: string, order: Row, work: Row, lookup: Lookup): void {
  const own = (lookup.cycles.get(work.id) ?? []).filter((cycle) => textIn(cycle, 'state') !== 'cancelled');
  const unit = linkIn(work, 'work_center');
  const starts = own.flatMap((cycle) => timeIn(cycle, 'create_date') ?? []);
  if (unit === undefined || starts.length === 0) return;
  const place = { model: 'production.work', id: work.id };
  const common = { unit: idOf(scope, 'WC', unit), task: `${id}/W${work.id}` };
  const told = idOf(scope, 'W', work.id);
  report(scope, place, { ...common, id: `${told} started`, kind: 'started', at: Math.min(...starts) });
  if (!['finished', 'done'].includes(textIn(work, 'state') ?? '')) return;
  const ends = own.map(
    (cycle) => (timeIn(cycle, 'create_date') ?? 0) + Math.round(numberIn(cycle, 'duration')),
  );
  const good = numberIn(order, 'quantity');
  report(scope, place, {
    ...common,
    id: `${told} completed`,
    kind: 'completed',
    at: Math.max(...ends),
    good,
  });
}
