import { NEVER } from '#solver/problem/open-time.ts';

/** Less than this is a rounding error of a sum. */
const CRUMB = 1e-9;

/**
 * What is taken of something limited and when: amounts held over [start, end), sorted by start, that may overlap (the
 * cumulative constraint; Aggoun & Beldiceanu 1993). `owner` tells the amounts of one start apart.
 */
export class Profile {
  readonly limit: number;
  length = 0;
  start = new Int32Array(8);
  end = new Int32Array(8);
  owner = new Int32Array(8);
  amount = new Float64Array(8);
  /** No amount was ever held longer: how far back to look for what covers an instant. */
  #longest = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  insert(from: number, to: number, owner: number, amount: number): void {
    if (from >= to) return;
    if (this.length === this.start.length) this.#grow();
    let k = this.length;
    while (k > 0 && this.start[k - 1] > from) k -= 1;
    this.#shift(k, k + 1);
    this.start[k] = from;
    this.end[k] = to;
    this.owner[k] = owner;
    this.amount[k] = amount;
    this.length += 1;
    this.#longest = Math.max(this.#longest, to - from);
  }

  /** Takes out what the owner holds from `from` on; nothing where it holds nothing. */
  remove(from: number, owner: number): void {
    for (let k = this.#firstFrom(from); k < this.length && this.start[k] === from; k += 1) {
      if (this.owner[k] !== owner) continue;
      this.#shift(k + 1, k);
      this.length -= 1;
      return;
    }
  }

  /** `from` when `amount` fits over [from, to), otherwise the next start worth a try; NEVER when it never fits. */
  freeFrom(from: number, to: number, amount: number): number {
    if (amount > this.limit + CRUMB) return NEVER;
    let next = Math.max(from, this.#relief(from, amount));
    for (let k = this.#firstFrom(from + 1); k < this.length && this.start[k] < to; k += 1) {
      const relief = this.#relief(this.start[k], amount);
      if (relief > this.start[k] && relief > next) next = relief;
    }
    return next;
  }

  /** The first instant from `from` on at which `amount` does not fit; NEVER when it always does. */
  fullFrom(from: number, amount: number): number {
    if (this.#relief(from, amount) > from) return from;
    for (let k = this.#firstFrom(from + 1); k < this.length; k += 1) {
      if (this.#relief(this.start[k], amount) > this.start[k]) return this.start[k];
    }
    return NEVER;
  }

  /** The earliest instant from which `amount` fits all the time until `until`. */
  freeSince(until: number, amount: number): number {
    if (amount > this.limit + CRUMB) return until;
    for (let k = this.#firstFrom(until) - 1; k >= 0; k -= 1) {
      let at = this.start[k];
      for (let next = this.#relief(at, amount); next > at; next = this.#relief(at, amount)) at = next;
      if (at > this.start[k]) return Math.min(at, until);
    }
    return -NEVER;
  }

  /** Is no more held over [from, to) than there is? */
  isKept(from: number, to: number): boolean {
    return from >= to || this.freeFrom(from, to, 0) === from;
  }

  /** Whoever holds something in [from, to). */
  ownersIn(from: number, to: number): number[] {
    const owners: number[] = [];
    for (let k = this.#firstFrom(from - this.#longest); k < this.length && this.start[k] < to; k += 1) {
      if (this.end[k] > from) owners.push(this.owner[k]);
    }
    return owners;
  }

  /** `at` when `amount` fits at that instant, otherwise when the first of those who hold something then lets go. */
  #relief(at: number, amount: number): number {
    let sum = amount;
    let next = NEVER;
    for (let k = this.#firstFrom(at - this.#longest); k < this.length && this.start[k] <= at; k += 1) {
      if (this.end[k] <= at) continue;
      sum += this.amount[k];
      if (this.end[k] < next) next = this.end[k];
    }
    return sum > this.limit + CRUMB ? next : at;
  }

  /** The first amount that is held from `at` or later on. */
  #firstFrom(at: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[middle] >= at) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #shift(from: number, to: number): void {
    this.start.copyWithin(to, from, this.length);
    this.end.copyWithin(to, from, this.length);
    this.owner.copyWithin(to, from, this.length);
    this.amount.copyWithin(to, from, this.length);
  }

  #grow(): void {
    const { start, end, owner, amount } = this;
    const room = 2 * start.length;
    (this.start = new Int32Array(room)).set(start);
    (this.end = new Int32Array(room)).set(end);
    (this.owner = new Int32Array(room)).set(owner);
    (this.amount = new Float64Array(room)).set(amount);
  }
}
