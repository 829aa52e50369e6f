import type { Writer } from '#electron/store/store.ts';
import type { Caller } from '#shared/contract/calls.ts';
import type { User } from '#shared/domain/user.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { when } from './edit-draft.ts';
import { isPassword, wasteTime } from './passwords.ts';
import { Refused, type Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** So many wrong passwords in a row lock an account (AC-07) for so long. */
export const MOST_FAILURES = 5;
export const LOCKED_FOR = 15 * MINUTE;

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
  const mine = station.attempts.then(() =>
    judge(station, id.trim().toLowerCase(), password, purpose, caller),
  );
  station.attempts = mine.catch(() => undefined);
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
    if (user) await record(station, user, purpose, caller, 'disabled');
    throw wrong(purpose);
  }
  if (user.lockedUntil !== null && station.now < user.lockedUntil) {
    await wasteTime(password);
    await record(station, user, purpose, caller, 'locked');
    throw locked(station.workspace, user);
  }
  const [kept] = await station.store.read.credentials(id, 1);
  if (!kept || !(await isPassword(password, kept))) {
    const after = await record(station, user, purpose, caller, 'wrong password');
    throw after.lockedUntil === null ? wrong(purpose) : locked(station.workspace, after);
  }
  return user;
}

/** Keeps a failed attempt. The name is that of an account: what is typed there by mistake is never kept. */
async function record(
  station: Station,
  user: User,
  purpose: Purpose,
  caller: Caller,
  why: 'wrong password' | 'locked' | 'disabled',
): Promise<User> {
  const failures = why === 'wrong password' ? user.failures + 1 : user.failures;
  const isLocked = failures >= MOST_FAILURES;
  const after: User = {
    ...user,
    failures: isLocked ? 0 : failures,
    lockedUntil: isLocked ? station.now + LOCKED_FOR : user.lockedUntil,
  };
  const attempt = { ...caller, user: user.id, key: `attempt ${crypto.randomUUID()}` };
  await station.command(attempt, 'session.refused', async (write, workspace) => {
    await write.log({
      entity: 'user',
      entityId: user.id,
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
            ? `The account ${user.id} is locked after ${failures} wrong passwords.`
            : `Somebody tried to ${purpose} as ${user.id} and failed (${why}).`,
          for: 'administrator' as const,
        },
      ],
    };
  });
  return after;
}

/** The workspace with this account as it is from now on. */
export async function withUser(write: Writer, workspace: Workspace, user: User): Promise<Workspace> {
  await write.putUser(user);
  return { ...workspace, users: new Map(workspace.users).set(user.id, user) };
}

const wrong = (purpose: Purpose): Refused =>
  purpose === 'sign'
    ? new Refused('WRONG_PASSWORD', 'Signature', 'The password is wrong, so nothing was signed.')
    : new Refused('WRONG_PASSWORD', 'Login', 'Name or password is wrong.');

const locked = (workspace: Workspace, { id, lockedUntil }: User): Refused =>
  new Refused(
    'ACCOUNT_LOCKED',
    id,
    `Too many wrong passwords: ${id} is locked until ${when(workspace, lockedUntil ?? 0)}. An administrator can give a new password before that.`,
  );
