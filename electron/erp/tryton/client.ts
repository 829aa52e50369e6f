import { z } from 'zod';
import { groupBy, indexBy } from '#shared/base/group.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import type { ErpAccess } from '#electron/erp/post.ts';
import { Row, type Values, textIn } from '#electron/erp/rows.ts';
import { type NotStored, isSame } from '#electron/erp/stored.ts';
import { type Call, openApi } from './api.ts';
import { plainValue } from './values.ts';

export interface TrytonClient {
  /** A method of a model; the context goes along. */
  readonly call: (model: string, method: string, ...params: readonly unknown[]) => Promise<unknown>;
  /** The zone of the company's wall clock: Tryton's dates are of it. */
  readonly zone: string;
  /** Does this Tryton have the table, and may this user read it? */
  readonly has: (model: string) => boolean;
  /** The fields of a model, by name. */
  readonly fieldsOf: (model: string) => ReadonlyMap<string, Field>;
  /** Rows of a model, the oldest first, of those of the wanted fields that it has; none where it does not have the model. */
  readonly read: (
    model: string,
    domain: readonly unknown[],
    wanted: readonly string[],
    page?: Page,
  ) => Promise<Row[]>;
  readonly ids: (model: string, domain: readonly unknown[]) => Promise<number[]>;
  /** How many rows a model has; 0 where it is not there. */
  readonly count: (model: string) => Promise<number>;
  readonly create: (model: string, values: Values) => Promise<number>;
  readonly write: (model: string, id: number, values: Values) => Promise<void>;
  /** Presses a button. In a state that it is not meant for it does nothing and says nothing: read again what came of it. */
  readonly press: (model: string, button: string, id: number) => Promise<void>;
  /** Reads again what was written and compares. */
  readonly compare: (model: string, id: number, values: Values) => Promise<NotStored[]>;
}

interface Page {
  /** The newest first, so many. */
  readonly newest?: number;
  /** Said beside the user's own context. */
  readonly context?: Values;
}

/** The tables that a connector may ask for: what of them is there is asked once. */
const MODELS = [
  'company.company',
  'ir.note',
  'product.product',
  'product.template',
  'product.uom',
  'production',
  'production.lead_time',
  'production.routing.operation',
  'production.work',
  'production.work.center',
  'production.work.cycle',
  'stock.location',
  'stock.lot',
  'stock.move',
];

const Field = z.object({
  name: z.string(),
  'model.': z.object({ model: z.string() }),
  ttype: z.string().optional(),
  /** What people see. */
  field_description: z.string().optional(),
});
export type Field = z.infer<typeof Field>;
const Access = z.record(z.string(), z.object({ read: z.union([z.boolean(), z.number()]) }));

/** Logs in and asks what is there. Throws ErpFailure with Tryton's own words. An empty field is `null`, a link is its id. */
export async function connectTryton(access: ErpAccess): Promise<TrytonClient> {
  const call = await openApi(access);
  const context = await contextOf(call);
  const ask = (model: string, method: string, ...params: readonly unknown[]) =>
    call(`model.${model}.${method}`, [...params, context]);
  const fields = await fieldsOf(ask);
  const read: TrytonClient['read'] = async (model, domain, wanted, page = {}) => {
    const known = fields.get(model);
    if (!known) return [];
    const order = page.newest === undefined ? 'ASC' : 'DESC';
    const found = await call(`model.${model}.search_read`, [
      domain,
      0,
      page.newest ?? null,
      [['id', order]],
      wanted.filter((field) => known.has(field)),
      { ...context, ...page.context },
    ]);
    return rowsOf(found, model).map(plainRow);
  };
  return {
    call: ask,
    zone: await zoneOf(read, context),
    has: (model) => fields.has(model),
    fieldsOf: (model) => fields.get(model) ?? new Map<string, Field>(),
    read,
    ids: async (model, domain) => (await read(model, domain, ['id'])).map(({ id }) => id),
    count: async (model) =>
      fields.has(model)
        ? shaped(z.int(), await ask(model, 'search_count', []), `the number of rows of ${model}`)
        : 0,
    create: async (model, values) => {
      const made = await ask(model, 'create', [values]);
      return shaped(z.tuple([z.int()]), made, `the new row of ${model}`)[0];
    },
    write: async (model, id, values) => {
      await ask(model, 'write', [id], values);
    },
    press: async (model, button, id) => {
      await ask(model, button, [id]);
    },
    compare: async (model, id, values) => {
      const [row] = await read(model, [['id', '=', id]], Object.keys(values));
      return Object.entries(values)
        .map(([field, sent]) => ({ field, sent: plainValue(sent), kept: row?.[field] }))
        .filter(({ sent, kept }) => !isSame(sent, kept));
    },
  };
}

/** What the user prefers, such as the company: calls are made in it. */
async function contextOf(call: Call): Promise<Values> {
  const told = await call('model.res.user.get_preferences', [true, {}]);
  return shaped(z.record(z.string(), z.unknown()), told, 'the preferences of its user');
}

async function zoneOf(read: TrytonClient['read'], context: Values): Promise<string> {
  const [company] = await read('company.company', [['id', '=', context['company'] ?? null]], ['timezone']);
  return (company && textIn(company, 'timezone')) ?? 'UTC';
}

/** The fields of the tables that are there and that this user may read. */
async function fieldsOf(ask: TrytonClient['call']): Promise<ReadonlyMap<string, ReadonlyMap<string, Field>>> {
  const domain = [['model.model', 'in', MODELS]];
  const wanted = ['name', 'model.model', 'ttype', 'field_description'];
  const found = await ask('ir.model.field', 'search_read', domain, 0, null, null, wanted);
  const byModel = groupBy(shaped(z.array(Field), found, 'fields'), (field) => field['model.'].model);
  const told = await ask('ir.model.access', 'get_access', [...byModel.keys()]);
  const access = shaped(Access, told, 'rights');
  return new Map(
    [...byModel].flatMap(([model, fields]) =>
      access[model]?.read ? [[model, indexBy(fields, ({ name }) => name)]] : [],
    ),
  );
}

const rowsOf = (found: unknown, model: string): Row[] => shaped(z.array(Row), found, `rows of ${model}`);

function shaped<Told>(schema: z.ZodType<Told>, told: unknown, what: string): Told {
  const read = schema.safeParse(told);
  if (!read.success) throw new ErpFailure(`Tryton answered with something else than ${what}.`, true);
  return read.data;
}

const plainRow = (row: Row): Row => {
  for (const [field, value] of Object.entries(row)) row[field] = plainValue(value);
  return row;
};
