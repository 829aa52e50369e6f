import type { Shop } from './shop.ts';

/**
 * A semi-active schedule as a disjunctive graph (Roy & Sussmann 1964): each operation in one of its modes, a sequence on
 * each machine, and an order of all operations that agrees with both. From these follow the earliest ends and the
 * longest tails. The index `operations` stands for "none": it ends at 0 and nothing follows it.
 */
export class Schedule {
  readonly shop: Shop;
  readonly none: number;
  readonly mode: Int32Array;
  readonly machine: Int32Array;
  readonly duration: Int32Array;
  /** Neighbours in the sequence of the machine, and each machine's first. */
  readonly previous: Int32Array;
  readonly next: Int32Array;
  readonly first: Int32Array;
  /** Every operation after all that it waits for; `position` is its inverse. */
  readonly order: Int32Array;
  readonly position: Int32Array;
  /** Earliest end, and the longest path from the start of the operation to the end of all. */
  readonly end: Int32Array;
  readonly tail: Int32Array;
  /** The part of these that comes from precedences: the last end before, the longest tail after. */
  readonly ready: Int32Array;
  readonly rest: Int32Array;
  makespan = 0;
  /** Operations that nothing waits for. */
  readonly sinks: Int32Array;

  /** First predecessor and successor, as most have no other. */
  readonly #before: Int32Array;
  readonly #after: Int32Array;
  readonly #isChains: boolean;
  readonly #mark: Int32Array;
  readonly #moved: Int32Array;
  #stamp = 0;

  constructor(shop: Shop) {
    const { operations, machines, beforeFrom, before, afterFrom, after } = shop;
    const perOperation = () => new Int32Array(operations + 1);
    this.shop = shop;
    this.none = operations;
    this.mode = new Int32Array(operations);
    this.machine = perOperation().fill(-1);
    this.duration = perOperation();
    this.previous = perOperation();
    this.next = perOperation();
    this.first = new Int32Array(machines);
    this.order = new Int32Array(operations);
    this.position = perOperation();
    this.end = perOperation();
    this.tail = perOperation();
    this.ready = perOperation();
    this.rest = perOperation();
    this.#before = perOperation().fill(operations);
    this.#after = perOperation().fill(operations);
    this.#mark = perOperation();
    this.#moved = new Int32Array(operations);
    let isChains = true;
    const sinks: number[] = [];
    for (let o = 0; o < operations; o += 1) {
      if (beforeFrom[o] < beforeFrom[o + 1]) this.#before[o] = before[beforeFrom[o]];
      if (afterFrom[o] < afterFrom[o + 1]) this.#after[o] = after[afterFrom[o]];
      else sinks.push(o);
      if (beforeFrom[o + 1] - beforeFrom[o] > 1 || afterFrom[o + 1] - afterFrom[o] > 1) isChains = false;
    }
    this.#isChains = isChains;
    this.sinks = Int32Array.from(sinks);
  }

  /** Takes over modes and an order, from which the sequences of the machines follow. */
  load(mode: Int32Array, order: Int32Array): void {
    const { shop, none, machine, duration, previous, next, first, position } = this;
    const last = new Int32Array(shop.machines).fill(none);
    this.mode.set(mode);
    this.order.set(order);
    first.fill(none);
    for (let i = 0; i < none; i += 1) {
      const o = order[i];
      const m = shop.modeMachine[mode[o]];
      const before = last[m];
      position[o] = i;
      machine[o] = m;
      duration[o] = shop.modeDuration[mode[o]];
      previous[o] = before;
      if (before === none) first[m] = o;
      else next[before] = o;
      next[o] = none;
      last[m] = o;
    }
    this.#time(0, none - 1);
  }

  /**
   * Puts operation `u` in mode `mode` right behind `x` (`none`: first) on that mode's machine and times the schedule
   * anew. False, and nothing changed, where that would close a circle.
   */
  move(u: number, mode: number, x: number): boolean {
    const { none, previous, next, position, shop, duration, machine } = this;
    const oldMode = this.mode[u];
    const before = previous[u];
    const behind = next[u];
    this.#unlink(u);
    this.#link(u, shop.modeMachine[mode], x);
    const y = next[u];
    if (!this.#reorder(u, x, y)) {
      this.#unlink(u);
      this.#link(u, shop.modeMachine[oldMode], before);
      return false;
    }
    this.mode[u] = mode;
    machine[u] = shop.modeMachine[mode];
    duration[u] = shop.modeDuration[mode];
    this.#time(
      behind === none ? position[u] : Math.min(position[u], position[behind]),
      before === none ? position[u] : Math.max(position[u], position[before]),
    );
    return true;
  }

  #unlink(u: number): void {
    const { none, previous, next, first, machine } = this;
    const before = previous[u];
    const behind = next[u];
    if (before === none) first[machine[u]] = behind;
    else next[before] = behind;
    if (behind !== none) previous[behind] = before;
  }

  #link(u: number, machine: number, x: number): void {
    const { none, previous, next, first } = this;
    const y = x === none ? first[machine] : next[x];
    previous[u] = x;
    next[u] = y;
    if (x === none) first[machine] = u;
    else next[x] = u;
    if (y !== none) previous[y] = u;
    this.machine[u] = machine;
  }

  /** Mends the order locally so that x comes before u and u before y (Pearce & Kelly 2006); false where it cannot be. */
  #reorder(u: number, x: number, y: number): boolean {
    const { none, position } = this;
    if (x !== none && position[x] > position[u]) return this.#shiftBehind(u, x);
    if (y !== none && position[y] < position[u]) return this.#shiftBefore(u, y);
    return true;
  }

  /** Moves u and whatever follows from it behind x. */
  #shiftBehind(u: number, x: number): boolean {
    const { order, position, previous, shop } = this;
    const mark = this.#mark;
    const before = this.#before;
    const isChains = this.#isChains;
    const moved = this.#moved;
    this.#stamp += 1;
    const stamp = this.#stamp;
    const from = position[u];
    const to = position[x];
    mark[u] = stamp;
    for (let i = from + 1; i <= to; i += 1) {
      const o = order[i];
      if (
        mark[before[o]] === stamp ||
        mark[previous[o]] === stamp ||
        (!isChains && this.#isAnyMarked(shop.before, shop.beforeFrom[o], shop.beforeFrom[o + 1]))
      ) {
        mark[o] = stamp;
      }
    }
    if (mark[x] === stamp) return false;
    let count = 0;
    let at = from;
    for (let i = from; i <= to; i += 1) {
      const o = order[i];
      if (mark[o] === stamp) {
        moved[count] = o;
        count += 1;
      } else {
        order[at] = o;
        position[o] = at;
        at += 1;
      }
    }
    for (let k = 0; k < count; k += 1, at += 1) {
      order[at] = moved[k];
      position[moved[k]] = at;
    }
    return true;
  }

  /** Moves u and whatever it waits for before y. */
  #shiftBefore(u: number, y: number): boolean {
    const { order, position, next, shop } = this;
    const mark = this.#mark;
    const after = this.#after;
    const isChains = this.#isChains;
    const moved = this.#moved;
    this.#stamp += 1;
    const stamp = this.#stamp;
    const from = position[u];
    const to = position[y];
    mark[u] = stamp;
    for (let i = from - 1; i >= to; i -= 1) {
      const o = order[i];
      if (
        mark[after[o]] === stamp ||
        mark[next[o]] === stamp ||
        (!isChains && this.#isAnyMarked(shop.after, shop.afterFrom[o], shop.afterFrom[o + 1]))
      ) {
        mark[o] = stamp;
      }
    }
    if (mark[y] === stamp) return false;
    let count = 0;
    let at = from;
    for (let i = from; i >= to; i -= 1) {
      const o = order[i];
      if (mark[o] === stamp) {
        moved[count] = o;
        count += 1;
      } else {
        order[at] = o;
        position[o] = at;
        at -= 1;
      }
    }
    for (let k = 0; k < count; k += 1, at -= 1) {
      order[at] = moved[k];
      position[moved[k]] = at;
    }
    return true;
  }

  #isAnyMarked(of: Int32Array, from: number, to: number): boolean {
    for (let k = from; k < to; k += 1) if (this.#mark[of[k]] === this.#stamp) return true;
    return false;
  }

  /** Ends from position `from` on, tails from position `to` back. */
  #time(from: number, to: number): void {
    if (this.#isChains) this.#timeChains(from, to);
    else this.#timeGraph(from, to);
    const { end, sinks } = this;
    let makespan = 0;
    for (let k = 0; k < sinks.length; k += 1) if (end[sinks[k]] > makespan) makespan = end[sinks[k]];
    this.makespan = makespan;
  }

  #timeChains(from: number, to: number): void {
    const { order, duration, previous, next, end, tail, ready, rest, none } = this;
    const before = this.#before;
    const after = this.#after;
    for (let i = from; i < none; i += 1) {
      const o = order[i];
      const byJob = end[before[o]];
      ready[o] = byJob;
      end[o] = larger(byJob, end[previous[o]]) + duration[o];
    }
    for (let i = to; i >= 0; i -= 1) {
      const o = order[i];
      const byJob = tail[after[o]];
      rest[o] = byJob;
      tail[o] = larger(byJob, tail[next[o]]) + duration[o];
    }
  }

  #timeGraph(from: number, to: number): void {
    const { order, duration, previous, next, end, tail, ready, rest, none } = this;
    const { beforeFrom, before, afterFrom, after } = this.shop;
    for (let i = from; i < none; i += 1) {
      const o = order[i];
      let byJobs = 0;
      for (let k = beforeFrom[o]; k < beforeFrom[o + 1]; k += 1) {
        if (end[before[k]] > byJobs) byJobs = end[before[k]];
      }
      const byMachine = end[previous[o]];
      ready[o] = byJobs;
      end[o] = (byJobs > byMachine ? byJobs : byMachine) + duration[o];
    }
    for (let i = to; i >= 0; i -= 1) {
      const o = order[i];
      let byJobs = 0;
      for (let k = afterFrom[o]; k < afterFrom[o + 1]; k += 1) {
        if (tail[after[k]] > byJobs) byJobs = tail[after[k]];
      }
      const byMachine = tail[next[o]];
      rest[o] = byJobs;
      tail[o] = (byJobs > byMachine ? byJobs : byMachine) + duration[o];
    }
  }
}

/** The larger of two times without a branch, which nobody could predict here. */
function larger(a: number, b: number): number {
  const difference = (a - b) | 0;
  return (a - (difference & (difference >> 31))) | 0;
}
