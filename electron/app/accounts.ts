import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import type { UserView } from '#shared/contract/session.ts';
import { type User, UserId } from '#shared/domain/user.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { withUser } from './authenticate.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { Refused, type Station } from './station.ts';
import { type Workspace, hasAccounts } from './workspace.ts';

/** A password that was used so lately is not taken again. */
const REMEMBERED = 5;

export const userViews = ({ users }: Workspace): UserView[] =>
  [...users.values()].map(({ failures: _failures, ...view }) => view);

export async function addUser(station: Station, ask: Ask<'user.add'>, caller: Caller): Promise<Outcome> {
  const credential = await hashPassword(ask.password);
  return station.command(caller, 'user.add', async (write, workspace) => {
    const id = UserId.parse(ask.id);
    if (workspace.users.has(id))
      throw new Refused(
        'USER_EXISTS',
        id,
        `There is or was an account “${id}”, and a name is given only once.`,
      );
    const isFirst = !hasAccounts(workspace);
    if (isFirst && !ask.roles.includes('administrator'))
      throw new Refused(
        'NO_ADMINISTRATOR',
        id,
        'The first account is an administrator’s, who then makes the others.',
      );
    mustBeChecked(station, id, ask.roles, ask.identity);
    const user: User = {
      id,
      name: ask.name,
      roles: ask.roles,
      person: ask.person,
      disabled: false,
      created: station.now,
      isTemporary: !isFirst,
      failures: 0,
      lockedUntil: null,
      identity: ask.identity,
      lastLogin: null,
    };
    const after = await withUser(write, workspace, user);
    await write.addCredential(id, credential);
    await write.log({
      entity: 'user',
      entityId: id,
      field: null,
      old: null,
      new: { name: user.name, roles: user.roles, person: user.person, identity: user.identity },
      reason: null,
    });
    return { detail: null, workspace: after, facts: () => [{ kind: 'accounts.changed' }] };
  });
}

/** Renames, gives other roles, disables or enables. Who is disabled is out at once, and is still out when enabled again (AC-05). */
export async function changeUser(
  station: Station,
  { id, ...change }: Ask<'user.change'>,
  caller: Caller,
): Promise<Outcome> {
  const outcome = await station.command(caller, 'user.change', async (write, workspace) => {
    const before = userIn(workspace, id);
    const after: User = {
      ...before,
      name: change.name ?? before.name,
      roles: change.roles ?? before.roles,
      person: change.person === undefined ? before.person : change.person,
      disabled: change.disabled ?? before.disabled,
      identity: change.identity ?? before.identity,
    };
    const others = [...workspace.users.values()].filter((user) => user.id !== id);
    if (!isAdministrator(after) && !others.some(isAdministrator))
      throw new Refused(
        'NO_ADMINISTRATOR',
        id,
        'Nobody would be left to administer: make another administrator first.',
      );
    if (caller.user === id && String(after.roles) !== String(before.roles))
      throw new Refused(
        'OWN_ACCOUNT',
        id,
        'Nobody gives themselves other rights: ask another administrator.',
      );
    if (change.roles || change.identity) mustBeChecked(station, id, after.roles, after.identity);
    let changed = 0;
    for (const field of ['name', 'roles', 'person', 'disabled', 'identity'] as const) {
      if (JSON.stringify(before[field]) === JSON.stringify(after[field])) continue;
      changed += 1;
      await write.log({
        entity: 'user',
        entityId: id,
        field,
        old: before[field],
        new: after[field],
        reason: change.reason ?? null,
      });
    }
    if (changed === 0) throw new Refused('NOTHING_CHANGED', id, `${id} is already like that.`);
    return {
      detail: null,
      workspace: await withUser(write, workspace, after),
      facts: () => [{ kind: 'accounts.changed' }],
    };
  });
  if (station.workspace.users.get(id)?.disabled) station.sessions.endOf(id);
  return outcome;
}

/** Who may sign is somebody whom somebody has seen (ES-07); who administers signs nothing. */
function mustBeChecked(
  { workspace, now }: Station,
  id: string,
  roles: User['roles'],
  identity: User['identity'],
): void {
  if (identity === null) {
    if (roles.includes('administrator')) return;
    throw new Refused('IDENTITY_MISSING', id, 'Say who has checked the identity of this person, and when.');
  }
  const today = localDateOf(zoneOf(workspace.plant), now);
  if (identity.on > today)
    throw new Refused('TIME_AHEAD', id, `Nobody has checked it on ${identity.on}: today is ${today}.`);
}

const isAdministrator = ({ roles, disabled }: User): boolean => roles.includes('administrator') && !disabled;

/** An administrator gives somebody else a new password, which its owner changes at once, and unlocks the account. */
export async function resetPassword(
  station: Station,
  { id, password }: Ask<'user.password'>,
  caller: Caller,
): Promise<Outcome> {
  if (caller.user === id)
    return new Refused(
      'OWN_ACCOUNT',
      id,
      'Change your own password under your name: that asks for the present one.',
    ).outcome;
  return setPassword(station, { id, password, isTemporary: true }, 'user.password', caller);
}

/** Sets a password that is none of the last ones. Whoever is in with the one before is out, but for the window that asked. */
export async function setPassword(
  station: Station,
  {
    id,
    password,
    isTemporary,
  }: { readonly id: string; readonly password: string; readonly isTemporary: boolean },
  action: string,
  caller: Caller,
): Promise<Outcome> {
  for (const kept of await station.store.read.credentials(id, REMEMBERED))
    if (await isPassword(password, kept))
      return new Refused(
        'PASSWORD_USED',
        id,
        `That is one of the last ${REMEMBERED} passwords. Choose another.`,
      ).outcome;
  const credential = await hashPassword(password);
  const outcome = await station.command(caller, action, async (write, workspace) => {
    const before = userIn(workspace, id);
    const after = await withUser(write, workspace, {
      ...before,
      isTemporary,
      failures: 0,
      lockedUntil: null,
    });
    await write.addCredential(id, credential);
    await write.log({ entity: 'user', entityId: id, field: 'password', old: null, new: null, reason: null });
    return { detail: null, workspace: after, facts: () => [{ kind: 'accounts.changed' }] };
  });
  const user = station.workspace.users.get(id);
  if (outcome.ok && user) station.sessions.endOf(user.id, station.sessions.sessionAt(caller.connection));
  return outcome;
}

function userIn(workspace: Workspace, id: string): User {
  const user = workspace.users.get(id);
  if (!user) throw new Refused('USER_UNKNOWN', id, `There is no account “${id}”.`);
  return user;
}
