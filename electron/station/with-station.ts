import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { authenticate } from '#electron/app/authenticate.ts';
import { Refused } from '#electron/app/refused.ts';
import { hasAccounts } from '#electron/app/workspace.ts';
import { roleFor, whyNot } from '#shared/contract/access.ts';
import type { CallName, Caller } from '#shared/contract/calls.ts';
import { type Answer, type Flags, Usage, clockOf, text } from './flags.ts';
import { type RunOptions, type Running, openStation, serviceOf } from './running.ts';
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
export async function callerFor(running: Running, flags: Flags, call: CallName): Promise<Caller> {
  const { station } = running;
  if (!hasAccounts(station.workspace)) return { user: running.user, origin: 'command', key: newKey() };
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
  return { user: user.id, origin: 'command', key: newKey(), by: { ...by, userName: user.name, role } };
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
