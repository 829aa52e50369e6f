import { z } from 'zod';

/** Where an Odoo answers. `address` is scheme, host and port; calls go there and nowhere else. */
export interface OdooAccess {
  readonly address: string;
  readonly database: string;
  readonly user: string;
  /** Password or API key. Stands in no message. */
  readonly secret: string;
}

/** One call of a model's method, with its arguments by name. Throws OdooFailure. */
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

/** Why a call brought nothing. With `again` it may succeed later as it is; without, Odoo refused it in its own words. */
export class OdooFailure extends Error {
  readonly again: boolean;
  constructor(text: string, again: boolean) {
    super(text);
    this.again = again;
  }
}

const PATIENCE_MS = 30_000;

/** Speaks `/json/2` where it answers to this secret as an API key (Odoo 19 and later), else `/jsonrpc` (all of them). */
export async function openApi(access: OdooAccess): Promise<OdooApi> {
  const keyed: OdooApi = { name: '/json/2', call: jsonTwo(access) };
  try {
    await keyed.call('res.users', 'context_get', {});
    return keyed;
  } catch {
    return { name: '/jsonrpc', call: await jsonRpc(access) };
  }
}

const JsonTwoError = z.object({ name: z.string(), message: z.string() });

function jsonTwo({ address, database, secret }: OdooAccess): Call {
  return async (model, method, named, ids) => {
    const { ok, status, body, host } = await post(
      new URL(`/json/2/${model}/${method}`, address),
      { ...named, ...(ids && { ids }) },
      { Authorization: `bearer ${secret}`, 'X-Odoo-Database': database },
    );
    if (ok && body !== undefined) return body;
    const told = JsonTwoError.safeParse(body).data;
    throw told ? failure(told.name, told.message) : noAnswer(status, host);
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

async function jsonRpc({ address, database, user, secret }: OdooAccess): Promise<Call> {
  const send = async (service: string, method: string, args: readonly unknown[]): Promise<unknown> => {
    const { ok, status, body, host } = await post(new URL('/jsonrpc', address), {
      jsonrpc: '2.0',
      method: 'call',
      id: 1,
      params: { service, method, args },
    });
    const reply = JsonRpcReply.safeParse(body);
    if (!ok || !reply.success) throw noAnswer(status, host);
    const { result, error } = reply.data;
    if (error) throw failure(error.data?.name ?? '', error.data?.message ?? error.message);
    return result;
  };
  const uid = z.int().safeParse(await send('common', 'login', [database, user, secret]));
  if (!uid.success)
    throw new OdooFailure(
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
const NAMELESS: ReadonlySet<string> = new Set(['write', 'create']);

interface Answered {
  readonly ok: boolean;
  readonly status: number;
  /** The JSON that came, or undefined where it was none. */
  readonly body: unknown;
  readonly host: string;
}

async function post(url: URL, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  let text: string;
  let answer: Response;
  try {
    answer = await fetch(url, {
      method: 'POST',
      redirect: 'error', // the secret never follows to another host
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    text = await answer.text();
  } catch (cause) {
    throw new OdooFailure(`Nothing answers at ${url.host}: ${wordsOf(cause)}.`, true);
  }
  const { ok, status } = answer;
  try {
    return { ok, status, body: JSON.parse(text) as unknown, host: url.host };
  } catch {
    return { ok, status, body: undefined, host: url.host };
  }
}

function wordsOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}

const noAnswer = (status: number, host: string): OdooFailure =>
  new OdooFailure(
    status === 200
      ? `What answers at ${host} is no JSON-RPC.\nMaybe a proxy stands before Odoo.`
      : `Odoo at ${host} answered ${status}.`,
    true,
  );

/** Errors of a busy database and of a login may pass; what a model refuses stays refused. */
const PASSES = /psycopg2|OperationalError|SerializationFailure|AccessDenied|SessionExpired|LockNotAvailable/;

const failure = (name: string, message: string): OdooFailure =>
  new OdooFailure(`Odoo: ${message}`, PASSES.test(name));
