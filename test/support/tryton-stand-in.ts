import type { IncomingMessage, ServerResponse } from 'node:http';
import { plainValue } from '#electron/erp/tryton/values.ts';
import { must } from '#shared/base/must.ts';
import { holds } from './odoo-stand-in.ts';
import { standInServer } from './stand-in-server.ts';

/**
 * A Tryton with the tables and buttons that planning uses, which can be brought to what a real one does seldom: sessions
 * that expire, no answer, buttons that do nothing.
 */
export interface TrytonStandIn {
  readonly address: string;
  readonly tables: ReadonlyMap<string, Map<number, Row>>;
  /** Every method that was called, logins too. */
  readonly heard: string[];
  /** What happens to the next call that is no login; asked once per call. */
  hostile: () => Fault;
  /** Buttons that silently do nothing, as in a wrong state. */
  dead: readonly string[];
  /** Tables that the user may not read, and those that it may only read. */
  hidden: readonly string[];
  readOnly: readonly string[];
  readonly close: () => Promise<void>;
}

/** `lost` has its effect, but nobody hears of it; `trouble` is an error of the server and no refusal. */
export type Fault = 'none' | 'expired' | 'garbage' | 'unavailable' | 'trouble' | 'lost';

export type Row = Record<string, unknown> & { id: number };

const STAMPS = ['id', 'create_date', 'write_date'];
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'company.company': ['rec_name', 'timezone'],
  'ir.note': ['resource', 'message'],
  'product.product': ['rec_name', 'default_uom', 'type', 'consumable', 'quantity'],
  'product.uom': ['symbol'],
  production: [
    'rec_name',
    'state',
    'product',
    'quantity',
    'uom',
    'work_center',
    'planned_date',
    'planned_start_date',
    'effective_date',
    'effective_start_date',
    'works',
  ],
  'production.lead_time': ['product', 'lead_time', 'sequence'],
  'production.routing.operation': ['rec_name', 'work_center_category'],
  'production.work': ['production', 'operation', 'work_center', 'sequence', 'state'],
  'production.work.center': ['rec_name', 'parent', 'category', 'company', 'warehouse'],
  'production.work.cycle': ['work', 'duration', 'state'],
  'stock.location': ['type'],
  'stock.move': [
    'production_input',
    'production_output',
    'product',
    'quantity',
    'internal_quantity',
    'uom',
    'lot',
    'state',
    'planned_date',
    'from_location',
  ],
};
/** Which table a link points to, where a domain goes through it. */
const LINKS: Readonly<Record<string, string>> = {
  production: 'production',
  production_input: 'production',
  work: 'production.work',
  from_location: 'stock.location',
};

export async function standInTryton(): Promise<TrytonStandIn> {
  const tables = new Map(Object.keys(FIELDS).map((model) => [model, new Map<number, Row>()]));
  const standIn: Pick<TrytonStandIn, 'hostile' | 'dead' | 'hidden' | 'readOnly' | 'heard'> = {
    hostile: () => 'none',
    dead: [],
    hidden: [],
    readOnly: [],
    heard: [],
  };
  let logins = 0;
  const answer = ({ headers }: IncomingMessage, body: string, response: ServerResponse): void => {
    const { method, params } = JSON.parse(body) as { method: string; params: unknown[] };
    const reply = (result: unknown) => void response.end(JSON.stringify({ id: 1, result }));
    standIn.heard.push(method);
    if (method === 'common.db.login') return reply([1, `session ${++logins}`]);
    const fault = standIn.hostile();
    const session = Buffer.from(`admin:1:session ${logins}`).toString('base64');
    if (fault === 'expired' || headers.authorization !== `Session ${session}`)
      return void response.writeHead(401).end();
    if (fault === 'garbage') return void response.end('<html>Bad gateway</html>');
    if (fault === 'unavailable') return void response.writeHead(503).end('{}');
    if (fault === 'trouble')
      return void response.end(JSON.stringify({ id: 1, error: ['database is locked', 'Traceback …'] }));
    const [, model = '', name = ''] = /^model\.(.+)\.(\w+)$/.exec(method) ?? [];
    if (standIn.readOnly.includes(model) && ['create', 'write'].includes(name))
      return void response.end(
        JSON.stringify({ id: 1, error: ['UserError', ['You are not allowed to do that.', '']] }),
      );
    const result = called(tables, standIn, model, name, params);
    if (fault === 'lost') return void response.destroy();
    reply(result);
  };
  return Object.assign(standIn, { tables, ...(await standInServer(answer)) });
}

type Tables = TrytonStandIn['tables'];

function called(
  tables: Tables,
  { dead, hidden }: Pick<TrytonStandIn, 'dead' | 'hidden'>,
  model: string,
  method: string,
  params: readonly unknown[],
): unknown {
  if (method === 'get_preferences') return { company: 1 };
  if (method === 'get_access')
    return Object.fromEntries(
      (params[0] as string[]).map((known) => [known, { read: !hidden.includes(known) }]),
    );
  if (model === 'ir.model.field')
    return Object.entries(FIELDS).flatMap(([known, fields]) =>
      [...STAMPS, ...fields].map((name, id) => ({ id, name, 'model.': { id: 1, model: known } })),
    );
  const rows = must(tables.get(model), model);
  if (method === 'search_count') return rows.size;
  if (method === 'search_read') {
    const [domain, , limit, order, wanted] = params as [
      Domain,
      number,
      number | null,
      [[string, string]],
      string[],
    ];
    return [...rows.values()]
      .filter((row) => matches(tables, row, domain))
      .sort((a, b) => (order[0][1] === 'DESC' ? b.id - a.id : a.id - b.id))
      .slice(0, limit ?? undefined)
      .map((row) => Object.fromEntries(['id', ...wanted].map((field) => [field, row[field] ?? null])));
  }
  if (method === 'create')
    return (params[0] as object[]).map((values) => {
      const id = 1 + Math.max(0, ...rows.keys());
      rows.set(id, { ...(model === 'production.work.cycle' && { state: 'draft' }), ...values, id });
      return id;
    });
  for (const id of params[0] as number[]) {
    const row = must(rows.get(id), `${model} ${id}`);
    if (method === 'write') Object.assign(row, params[1]);
    else if (!dead.includes(method)) press(tables, model, method, row);
  }
  return null;
}

/** Buttons do what they do in the states that they are meant for, and nothing in others. */
function press(tables: Tables, model: string, button: string, row: Row): void {
  const goes = (from: string, to: string): void => {
    if (row['state'] === from) row['state'] = to;
  };
  if (button === 'assign_try') goes('waiting', 'assigned');
  if (button === 'run') goes(model === 'production' ? 'assigned' : 'draft', 'running');
  if (button === 'do') goes('running', 'done');
  if (button === 'done') goes('running', 'done');
  if (model !== 'production.work.cycle') return;
  const work = must(tables.get('production.work')?.get(Number(row['work'])), 'The work');
  work['state'] = row['state'] === 'done' ? 'finished' : row['state'];
}

type Domain = readonly unknown[];

function matches(tables: Tables, row: Row, domain: Domain): boolean {
  const [head, ...rest] = domain;
  if (head === 'OR') return rest.some((part) => matches(tables, row, part as Domain));
  if (typeof head === 'string')
    return holds(
      valueAt(tables, row, head),
      String(domain[1]).replace(/^like$/, '=like'),
      plainValue(domain[2]),
    );
  return domain.every((part) => matches(tables, row, part as Domain));
}

function valueAt(tables: Tables, row: Row | undefined, path: string): unknown {
  const [field = '', ...further] = path.split('.');
  const value = row?.[field] ?? null;
  if (further.length === 0) return plainValue(value);
  return valueAt(tables, tables.get(LINKS[field] ?? '')?.get(Number(value)), further.join('.'));
}

/** A production of two works at one centre, which waits; the ids of its works are ten times its own and one more. */
export function putProduction({ tables }: TrytonStandIn, id: number, made: object): void {
  const put = (model: string, row: Row) => must(tables.get(model), model).set(row.id, row);
  put('company.company', { id: 1, rec_name: 'Plant', timezone: 'UTC' });
  put('product.uom', { id: 1, symbol: 'u' });
  put('product.product', { id: 1, rec_name: 'Stool', default_uom: 1, type: 'goods' });
  put('production.work.center', { id: 1, rec_name: 'Lathe', category: 1, company: 1 });
  put('production.routing.operation', { id: 1, rec_name: 'Turn', work_center_category: 1 });
  const dates = { create_date: made, write_date: null };
  put('production', {
    id,
    rec_name: `No. ${id}`,
    state: 'waiting',
    product: 1,
    quantity: 2,
    uom: 1,
    works: 2,
    ...dates,
  });
  for (const [sequence, own] of [10 * id, 10 * id + 1].entries())
    put('production.work', {
      id: own,
      production: id,
      operation: 1,
      work_center: 1,
      sequence,
      state: 'request',
      ...dates,
    });
}
