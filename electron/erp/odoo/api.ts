import { z } from 'zod';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type ErpAccess, noAnswer, post } from '#electron/erp/post.ts';

/** One call of a model's method, with its arguments by name. Throws ErpFailure. */
export type Call = (
  model: string,
  method: string,
  named: Readonly<Record<string, unknown>>,
  ids?: readonly number[],
) => Promise<unknown>;

export interface OdooApi {
  readonly name: '/jsonrpc' | '/json/2';
  readonly call: Call;
}

/** Speaks `/json/2` where it answers to this secret as an API key (Odoo 19 and later), else `/jsonrpc` (all of them). */
export async function openApi(access: ErpAccess): Promise<OdooApi> {
  const keyed: OdooApi = { name: '/json/2', call: jsonTwo(access) };
  try {
    await keyed.call('res.users', 'context_get', {});
    return keyed;
  } catch {
    return { name: '/jsonrpc', call: await jsonRpc(access) };
  }
}

const JsonTwoError = z.object({ name: z.string(), message: z.string() });

function jsonTwo({ address, database, secret }: ErpAccess): Call {
  return async (model, method, named, ids) => {
    const answer = await post(
      new URL(`/json/2/${model}/${method}`, address),
      { ...named, ...(ids && { ids }) },
      { Authorization: `bearer ${secret}`, 'X-Odoo-Database': database },
    );
    if (answer.ok && answer.body !== undefined) return answer.body;
    const told = JsonTwoError.safeParse(answer.body).data;
    throw told ? failure(told.name, told.message) : noAnswer('Odoo', answer);
  };
}

const JsonRpcReply = z.object({
  jsonrpc: z.literal('2.0'),
  result: z.unknown().optional(),
  error: z
    .object({
      message: z.string(),
      data: z.object({ name: z.string().optional(), message: z.string() }).optional(),
    })
    .optional(),
});

async function jsonRpc({ address, database, user, secret }: ErpAccess): Promise<Call> {
  const send = async (service: string, method: string, args: readonly unknown[]): Promise<unknown> => {
    const answer = await post(new URL('/jsonrpc', address), {
      jsonrpc: '2.0',
      method: 'call',
      id: 1,
      params: { service, method, args },
    });
    const reply = JsonRpcReply.safeParse(answer.body);
    if (!answer.ok || !reply.success) throw noAnswer('Odoo', answer);
    const { result, error } = reply.data;
    if (error) throw failure(error.data?.name ?? '', error.data?.message ?? error.message);
    return result;
  };
  const uid = z.int().safeParse(await send('common', 'login', [database, user, secret]));
  if (!uid.success)
    throw new ErpFailure(
      `Odoo refused ${user} in database ${database}.\nMaybe the password or key has expired.`,
      true,
    );
  return (model, method, named, ids) => {
    const own = ids ? [ids] : [];
    const [args, options] = NAMELESS.has(method) ? [[...own, ...Object.values(named)], {}] : [own, named];
    return send('object', 'execute_kw', [database, uid.data, secret, model, method, args, options]);
  };
}

/** The one argument of these has another name from model to model and from version to version. */
const NAMELESS: ReadonlySet<string> = new Set(['write', 'create', 'search_count']);

/** Errors of a busy database and of a login may pass; what a model refuses stays refused. */
const PASSES = /psycopg2|OperationalError|SerializationFailure|AccessDenied|SessionExpired|LockNotAvailable/;

const failure = (name: string, message: string): ErpFailure =>
  new ErpFailure(`Odoo: ${message}`, PASSES.test(name));
