import type { Connector, Probe } from '#electron/erp/connector.ts';
import { oneLogin } from '#electron/erp/one-login.ts';
import type { ErpAccess } from '#electron/erp/post.ts';
import { type FieldMap } from '#electron/erp/mapped.ts';
import type { ErpField } from '#shared/contract/views.ts';
import { type OdooClient, connectOdoo } from './client.ts';
import { look } from './look.ts';
import { linkToCentre } from './maintenance.ts';
import { OPEN_STATES } from './orders.ts';
import { pullChanges, pullSnapshot } from './pull.ts';
import { takenField } from './push-consumed.ts';
import { push } from './push.ts';

/**
 * An Odoo with its app Manufacturing, from version 14 on; what it has is asked of it (`fields_get`), never concluded from a
 * version. `name` is that of the connection, `clock` counts milliseconds, `fields` are the plant's own.
 */
export function odooConnector(name: string, access: ErpAccess, clock: () => number, fields: FieldMap = {}) {
  const own = { name, clock, fields };
  const client = oneLogin(() => connectOdoo(access));
  return {
    probe: async () => probe(await client(), access),
    pullSnapshot: async () => pullSnapshot(await client(), own),
    pullChanges: async (since) => pullChanges(await client(), own, since),
    push: (message) => push(client, name, message),
    look: async (message) => look(await client(), name, message),
  } satisfies Connector;
}

/** Tables that planning reads, and what it goes without where one is not there. */
const TABLES: Readonly<Record<string, string>> = {
  'mrp.routing.workcenter': 'alternative work centres of operations',
  'mrp.workcenter.capacity': 'capacities by product',
  'mrp.workcenter.productivity': 'downtimes',
  'resource.calendar': 'working times',
  'stock.quant': 'stock',
  'maintenance.request': 'maintenance',
};

async function probe(client: OdooClient, { address }: ErpAccess): Promise<Probe> {
  const without: string[] = [];
  for (const [model, what] of Object.entries(TABLES)) {
    if ((await client.fieldsOf(model)).size === 0) without.push(`${what} (${model})`);
  }
  const linked = await Promise.all(
    ['maintenance.request', 'maintenance.equipment'].map((model) => linkToCentre(client, model)),
  );
  if (linked.every((field) => field === undefined) && !without.some((what) => what.startsWith('maintenance')))
    without.push('maintenance of work centres: no field of maintenance.equipment names one');
  if ((await takenField(client)) === null)
    without.push('lots that were consumed: lines of stock.move carry no lot and work order');
  const orders = await client.ids('mrp.production', [['state', 'in', OPEN_STATES]]);
  const [product, fields] = [await productOf(address), await orderFields(client)];
  return { product, api: client.api, orders: orders.length, without, fields };
}

const KINDS: Readonly<Record<string, ErpField['kind']>> = {
  date: 'time',
  datetime: 'time',
  integer: 'number',
  float: 'number',
  monetary: 'number',
  char: 'text',
  selection: 'text',
};

/** What is written from here, or by nobody, says nothing of what is wanted. */
const OURS: ReadonlySet<string> = new Set([
  'id',
  'write_date',
  'date_start',
  'date_finished',
  'date_planned_start',
  'date_planned_finished',
  'qty_producing',
]);

async function orderFields(client: OdooClient): Promise<ErpField[]> {
  return [...(await client.fieldsOf('mrp.production'))].flatMap(([name, { type, string = name }]) => {
    const kind = KINDS[type];
    return kind && !OURS.has(name) ? { name, label: string, kind } : [];
  });
}

/** The version is only shown. */
async function productOf(address: string): Promise<string> {
  try {
    const answer = await fetch(new URL('/web/version', address), {
      redirect: 'error',
      signal: AbortSignal.timeout(5000),
    });
    const told: unknown = await answer.json();
    const version = typeof told === 'object' && told !== null && 'version' in told ? told.version : undefined;
    return typeof version === 'string' ? `Odoo ${version}` : 'Odoo';
  } catch {
    return 'Odoo'; // before 19 it does not tell without a login
  }
}
