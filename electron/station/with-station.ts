import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { authenticate } from '#electron/app/authenticate.ts';
import { checkRecord } from '#electron/app/check-record.ts';
import { Refused } from '#electron/app/refused.ts';
import type { SignAsk } from '#electron/app/sign.ts';
import { hasAccounts } from '#electron/app/workspace.ts';
import { roleFor, whyNot } from '#shared/contract/access.ts';
import type { CallName, Caller } from '#shared/contract/calls.ts';
import { type Answer, type Flags, Usage, clockOf, text } from './flags.ts';
import { type RunOptions, type Running, openStation } from './running.ts';
import { serviceOf } from './service-of.ts';
import { secretFrom } from './secret.ts';

/** Opens the station that the flags name for one piece of work. */
export async function withStation(
  flags: Flags,
  work: (running: Running) => Promise<Answer>,
  how: Pick<RunOptions, 'readonly' | 'evenDamaged'> = {},
): Promise<Answer> {
  const running = await openStation({ data: text(flags, 'data'), clock: clockOf(flags), ...how });
  try {
    return await work(running);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { refusal } = error.outcome;
    return { exit: 3, text: refusal.text, json: { refusal } };
  } finally {
    await running.close();
  }
}

/**
 * In whose name a command writes, and whether that may be: the local user where there are no accounts, else whoever `--user`
 * names and proves with a password, by the same table as in a window.
 */
export const callerFor = async (running: Running, flags: Flags, call: CallName): Promise<Caller> =>
  (await provenFor(running, flags, call)).caller;

/** Who writes, and their signature: the password that is entered for this one command, and what `--sign` says it means (ES-02). */
export async function signingFor(
  running: Running,
  flags: Flags,
  call: CallName,
  what: 'publish' | 'dispatch',
): Promise<{ readonly caller: Caller; readonly sign: SignAsk | undefined }> {
  const { policy } = running.station.workspace;
  const meaning = text(flags, 'sign');
  if (meaning === undefined && policy.sign[what])
    throw new Usage(
      `This plant wants it signed: say what you sign for, ${policy.meanings[what].map((one) => `--sign "${one}"`).join(' or ')}.`,
    );
  const { caller, password } = await provenFor(running, flags, call);
  if (meaning !== undefined) await checkRecord(running.station, 'asked', caller);
  return { caller, sign: meaning === undefined ? undefined : { password, meaning } };
}

async function provenFor(
  running: Running,
  flags: Flags,
  call: CallName,
): Promise<{ readonly caller: Caller; readonly password: string }> {
  const { station } = running;
  if (!hasAccounts(station.workspace))
    return { caller: { user: running.user, origin: 'command', key: newKey() }, password: '' };
  const name = text(flags, 'user');
  if (name === undefined) throw new Usage('There are accounts here: say who you are with --user NAME.');
  const password = await secretFrom(text(flags, 'password-file'), `Password of ${name}: `);
  const by = { workstation: hostname() };
  const user = await authenticate(station, { user: name, password }, 'log in', {
    user: name,
    origin: 'command',
    key: newKey(),
    by,
  });
  if (user.isTemporary) throw new Refused('PASSWORD_OLD', user.id, 'Change your password in a window first.');
  const role = roleFor(user.roles, call);
  if (!role) throw new Refused('NOT_ALLOWED', call, whyNot(user.roles, call) ?? 'Nobody may do this.');
  const proven = { ...by, userName: user.name, role };
  return { caller: { user: user.id, origin: 'command', key: newKey(), by: proven }, password };
}

const newKey = (): string => `cli ${randomUUID()}`;

/** The same caller with a further intention. */
export const again = (caller: Caller): Caller => ({ ...caller, key: newKey() });

/** For what a station does by itself when it is started, as on an empty database. */
export const callerOf = (running: Running): Caller => ({
  user: serviceOf(running, 'start'),
  origin: 'command',
  key: newKey(),
});
