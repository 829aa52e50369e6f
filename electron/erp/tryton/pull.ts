import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { indexBy } from '#shared/base/group.ts';
import { DAY, HOUR, type Instant, instantFromMillis } from '#shared/time/instant.ts';
import { localDateOf } from '#shared/time/zone.ts';
import type { Cursor, Own, Pulled } from '#electron/erp/connector.ts';
import { nothingDecoded } from '#electron/erp/decoded.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { warnOfMissing } from '#electron/erp/mapped.ts';
import { type Row, linkIn, linksOf, textIn } from '#electron/erp/rows.ts';
import { type Scope, newScope } from '#electron/erp/scope.ts';
import type { TrytonClient } from './client.ts';
import { duesOf } from './notes.ts';
import {
  INPUT_FIELDS,
  OPEN_STATES,
  OPERATION_FIELDS,
  ORDER_FIELDS,
  WORK_FIELDS,
  decodeOrders,
  inSequence,
} from './orders.ts';
import { placesIn } from './places.ts';
import { pullPast } from './past.ts';
import { CYCLE_FIELDS, runTimes } from './run-times.ts';
import { changedAt, idOf } from './scope.ts';
import {
  LOT_FIELDS,
  PRODUCT_FIELDS,
  RECEIPT_FIELDS,
  decodeLots,
  decodeMaterials,
  isCounted,
} from './stock.ts';
import { type Traces, tracesSince } from './traces.ts';
import { CENTRE_FIELDS, COMPANY_FIELDS, decodeUnits } from './units.ts';
import { trytonDate, trytonTime } from './values.ts';

/** Productions that were closed longer ago are not read any more. */
const CLOSED_LATELY = 60 * DAY;
/** A write shows when it is committed, with the time at which it began: so much earlier is read again. */
const OVERLAP = 300;
/** What leaves no trace, such as another name of a unit of measure, is read all the same after this time. */
const REST = HOUR;

const State = z.object({
  /** The newest change that was seen, by Tryton's clock. */
  at: z.int(),
  /** Works of open productions, each with its production: one that was deleted leaves no trace but its absence. */
  works: z.array(z.tuple([z.int(), z.int()])),
  /** When it was read last by our clock, and the traces of changes as they were before. */
  read: z.int().optional(),
  traces: z.string().optional(),
  /** The plant's own fields that were read: with others, everything is read anew. */
  fields: z.record(z.string(), z.string()).optional(),
});
type State = z.infer<typeof State>;

/** Everything: open productions and those that were closed lately. */
export const pullSnapshot = (client: TrytonClient, own: Own): Promise<Pulled> => pull(client, own, null);

/** The productions that changed since then; resources and stock are few rows and come whole. Where nothing has left a trace, nothing. */
export function pullChanges(client: TrytonClient, own: Own, since: Cursor): Promise<Pulled> {
  const state = State.parse(JSON.parse(since));
  return pull(client, own, isDeepStrictEqual(state.fields ?? {}, own.fields) ? state : null);
}

/** Productions that changed since then: one that has works was changed when it got them, and is not as it was made. */
const changedSince = (at: Instant): unknown[] => ['write_date', '>=', trytonTime(at)];

async function pull(
  client: TrytonClient,
  { name, clock, fields }: Own,
  since: State | null,
): Promise<Pulled> {
  const { read, zone } = client;
  const now = instantFromMillis(clock());
  if (!client.has('production.work'))
    throw new ErpFailure(
      'This Tryton shows no works.\nMaybe its module production_work is not activated, or works are not allowed to this user.',
      false,
    );
  const traces = since && (await tracesSince(client, since.at - OVERLAP));
  if (since && traces && isIdle(since, traces, now)) return nothingPulled(name, since);
  const scope = newScope(name);
  const open = ['production.state', 'in', OPEN_STATES];
  const alive = await read('production.work', [open], WORK_FIELDS);
  const needed = await read(
    'stock.move',
    [
      ['production_input.state', 'in', OPEN_STATES],
      ['state', '!=', 'cancelled'],
    ],
    INPUT_FIELDS,
  );
  const wanted = since
    ? [['id', 'in', await changedOrders(client, since, alive, needed)]]
    : ['OR', ['state', 'in', OPEN_STATES], changedSince(now - CLOSED_LATELY)];
  const orders = await read('production', wanted, [...ORDER_FIELDS, ...Object.values(fields)]);
  warnOfMissing(scope, 'production', fields, (field) => client.fieldsOf('production').has(field));
  const ofOrders = orders.map(({ id }) => id);
  const works = await read('production.work', [['production', 'in', ofOrders]], WORK_FIELDS);
  const inputs = await read(
    'stock.move',
    [
      ['production_input', 'in', ofOrders],
      ['state', '!=', 'cancelled'],
    ],
    INPUT_FIELDS,
  );
  const centres = await read('production.work.center', [], CENTRE_FIELDS);
  const units = new Map(
    (await read('product.uom', [], ['symbol'])).map((row) => [row.id, textIn(row, 'symbol') ?? '']),
  );
  const counted = await pullStock(client, scope, { units, needed, alive, orders, now });
  const companies = await read('company.company', [], COMPANY_FIELDS);
  const changes = decodeUnits(scope, centres, companies);
  decodeOrders(scope, {
    orders,
    works,
    operations: await read(
      'production.routing.operation',
      [['id', 'in', linksOf(works, 'operation')]],
      OPERATION_FIELDS,
    ),
    cycles: await read(
      'production.work.cycle',
      [['work', 'in', works.map(({ id }) => id)]],
      [...CYCLE_FIELDS, 'state'],
    ),
    inputs: inputs.filter((row) => counted.has(linkIn(row, 'product') ?? 0)),
    centres,
    units,
    dues: await duesOf(client, ofOrders),
    runTime: runTimes(await pullPast(client, works, orders)),
    zone,
    fields,
  });
  const newest = [...orders, ...works, ...alive, ...needed].reduce(
    (at, row) => Math.max(at, changedAt(row)),
    Math.max(since?.at ?? 0, traces?.newest ?? 0),
  );
  const withWorks = await client.ids('production', [['works', '!=', null]]);
  const known = withWorks.map((id) => idOf(scope, 'P', id));
  return {
    decoded: {
      message: `${name}:${newest}`,
      records: scope.records,
      changes,
      reports: scope.reports,
      removed: [],
      refusals: scope.refusals,
      warnings: scope.warnings,
    },
    there: {
      // A production that goes back to draft, or is cancelled before its start, loses its works and is nothing to plan.
      orders: known,
      routings: known,
      calendars: companies.map(({ id }) => idOf(scope, 'C', id)),
      equipment: [
        ...companies.map(({ id }) => idOf(scope, 'C', id)),
        ...centres.map(({ id }) => idOf(scope, 'WC', id)),
      ],
      materials: (await client.ids('product.product', [])).map((id) => idOf(scope, 'PR', id)),
      lots: scope.records.flatMap(({ kind, record }) => (kind === 'lots' ? record.id : [])),
    },
    places: placesIn(scope, orders, works, zone),
    cursor: JSON.stringify({
      at: newest,
      works: alive.map((row): [number, number] => [row.id, linkIn(row, 'production') ?? 0]),
      read: now,
      ...(traces && { traces: traces.since(newest - OVERLAP) }),
      fields,
    } satisfies State),
  };
}

const isIdle = ({ at, read, traces: before }: State, traces: Traces, now: Instant): boolean =>
  read !== undefined && now - read < REST && traces.since(at - OVERLAP) === before;

const nothingPulled = (name: string, since: State): Pulled => ({
  decoded: nothingDecoded(`${name}:${since.at}`),
  there: {},
  cursor: JSON.stringify(since),
});

/** Productions with a change of their own, of a work or an input, and those that lost a work. */
async function changedOrders(
  client: TrytonClient,
  since: State,
  alive: readonly Row[],
  needed: readonly Row[],
): Promise<number[]> {
  const from = since.at - OVERLAP;
  const isNew = (row: Row): boolean => changedAt(row) >= from;
  const still = new Set(alive.map(({ id }) => id));
  return [
    ...new Set([
      ...(await client.ids('production', [changedSince(from)])),
      ...linksOf(alive.filter(isNew), 'production'),
      ...linksOf(needed.filter(isNew), 'production_input'),
      ...since.works.filter(([id]) => !still.has(id)).map(([, order]) => order),
    ]),
  ];
}

/** Products and the stock of those that open productions need; which of them are counted. */
async function pullStock(
  client: TrytonClient,
  scope: Scope,
  {
    units,
    needed,
    alive,
    orders,
    now,
  }: {
    readonly units: ReadonlyMap<number, string>;
    readonly needed: readonly Row[];
    readonly alive: readonly Row[];
    readonly orders: readonly Row[];
    readonly now: Instant;
  },
): Promise<ReadonlySet<number>> {
  const { read, zone } = client;
  const inNeed = new Set(linksOf(needed, 'product'));
  const named = [...new Set([...inNeed, ...linksOf(orders, 'product')])];
  const context = {
    locations: await client.ids('stock.location', [['type', '=', 'warehouse']]),
    stock_date_end: trytonDate(localDateOf(zone, now)),
    stock_assign: true,
  };
  const products = await read('product.product', [['id', 'in', named]], PRODUCT_FIELDS, { context });
  decodeMaterials(scope, products, units);
  const counted = products.filter(isCounted);
  const stocked = counted.filter(({ id }) => inNeed.has(id));
  const ofStocked = ['product', 'in', stocked.map(({ id }) => id)];
  const begins = firstWorks(alive);
  // What a production takes leaves the store when it is run: until its first work is finished it is still needed.
  const ours = needed.filter((move) => {
    const first = begins.get(linkIn(move, 'production_input') ?? 0);
    const isUnused = first !== undefined && textIn(first, 'state') !== 'finished';
    return textIn(move, 'state') === 'assigned' || (textIn(move, 'state') === 'done' && isUnused);
  });
  const lots = ['OR', [ofStocked, ['quantity', '>', 0]], ['id', 'in', linksOf(ours, 'lot')]];
  decodeLots(scope, {
    products: stocked,
    lots: await read('stock.lot', lots, LOT_FIELDS, { context }),
    ours,
    receipts: await read(
      'stock.move',
      [ofStocked, ['state', 'in', ['draft', 'assigned']], ['from_location.type', '=', 'supplier']],
      RECEIPT_FIELDS,
    ),
    zone,
  });
  return new Set(counted.map(({ id }) => id));
}

/** The first work of each production. */
const firstWorks = (works: readonly Row[]): ReadonlyMap<number | undefined, Row> =>
  indexBy(inSequence(works).toReversed(), (row) => linkIn(row, 'production'));
