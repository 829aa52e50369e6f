import type { Shop } from './shop.ts';

export const NONE = -1;
/** Later than anything. */
const NEVER = 2 ** 31 - 1;

/** What does not change while time goes by in a shop of chains: each job's first operation, and what follows what. */
export interface Chains {
  readonly first: Int32Array;
  readonly machine: Int32Array;
  readonly duration: Int32Array;
  /** NONE behind the last of a job. */
  readonly after: Int32Array;
  /** All work of each machine. */
  readonly load: Int32Array;
}

/** One of several operations was chosen for a machine; with those chosen before. */
export interface Choice {
  readonly operation: number;
  readonly before: Choice | null;
}

/** Null unless each operation has one mode, and at most one before and one after it. */
export function chainsOf(shop: Shop): Chains | null {
  const { operations, machines, modeFrom, modeMachine, modeDuration, beforeFrom, afterFrom, after } = shop;
  const first: number[] = [];
  const following = new Int32Array(operations).fill(NONE);
  const load = new Int32Array(machines);
  for (let o = 0; o < operations; o += 1) {
    const before = beforeFrom[o + 1] - beforeFrom[o];
    const behind = afterFrom[o + 1] - afterFrom[o];
    if (before > 1 || behind > 1 || modeFrom[o + 1] - modeFrom[o] > 1) return null;
    if (before === 0) first.push(o);
    if (behind === 1) following[o] = after[afterFrom[o]];
    load[modeMachine[o]] += modeDuration[o];
  }
  return {
    first: Int32Array.from(first),
    machine: modeMachine,
    duration: modeDuration,
    after: following,
    load,
  };
}

/** An instant of a schedule in the making: what runs, who waits where, and how much is left. Small enough to be copied often. */
export class Moment {
  now = 0;
  /** Jobs of which something has begun. */
  begun = 0;
  /** How long jobs that had begun have waited, all together. */
  waited = 0;
  choice: Choice | null = null;
  /** Of each job: the operation that runs or waits (NONE: it is done), since when, and the machine it waits at. */
  readonly operation: Int32Array;
  readonly since: Int32Array;
  readonly waitsAt: Int32Array;
  /** Of each machine: the job that runs (NONE: it idles), and the work not begun. */
  readonly job: Int32Array;
  readonly left: Int32Array;
  /** When what runs will end; of a machine that idles the latest instant at which it still gets its work done in time. */
  readonly until: Int32Array;
  readonly #chains: Chains;
  readonly #target: number;

  constructor(chains: Chains, target: number) {
    const { first, machine, load } = chains;
    this.#chains = chains;
    this.#target = target;
    this.operation = first.slice();
    this.since = new Int32Array(first.length);
    this.waitsAt = first.map((o) => machine[o]);
    this.job = new Int32Array(load.length).fill(NONE);
    this.left = load.slice();
    this.until = load.map((work) => (work === 0 ? NEVER : Math.max(0, target - work)));
  }

  copy(of: Moment): void {
    this.now = of.now;
    this.begun = of.begun;
    this.waited = of.waited;
    this.choice = of.choice;
    this.operation.set(of.operation);
    this.since.set(of.since);
    this.waitsAt.set(of.waitsAt);
    this.job.set(of.job);
    this.left.set(of.left);
    this.until.set(of.until);
  }

  begin(machine: number, job: number): void {
    const o = this.operation[job];
    const duration = this.#chains.duration[o];
    if (o === this.#chains.first[job]) this.begun += 1;
    else this.waited += this.now - this.since[job];
    this.waitsAt[job] = NONE;
    this.job[machine] = job;
    this.left[machine] -= duration;
    this.until[machine] = this.now + duration;
  }

  /** The machine whose turn is next: something ends there, or it has idled too long. */
  next(): number {
    const { until } = this;
    let next = 0;
    let soonest = until[0];
    for (let machine = 1; machine < until.length; machine += 1) {
      if (until[machine] >= soonest) continue;
      soonest = until[machine];
      next = machine;
    }
    return next;
  }

  /** On to `now`: whatever ends then has ended, and what follows it waits. */
  goTo(now: number): void {
    const { job, until, left } = this;
    this.now = now;
    for (let machine = 0; machine < until.length; machine += 1) {
      if (until[machine] !== now || job[machine] === NONE) continue;
      this.#end(job[machine]);
      job[machine] = NONE;
      until[machine] = left[machine] === 0 ? NEVER : Math.max(now, this.#target - left[machine]);
    }
  }

  #end(job: number): void {
    const { after, machine } = this.#chains;
    const o = after[this.operation[job]];
    this.operation[job] = o;
    this.since[job] = this.now;
    if (o !== NONE) this.waitsAt[job] = machine[o];
  }

  get isDone(): boolean {
    return this.until[this.next()] === NEVER;
  }

  /** Whether the same can follow. */
  isLike({ operation, job, until }: Moment): boolean {
    return isSame(operation, this.operation) && isSame(until, this.until) && isSame(job, this.job);
  }

  /** The same for those that are alike, elsewhere hardly ever. */
  hash(): number {
    return mix(mix(mix(0, this.operation), this.until), this.job);
  }
}

function isSame(a: Int32Array, b: Int32Array): boolean {
  for (let k = 0; k < a.length; k += 1) if (a[k] !== b[k]) return false;
  return true;
}

function mix(seed: number, some: Int32Array): number {
  let hash = seed;
  for (let k = 0; k < some.length; k += 1) hash = Math.imul(hash ^ some[k], 0x9e3779b1) ^ (hash >>> 15);
  return hash;
}
