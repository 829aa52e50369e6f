import type { ServerResponse } from 'node:http';
import { must } from '#shared/base/must.ts';
import { standInServer } from './stand-in-server.ts';

/**
 * An Odoo that really applies what it is told, and can be hostile about it: for tests that a real one cannot be brought to.
 * It knows the tables and methods that planning uses, in the names of Odoo 14 (`old`) or 19.
 */
export interface OdooStandIn {
  readonly address: string;
  readonly tables: ReadonlyMap<string, Table>;
  /** What happens to the next call; asked once per call. */
  hostile: () => Fault;
  /** How often a method had its effect, by model, method and row. */
  readonly effects: ReadonlyMap<string, number>;
  /** Every call of a model's method, in its order. */
  readonly heard: readonly string[];
  readonly close: () => Promise<void>;
}

/** `lost` has its effect, but nobody hears of it; `refused` is Odoo's own word on a write. */
export type Fault = 'none' | 'unavailable' | 'gone' | 'lost' | 'garbage' | 'slow' | 'refused';

export type Row = Record<string, unknown> & { id: number };
interface Table {
  readonly fields: Readonly<Record<string, { type: string; relation?: string }>>;
  readonly rows: Map<number, Row>;
}

const link = (relation: string) => ({ type: 'many2one', relation });
const links = (relation: string) => ({ type: 'many2many', relation });
const [text, number, time] = [{ type: 'char' }, { type: 'float' }, { type: 'datetime' }];

function tablesOf(old: boolean): Map<string, Table> {
  const planned = old
    ? { date_planned_start: time, date_planned_finished: time, date_start: time, date_finished: time }
    : { date_start: time, date_finished: time };
  const next = old
    ? { next_work_order_id: link('mrp.workorder') }
    : { blocked_by_workorder_ids: links('mrp.workorder') };
  const models: Record<string, Table['fields']> = {
    'res.company': { name: text },
    'uom.uom': { name: text },
    'product.product': { display_name: text, uom_id: link('uom.uom'), active: { type: 'boolean' } },
    'mrp.workcenter': {
      name: text,
      alternative_workcenter_ids: links('mrp.workcenter'),
      time_start: number,
      time_stop: number,
      time_efficiency: number,
      [old ? 'capacity' : 'default_capacity']: number,
      company_id: link('res.company'),
    },
    'mrp.production': {
      name: text,
      state: text,
      product_id: link('product.product'),
      product_uom_id: link('uom.uom'),
      product_qty: number,
      qty_producing: number,
      qty_produced: number,
      priority: text,
      date_finished: time,
      create_date: time,
      write_date: time,
      [old ? 'date_planned_start' : 'date_deadline']: time,
    },
    'mrp.workorder': {
      name: text,
      state: text,
      production_id: link('mrp.production'),
      workcenter_id: link('mrp.workcenter'),
      sequence: number,
      duration_expected: number,
      qty_produced: number,
      write_date: time,
      ...planned,
      ...next,
    },
    'mrp.workcenter.productivity': {
      workcenter_id: link('mrp.workcenter'),
      workorder_id: link('mrp.workorder'),
      loss_id: link('mrp.workcenter.productivity.loss'),
      loss_type: text,
      date_start: time,
      date_end: time,
      description: text,
    },
    'mrp.workcenter.productivity.loss': { name: text, loss_type: text },
    'stock.move': {
      product_id: link('product.product'),
      raw_material_production_id: link('mrp.production'),
      state: text,
      has_tracking: text,
      location_id: link('stock.location'),
      write_date: time,
      ...(old ? {} : { manual_consumption: { type: 'boolean' } }),
    },
    'stock.move.line': {
      move_id: link('stock.move'),
      lot_id: link('stock.lot'),
      workorder_id: link('mrp.workorder'),
      ...(old ? { qty_done: number } : { quantity: number, picked: { type: 'boolean' } }),
    },
    [old ? 'stock.production.lot' : 'stock.lot']: { name: text, product_id: link('product.product') },
    'stock.quant': {
      product_id: link('product.product'),
      lot_id: link('stock.lot'),
      location_id: link('stock.location'),
      quantity: number,
    },
    'stock.scrap': { origin: text, production_id: link('mrp.production'), scrap_qty: number, state: text },
    'mail.message': { model: text, res_id: number, body: text },
  };
  return new Map(
    Object.entries(models).map(([model, fields]) => [
      model,
      { fields: { id: { type: 'integer' }, ...fields }, rows: new Map() },
    ]),
  );
}

export async function standInOdoo({ old = false } = {}): Promise<OdooStandIn> {
  const tables = tablesOf(old);
  const effects = new Map<string, number>();
  const heard: string[] = [];
  const count = (model: string, method: string, id: number) =>
    void effects.set(`${model}.${method} ${id}`, (effects.get(`${model}.${method} ${id}`) ?? 0) + 1);
  const table = (model: string): Table => {
    const found = tables.get(model);
    if (!found) throw new Refusal('builtins.KeyError', model);
    return found;
  };
  const run = (
    model: string,
    method: string,
    args: readonly unknown[],
    named: Record<string, unknown>,
  ): unknown => {
    const { fields, rows } = table(model);
    const known = (names: readonly string[]) => {
      const strange = names.find((name) => !(name in fields));
      if (strange !== undefined)
        throw new Refusal('builtins.ValueError', `Invalid field '${strange}' on '${model}'`);
    };
    const ids = (args[0] ?? []) as number[];
    switch (method) {
      case 'fields_get':
        return fields;
      case 'search_read': {
        if (old && 'load' in named)
          throw new Refusal('builtins.TypeError', "search_read() got an unexpected keyword argument 'load'");
        const wanted = named['fields'] as string[];
        known(wanted);
        return [...rows.values()]
          .filter((row) => matches(tables, model, row, named['domain'] as Domain))
          .map((row) => shown(tables, model, row, wanted));
      }
      case 'search_count':
        return [...rows.values()].filter((row) => matches(tables, model, row, args[0] as Domain)).length;
      case 'create': {
        const made: number[] = [];
        for (const values of args[0] as Record<string, unknown>[]) {
          known(Object.keys(values).filter((name) => model !== 'stock.scrap' || name in fields));
          const id = 1 + Math.max(0, ...rows.keys());
          rows.set(id, { ...blank(fields), ...values, id });
          count(model, 'create', id);
          made.push(id);
        }
        return made;
      }
      case 'write': {
        const { move_line_ids: lines = [], ...values } = args[1] as Record<string, unknown>;
        known(Object.keys(values));
        if (model === 'stock.move') commandLines(table('stock.move.line').rows, ids, lines as Command[]);
        for (const id of ids) {
          Object.assign(
            must(rows.get(id), `${model} ${id}`),
            values,
            'write_date' in fields ? { write_date: stamp() } : {},
          );
          count(model, 'write', id);
        }
        return true;
      }
      default:
        return buttons(tables, model, method, ids, named, count);
    }
  };
  const standIn = { hostile: (): Fault => 'none' };
  const answer = (url: string, body: string, response: ServerResponse): void => {
    if (url !== '/jsonrpc') return void response.writeHead(404).end();
    const { params } = JSON.parse(body) as { params: { service: string; method: string; args: unknown[] } };
    if (params.service === 'common') return reply(response, { result: 2 });
    const fault = standIn.hostile();
    if (fault === 'unavailable') return void response.writeHead(503).end('Service unavailable');
    if (fault === 'gone') return void response.destroy();
    const [, , , model, method, args, named] = params.args as [
      unknown,
      unknown,
      unknown,
      string,
      string,
      unknown[],
      Record<string, unknown>,
    ];
    heard.push(`${model}.${method}`);
    try {
      if (fault === 'refused' && !['fields_get', 'search_read', 'search_count'].includes(method))
        throw new Refusal('odoo.exceptions.UserError', 'Not today.');
      const result = run(model, method, args, named);
      if (fault === 'lost') return void response.destroy();
      if (fault === 'garbage') return void response.end('<html>Bad gateway</html>');
      if (fault === 'slow') return void setTimeout(() => reply(response, { result }), 20);
      reply(response, { result });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      reply(response, {
        error: { message: 'Odoo Server Error', data: { name: error.kind, message: error.message } },
      });
    }
  };
  const server = await standInServer(({ url = '' }, body, response) => answer(url, body, response));
  return Object.assign(standIn, { tables, effects, heard, ...server });
}

class Refusal extends Error {
  readonly kind: string;
  constructor(kind: string, text: string) {
    super(text);
    this.kind = kind;
  }
}

type Command = readonly [0, 0, Record<string, unknown>] | readonly [2, number, 0];

/** What Odoo makes of commands on the lines of a move: `[2, id, 0]` deletes one, `[0, 0, values]` makes one. */
function commandLines(
  lines: Map<number, Row>,
  [move]: readonly number[],
  commands: readonly Command[],
): void {
  for (const [kind, at, values] of commands) {
    const id = kind === 2 ? at : 1 + Math.max(0, ...lines.keys());
    if (kind === 2) lines.delete(id);
    else lines.set(id, { ...values, id, move_id: move });
  }
}

/** The methods behind buttons, as far as what they leave behind is looked at. */
function buttons(
  tables: ReadonlyMap<string, Table>,
  model: string,
  method: string,
  ids: readonly number[],
  named: Record<string, unknown>,
  count: (model: string, method: string, id: number) => void,
): unknown {
  for (const id of ids) {
    const row = must(tables.get(model)?.rows.get(id), `${model} ${id}`);
    if (method === 'button_finish' && row['state'] !== 'done')
      Object.assign(row, { state: 'done', date_finished: stamp() });
    else if (method === 'button_mark_done')
      Object.assign(row, { state: 'done', qty_produced: row['qty_producing'], date_finished: stamp() });
    else if (method === 'action_validate') row['state'] = 'done';
    else if (method === 'message_post') {
      const messages = must(tables.get('mail.message'), 'The messages').rows;
      messages.set(messages.size + 1, { id: messages.size + 1, model, res_id: id, body: named['body'] });
    } else throw new Refusal('builtins.AttributeError', `${model} has no ${method}`);
    count(model, method, id);
  }
  return true;
}

const stamp = (): string => new Date().toISOString().slice(0, 19).replace('T', ' ');

const blank = (fields: Table['fields']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([field, { type }]) => [
      field,
      type === 'float' ? 0 : type.endsWith('2many') ? [] : false,
    ]),
  );

/** A link is shown with the name of today. */
function shown(tables: ReadonlyMap<string, Table>, model: string, row: Row, wanted: readonly string[]): Row {
  const { fields } = must(tables.get(model), model);
  const values = wanted.map((field) => {
    const value = row[field] ?? false;
    return [
      field,
      fields[field]?.type === 'many2one' && typeof value === 'number' ? [value, `no. ${value}`] : value,
    ];
  });
  return { ...Object.fromEntries(values), id: row.id } as Row;
}

type Domain = readonly (string | readonly [string, string, unknown])[];

/** A domain in prefix notation; what stands side by side all holds. */
function matches(tables: ReadonlyMap<string, Table>, model: string, row: Row, domain: Domain): boolean {
  const rest = [...domain];
  const next = (): boolean => {
    const part = must(rest.shift(), 'The next part of the domain');
    if (typeof part !== 'string') return holds(valueAt(tables, model, row, part[0]), part[1], part[2]);
    const [a, b] = [next(), next()];
    return part === '|' ? a || b : a && b;
  };
  let all = true;
  while (rest.length > 0) all = next() && all;
  return all;
}

function valueAt(
  tables: ReadonlyMap<string, Table>,
  model: string,
  row: Row | undefined,
  path: string,
): unknown {
  const [field = '', ...further] = path.split('.');
  const value = row?.[field] ?? false;
  const relation = tables.get(model)?.fields[field]?.relation;
  if (further.length === 0 || relation === undefined) return value;
  return valueAt(tables, relation, tables.get(relation)?.rows.get(value as number), further.join('.'));
}

/** Does a condition of a domain hold? `=like` is for beginnings. */
export function holds(value: unknown, operator: string, asked: unknown): boolean {
  switch (operator) {
    case '=':
      return value === asked;
    case '!=':
      return value !== asked;
    case 'in':
      return (asked as unknown[]).includes(value);
    case 'not in':
      return !(asked as unknown[]).includes(value);
    case '>=':
      return typeof value === 'string' && value >= (asked as string);
    case '<':
      return typeof value === 'string' && value < (asked as string);
    case 'child_of': // places have none inside them here
      return value === asked;
    case '=like':
      return typeof value === 'string' && value.startsWith((asked as string).replace('%', ''));
    case 'like':
    case 'ilike':
      return typeof value === 'string' && value.includes(asked as string);
    default:
      throw new Error(`The stand-in knows no operator ${operator}.`);
  }
}

const reply = (response: ServerResponse, body: object): void =>
  void response.end(JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }));

/** Puts an order with its operations into the stand-in; the ids are the numbers given. */
export function putOrder(odoo: OdooStandIn, id: number, operations: number, old = false): void {
  const rows = (model: string) => must(odoo.tables.get(model), model).rows;
  rows('res.company').set(1, { id: 1, name: 'Plant' });
  rows('uom.uom').set(1, { id: 1, name: 'Units' });
  rows('product.product').set(1, { id: 1, display_name: 'Drawer', uom_id: 1, active: true });
  rows('mrp.workcenter').set(1, {
    id: 1,
    name: 'Assembly',
    time_efficiency: 100,
    time_start: 5,
    alternative_workcenter_ids: [2],
    company_id: 1,
  });
  rows('mrp.workcenter').set(2, {
    id: 2,
    name: 'Assembly 2',
    time_efficiency: 100,
    time_start: 0,
    alternative_workcenter_ids: [],
    company_id: 1,
  });
  for (const [index, loss_type] of ['availability', 'productive'].entries())
    rows('mrp.workcenter.productivity.loss').set(index + 1, { id: index + 1, name: loss_type, loss_type });
  const made = '2026-11-20 08:00:00';
  rows('mrp.production').set(id, {
    id,
    name: `WH/MO/${id}`,
    state: 'confirmed',
    product_id: 1,
    product_uom_id: 1,
    product_qty: 10,
    qty_producing: 0,
    qty_produced: 0,
    priority: '0',
    create_date: made,
    write_date: made,
  });
  for (let at = 0; at < operations; at += 1) {
    const own = id * 10 + at;
    const after = old
      ? { next_work_order_id: at + 1 < operations ? own + 1 : false }
      : { blocked_by_workorder_ids: at > 0 ? [own - 1] : [] };
    rows('mrp.workorder').set(own, {
      id: own,
      name: `Step ${at + 1}`,
      state: old ? 'pending' : 'ready',
      production_id: id,
      workcenter_id: 1,
      sequence: at,
      duration_expected: 65,
      qty_produced: 0,
      write_date: made,
      ...after,
    });
  }
}
