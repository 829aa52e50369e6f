import { z } from 'zod';

/** Where an Odoo answers. `address` is scheme, host and port; calls go there and nowhere else. */
export interface OdooAccess {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  /** Password or API key. Stands in no message. */
  readonly secret: string;
}

/** What Odoo stored instead of what was written. */
export interface NotKept {
  readonly field: string;
  readonly sent: unknown;
  readonly kept: unknown;
}

export interface OdooClient {
  /** Those of the wanted fields that this Odoo has: one it does not know fails the whole call. */
  readonly fieldsOf: (model: string, wanted: readonly string[]) => Promise<string[]>;
  readonly read: (model: string, domain: readonly unknown[], wanted: readonly string[]) => Promise<OdooRow[]>;
  /** Writes, reads again and compares: Odoo accepts values and then stores others. */
  readonly write: (
    model: string,
    id: number,
    values: Readonly<Record<string, unknown>>,
  ) => Promise<NotKept[]>;
}

const OdooRow = z.looseObject({ id: z.int() });
export type OdooRow = z.infer<typeof OdooRow>;

const Reply = z.object({
  result: z.unknown().optional(),
  error: z.object({ message: z.string(), data: z.object({ message: z.string() }).optional() }).optional(),
});

const PATIENCE_MS = 30_000;

/**
 * Logs in over `/jsonrpc`. Throws with Odoo's own words when it refuses, and when it answers with anything but JSON-RPC.
 * Times are UTC without zone, durations minutes, an empty field is `false`.
 */
export async function connectOdoo({ address, database, user, secret }: OdooAccess): Promise<OdooClient> {
  const endpoint = new URL('/jsonrpc', address);
  const call = async (service: string, method: string, args: readonly unknown[]): Promise<unknown> => {
    const answer = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error', // the secret never follows to another host
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params: { service, method, args } }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`Odoo at ${endpoint.host} answered ${answer.status}.`);
    const { result, error } = replyFrom(text, endpoint.host);
    if (error) throw new Error(`Odoo: ${error.data?.message ?? error.message}`);
    return result;
  };
  const uid = z.int().safeParse(await call('common', 'login', [database, user, secret]));
  if (!uid.success)
    throw new Error(`Odoo refused ${user} in database ${database}.\nMaybe the password or key has expired.`);
  const execute = (model: string, method: string, args: readonly unknown[], options = {}) =>
    call('object', 'execute_kw', [database, uid.data, secret, model, method, args, options]);

  const known = new Map<string, ReadonlySet<string>>();
  const fieldsOf = async (model: string, wanted: readonly string[]) => {
    let has = known.get(model);
    if (!has) {
      const fields = await execute(model, 'fields_get', [], { attributes: ['type'] });
      has = new Set(Object.keys(z.record(z.string(), z.unknown()).parse(fields)));
      known.set(model, has);
    }
    return wanted.filter((field) => has.has(field));
  };
  const read = async (model: string, domain: readonly unknown[], wanted: readonly string[]) => {
    const fields = await fieldsOf(model, wanted);
    return z.array(OdooRow).parse(await execute(model, 'search_read', [domain], { fields, order: 'id' }));
  };
  return {
    fieldsOf,
    read,
    write: async (model, id, values) => {
      await execute(model, 'write', [[id], values]);
      const [row] = await read(model, [['id', '=', id]], Object.keys(values));
      return Object.entries(values)
        .map(([field, sent]) => ({ field, sent, kept: plain(row?.[field]) }))
        .filter(({ sent, kept }) => sent !== kept);
    },
  };
}

function replyFrom(text: string, host: string): z.infer<typeof Reply> {
  try {
    return Reply.parse(JSON.parse(text));
  } catch {
    throw new Error(`What answers at ${host} is no JSON-RPC.\nMaybe a proxy stands before Odoo.`);
  }
}

/** A link is read as `[id, name]` and written as the id. */
const Link = z.tuple([z.number(), z.string()]);
const plain = (value: unknown): unknown => Link.safeParse(value).data?.[0] ?? value;
