import { addUser, changeUser, resetPassword, setPassword, userViews } from '#electron/app/accounts.ts';
import { authenticate } from '#electron/app/authenticate.ts';
import { hasAccounts } from '#electron/app/workspace.ts';
import { inColumns } from '#shared/base/in-columns.ts';
import { calls } from '#shared/contract/calls.ts';
import type { Ask, Caller, Outcome } from '#shared/contract/calls.ts';
import { type Answer, type Flags, Usage, text } from './flags.ts';
import { secretFrom } from './secret.ts';
import type { Running } from './running.ts';
import { callerFor, withStation } from './with-station.ts';

/** `users list | add ID | disable ID | enable ID | password ID`. */
export async function users(flags: Flags): Promise<Answer> {
  const [verb = 'list', id, ...more] = flags.positionals;
  if (!Object.hasOwn(VERBS, verb) || more.length > 0 || (id === undefined) !== (verb === 'list'))
    throw new Usage('users takes: list, add ID, disable ID, enable ID or password ID.');
  const run = VERBS[verb];
  return withStation(flags, (running) => run?.(running, flags, id ?? '') ?? list(running), {
    readonly: verb === 'list',
  });
}

type Verb = (running: Running, flags: Flags, id: string) => Promise<Answer>;

const VERBS: Readonly<Record<string, Verb | null>> = {
  list: null,
  add: async (running, flags, id) => {
    const caller = await callerFor(running, flags, 'user.add');
    const parsed = calls['user.add'].ask.safeParse({
      id,
      name: text(flags, 'name') ?? id,
      roles: (text(flags, 'roles') ?? (hasAccounts(running.station.workspace) ? '' : 'administrator'))
        .split(',')
        .filter(Boolean),
      person: text(flags, 'person') ?? null,
      password: await secretFrom(text(flags, 'new-password-file'), `Password for ${id}: `),
      identity: identityIn(flags),
    });
    if (!parsed.success) throw new Usage(parsed.error.issues[0]?.message ?? 'That is no account.');
    return told(await addUser(running.station, parsed.data, caller), `${id} may log in.`);
  },
  disable: (running, flags, id) => turn(running, flags, id, true),
  enable: (running, flags, id) => turn(running, flags, id, false),
  password: async (running, flags, id) => {
    const who = text(flags, 'user')?.toLowerCase();
    if (who === id) return ownPassword(running, flags, id);
    // Nobody is left who could: whoever holds the database file lets an administrator in again, and the record says so.
    const caller =
      who === undefined ? serviceCaller(running) : await callerFor(running, flags, 'user.password');
    const isAdministrator = running.station.workspace.users.get(id)?.roles.includes('administrator');
    if (who === undefined && !isAdministrator)
      throw new Usage('Name an administrator who gives it: --user NAME.');
    const ask = await newPassword(flags, id);
    const outcome =
      who === undefined
        ? await setPassword(running.station, { ...ask, isTemporary: true }, 'user.rescue', caller)
        : await resetPassword(running.station, ask, caller);
    return told(outcome, `${id} has a new password, to be changed at the next login.`);
  },
};

/** Who has checked whose account it is, and when (ES-07). */
function identityIn(flags: Flags): { by: string; on: string } | null {
  const [by, on] = [text(flags, 'identity-by'), text(flags, 'identity-on')];
  if (by === undefined && on === undefined) return null;
  return { by: by ?? '', on: on ?? '' };
}

/** Somebody's own: the present password, then the new one. */
async function ownPassword({ station }: Running, flags: Flags, id: string): Promise<Answer> {
  const password = await secretFrom(text(flags, 'password-file'), `Password of ${id}: `);
  const caller: Caller = { user: id, origin: 'command', key: `cli ${crypto.randomUUID()}` };
  await authenticate(station, { user: id, password }, 'change the password', caller);
  const ask = { ...(await newPassword(flags, id)), isTemporary: false };
  return told(await setPassword(station, ask, 'session.password', caller), 'The password is changed.');
}

async function newPassword(flags: Flags, id: string): Promise<Ask<'user.password'>> {
  const password = await secretFrom(text(flags, 'new-password-file'), `New password for ${id}: `);
  const parsed = calls['user.password'].ask.safeParse({ id, password });
  if (!parsed.success) throw new Usage(parsed.error.issues[0]?.message ?? 'That is no password.');
  return parsed.data;
}

const serviceCaller = ({ user }: Running): Caller => ({
  user: `service command line (${user})`,
  origin: 'command',
  key: `cli ${crypto.randomUUID()}`,
});

async function turn(running: Running, flags: Flags, id: string, disabled: boolean): Promise<Answer> {
  const parsed = calls['user.change'].ask.safeParse({ id, disabled });
  if (!parsed.success) throw new Usage(`“${id}” is no name of an account.`);
  const outcome = await changeUser(
    running.station,
    parsed.data,
    await callerFor(running, flags, 'user.change'),
  );
  return told(outcome, disabled ? `${id} may no longer log in.` : `${id} may log in again.`);
}

async function list({ station }: Running): Promise<Answer> {
  const views = userViews(station.workspace);
  const rows = inColumns(
    views.map(({ id, name, roles, disabled }) => [id, name, roles.join(', '), disabled ? 'disabled' : '']),
  );
  return {
    exit: 0,
    text: rows.join('\n') || 'There are no accounts: everything is the local user’s.',
    json: { users: views },
  };
}

const told = (outcome: Outcome, said: string): Answer =>
  outcome.ok
    ? { exit: 0, text: said, json: { text: said } }
    : { exit: 3, text: outcome.refusal.text, json: { refusal: outcome.refusal } };
