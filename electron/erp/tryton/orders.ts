import type { z } from 'zod';
import { groupBy, indexBy } from '#shared/base/group.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { type Order, OrderId } from '#shared/domain/order.ts';
import { type Routing, StepId } from '#shared/domain/routing.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { endOfDate, instantFromLocal } from '#shared/time/zone.ts';
import type { ErpPlace } from '#electron/erp/connector.ts';
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
}

/** Works by their sequence: one follows the other. */
export const inSequence = (works: readonly Row[]): Row[] =>
  works.toSorted((a, b) => sequenceOf(a) - sequenceOf(b) || a.id - b.id);

const sequenceOf = (work: Row): number =>
  work['sequence'] === null ? Number.MAX_SAFE_INTEGER : numberIn(work, 'sequence');

/** Productions, each with a routing of its own made of its works: these are what Tryton carries out and is told of. */
export function decodeOrders(scope: Scope, rows: OrderRows): void {
  const works = groupBy(rows.works, (row) => linkIn(row, 'production'));
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
    keep(scope, 'routings', place, routingOf(scope, order, name, own, rows));
    keep(scope, 'orders', place, {
      id,
      name,
      domain: 'production',
      ...(product !== undefined && { product: idOf(scope, 'PR', product) }),
      quantity: numberIn(order, 'quantity'),
      uom: rows.units.get(linkIn(order, 'uom') ?? 0) ?? '',
      routing: id,
      weight: 1,
      release: timeIn(order, 'create_date') ?? 0,
      due: dueOf(scope, order, name, state, rows),
      state,
    });
    if (state === 'Running') for (const work of own) reportsOf(scope, id, order, work, rows.cycles);
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
  rows: OrderRows,
): z.input<typeof Routing> {
  const operations = indexBy(rows.operations, ({ id }) => id);
  const centres = indexBy(rows.centres, ({ id }) => id);
  const quantity = numberIn(order, 'quantity') || 1;
  return {
    id: idOf(scope, 'P', order.id),
    name,
    version: '1',
    steps: works.map((work, index) => {
      const operation = operations.get(linkIn(work, 'operation') ?? 0);
      const category = operation && linkIn(operation, 'work_center_category');
      const { fixed, perUnit } = rows.runTime(order, work, works.length);
      return {
        id: `W${work.id}`,
        name: (operation && textIn(operation, 'rec_name')) ?? `W${work.id}`,
        domain: 'production',
        estimated: true,
        modes: centresFor(linkIn(work, 'work_center'), category, linkIn(order, 'work_center'), centres).map(
          (centre) => ({ equipment: idOf(scope, 'WC', centre), fixed, perUnit }),
        ),
        crossBreak: 'pause',
        people: [],
        instruments: [],
        // All inputs leave the store when the production is run.
        materials: index > 0 ? [] : rows.inputs.flatMap((move) => needOf(scope, order, move, quantity)),
        after: works
          .slice(Math.max(0, index - 1), index)
          .map((before) => ({ step: `W${before.id}`, from: 'end', minLag: 0 })),
      };
    }),
  };
}

const needOf = (scope: Scope, order: Row, move: Row, quantity: number) => {
  const product = linkIn(move, 'product');
  return linkIn(move, 'production_input') !== order.id || product === undefined
    ? []
    : [{ material: idOf(scope, 'PR', product), perUnit: numberIn(move, 'internal_quantity') / quantity }];
};

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

/** Where Tryton has the works that have not begun: it knows the days of the first start and the last end only. */
export function placesIn(
  scope: Pick<Scope, 'name'>,
  orders: readonly Row[],
  works: readonly Row[],
  zone: string,
): ErpPlace[] {
  const own = groupBy(works, (row) => linkIn(row, 'production'));
  return orders.flatMap((order) => {
    const steps = inSequence(own.get(order.id) ?? []);
    return steps.flatMap((work, index) => {
      const unit = linkIn(work, 'work_center');
      if (unit === undefined || !['request', 'draft'].includes(textIn(work, 'state') ?? '')) return [];
      const start = index === 0 ? dayIn(order, 'planned_start_date', zone) : undefined;
      const end = index === steps.length - 1 ? dayIn(order, 'planned_date', zone) : undefined;
      return {
        order: OrderId.parse(idOf(scope, 'P', order.id)),
        step: StepId.parse(`W${work.id}`),
        unit: EquipmentId.parse(idOf(scope, 'WC', unit)),
        ...(start && { start }),
        ...(end && { end }),
      };
    });
  });
}

function dayIn(row: Row, field: string, zone: string): Interval | undefined {
  const date = textIn(row, field);
  return date === undefined
    ? undefined
    : { start: instantFromLocal(zone, date, '00:00'), end: endOfDate(zone, date) };
}

/** What has been worked on in Tryton itself: facts of the past. A cycle begins when it is made. */
function reportsOf(scope: Scope, id: string, order: Row, work: Row, cycles: readonly Row[]): void {
  const own = cycles.filter(
    (cycle) => linkIn(cycle, 'work') === work.id && textIn(cycle, 'state') !== 'cancelled',
  );
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
