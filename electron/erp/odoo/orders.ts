import type { z } from 'zod';
import { groupBy, indexBy } from '#shared/base/group.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { type Order, OrderId } from '#shared/domain/order.ts';
import { type Routing, StepId } from '#shared/domain/routing.ts';
import { DAY, HOUR, type Instant } from '#shared/time/instant.ts';
import type { ErpAmount, ErpPlace } from '#electron/erp/connector.ts';
import { type FieldMap, mappedIn } from '#electron/erp/mapped.ts';
import { type Row, linkIn, linksIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep, report, warn } from '#electron/erp/scope.ts';
import { type Lookup, modesOf } from './modes.ts';
import { idOf, timeIn } from './scope.ts';

export const ORDER_FIELDS = [
  'name',
  'state',
  'product_id',
  'product_qty',
  'product_uom_id',
  'priority',
  'date_deadline',
  'create_date',
  'write_date',
];
export const OPERATION_FIELDS = [
  'name',
  'state',
  'production_id',
  'workcenter_id',
  'operation_id',
  'sequence',
  'duration_expected',
  'qty_produced',
  'blocked_by_workorder_ids',
  'next_work_order_id',
  'date_start',
  'date_planned_start',
  'date_finished',
  'date_planned_finished',
  'time_ids',
  'write_date',
];
export const COMPONENT_FIELDS = [
  'product_id',
  'product_qty',
  'state',
  'operation_id',
  'workorder_id',
  'raw_material_production_id',
  'write_date',
];
export const STEP_FIELDS = ['workcenter_id', 'write_date'];

/** States of an order that has something to be planned, and what they are called here. */
const STATES: Readonly<Record<string, Order['state']>> = {
  draft: 'Forecast',
  confirmed: 'Released',
  planned: 'Released', // until Odoo 12
  progress: 'Running',
  to_close: 'Running',
  done: 'Completed',
  cancel: 'Cancelled',
};
export const OPEN_STATES = ['draft', 'confirmed', 'planned', 'progress', 'to_close'];

/** An order that nobody has promised: due so long after it was made. Its planned end is no due date, for we write it. */
const UNPROMISED = 30 * DAY;

/** Urgent orders carry a star. */
const URGENT_WEIGHT = 5;

export interface OrderRows {
  readonly orders: readonly Row[];
  readonly operations: readonly Row[];
  /** Open demands for components that are counted. */
  readonly components: readonly Row[];
  /** The operations of bills of materials that the orders' operations were made from. */
  readonly steps: readonly Row[];
  readonly centres: readonly Row[];
  readonly capacities: readonly Row[];
  /** Names of units of measure. */
  readonly units: ReadonlyMap<number, string>;
  readonly fields: FieldMap;
  /** Of dates without a time. */
  readonly zone: string;
}

/** Production orders, each with a routing of its own made of its work orders: these are what Odoo carries out and is told of. */
export function decodeOrders(scope: Scope, rows: OrderRows): void {
  const operations = groupBy(rows.operations, (row) => linkIn(row, 'production_id'));
  const components = groupBy(rows.components, (row) => linkIn(row, 'raw_material_production_id'));
  const lookup = {
    ...rows,
    centre: indexBy(rows.centres, ({ id }) => id),
    step: indexBy(rows.steps, ({ id }) => id),
  };
  for (const order of rows.orders) {
    const place = { model: 'mrp.production', id: order.id };
    const own = (operations.get(order.id) ?? [])
      .filter((row) => textIn(row, 'state') !== 'cancel')
      .sort((a, b) => numberIn(a, 'sequence') - numberIn(b, 'sequence') || a.id - b.id);
    const state = STATES[textIn(order, 'state') ?? ''];
    if (state === undefined) {
      warn(scope, place, 'state', `${textIn(order, 'state') ?? 'No state'} is no state that is known here.`);
      continue;
    }
    if (own.length === 0) {
      if (['Released', 'Running'].includes(state))
        warn(
          scope,
          place,
          'workorder_ids',
          `${textIn(order, 'name')} has no work orders: there is nothing to plan.`,
        );
      continue;
    }
    const made = timeIn(order, 'create_date') ?? 0;
    const mapped = mappedIn(scope, place, order, rows.fields, rows.zone);
    const due = mapped.due ?? timeIn(order, 'date_deadline');
    if (due === undefined && state === 'Released')
      warn(
        scope,
        place,
        'date_deadline',
        `${textIn(order, 'name')} has no deadline: it counts as due 30 days after it was made.`,
      );
    const id = idOf(scope, 'MO', order.id);
    const product = linkIn(order, 'product_id');
    keep(scope, 'routings', place, routingOf(scope, id, order, own, components.get(order.id) ?? [], lookup));
    keep(scope, 'orders', place, {
      id,
      name: mapped.name ?? textIn(order, 'name'),
      domain: 'production',
      ...(product !== undefined && { product: idOf(scope, 'P', product) }),
      quantity: numberIn(order, 'product_qty'),
      uom: rows.units.get(linkIn(order, 'product_uom_id') ?? 0) ?? '',
      routing: id,
      weight: mapped.weight ?? (textIn(order, 'priority') === '1' ? URGENT_WEIGHT : 1),
      release: mapped.release ?? made,
      due: due ?? made + UNPROMISED,
      state,
    });
    if (state === 'Running') for (const operation of own) reportsOf(scope, id, operation);
  }
}

/** Where Odoo has the work orders that have not begun. */
export function placesIn(scope: Pick<Scope, 'name'>, operations: readonly Row[]): ErpPlace[] {
  return operations.flatMap((operation) => {
    const [order, unit] = [linkIn(operation, 'production_id'), linkIn(operation, 'workcenter_id')];
    const start = timeIn(operation, 'date_planned_start', 'date_start');
    const end = timeIn(operation, 'date_planned_finished', 'date_finished');
    const isBegun = ['progress', 'done', 'cancel'].includes(textIn(operation, 'state') ?? '');
    if (order === undefined || unit === undefined || start === undefined || end === undefined || isBegun)
      return [];
    return {
      order: OrderId.parse(idOf(scope, 'MO', order)),
      step: StepId.parse(`WO${operation.id}`),
      unit: EquipmentId.parse(idOf(scope, 'WC', unit)),
      start: { start, end: start },
      end: { start: end, end },
    };
  });
}

/** What the work orders that have begun have handled. */
export const amountsIn = (scope: Pick<Scope, 'name'>, operations: readonly Row[]): ErpAmount[] =>
  operations.flatMap((operation) => {
    const order = linkIn(operation, 'production_id');
    if (order === undefined || !['progress', 'done'].includes(textIn(operation, 'state') ?? '')) return [];
    return {
      order: OrderId.parse(idOf(scope, 'MO', order)),
      step: StepId.parse(`WO${operation.id}`),
      handled: numberIn(operation, 'qty_produced'),
    };
  });

function routingOf(
  scope: Scope,
  id: string,
  order: Row,
  operations: readonly Row[],
  components: readonly Row[],
  lookup: Lookup,
): z.input<typeof Routing> {
  const known = new Set(operations.map((operation) => operation.id));
  const before = predecessors(operations);
  const quantity = numberIn(order, 'product_qty') || 1;
  return {
    id,
    name: textIn(order, 'name') ?? id,
    version: '1',
    steps: operations.map((operation, index) => ({
      id: `WO${operation.id}`,
      name: textIn(operation, 'name') ?? `WO${operation.id}`,
      domain: 'production',
      modes: modesOf(scope, order, operation, lookup),
      crossBreak: 'pause',
      people: [],
      instruments: [],
      materials: components
        .filter((move) => ownerOf(move, operations) === index && linkIn(move, 'product_id') !== undefined)
        .map((move) => ({
          material: idOf(scope, 'P', linkIn(move, 'product_id') ?? 0),
          perUnit: numberIn(move, 'product_qty') / quantity,
        })),
      after: (before.get(operation.id) ?? [])
        .filter((other) => known.has(other))
        .map((other) => ({ step: `WO${other}`, from: 'end', minLag: 0 })),
    })),
  };
}

/** Which operation takes a component: the one that it is meant for, else the first. */
function ownerOf(move: Row, operations: readonly Row[]): number {
  const [workOrder, step] = [linkIn(move, 'workorder_id'), linkIn(move, 'operation_id')];
  const at = operations.findIndex(
    (operation) =>
      (workOrder !== undefined && operation.id === workOrder) ||
      (step !== undefined && linkIn(operation, 'operation_id') === step),
  );
  return Math.max(0, at);
}

/** What each operation waits for. Before Odoo 16 a work order names the next one; where nothing is said, one follows the other. */
function predecessors(operations: readonly Row[]): Map<number, readonly number[]> {
  if (operations.some((row) => linksIn(row, 'blocked_by_workorder_ids').length > 0))
    return new Map(operations.map((row) => [row.id, linksIn(row, 'blocked_by_workorder_ids')]));
  if (operations.some((row) => linkIn(row, 'next_work_order_id') !== undefined))
    return new Map(
      operations.map((row) => [
        row.id,
        operations.filter((other) => linkIn(other, 'next_work_order_id') === row.id).map((other) => other.id),
      ]),
    );
  return new Map(
    operations.map((row, index) => [
      row.id,
      operations.slice(Math.max(0, index - 1), index).map(({ id }) => id),
    ]),
  );
}

/** What has been worked on in Odoo itself: facts of the past. Without times of its own an operation was where it is planned. */
function reportsOf(scope: Scope, order: string, operation: Row): void {
  const state = textIn(operation, 'state');
  const unit = linkIn(operation, 'workcenter_id');
  const start = timeIn(operation, 'date_start', 'date_planned_start');
  if (unit === undefined || start === undefined || (state !== 'progress' && state !== 'done')) return;
  const place = { model: 'mrp.workorder', id: operation.id };
  const common = { unit: idOf(scope, 'WC', unit), task: `${order}/WO${operation.id}` };
  const id = `${scope.name}:WO${operation.id}`;
  report(scope, place, { ...common, id: `${id} started`, kind: 'started', at: start });
  if (state !== 'done') return;
  const end: Instant = Math.max(start, timeIn(operation, 'date_finished') ?? start + HOUR);
  const good = numberIn(operation, 'qty_produced');
  report(scope, place, { ...common, id: `${id} completed`, kind: 'completed', at: end, good });
}
