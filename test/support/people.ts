import { randomUUID, scryptSync } from 'node:crypto';
import { answer } from '#electron/rpc/answer.ts';
import type { Ask, CallName, Caller, Handlers, Outcome, Reply } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { Response } from '#shared/contract/wire.ts';
import type { Role } from '#shared/domain/role.ts';
import { User, UserId } from '#shared/domain/user.ts';
import type { TemporaryStation } from './temporary-station.ts';

/** The password of everybody in the tests, made of the name. */
export const passwordOf = (id: string): string => `${id} has a long password`;

export const as = (user: string): Caller => ({ user, origin: 'window', key: `test ${randomUUID()}` });

/** Who has seen whose account it is. */
export const CHECKED = { by: 'Nora Brandt', on: '2026-11-02' };

/** Gives accounts: `admin` first, then these, each with its own password already changed. */
export async function employ(
  shop: Pick<TemporaryStation, 'station'>,
  people: Readonly<Record<string, readonly Role[]>>,
  person: Readonly<Record<string, string>> = {},
): Promise<void> {
  const all = { admin: ['administrator'] as const, ...people };
  for (const [id, roles] of Object.entries(all)) {
    if (shop.station.workspace.users.has(id)) continue;
    await shop.station.command(as('admin'), 'user.add', async (write, workspace) => {
      const user = User.parse({
        id,
        name: `${id[0]?.toUpperCase()}${id.slice(1)} Person`,
        roles,
        person: person[id] ?? null,
        disabled: false,
        created: shop.station.now,
        isTemporary: false,
        failures: 0,
        lockedUntil: null,
        identity: CHECKED,
      });
      await write.putUser(user);
      await write.addCredential(id, cheap(passwordOf(id)));
      await write.log({
        entity: 'user',
        entityId: id,
        field: null,
        old: null,
        new: [...roles],
        reason: null,
      });
      return { detail: null, workspace: { ...workspace, users: new Map(workspace.users).set(id, user) } };
    });
  }
}

/** A password as it would be kept if it cost nothing: tests log in a hundred times. */
function cheap(password: string) {
  const [n, r, p] = [2, 1, 1];
  const salt = Buffer.from('salt');
  const hash = scryptSync(password, salt, 32, { N: n, r, p });
  return { scheme: 'scrypt', n, r, p, salt: salt.toString('base64'), hash: hash.toString('base64') } as const;
}

export const userId = (id: string) => UserId.parse(id);

/** A window as the station sees it: what it may ask is decided on every call. */
export interface TestWindow {
  readonly facts: readonly Fact[];
  readonly raw: (call: CallName, ask?: object, key?: string) => Promise<Response>;
  readonly ask: <Call extends CallName>(call: Call, ask?: Ask<Call> | object) => Promise<Reply<Call>>;
  readonly logIn: (id: string, password?: string) => Promise<Outcome<{ token: string }>>;
  readonly close: () => void;
}

export function openWindow(
  { station, ...shop }: TemporaryStation,
  handlers: Handlers = shop.handlers,
): TestWindow {
  const facts: Fact[] = [];
  const connection = station.sessions.connect((fact) => facts.push(fact));
  const raw = (call: CallName, ask: object = {}, key = `window ${randomUUID()}`) =>
    answer(handlers, connection, JSON.stringify({ id: 1, call, ask, key }));
  const ask = async <Call extends CallName>(call: Call, asked: object = {}): Promise<Reply<Call>> => {
    const response = await raw(call, asked);
    if ('error' in response) throw new Error(response.error);
    return response.reply as Reply<Call>;
  };
  return {
    facts,
    raw,
    ask,
    logIn: (user, password = passwordOf(user)) => ask('session.login', { user, password }),
    close: connection.close,
  };
}
