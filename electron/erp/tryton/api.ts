import { z } from 'zod';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Answered, type ErpAccess, noAnswer, post } from '#electron/erp/post.ts';

/** One call of the server, with all its arguments. Throws ErpFailure. */
export type Call = (method: string, params: readonly unknown[]) => Promise<unknown>;

/** Logs in, and once more whenever the session has expired meanwhile. */
export async function openApi(access: ErpAccess): Promise<Call> {
  let session = await login(access);
  return async (method, params) => {
    const ask = () => rpc(access, method, params, { Authorization: `Session ${session}` });
    let answer = await ask();
    if (answer.status === 401) {
      session = await login(access);
      answer = await ask();
    }
    return resultOf(answer);
  };
}

/** The server's version; asked without a login. */
export async function versionOf({ address }: ErpAccess): Promise<string> {
  const answer = await rpc({ address, database: '' }, 'common.server.version', []);
  return String(resultOf(answer));
}

const rpc = (
  { address, database }: Pick<ErpAccess, 'address' | 'database'>,
  method: string,
  params: readonly unknown[],
  headers: Record<string, string> = {},
): Promise<Answered> =>
  post(
    new URL(database === '' ? '/' : `/${encodeURIComponent(database)}/`, address),
    { id: 1, method, params },
    headers,
  );

const Login = z.tuple([z.int(), z.string()]).rest(z.unknown());

async function login(access: ErpAccess): Promise<string> {
  const { user, database, secret } = access;
  const answer = await rpc(access, 'common.db.login', [user, { password: secret }]);
  const known = answer.status === 401 ? undefined : Login.safeParse(resultOf(answer)).data;
  if (!known)
    throw new ErpFailure(
      `Tryton refused ${user} in database ${database}.\nMaybe the password has been changed.`,
      true,
    );
  const [id, key] = known;
  return Buffer.from(`${user}:${id}:${key}`).toString('base64');
}

const Reply = z.object({
  result: z.unknown().optional(),
  error: z.array(z.unknown()).optional(),
});

/** Refusals of a model and questions that it would ask in a dialog; anything else is trouble of the server and may pass. */
const REFUSES: readonly unknown[] = ['UserError', 'UserWarning'];

function resultOf(answer: Answered): unknown {
  const reply = Reply.safeParse(answer.body);
  if (!answer.ok || !reply.success) throw noAnswer('Tryton', answer);
  const { result, error } = reply.data;
  if (!error) return result;
  const [name, told] = error;
  // A question has its own id before its words; behind the words of trouble stands a trace.
  const parts: unknown[] = Array.isArray(told) ? told : [];
  const words = name === 'UserWarning' ? parts.slice(1) : name === 'UserError' ? parts : [name];
  throw new ErpFailure(`Tryton: ${words.filter(isText).join(' ')}`, !REFUSES.includes(name));
}

const isText = (part: unknown): part is string => typeof part === 'string' && part !== '';
