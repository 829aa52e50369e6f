import type { Connector, Probe } from '#electron/erp/connector.ts';
import { oneLogin } from '#electron/erp/one-login.ts';
import type { ErpAccess } from '#electron/erp/post.ts';
import { type OdooClient, connectOdoo } from './client.ts';
import { linkToCentre } from './maintenance.ts';
import { OPEN_STATES } from './orders.ts';
import { pullChanges, pullSnapshot } from './pull.ts';
import { takenField } from './push-consumed.ts';
import { push } from './push.ts';

/**
 * An Odoo with its app Manufacturing, from version 14 on; what it has is asked of it (`fields_get`), never concluded from a
 * version. `name` is that of the connection, `clock` counts milliseconds.
 */
export function odooConnector(name: string, access: ErpAccess, clock: () => number) {
  const client = oneLogin(() => connectOdoo(access));
  return {
    probe: async () => probe(await client(), access),
    pullSnapshot: async () => pullSnapshot(await client(), name, clock),
    pullChanges: async (since) => pullChanges(await client(), name, clock, since),
    push: (message) => push(client, name, message),
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
  return { product: await productOf(address), api: client.api, orders: orders.length, without };
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
