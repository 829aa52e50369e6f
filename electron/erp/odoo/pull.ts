import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { indexBy } from '#shared/base/group.ts';
import { DAY, HOUR, type Instant, instantFromMillis } from '#shared/time/instant.ts';
import type { Cursor, Own, Pulled } from '#electron/erp/connector.ts';
import { nothingDecoded } from '#electron/erp/decoded.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { warnOfMissing } from '#electron/erp/mapped.ts';
import { type Row, linkIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, newScope } from '#electron/erp/scope.ts';
import { ATTENDANCE_FIELDS, CALENDAR_FIELDS, LEAVE_FIELDS, decodeCalendars } from './calendars.ts';
import type { OdooClient } from './client.ts';
import { REQUEST_FIELDS, decodeMaintenance, linkToCentre } from './maintenance.ts';
import {
  COMPONENT_FIELDS,
  OPEN_STATES,
  OPERATION_FIELDS,
  ORDER_FIELDS,
  STEP_FIELDS,
  decodeOrders,
  amountsIn,
  placesIn,
} from './orders.ts';
import { idOf, odooTime, timeIn } from './scope.ts';
import {
  LOT_FIELDS,
  PRODUCT_FIELDS,
  QUANT_FIELDS,
  RECEIPT_FIELDS,
  RESERVED_FIELDS,
  decodeLots,
  isCounted,
  decodeMaterials,
  lotModel,
} from './stock.ts';
import { tracesSince } from './traces.ts';
import { CAPACITY_FIELDS, CENTRE_FIELDS, LOSS_FIELDS, decodeDowntimes, decodeUnits } from './units.ts';

/** Orders that were closed longer ago are not read any more. */
const CLOSED_LATELY = 60 * DAY;
/** Losses that ended longer ago say nothing about what is planned. */
const LOSSES_LATELY = 100 * DAY;
/** A write shows when it is committed, with the time at which it began: so much earlier is read again. */
const OVERLAP = 300;
/** What leaves no trace, such as the working times of a calendar, is read all the same after this time. */
const REST = HOUR;

const State = z.object({
  /** The newest change that was seen. */
  at: z.int(),
  /** Work orders of open orders, each with its order: one that was deleted leaves no trace but its absence. */
  operations: z.array(z.tuple([z.int(), z.int()])),
  /** When it was read last by our clock, and the traces of changes as they were before. */
  read: z.int().optional(),
  traces: z.string().optional(),
  /**
   * Were they the same at the reading before? Odoo tells times in whole seconds: of what changes twice in one, the second
   * time leaves no trace, and is read with the reading after.
   */
  isSettled: z.boolean().optional(),
  /** The plant's own fields that were read: with others, everything is read anew. */
  fields: z.record(z.string(), z.string()).optional(),
});
type State = z.infer<typeof State>;

/** Everything: open orders and those that were closed lately. */
export const pullSnapshot = (client: OdooClient, own: Own): Promise<Pulled> => pull(client, own, null);

/** The orders that changed since then; resources and stock are few rows and come whole. Where nothing has left a trace, nothing. */
export function pullChanges(client: OdooClient, own: Own, since: Cursor): Promise<Pulled> {
  const state = State.parse(JSON.parse(since));
  return pull(client, own, isDeepStrictEqual(state.fields ?? {}, own.fields) ? state : null);
}

const OPEN_ORDER = ['raw_material_production_id.state', 'in', OPEN_STATES];
const OPEN_MOVE = ['state', 'not in', ['done', 'cancel']];

async function pull(client: OdooClient, { name, clock, fields }: Own, since: State | null): Promise<Pulled> {
  const { read } = client;
  const now = instantFromMillis(clock());
  if ((await client.fieldsOf('mrp.workorder')).size === 0)
    throw new ErpFailure(
      'This Odoo shows no work orders.\nMaybe its app Manufacturing is not installed, or work orders are not allowed to this user.',
      false,
    );
  const traces = since && (await tracesSince(client, since.at - OVERLAP));
  const isSettled = since !== null && traces?.since(since.at - OVERLAP) === since.traces;
  if (since && isSettled && since.isSettled === true && now - (since.read ?? 0) < REST)
    return nothingPulled(name, since);
  const scope = newScope(name);
  const alive = await read(
    'mrp.workorder',
    [['production_id.state', 'in', OPEN_STATES]],
    ['production_id', 'write_date'],
  );
  const operationsNow = alive.map((row): [number, number] => [row.id, linkIn(row, 'production_id') ?? 0]);
  const components = await read(
    'stock.move',
    [OPEN_ORDER, OPEN_MOVE],
    ['product_id', 'raw_material_production_id', 'write_date'],
  );
  const wanted = since
    ? await changedOrders(client, since, alive, components)
    : ['|', ['state', 'in', OPEN_STATES], ['write_date', '>=', odooTime(now - CLOSED_LATELY)]];
  const orders = await read('mrp.production', Array.isArray(wanted) ? wanted : [['id', 'in', [...wanted]]], [
    ...ORDER_FIELDS,
    ...Object.values(fields),
  ]);
  const ofOrders = orders.map(({ id }) => id);
  const operations = await read('mrp.workorder', [['production_id', 'in', ofOrders]], OPERATION_FIELDS);
  const needs = await read(
    'stock.move',
    [['raw_material_production_id', 'in', ofOrders], OPEN_MOVE],
    COMPONENT_FIELDS,
  );
  const centres = await read('mrp.workcenter', [], CENTRE_FIELDS);
  const units = new Map(
    (await read('uom.uom', [], ['name'])).map((row) => [row.id, textIn(row, 'name') ?? '']),
  );
  const counted = await pullStock(client, scope, units, components, orders);
  decodeUnits(scope, centres, await read('res.company', [], ['name']));
  const downtimes = await pullTimes(client, scope, centres, now);
  const known = await client.fieldsOf('mrp.production');
  warnOfMissing(scope, 'mrp.production', fields, (field) => known.has(field));
  decodeOrders(scope, {
    orders,
    operations,
    components: needs.filter((row) => counted.has(linkIn(row, 'product_id') ?? 0)),
    centres,
    units,
    fields,
    zone: zoneIn(scope),
    steps: await read(
      'mrp.routing.workcenter',
      [['id', 'in', [...new Set(operations.flatMap((row) => linkIn(row, 'operation_id') ?? []))]]],
      STEP_FIELDS,
    ),
    capacities: await read('mrp.workcenter.capacity', [], CAPACITY_FIELDS),
  });
  const requests = await pullMaintenance(client, scope);
  const newest = [...orders, ...operations, ...alive, ...components].reduce(
    (at, row) => Math.max(at, timeIn(row, 'write_date') ?? 0),
    Math.max(since?.at ?? 0, traces?.newest ?? 0),
  );
  const idsOf = (kind: 'orders' | 'calendars' | 'lots' | 'equipment') =>
    scope.records.filter((sourced) => sourced.kind === kind).map(({ record }) => record.id as string);
  const there = [...(await client.ids('mrp.production', [])).map((id) => idOf(scope, 'MO', id)), ...requests];
  return {
    decoded: {
      message: `${name}:${newest}`,
      records: scope.records,
      reports: scope.reports,
      removed: [],
      refusals: scope.refusals,
      warnings: scope.warnings,
    },
    there: {
      orders: there,
      routings: there,
      calendars: idsOf('calendars'),
      equipment: idsOf('equipment'),
      materials: (await client.ids('product.product', [['active', 'in', [true, false]]])).map((id) =>
        idOf(scope, 'P', id),
      ),
      lots: idsOf('lots'),
      downtimes,
    },
    places: placesIn(scope, operations),
    amounts: amountsIn(scope, operations),
    cursor: JSON.stringify({
      at: newest,
      operations: operationsNow,
      read: now,
      isSettled,
      ...(traces && { traces: traces.since(newest - OVERLAP) }),
      fields,
    } satisfies State),
  };
}

/** The zone of the plant's working times. */
const zoneIn = ({ records }: Scope): string =>
  records.flatMap((one) => (one.kind === 'calendars' ? one.record.zone : []))[0] ?? 'UTC';

const nothingPulled = (name: string, since: State): Pulled => ({
  decoded: nothingDecoded(`${name}:${since.at}`),
  there: {},
  cursor: JSON.stringify(since),
});

/** Orders with a change of their own, of one of their operations or components, and those that lost an operation. */
async function changedOrders(
  client: OdooClient,
  since: State,
  alive: readonly Row[],
  components: readonly Row[],
): Promise<ReadonlySet<number>> {
  const from = since.at - OVERLAP;
  const isNew = (row: Row): boolean => (timeIn(row, 'write_date') ?? 0) >= from;
  const still = new Set(alive.map(({ id }) => id));
  return new Set([
    ...(await client.ids('mrp.production', [['write_date', '>=', odooTime(from)]])),
    ...alive.filter(isNew).flatMap((row) => linkIn(row, 'production_id') ?? []),
    ...components.filter(isNew).flatMap((row) => linkIn(row, 'raw_material_production_id') ?? []),
    ...since.operations.filter(([id]) => !still.has(id)).map(([, order]) => order),
  ]);
}

/** Products and the stock of those that open orders need; which of them are counted. */
async function pullStock(
  client: OdooClient,
  scope: Scope,
  units: ReadonlyMap<number, string>,
  components: readonly Row[],
  orders: readonly Row[],
): Promise<ReadonlySet<number>> {
  const { read } = client;
  const needed = new Set(components.flatMap((row) => linkIn(row, 'product_id') ?? []));
  const named = [...new Set([...needed, ...orders.flatMap((row) => linkIn(row, 'product_id') ?? [])])];
  const products = await read('product.product', [['id', 'in', named]], PRODUCT_FIELDS);
  decodeMaterials(scope, products, units);
  const counted = products.filter(isCounted).map(({ id }) => id);
  const ofCounted = ['product_id', 'in', counted.filter((id) => needed.has(id))];
  decodeLots(scope, {
    quants: await read('stock.quant', [ofCounted, ['location_id.usage', '=', 'internal']], QUANT_FIELDS),
    lots: await read(await lotModel(client), [ofCounted], LOT_FIELDS),
    reserved: await read(
      'stock.move.line',
      [ofCounted, ['move_id.raw_material_production_id.state', 'in', OPEN_STATES], OPEN_MOVE],
      RESERVED_FIELDS,
    ),
    receipts: await read(
      'stock.move',
      [ofCounted, OPEN_MOVE, ['location_id.usage', '=', 'supplier']],
      RECEIPT_FIELDS,
    ),
  });
  return new Set(counted);
}

/** Calendars, leaves and losses; the ids of all losses and leaves that there are. */
async function pullTimes(
  client: OdooClient,
  scope: Scope,
  centres: readonly Row[],
  now: Instant,
): Promise<string[]> {
  const { read } = client;
  const leaves = await read('resource.calendar.leaves', [['time_type', '=', 'leave']], LEAVE_FIELDS);
  const calendars = [...new Set(centres.flatMap((centre) => linkIn(centre, 'resource_calendar_id') ?? []))];
  decodeCalendars(
    scope,
    await read('resource.calendar', [['id', 'in', calendars]], CALENDAR_FIELDS),
    await read('resource.calendar.attendance', [['calendar_id', 'in', calendars]], ATTENDANCE_FIELDS),
    leaves,
    now,
  );
  const stops: unknown[] = [
    ['workorder_id', '=', false],
    ['loss_type', 'in', ['availability', 'quality']],
  ];
  const logs = await read(
    'mrp.workcenter.productivity',
    [...stops, '|', ['date_end', '=', false], ['date_end', '>=', odooTime(now - LOSSES_LATELY)]],
    LOSS_FIELDS,
  );
  const reasons = await read('mrp.workcenter.productivity.loss', [], ['name']);
  const words = new Map(reasons.map((row) => [row.id, textIn(row, 'name') ?? '']));
  decodeDowntimes(scope, logs, words, leaves, centres);
  const all = await client.ids('mrp.workcenter.productivity', stops);
  return [...all.map((id) => idOf(scope, 'DT', id)), ...leaves.map(({ id }) => idOf(scope, 'LV', id))];
}

/** Maintenance of work centres; the ids of all requests. */
async function pullMaintenance(client: OdooClient, scope: Scope): Promise<string[]> {
  const { read } = client;
  const direct = await linkToCentre(client, 'maintenance.request');
  const byEquipment = await linkToCentre(client, 'maintenance.equipment');
  if (direct === undefined && byEquipment === undefined) return [];
  const requests = await read(
    'maintenance.request',
    [],
    [...REQUEST_FIELDS, ...(direct === undefined ? [] : [direct])],
  );
  const stages = await read('maintenance.stage', [], ['done']);
  const done = new Set(stages.filter((stage) => stage['done'] === true).map(({ id }) => id));
  const machines =
    byEquipment === undefined
      ? new Map<number, Row>()
      : indexBy(await read('maintenance.equipment', [], [byEquipment]), ({ id }) => id);
  decodeMaintenance(scope, requests, done, (request) => {
    const own = direct === undefined ? undefined : linkIn(request, direct);
    const machine = machines.get(linkIn(request, 'equipment_id') ?? 0);
    return own ?? (machine && byEquipment !== undefined ? linkIn(machine, byEquipment) : undefined);
  });
  return requests.map(({ id }) => idOf(scope, 'MR', id));
}
