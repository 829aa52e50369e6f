import type { Connector, Probe } from '#electron/erp/connector.ts';
import { oneLogin } from '#electron/erp/one-login.ts';
import type { FieldMap } from '#electron/erp/mapped.ts';
import type { ErpAccess } from '#electron/erp/post.ts';
import type { ErpField } from '#shared/contract/views.ts';
import { versionOf } from './api.ts';
import { type TrytonClient, connectTryton } from './client.ts';
import { OPEN_STATES } from './orders.ts';
import { pullChanges, pullSnapshot } from './pull.ts';
import { look } from './places.ts';
import { push } from './push.ts';

/**
 * A Tryton with its module production_work; what else it has is asked of it (`ir.model.field`), never concluded from a
 * version. `name` is that of the connection, `clock` counts milliseconds, `fields` are the plant's own.
 */
export function trytonConnector(name: string, access: ErpAccess, clock: () => number, fields: FieldMap = {}) {
  const own = { name, clock, fields };
  const client = oneLogin(() => connectTryton(access));
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
  'production.routing.operation': 'operations (module production_routing)',
  'production.work': 'works and work centres (module production_work)',
  'stock.lot': 'lots, also those that lines took (module stock_lot)',
  'ir.note': 'notes, in which it is told scrap, rework and the lots that lines took (ir.note)',
};

/** What no Tryton has. */
const NEVER = [
  'run times (they are estimated from past cycles and lead times)',
  'working times (work centres are open around the clock until a file brings them)',
  'downtimes',
];

async function probe(client: TrytonClient, access: ErpAccess): Promise<Probe> {
  const missing = Object.entries(TABLES).flatMap(([model, what]) => (client.has(model) ? [] : [what]));
  const orders = await client.ids('production', [['state', 'in', OPEN_STATES]]);
  return {
    product: `Tryton ${await versionOf(access)}`,
    api: 'JSON-RPC',
    orders: orders.length,
    without: [...missing, ...NEVER],
    fields: orderFields(client),
  };
}

const KINDS: Readonly<Record<string, ErpField['kind']>> = {
  date: 'time',
  timestamp: 'time',
  datetime: 'time',
  integer: 'number',
  float: 'number',
  numeric: 'number',
  char: 'text',
};

/** What is written from here, or by nobody, says nothing of what is wanted. */
const OURS: ReadonlySet<string> = new Set([
  'id',
  'write_date',
  'planned_date',
  'planned_start_date',
  'effective_date',
  'effective_start_date',
]);

function orderFields(client: TrytonClient): ErpField[] {
  return [...client.fieldsOf('production').values()].flatMap(
    ({ name, ttype = '', field_description: label = name }) => {
      const kind = KINDS[ttype];
      return kind && !OURS.has(name) ? { name, label, kind } : [];
    },
  );
}
