import { z } from 'zod';
import { ErpFailure } from '#electron/erp/failure.ts';
import type { ErpAccess } from '#electron/erp/post.ts';
import { Row, type Values } from '#electron/erp/rows.ts';
import { type NotStored, isSame } from '#electron/erp/stored.ts';
import { type Call, openApi } from './api.ts';

export interface OdooClient {
  /** How it is spoken with. */
  readonly api: string;
  readonly call: Call;
  /** The fields that this Odoo has of a model, with the model that a link points to; none where there is no such model. */
  readonly fieldsOf: (model: string) => Promise<ReadonlyMap<string, Field>>;
  /** Rows of a model, the oldest first. Only those of the wanted fields that it has: one it does not know fails the whole call. */
  readonly read: (
    model: string,
    domain: readonly unknown[],
    wanted: readonly string[],
    page?: { readonly order?: string; readonly limit?: number },
  ) => Promise<Row[]>;
  readonly ids: (model: string, domain: readonly unknown[]) => Promise<number[]>;
  readonly write: (model: string, id: number, values: Values) => Promise<void>;
  /** Reads again what was written and compares: Odoo accepts values and then stores others. */
  readonly compare: (model: string, id: number, values: Values) => Promise<NotStored[]>;
}

const Field = z.object({
  type: z.string(),
  relation: z.string().optional(),
  /** What people see. */
  string: z.string().optional(),
});
export type Field = z.infer<typeof Field>;

/**
 * Logs in. Throws ErpFailure with Odoo's own words when it refuses, and when it answers with anything but JSON. Times are
 * UTC without zone, durations minutes, an empty field is `false`, a link is its id.
 */
export async function connectOdoo(access: ErpAccess): Promise<OdooClient> {
  const { name, call } = await openApi(access);
  const known = new Map<string, ReadonlyMap<string, Field>>();
  const fieldsOf = async (model: string) => {
    const has = known.get(model) ?? (await askFields(call, model));
    known.set(model, has);
    return has;
  };
  // Without the names of links a read takes half the time; before Odoo 15 it cannot be asked for.
  let plain: { readonly load?: '' } = { load: '' };
  const searchRead = async (model: string, ask: Values): Promise<unknown> => {
    try {
      return await call(model, 'search_read', { ...ask, ...plain });
    } catch (cause) {
      if (!(cause instanceof ErpFailure) || cause.again || plain.load === undefined) throw cause;
      if (!cause.message.includes('load')) throw cause;
      plain = {};
      return call(model, 'search_read', ask);
    }
  };
  const read: OdooClient['read'] = async (model, domain, wanted, page = {}) => {
    const has = await fieldsOf(model);
    if (has.size === 0) return [];
    const fields = wanted.filter((field) => has.has(field));
    const ask = { domain, fields, order: page.order ?? 'id', ...limitOf(page) };
    const found = await searchRead(model, ask);
    const rows = z.array(Row).safeParse(found);
    if (!rows.success) throw new ErpFailure(`Odoo answered with something else than rows of ${model}.`, true);
    return rows.data.map(withPlainLinks);
  };
  return {
    api: name,
    call,
    fieldsOf,
    read,
    ids: async (model, domain) => {
      if ((await fieldsOf(model)).size === 0) return [];
      return (await read(model, domain, ['id'])).map(({ id }) => id);
    },
    write: async (model, id, values) => {
      await call(model, 'write', { vals: values }, [id]);
    },
    compare: async (model, id, values) => {
      const [row] = await read(model, [['id', '=', id]], Object.keys(values));
      return Object.entries(values)
        .map(([field, sent]) => ({ field, sent, kept: row?.[field] }))
        .filter(({ sent, kept }) => !isSame(sent, kept));
    },
  };
}

const limitOf = ({ limit }: { limit?: number }) => (limit === undefined ? {} : { limit });

/** No such model, or none that this user may see: it is done without. */
async function askFields(call: Call, model: string): Promise<ReadonlyMap<string, Field>> {
  try {
    const fields = await call(model, 'fields_get', { attributes: ['type', 'relation', 'string'] });
    return new Map(Object.entries(z.record(z.string(), Field).parse(fields)));
  } catch (cause) {
    if (cause instanceof ErpFailure && !cause.again) return new Map();
    throw cause;
  }
}

/** A link is read as `[id, name]`, a name of today: only the id is kept. */
const withPlainLinks = (row: Row): Row => {
  for (const [field, value] of Object.entries(row)) {
    if (Array.isArray(value) && value.length === 2 && typeof value[1] === 'string') row[field] = value[0];
  }
  return row;
};
