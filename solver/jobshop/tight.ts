import type { Shop } from './shop.ts';

/** Dead ends after which it is given up: either a few suffice, or the next ones do not help either. */
const MOST_DEAD_ENDS = 2000;

/**
 * A schedule within `target`, for shops of chains whose machines have hardly any time to idle (the long instances of
 * Da Col & Teppan 2022 have none): non-delay dispatching that goes back to the last choice as soon as some machine's
 * remaining work, or some job's, no longer fits before the target (destructive improvement; Klein & Scholl 1999).
 * Starts by operation; null where none was found. `isOver` is asked every few milliseconds.
 */
export function tightSchedule(
  shop: Shop,
  tails: Float64Array,
  target: number,
  isOver: () => boolean,
): Int32Array | null {
  const search = new TightSearch(shop, tails, target);
  let dead = !search.decide();
  let deadEnds = 0;
  for (let steps = 0; ; steps += 1) {
    if (steps % 16 === 0 && isOver()) return null;
    if (!dead) {
      if (!search.advance()) return search.start;
      dead = !search.decide();
      continue;
    }
    deadEnds += 1;
    if (deadEnds > MOST_DEAD_ENDS || !search.retreat()) return null;
    dead = !search.decide();
  }
}

/** Whether each operation has at most one before and one after it. */
export function isChains({ operations, beforeFrom, afterFrom }: Shop): boolean {
  for (let o = 0; o < operations; o += 1) {
    if (beforeFrom[o + 1] - beforeFrom[o] > 1 || afterFrom[o + 1] - afterFrom[o] > 1) return false;
  }
  return true;
}

/** A choice: one of several operations that wait for a machine, the likeliest first. */
interface Choice {
  readonly machine: number;
  readonly candidates: readonly number[];
  /** How far back the trail went before it, and which candidate comes next. */
  readonly trail: number;
  tried: number;
}

const STARTED = 0;
const ENDED = 1;
const LATER = 2;
const NONE = -1;

/** Time and what runs and waits at it, every change of which can be taken back. */
class TightSearch {
  readonly start: Int32Array;
  readonly #machine: Int32Array;
  readonly #duration: Int32Array;
  readonly #after: Int32Array;
  readonly #tails: Float64Array;
  readonly #target: number;
  /** Of each machine: what runs and until when, the work that is not started yet, who waits for it. */
  readonly #running: Int32Array;
  readonly #until: Int32Array;
  readonly #left: Int32Array;
  readonly #waiting: Int32Array;
  /** The next in the list of those who wait, and since when each does. */
  readonly #link: Int32Array;
  readonly #since: Int32Array;
  readonly #canBeServed: Uint8Array;
  readonly #trail: Int32Array;
  readonly #choices: Choice[] = [];
  #trailLength = 0;
  #now = 0;
  #decisions = 0;
  /** The look ahead costs a pass over the machines: with many of them it is taken less often. */
  readonly #rarely: number;

  constructor(shop: Shop, tails: Float64Array, target: number) {
    const { operations, machines, modeMachine, modeDuration, beforeFrom, afterFrom, after } = shop;
    this.start = new Int32Array(operations);
    this.#machine = modeMachine;
    this.#duration = modeDuration;
    this.#tails = tails;
    this.#target = target;
    this.#rarely = 1 + (machines >> 6);
    this.#after = new Int32Array(operations).fill(NONE);
    this.#running = new Int32Array(machines).fill(NONE);
    this.#until = new Int32Array(machines);
    this.#left = new Int32Array(machines);
    this.#waiting = new Int32Array(machines).fill(NONE);
    this.#link = new Int32Array(operations).fill(NONE);
    this.#since = new Int32Array(operations);
    this.#canBeServed = new Uint8Array(machines);
    this.#trail = new Int32Array(operations * 9);
    for (let o = 0; o < operations; o += 1) {
      this.#left[modeMachine[o]] += modeDuration[o];
      if (afterFrom[o] < afterFrom[o + 1]) this.#after[o] = after[afterFrom[o]];
      if (beforeFrom[o] === beforeFrom[o + 1]) this.#wait(o);
    }
  }

  /** Gives every idle machine that somebody waits for an operation; false at a dead end. */
  decide(): boolean {
    const running = this.#running;
    const waiting = this.#waiting;
    for (let machine = 0; machine < running.length; machine += 1) {
      if (running[machine] !== NONE || waiting[machine] === NONE) continue;
      const only = waiting[machine];
      if (this.#link[only] === NONE) {
        if (this.#now + this.#tails[only] > this.#target) return false;
        this.#begin(machine, only);
        continue;
      }
      const candidates = this.#candidates(machine);
      if (candidates.length === 0) return false;
      if (candidates.length > 1) {
        this.#choices.push({ machine, candidates, trail: this.#trailLength, tried: 1 });
      }
      this.#begin(machine, candidates[0]);
    }
    this.#decisions += 1;
    return this.#decisions % this.#rarely !== 0 || this.#isSupplied();
  }

  /** On to the next end of an operation; false when all is done. */
  advance(): boolean {
    const running = this.#running;
    const until = this.#until;
    let next = Infinity;
    for (let machine = 0; machine < running.length; machine += 1) {
      if (running[machine] !== NONE && until[machine] < next) next = until[machine];
    }
    if (next === Infinity) return false;
    this.#note(LATER, 0, this.#now);
    this.#now = next;
    for (let machine = 0; machine < running.length; machine += 1) {
      const o = running[machine];
      if (o === NONE || until[machine] !== next) continue;
      running[machine] = NONE;
      this.#note(ENDED, machine, o);
      if (this.#after[o] !== NONE) this.#wait(this.#after[o]);
    }
    return true;
  }

  /** Back to the last choice that has an untried candidate, and on with that one; false where there is none. */
  retreat(): boolean {
    const choices = this.#choices;
    for (let choice = choices.pop(); choice; choice = choices.pop()) {
      if (choice.tried === choice.candidates.length) continue;
      this.#takeBack(choice.trail);
      this.#begin(choice.machine, choice.candidates[choice.tried]);
      choice.tried += 1;
      choices.push(choice);
      return true;
    }
    return false;
  }

  /** Who may be next without making another one late: whoever arrives just now or meets the next machine when it gets free, then the longest tail. */
  #candidates(machine: number): number[] {
    const found: number[] = [];
    let longest = 0;
    let second = 0;
    for (let o = this.#waiting[machine]; o !== NONE; o = this.#link[o]) {
      found.push(o);
      if (this.#tails[o] > longest) {
        second = longest;
        longest = this.#tails[o];
      } else if (this.#tails[o] > second) {
        second = this.#tails[o];
      }
    }
    const tails = this.#tails;
    return found
      .filter((o) => {
        const others = tails[o] === longest ? second : longest;
        return this.#now + Math.max(tails[o], this.#duration[o] + others) <= this.#target;
      })
      .sort((a, b) => this.#fit(b) - this.#fit(a) || tails[b] - tails[a]);
  }

  /** In a schedule without idle time an operation often starts exactly when another one ends, elsewhere hardly ever. */
  #fit(o: number): number {
    if (this.#now > 0 && this.#since[o] === this.#now) return 2;
    const next = this.#after[o];
    if (next === NONE) return 0;
    const machine = this.#machine[next];
    const meets = this.#running[machine] !== NONE && this.#until[machine] === this.#now + this.#duration[o];
    return meets ? 1 : 0;
  }

  /** Whether every machine with work left can get some operation before it is too late for that work. */
  #isSupplied(): boolean {
    const left = this.#left;
    const running = this.#running;
    const until = this.#until;
    const canBeServed = this.#canBeServed.fill(0);
    let horizon = 0;
    for (let machine = 0; machine < left.length; machine += 1) {
      if (left[machine] > 0) horizon = Math.max(horizon, this.#target - left[machine]);
    }
    for (let machine = 0; machine < left.length; machine += 1) {
      if (running[machine] !== NONE) this.#serve(this.#after[running[machine]], until[machine], horizon);
      for (let o = this.#waiting[machine]; o !== NONE; o = this.#link[o]) this.#serve(o, this.#now, horizon);
    }
    for (let machine = 0; machine < left.length; machine += 1) {
      if (left[machine] > 0 && canBeServed[machine] === 0) return false;
    }
    return true;
  }

  /** Marks the machines that a job reaches in time, were it never to wait but for what runs already. */
  #serve(first: number, from: number, horizon: number): void {
    let at = from;
    for (let o = first; o !== NONE && at <= horizon; o = this.#after[o]) {
      const machine = this.#machine[o];
      if (this.#running[machine] !== NONE && this.#until[machine] > at) at = this.#until[machine];
      if (at <= this.#target - this.#left[machine]) this.#canBeServed[machine] = 1;
      at += this.#duration[o];
    }
  }

  #begin(machine: number, o: number): void {
    this.#leave(o);
    this.#running[machine] = o;
    this.start[o] = this.#now;
    this.#note(STARTED, o, this.#until[machine]);
    this.#until[machine] = this.#now + this.#duration[o];
    this.#left[machine] -= this.#duration[o];
  }

  #wait(o: number): void {
    const machine = this.#machine[o];
    this.#link[o] = this.#waiting[machine];
    this.#waiting[machine] = o;
    this.#since[o] = this.#now;
  }

  #leave(o: number): void {
    const machine = this.#machine[o];
    if (this.#waiting[machine] === o) {
      this.#waiting[machine] = this.#link[o];
      return;
    }
    let before = this.#waiting[machine];
    while (this.#link[before] !== o) before = this.#link[before];
    this.#link[before] = this.#link[o];
  }

  #note(kind: number, what: number, was: number): void {
    const trail = this.#trail;
    trail[this.#trailLength] = kind;
    trail[this.#trailLength + 1] = what;
    trail[this.#trailLength + 2] = was;
    this.#trailLength += 3;
  }

  #takeBack(length: number): void {
    const trail = this.#trail;
    while (this.#trailLength > length) {
      this.#trailLength -= 3;
      const what = trail[this.#trailLength + 1];
      const was = trail[this.#trailLength + 2];
      switch (trail[this.#trailLength]) {
        case STARTED: {
          const machine = this.#machine[what];
          const since = this.#since[what];
          this.#running[machine] = NONE;
          this.#until[machine] = was;
          this.#left[machine] += this.#duration[what];
          this.#wait(what);
          this.#since[what] = since;
          break;
        }
        case ENDED:
          this.#running[what] = was;
          if (this.#after[was] !== NONE) this.#leave(this.#after[was]);
          break;
        default:
          this.#now = was;
      }
    }
  }
}
