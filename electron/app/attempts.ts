import type { User } from '#shared/domain/user.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';

/** So many wrong passwords in a row lock an account (AC-07) for so long. */
export const MOST_FAILURES = 5;
export const LOCKED_FOR = 15 * MINUTE;
const MOST_STRANGERS = 1000;

type Standing = Pick<User, 'failures' | 'lockedUntil'>;

/** Attempts one after the other, and wrong ones under names that nobody has: they are answered as if somebody had. */
export class Attempts {
  last: Promise<unknown> = Promise.resolve();
  waiting = 0;
  readonly #strangers = new Map<string, Standing>();

  /** Counts a failure under a name without an account, like one with it; in memory, and only the newest names. */
  strangerAfter(id: string, now: Instant): Standing {
    const before = this.#strangers.get(id) ?? { failures: 0, lockedUntil: null };
    const after = isLockedAt(before, now) ? before : afterFailure(before, now);
    this.#strangers.delete(id);
    this.#strangers.set(id, after);
    const [oldest] = this.#strangers.keys();
    if (this.#strangers.size > MOST_STRANGERS && oldest !== undefined) this.#strangers.delete(oldest);
    return after;
  }
}

/** An account after one more wrong password. */
export function afterFailure({ failures, lockedUntil }: Standing, now: Instant): Standing {
  return failures + 1 >= MOST_FAILURES
    ? { failures: 0, lockedUntil: now + LOCKED_FOR }
    : { failures: failures + 1, lockedUntil };
}

export const isLockedAt = ({ lockedUntil }: Pick<User, 'lockedUntil'>, now: Instant): boolean =>
  lockedUntil !== null && now < lockedUntil;
