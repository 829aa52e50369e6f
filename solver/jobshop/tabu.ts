import type { Schedule } from './schedule.ts';
import { isFlexible, type Shop } from './shop.ts';

/** Estimates this little below the makespan count alike: what the other longest paths leave decides then. */
const NEGLIGIBLE = 0.001;

/**
 * Tabu search on the critical path (Nowicki & Smutnicki 1996): of all moves of an operation within its block to or from
 * the block's ends (N7; Zhang, Li, Guan & Rao 2007) and of critical operations to other machines (Mastrolilli &
 * Gambardella 2000), the one with the smallest estimated makespan (Balas & Vazacopoulos 1998).
 */
export class TabuSearch {
  readonly #shop: Shop;
  readonly #schedule: Schedule;
  readonly #random: () => number;
  readonly #tabu = new Int32Array(1 << 20);
  readonly #path: Int32Array;
  readonly #ends: Int32Array;
  readonly #sequence: Int32Array;
  readonly #sequenceFrom: Int32Array;
  readonly #tenure: number;
  readonly #leastLoad: number;
  #iteration = 0;

  // The best move of this iteration, and any for when all are tabu.
  #estimate = 0;
  #level = 0;
  #work = 0;
  #floor = 0;
  #price = 0;
  #ties = 0;
  #moved = 0;
  #mode = 0;
  #behind = 0;
  #bestKnown = 0;
  #tabuTies = 0;
  #tabuMoved = 0;
  #tabuMode = 0;
  #tabuBehind = 0;

  constructor(schedule: Schedule, random: () => number) {
    const { operations, machines } = schedule.shop;
    this.#shop = schedule.shop;
    this.#schedule = schedule;
    this.#random = random;
    this.#path = new Int32Array(operations);
    this.#ends = new Int32Array(operations);
    this.#sequence = new Int32Array(operations);
    this.#sequenceFrom = new Int32Array(machines + 1);
    this.#leastLoad = leastWork(schedule.shop) / machines;
    this.#tenure = (7 + (0.7 * operations) / (machines * machines)) * (isFlexible(schedule.shop) ? 1 : 0.6);
  }

  get iteration(): number {
    return this.#iteration;
  }

  /** One step: to the best neighbour, be it worse. False where there is none. */
  step(bestKnown: number): boolean {
    this.#iteration += 1;
    this.#estimate = Infinity;
    this.#level = Infinity;
    this.#work = 0;
    this.#floor = this.#schedule.makespan * (1 - NEGLIGIBLE);
    this.#price = this.#priceOfWork();
    this.#ties = 0;
    this.#tabuTies = 0;
    this.#bestKnown = bestKnown;
    this.#neighbours(this.#criticalPath());
    if (this.#ties > 0) return this.#apply(this.#moved, this.#mode, this.#behind);
    if (this.#tabuTies > 0) return this.#apply(this.#tabuMoved, this.#tabuMode, this.#tabuBehind);
    return false;
  }

  /** The fuller the machines are, the more a move costs that lengthens an operation. */
  #priceOfWork(): number {
    const load = this.#leastLoad / this.#schedule.makespan;
    return load <= 0.9 ? 0 : (load - 0.9) * 7;
  }

  /** A longest path, chosen at random where there are several; last operation first. */
  #criticalPath(): number {
    const { end, duration, previous, makespan, none, ready, sinks } = this.#schedule;
    const { beforeFrom, before } = this.#shop;
    const path = this.#path;
    let o = none;
    let ties = 0;
    for (let i = 0; i < sinks.length; i += 1) {
      if (end[sinks[i]] !== makespan) continue;
      ties += 1;
      if (this.#random() * ties < 1) o = sinks[i];
    }
    let length = 0;
    for (;;) {
      path[length] = o;
      length += 1;
      const start = end[o] - duration[o];
      if (start === 0) return length;
      const byMachine = previous[o] !== none && end[previous[o]] === start;
      const byJob = ready[o] === start;
      if (byMachine && (!byJob || this.#random() < 0.5)) {
        o = previous[o];
      } else {
        let k = beforeFrom[o];
        while (end[before[k]] !== start) k += 1;
        o = before[k];
      }
    }
  }

  #neighbours(length: number): void {
    const { previous } = this.#schedule;
    const { modeFrom } = this.#shop;
    const path = this.#path;
    // Blocks from the last to the first: path[from] is the last operation of a block, path[to] its first.
    let from = 0;
    while (from < length) {
      let to = from;
      while (to + 1 < length && previous[path[to]] === path[to + 1]) to += 1;
      if (to > from) this.#blockMoves(from, to, to === length - 1, from === 0);
      from = to + 1;
    }
    if (modeFrom[this.#shop.operations] === this.#shop.operations) return;
    this.#listSequences();
    for (let k = 0; k < length; k += 1) {
      const u = path[k];
      if (modeFrom[u + 1] - modeFrom[u] > 1) this.#machineMoves(u);
    }
  }

  #blockMoves(from: number, to: number, isFirst: boolean, isLast: boolean): void {
    const path = this.#path;
    const front = path[to];
    const back = path[from];
    if (to === from + 1) {
      if (!(isFirst && isLast)) this.#tryBehind(front, back);
      return;
    }
    if (!isLast) {
      for (let k = from + 1; k <= to; k += 1) this.#tryBehind(path[k], back);
      for (let k = from + 2; k < to; k += 1) this.#tryBefore(back, path[k]);
    }
    if (!isFirst) {
      for (let k = to - 1; k >= from; k -= 1) this.#tryBefore(path[k], front);
      for (let k = to - 2; k > from; k -= 1) this.#tryBehind(front, path[k]);
    }
  }

  /** u right behind v, both on one machine, u first. */
  #tryBehind(u: number, v: number): void {
    const { end, tail, ready, rest, duration, previous, next, none, mode } = this.#schedule;
    const { after, afterFrom } = this.#shop;
    if (tail[v] < rest[u] || (tail[v] === rest[u] && this.#mayLead(u, v, after, afterFrom))) return;
    const ends = this.#ends;
    const tabu = this.#tabu;
    let isTabu = false;
    let count = 0;
    let last = previous[u] === none ? 0 : end[previous[u]];
    for (let w = next[u]; ; w = next[w]) {
      last = (ready[w] > last ? ready[w] : last) + duration[w];
      ends[count] = last;
      count += 1;
      if (tabu[pair(w, u)] > this.#iteration) isTabu = true;
      if (w === v) break;
    }
    let through = tail[next[v]];
    if (rest[u] > through) through = rest[u];
    let estimate = (ready[u] > last ? ready[u] : last) + duration[u] + through;
    if (this.#isHopeless(estimate, isTabu)) count = 0;
    through += duration[u];
    for (let w = v; count > 0; w = previous[w]) {
      if (rest[w] > through) through = rest[w];
      count -= 1;
      if (ends[count] + through > estimate) estimate = ends[count] + through;
      through += duration[w];
    }
    this.#consider(estimate, isTabu, u, mode[u], v);
  }

  /** u right before v, both on one machine, v first. */
  #tryBefore(u: number, v: number): void {
    const { end, tail, ready, rest, duration, previous, next, none, mode } = this.#schedule;
    const { before, beforeFrom } = this.#shop;
    if (end[v] < ready[u] || (end[v] === ready[u] && this.#mayLead(u, v, before, beforeFrom))) return;
    const ends = this.#ends;
    const tabu = this.#tabu;
    let isTabu = false;
    let count = 0;
    let last = next[u] === none ? 0 : tail[next[u]];
    for (let w = previous[u]; ; w = previous[w]) {
      last = (rest[w] > last ? rest[w] : last) + duration[w];
      ends[count] = last;
      count += 1;
      if (tabu[pair(u, w)] > this.#iteration) isTabu = true;
      if (w === v) break;
    }
    let through = end[previous[v]];
    if (ready[u] > through) through = ready[u];
    let estimate = (rest[u] > last ? rest[u] : last) + duration[u] + through;
    if (this.#isHopeless(estimate, isTabu)) count = 0;
    through += duration[u];
    for (let w = v; count > 0; w = next[w]) {
      if (ready[w] > through) through = ready[w];
      count -= 1;
      if (ends[count] + through > estimate) estimate = ends[count] + through;
      through += duration[w];
    }
    this.#consider(estimate, isTabu, u, mode[u], previous[v]);
  }

  /** Whether a precedence of u may lead to v though the times don't show it: v itself, or something that takes no time. */
  #mayLead(u: number, v: number, precedences: Int32Array, from: Int32Array): boolean {
    const { duration } = this.#schedule;
    for (let k = from[u]; k < from[u + 1]; k += 1) {
      if (precedences[k] === v || duration[precedences[k]] === 0) return true;
    }
    return false;
  }

  /** The machines' sequences as slices of one array, to be searched by bisection. */
  #listSequences(): void {
    const { first, next, none } = this.#schedule;
    const sequence = this.#sequence;
    const from = this.#sequenceFrom;
    let count = 0;
    for (let machine = 0; machine < first.length; machine += 1) {
      from[machine] = count;
      for (let o = first[machine]; o !== none; o = next[o]) {
        sequence[count] = o;
        count += 1;
      }
    }
    from[first.length] = count;
  }

  /** u to each of its other modes, wherever there the path through it is shortest. */
  #machineMoves(u: number): void {
    const { end, tail, ready, rest, none, duration, machine: machineOf } = this.#schedule;
    const { modeFrom, modeMachine, modeDuration } = this.#shop;
    const sequence = this.#sequence;
    const head = ready[u];
    const after = rest[u];
    for (let m = modeFrom[u]; m < modeFrom[u + 1]; m += 1) {
      const machine = modeMachine[m];
      if (machine === machineOf[u]) continue;
      const work = modeDuration[m] - duration[u];
      const isTabu = this.#tabu[pair(none + machine, u)] > this.#iteration;
      if (this.#isHopeless(head + modeDuration[m] + after, isTabu, work)) continue;
      const from = this.#sequenceFrom[machine];
      const to = this.#sequenceFrom[machine + 1];
      let low = from;
      let high = to;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (end[sequence[middle]] <= head) low = middle + 1;
        else high = middle;
      }
      let x = low === from ? none : sequence[low - 1];
      let shortest = Infinity;
      let place = none;
      for (let k = low; ; k += 1) {
        const byMachine = end[x];
        const behind = k === to ? 0 : tail[sequence[k]];
        const through = (byMachine > head ? byMachine : head) + (behind > after ? behind : after);
        if (through < shortest) {
          shortest = through;
          place = x;
        }
        if (behind <= after) break;
        x = sequence[k];
      }
      this.#consider(shortest + modeDuration[m], isTabu, u, m, place, work);
    }
  }

  /** Whether an estimate can only grow worse than what is chosen already; one that is tabu stays a last resort. */
  #isHopeless(estimate: number, isTabu: boolean, work = 0): boolean {
    if (isTabu) return estimate >= this.#bestKnown;
    return Math.max(estimate, this.#floor) + this.#price * work > this.#level;
  }

  #consider(estimate: number, isTabu: boolean, u: number, mode: number, behind: number, work = 0): void {
    if (isTabu && estimate >= this.#bestKnown) {
      this.#tabuTies += 1;
      if (this.#random() * this.#tabuTies >= 1) return;
      this.#tabuMoved = u;
      this.#tabuMode = mode;
      this.#tabuBehind = behind;
      return;
    }
    const level = Math.max(estimate, this.#floor) + this.#price * work;
    if (level > this.#level) return;
    if (level === this.#level) {
      if (work > this.#work) return;
      if (work === this.#work && estimate > this.#estimate) return;
    }
    if (level < this.#level || work < this.#work || estimate < this.#estimate) this.#ties = 0;
    this.#level = level;
    this.#work = work;
    this.#estimate = estimate;
    this.#ties += 1;
    if (this.#random() * this.#ties >= 1) return;
    this.#moved = u;
    this.#mode = mode;
    this.#behind = behind;
  }

  #apply(u: number, mode: number, behind: number): boolean {
    const { previous, next, position, none } = this.#schedule;
    const tabu = this.#tabu;
    const until = this.#iteration + Math.floor(this.#tenure * (1 + 0.5 * this.#random()));
    if (mode !== this.#schedule.mode[u]) {
      tabu[pair(none + this.#schedule.machine[u], u)] = until;
    } else if (behind !== none && position[behind] > position[u]) {
      for (let w = next[u]; ; w = next[w]) {
        tabu[pair(u, w)] = until;
        if (w === behind) break;
      }
    } else {
      for (let w = previous[u]; w !== behind; w = previous[w]) tabu[pair(w, u)] = until;
    }
    return this.#schedule.move(u, mode, behind);
  }
}

/** All operations in their shortest modes. */
function leastWork({ operations, modeFrom, modeDuration }: Shop): number {
  let work = 0;
  for (let o = 0; o < operations; o += 1) {
    work += modeDuration.subarray(modeFrom[o], modeFrom[o + 1]).reduce((a, b) => Math.min(a, b));
  }
  return work;
}

/** Where the tabu list keeps "first before second"; two pairs may meet there, which does no harm. */
const pair = (first: number, second: number): number =>
  (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> 12;
