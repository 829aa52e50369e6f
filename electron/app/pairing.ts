import { createHash, randomInt } from 'node:crypto';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';

/** Letters and digits that nobody takes for one another, on a screen or read aloud. */
export const CODE_LETTERS = 'ACDEFGHJKMNPQRTUVWXY34679';
const CODE_LENGTH = 8;
/** How long a code may be used, and how long nobody may try another after too many wrong ones. */
export const CODE_LASTS = 10 * MINUTE;
export const BLOCKED_FOR = MINUTE;
const MOST_WRONG = 5;

export interface Offer {
  readonly name: string;
  readonly units: readonly EquipmentId[];
  readonly until: Instant;
  /** Who offered it at the workstation. */
  readonly by: string;
}

/** One-time codes that wait to be typed at a line. In memory only: a restart withdraws them. */
export class Pairing {
  #offers = new Map<string, Offer>();
  #wrong = 0;
  #blockedUntil: Instant = 0;

  offer(what: Omit<Offer, 'until'>, now: Instant): { code: string; until: Instant } {
    const code = Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join(
      '',
    );
    const until = now + CODE_LASTS;
    this.#offers.set(fingerprint(code), { ...what, until });
    return { code, until };
  }

  /** Takes a code, once. Too many wrong ones withdraw every code and end the guessing for a while. */
  take(typed: string, now: Instant): Offer | 'wrong' | 'withdrawn' | 'blocked' {
    if (now < this.#blockedUntil) return 'blocked';
    // Only fingerprints are compared: how long that takes says nothing of a code.
    const print = fingerprint(typed.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''));
    const offer = this.#offers.get(print);
    this.#offers.delete(print);
    if (offer && now < offer.until) {
      this.#wrong = 0;
      return offer;
    }
    this.#wrong += 1;
    if (this.#wrong < MOST_WRONG) return 'wrong';
    this.#wrong = 0;
    this.#offers = new Map();
    this.#blockedUntil = now + BLOCKED_FOR;
    return 'withdrawn';
  }
}

const fingerprint = (code: string): string => createHash('sha256').update(code).digest('hex');
