import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { hostname, userInfo } from 'node:os';
import { isOpen, roleFor, whyNot } from '#shared/contract/access.ts';
import { type CallName, type Caller, calls } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import type { SessionView } from '#shared/contract/session.ts';
import type { User, UserId } from '#shared/domain/user.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { hasAccounts } from './workspace.ts';
import { Refused } from './refused.ts';
import type { Station } from './station.ts';

/** Somebody logged in, at one window or, after a reload, at the next. */
export interface Session {
  readonly user: UserId;
  /** Milliseconds of the station's clock at which its user last did anything. */
  active: number;
  isLocked: boolean;
}

/** What a call may do, or why not. */
export type Admission =
  | { readonly ok: true; readonly caller: Omit<Caller, 'key'> }
  | {
      readonly ok: false;
      readonly code: 'LOGIN_NEEDED' | 'LOCKED' | 'PASSWORD_OLD' | 'NOT_ALLOWED';
      readonly text: string;
    };

/** One line to one window. Who is at its end is decided here, never by what comes over it (AC-02). */
export interface Connection {
  readonly admit: (call: CallName) => Admission;
  readonly close: () => void;
}

interface Seat {
  readonly origin: Caller['origin'];
  readonly workstation: string;
  readonly tell: (fact: Fact) => void;
  session: Session | null;
}

/** Everybody who is logged in and every window that is open. In memory only: a restart asks for the password again. */
export class Sessions {
  readonly #station: Station;
  readonly #byToken = new Map<string, Session>();
  readonly #seats = new Map<number, Seat>();
  #last = 0;

  constructor(station: Station) {
    this.#station = station;
  }

  get windows(): number {
    return this.#seats.size;
  }

  /** Opens a line; facts are told over it while somebody is there who may see them. */
  connect(tell: (fact: Fact) => void, origin: Caller['origin'] = 'window'): Connection {
    const id = (this.#last += 1);
    const seat: Seat = { origin, workstation: hostname(), tell, session: null };
    this.#seats.set(id, seat);
    const stop = this.#station.onFact((fact) => {
      if (this.#hears(seat, fact)) tell(fact);
    });
    return {
      admit: (call) => this.#admit(id, seat, call),
      close: () => {
        stop();
        this.#seats.delete(id);
      },
    };
  }

  /** Who is at this window. */
  view(connection: number | undefined): SessionView {
    const { workspace } = this.#station;
    const { policy } = workspace;
    const nobody = { user: '', name: '', roles: [], mustChange: false, policy };
    if (!hasAccounts(workspace)) return { ...nobody, kind: 'local', user: localUser() };
    const seat = this.#seatOf(connection);
    const user = this.#userOf(seat);
    if (!seat?.session || !user) return { ...nobody, kind: 'out' };
    const kind = seat.session.isLocked ? 'locked' : 'in';
    return { kind, user: user.id, name: user.name, roles: user.roles, mustChange: user.isTemporary, policy };
  }

  sessionAt(connection: number | undefined): Session | null {
    return this.#seatOf(connection)?.session ?? null;
  }

  /** Seats a user at a window; the token brings the same session back after a reload. */
  open(connection: number | undefined, user: UserId): string {
    const token = randomBytes(32).toString('base64url');
    const session: Session = { user, active: this.#station.clock(), isLocked: false };
    this.#byToken.set(fingerprint(token), session);
    this.#sit(connection, session);
    return token;
  }

  resume(connection: number | undefined, token: string): void {
    const session = this.#byToken.get(fingerprint(token));
    if (session) this.#sit(connection, session);
  }

  unlock(session: Session): void {
    session.isLocked = false;
    session.active = this.#station.clock();
    this.#changed(session);
  }

  end(session: Session): void {
    for (const [token, known] of this.#byToken) if (known === session) this.#byToken.delete(token);
    for (const seat of this.#seats.values()) {
      if (seat.session !== session) continue;
      seat.session = null;
      seat.tell({ kind: 'session.changed' });
    }
  }

  /** Nobody goes on under a password or an account that counts no more; `kept` is the window at which it was changed. */
  endOf(user: UserId, kept: Session | null = null): void {
    for (const session of new Set(this.#byToken.values()))
      if (session.user === user && session !== kept) this.end(session);
  }

  /** How many other sessions the same user has: one account at two places at once is told (AC-01). */
  othersOf(session: Session): number {
    return new Set(
      [...this.#byToken.values()].filter((other) => other !== session && other.user === session.user),
    ).size;
  }

  /** Nobody has touched the window for too long, or its user wants it so: its content is hidden (SL-01). */
  lock(session: Session, why: 'asked' | 'idle'): void {
    if (session.isLocked) return;
    session.isLocked = true;
    this.#changed(session);
    const user = this.#station.workspace.users.get(session.user);
    const caller: Caller = {
      user: session.user,
      origin: 'window',
      key: `lock ${randomUUID()}`,
      by: { ...(user && { userName: user.name }), workstation: hostname() },
    };
    void this.#station
      .command(caller, 'session.lock', async (write) => {
        await write.log({
          entity: 'session',
          entityId: session.user,
          field: 'lock',
          old: null,
          new: why,
          reason: null,
        });
        return { detail: null };
      })
      .catch(() => undefined); // it is locked all the same
  }

  /** Locks what is idle and ends what was left locked; asked every few seconds. */
  lockIdle(): void {
    const now = this.#station.clock();
    for (const session of this.#byToken.values()) {
      // A clock that was set back must not keep a window open until it has caught up.
      session.active = Math.min(session.active, now);
      if (this.#isIdle(session)) this.lock(session, 'idle');
      else if (session.isLocked && now - session.active > LEFT * 1000) this.end(session);
    }
  }

  #admit(id: number, seat: Seat, call: CallName): Admission {
    const { workspace } = this.#station;
    const at = { origin: seat.origin, connection: id };
    if (!hasAccounts(workspace)) return { ok: true, caller: { ...at, user: localUser() } };
    const { session } = seat;
    const user = this.#userOf(seat);
    if (session && !user) this.end(session); // disabled meanwhile
    if (session && user) {
      if (this.#isIdle(session)) this.lock(session, 'idle');
      else if (!session.isLocked && (calls[call].kind === 'command' || call === 'session.touch'))
        session.active = this.#station.clock();
    }
    const by = { workstation: seat.workstation, ...(user && { userName: user.name }) };
    if (isOpen(call)) return { ok: true, caller: { ...at, user: user?.id ?? NOBODY, by } };
    if (!session || !user) return { ok: false, code: 'LOGIN_NEEDED', text: 'Log in first.' };
    if (session.isLocked) return { ok: false, code: 'LOCKED', text: 'This window is locked.' };
    if (user.isTemporary) return { ok: false, code: 'PASSWORD_OLD', text: 'Change your password first.' };
    const role = roleFor(user.roles, call);
    if (role) return { ok: true, caller: { ...at, user: user.id, by: { ...by, role } } };
    const text = whyNot(user.roles, call) ?? 'Nobody may do this.';
    if (calls[call].kind === 'command') void this.#noteAttempt(user, call, text, by);
    return { ok: false, code: 'NOT_ALLOWED', text };
  }

  /** What somebody tried and may not stays in the ledger (AT-12). */
  async #noteAttempt(
    user: User,
    call: CallName,
    reason: string,
    by: NonNullable<Caller['by']>,
  ): Promise<void> {
    const refused = new Refused('NOT_ALLOWED', call, reason);
    refused.note = { entity: 'call', entityId: call, field: 'refused', old: null, new: user.roles, reason };
    const caller = { user: user.id, origin: 'window', key: `refused ${randomUUID()}`, by } as const;
    await this.#station
      .command(caller, 'access.refused', () => Promise.reject(refused))
      .catch(() => undefined);
  }

  #hears(seat: Seat, fact: Fact): boolean {
    if (fact.kind === 'accounts.changed') return true;
    if (!hasAccounts(this.#station.workspace)) return true;
    const user = this.#userOf(seat);
    if (!user || !seat.session || seat.session.isLocked || user.isTemporary) return false;
    return fact.kind !== 'notice' || fact.for === undefined || user.roles.includes(fact.for);
  }

  #isIdle({ active, isLocked }: Session): boolean {
    const { clock, workspace } = this.#station;
    return !isLocked && clock() - active >= workspace.policy.lockMinutes * MINUTE * 1000;
  }

  #userOf(seat: Seat | undefined): User | undefined {
    const user = seat?.session && this.#station.workspace.users.get(seat.session.user);
    return user && !user.disabled ? user : undefined;
  }

  #seatOf(connection: number | undefined): Seat | undefined {
    return connection === undefined ? undefined : this.#seats.get(connection);
  }

  #sit(connection: number | undefined, session: Session): void {
    const seat = this.#seatOf(connection);
    if (seat) seat.session = session;
  }

  #changed(session: Session): void {
    for (const seat of this.#seats.values())
      if (seat.session === session) seat.tell({ kind: 'session.changed' });
  }
}

/** A window that was locked so long ago asks for a login instead. */
const LEFT = 12 * HOUR;

/** Stands in a caller before anybody has logged in; nothing is ever written under it. */
const NOBODY = 'nobody';

export const localUser = (): string => userInfo().username;

const fingerprint = (token: string): string => createHash('sha256').update(token).digest('hex');
