import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { User } from '#shared/domain/user.ts';
import { setPassword } from './accounts.ts';
import { hasAccounts } from './workspace.ts';
import { type Purpose, authenticate, withUser } from './authenticate.ts';
import type { Session } from './sessions.ts';
import { Refused, type Station, refusable } from './station.ts';

type Credentials = Ask<'session.login'>;

/** Opens a session at this window. Its token goes to the window alone: neither ledger nor remembered answers hold it. */
export function logIn(
  station: Station,
  ask: Credentials,
  caller: Caller,
): Promise<Outcome<{ token: string }>> {
  return refusable(async () => {
    const user = await proven(station, ask, 'log in', caller);
    const known = station.sessions.sessionAt(caller.connection);
    const outcome = await record(station, user, 'login', caller);
    if (!outcome.ok) return outcome;
    if (known) station.sessions.end(known);
    const token = station.sessions.open(caller.connection, user.id);
    const mine = station.sessions.sessionAt(caller.connection);
    const others = mine ? station.sessions.othersOf(mine) : 0;
    if (others > 0)
      station.tell({
        kind: 'notice',
        level: 'warn',
        text: `${user.id} has logged in at a second place.`,
        for: 'administrator',
      });
    return { ...outcome, detail: { token } };
  });
}

/** Only whoever locked the window unlocks it, with name and password (SL-02); anybody else logs in. */
export function unlock(station: Station, ask: Credentials, caller: Caller): Promise<Outcome> {
  return refusable(async () => {
    const session = mustHave(station, caller);
    const user = await proven(station, ask, 'unlock', caller);
    if (user.id !== session.user)
      throw new Refused(
        'OTHER_USER',
        user.id,
        `${session.user} locked this window. Log in instead: what was not finished here is then gone.`,
      );
    const outcome = await record(station, user, 'unlock', caller);
    if (outcome.ok) station.sessions.unlock(session);
    return outcome;
  });
}

export function lock(station: Station, caller: Caller): Promise<Outcome> {
  return refusable(async () => {
    station.sessions.lock(mustHave(station, caller), 'asked');
    return { ok: true, revision: station.workspace.revision, detail: null };
  });
}

export function logOut(station: Station, caller: Caller): Promise<Outcome> {
  return refusable(async () => {
    const session = mustHave(station, caller);
    const user = station.workspace.users.get(session.user);
    if (user) await record(station, user, 'logout', caller);
    station.sessions.end(session);
    return { ok: true, revision: station.workspace.revision, detail: null };
  });
}

export function changePassword(
  station: Station,
  ask: Ask<'session.password'>,
  caller: Caller,
): Promise<Outcome> {
  return refusable(async () => {
    const { user: id } = mustHave(station, caller);
    await authenticate(station, { user: id, password: ask.old }, 'change the password', caller);
    return setPassword(station, { id, password: ask.new, isTemporary: false }, 'session.password', {
      ...caller,
      user: id,
    });
  });
}

async function proven(station: Station, ask: Credentials, purpose: Purpose, caller: Caller): Promise<User> {
  if (!hasAccounts(station.workspace))
    throw new Refused('NO_ACCOUNTS', 'login', 'There are no accounts here: everything is the local user’s.');
  return authenticate(station, ask, purpose, caller);
}

function mustHave(station: Station, caller: Caller): Session {
  const session = station.sessions.sessionAt(caller.connection);
  if (!session) throw new Refused('LOGIN_NEEDED', 'login', 'Nobody is logged in here.');
  return session;
}

/** Stands in the ledger (SL-03); whoever got in starts with no failures. */
function record(
  station: Station,
  user: User,
  what: 'login' | 'unlock' | 'logout',
  caller: Caller,
): Promise<Outcome> {
  const by = { ...caller.by, userName: user.name };
  return station.command({ ...caller, user: user.id, by }, `session.${what}`, async (write, workspace) => {
    await write.log({
      entity: 'session',
      entityId: user.id,
      field: what,
      old: null,
      new: null,
      reason: null,
    });
    const now = workspace.users.get(user.id) ?? user;
    if (what === 'logout') return { detail: null };
    const lastLogin = what === 'login' ? station.now : now.lastLogin;
    return {
      detail: null,
      workspace: await withUser(write, workspace, { ...now, failures: 0, lockedUntil: null, lastLogin }),
    };
  });
}
