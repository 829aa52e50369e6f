import type { Message, Response } from '#shared/contract/wire.ts';
import { Request } from '#shared/contract/wire.ts';
import type { Connection } from '#electron/app/sessions.ts';
import { type Caller, type Handlers, calls } from '#shared/contract/calls.ts';

/**
 * Answers one message of the contract: whoever is at the other end must be allowed to ask it, its shape is checked, a command must bring its idempotency key,
 * and whatever goes wrong becomes an answer, never a crash.
 */
export async function answer(
  handlers: Handlers,
  connection: Pick<Connection, 'admit'>,
  text: string,
): Promise<Response> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { id: -1, error: 'This is no JSON.' };
  }
  const request = Request.safeParse(json);
  if (!request.success)
    return {
      id: idOf(json),
      error: `This is no call: ${request.error.issues[0]?.message ?? 'unknown shape'}.`,
    };
  const { id, call, key } = request.data;
  const admission = connection.admit(call);
  if (!admission.ok) return { id, error: admission.text, code: admission.code };
  const { ask, kind } = calls[call];
  const asked = ask.safeParse(request.data.ask ?? {});
  if (!asked.success) {
    const issue = asked.error.issues[0];
    return {
      id,
      error: `${call}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'has the wrong shape'}.`,
    };
  }
  if (kind === 'command' && !key) return { id, error: `${call} is a command and needs an idempotency key.` };
  try {
    const handle = handlers[call] as (ask: unknown, caller: Caller) => Promise<unknown>;
    return { id, reply: await handle(asked.data, { ...admission.caller, key: key ?? '' }) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}

const idOf = (json: unknown): number =>
  typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'number' ? json.id : -1;

export const encode = (message: Message): string => JSON.stringify(message);
