import type { Writer } from '#electron/store/store.ts';
import type { Caller } from '#shared/contract/calls.ts';
import type { User } from '#shared/domain/user.ts';
import { must } from '#shared/base/must.ts';
import { afterFailure, isLockedAt } from './attempts.ts';
import { when } from './edit-draft.ts';
import { isPassword, wasteTime } from './passwords.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** So many attempts wait for their turn; whoever floods the station gets no further, and nobody waits for minutes. */
const MOST_WAITING = 20;

/** What the password was entered for; a failed signature counts like a failed login (ES-10). */
export type Purpose = 'log in' | 'unlock' | 'sign' | 'change the password';

/**
 * The user that name and password belong to; throws Refused when they do not. Attempts are judged one after the other, so
 * that no two of them slip under the limit at once, and each that fails stands in the ledger before it is answered.
 */
export function authenticate(
  station: Station,
  { user: id, password }: { readonly user: string; readonly password: string },
  purpose: Purpose,
  caller: Caller,
): Promise<User> {
  const { attempts } = station;
  if (attempts.waiting >= MOST_WAITING)
    return Promise.reject(
      new Refused('BUSY', 'Login', 'Too many passwords are being checked. Try again in a moment.'),
    );
  attempts.waiting += 1;
  const mine = attempts.last
    .then(() => judge(station, id.trim().toLowerCase(), password, purpose, caller))
    .finally(() => (attempts.waiting -= 1));
  attempts.last = mine.catch(() => undefined);
  return mine;
}

async function judge(
  station: Station,
  id: string,
  password: string,
  purpose: Purpose,
  caller: Caller,
): Promise<User> {
  const user = station.workspace.users.get(id);
  if (!user || user.disabled) {
    await wasteTime(password);
    if (user) await record(station, id, purpose, caller, 'disabled');
    throw refusalOf(station, id, station.attempts.strangerAfter(id, station.now), purpose);
  }
  if (isLockedAt(user, station.now)) {
    await wasteTime(password);
    await record(station, id, purpose, caller, 'locked');
    throw refusalOf(station, id, user, purpose);
  }
  const [kept] = await station.store.read.credentials(id, 1);
  if (!kept || !(await isPassword(password, kept))) {
    const after = await record(station, id, purpose, caller, 'wrong password');
    throw refusalOf(station, id, after, purpose);
  }
  // The check took its time: what an administrator has decided meanwhile counts.
  const now = userIn(station, id);
  if (now.disabled) throw refusalOf(station, id, { lockedUntil: null }, purpose);
  return now;
}

const userIn = ({ workspace }: Station, id: string): User =>
  must(workspace.users.get(id), `The account ${id}`);

/** Keeps a failed attempt. The name is that of an account: what is typed there by mistake is never kept. */
async function record(
  station: Station,
  id: string,
  purpose: Purpose,
  caller: Caller,
  why: 'wrong password' | 'locked' | 'disabled',
): Promise<User> {
  const attempt = { ...caller, user: id, key: `attempt ${crypto.randomUUID()}` };
  await station.command(attempt, 'session.refused', async (write, workspace) => {
    // As it is now, not as it was before the password was tried: nobody is enabled again by a wrong one.
    const before = must(workspace.users.get(id), `The account ${id}`);
    const isWrong = why === 'wrong password';
    const after: User = isWrong ? { ...before, ...afterFailure(before, station.now) } : before;
    const failures = isWrong ? before.failures + 1 : before.failures;
    const isLocked = isWrong && isLockedAt(after, station.now);
    await write.log({
      entity: 'user',
      entityId: id,
      field: isLocked ? 'locked' : 'attempt',
      old: null,
      new: { purpose, why, failures },
      reason: null,
    });
    return {
      detail: null,
      workspace: await withUser(write, workspace, after),
      facts: () => [
        {
          kind: 'notice' as const,
          level: 'warn' as const,
          text: isLocked
            ? `The account ${id} is locked after ${failures} wrong passwords.`
            : `Somebody tried to ${purpose} as ${id} and failed (${why}).`,
          for: 'administrator' as const,
        },
      ],
    };
  });
  return userIn(station, id);
}

/** The workspace with this account as it is from now on. */
export async function withUser(write: Writer, workspace: Workspace, user: User): Promise<Workspace> {
  await write.putUser(user);
  return { ...workspace, users: new Map(workspace.users).set(user.id, user) };
}

/** The same words whether somebody has this name or nobody: who has an account is not told by asking. */
function refusalOf(
  { workspace, now }: Station,
  id: string,
  after: Pick<User, 'lockedUntil'>,
  purpose: Purpose,
): Refused {
  if (isLockedAt(after, now))
    return new Refused(
      'ACCOUNT_LOCKED',
      id,
      `Too many wrong passwords: ${id} is locked until ${when(workspace, after.lockedUntil ?? 0)}. An administrator can give a new password before that.`,
    );
  return purpose === 'sign'
    ? new Refused('WRONG_PASSWORD', 'Signature', 'The password is wrong, so nothing was signed.')
    : new Refused('WRONG_PASSWORD', 'Login', 'Name or password is wrong.');
}
