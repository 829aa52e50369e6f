import { ownOf, type Windows } from './bound.ts';
import type { Shop } from './shop.ts';

/**
 * Lower bounds of the makespan, rising: the shortest one of `from` … `to` that propagation does not refute is the last
 * (destructive bound; Klein & Scholl 1999). `from` is a lower bound, `to` the makespan of a schedule. Null between them,
 * after every machine, for whoever has to look at the clock.
 */
export function* destructiveBounds(
  shop: Shop,
  windows: Windows,
  from: number,
  to: number,
): Generator<number | null, void> {
  const machines = ownOf(shop)
    .filter((own) => own.length > 1)
    .map((own) => new Machine(own, windows.shortest));
  let bound = from;
  let open = to;
  // Where the first one stands, so does everything longer: mostly that is all.
  for (let target = from; bound < open; target = Math.floor((bound + open) / 2)) {
    if (yield* isRefuted(shop, machines, windows, target)) {
      bound = target + 1;
      yield bound;
    } else {
      open = target;
    }
  }
}

/**
 * Whether no schedule ends by the target: raises the heads and tails of all operations along the precedences and, by
 * edge finding, on the machines, until nothing more follows or one no longer fits.
 */
function* isRefuted(
  { order, beforeFrom, before, afterFrom, after }: Shop,
  machines: readonly Machine[],
  windows: Windows,
  target: number,
): Generator<null, boolean> {
  const { shortest } = windows;
  const heads = windows.heads.slice();
  const rests = windows.tails.map((tail, o) => tail - shortest[o]);
  for (let isNew = true; isNew;) {
    isNew = false;
    for (const o of order) {
      for (let k = beforeFrom[o]; k < beforeFrom[o + 1]; k += 1) {
        heads[o] = Math.max(heads[o], heads[before[k]] + shortest[before[k]]);
      }
    }
    for (let i = order.length - 1; i >= 0; i -= 1) {
      const o = order[i];
      for (let k = afterFrom[o]; k < afterFrom[o + 1]; k += 1) {
        rests[o] = Math.max(rests[o], rests[after[k]] + shortest[after[k]]);
      }
      if (heads[o] + shortest[o] + rests[o] > target) return true;
    }
    for (const machine of machines) {
      yield null;
      const found = [machine.raise(heads, rests, target), machine.raise(rests, heads, target)];
      if (found.includes('contradiction')) return true;
      isNew ||= found.includes('raised');
    }
  }
  return false;
}

/** Edge finding for the operations of one machine (Carlier & Pinson 1989), in the quadratic form of Baptiste, Le Pape & Nuijten 2001. */
class Machine {
  /** In the order of their heads. */
  readonly #own: Int32Array;
  readonly #duration: Float64Array;
  /** By place in `#own`: the earliest end of those from there on that must end by the due date at hand. */
  readonly #ends: Float64Array;
  readonly #raised: Float64Array;

  constructor(own: readonly number[], duration: Float64Array) {
    this.#own = Int32Array.from(own);
    this.#duration = duration;
    this.#ends = new Float64Array(own.length);
    this.#raised = new Float64Array(own.length);
  }

  /**
   * Raises the heads of what starts later in every schedule that ends by the target; where none does it says so. With
   * heads and rests exchanged it raises what must follow an operation's end.
   */
  raise(heads: Float64Array, rests: Float64Array, target: number): 'contradiction' | 'raised' | 'as it was' {
    const duration = this.#duration;
    const own = this.#own;
    const ends = this.#ends;
    const raised = this.#raised;
    sortByKey(own, heads);
    own.forEach((o, i) => (raised[i] = heads[o]));
    for (const last of own) {
      const rest = rests[last];
      const due = target - rest;
      let work = 0;
      let end = -Infinity;
      for (let i = own.length - 1; i >= 0; i -= 1) {
        const o = own[i];
        if (rests[o] >= rest) {
          work += duration[o];
          end = Math.max(end, heads[o] + work);
        }
        ends[i] = end;
      }
      if (end > due) return 'contradiction';
      let earlier = -Infinity;
      for (let i = 0; i < own.length; i += 1) {
        const o = own[i];
        if (rests[o] >= rest) {
          earlier = Math.max(earlier, heads[o] + work);
          work -= duration[o];
        } else {
          // Before or among those that must end by then it makes the last of them late: it comes after all of them.
          if (heads[o] + work + duration[o] > due) raised[i] = Math.max(raised[i], ends[i]);
          if (earlier + duration[o] > due) raised[i] = Math.max(raised[i], end);
        }
        // What cannot run before this one runs after it.
        if (o !== last && heads[o] + duration[o] + duration[last] > due) {
          raised[i] = Math.max(raised[i], heads[last] + duration[last]);
        }
      }
    }
    const isRaised = own.some((o, i) => raised[i] > heads[o]);
    own.forEach((o, i) => (heads[o] = raised[i]));
    return isRaised ? 'raised' : 'as it was';
  }
}

/** By insertion, as little changes from one time to the next. */
function sortByKey(items: Int32Array, key: Float64Array): void {
  for (let i = 1; i < items.length; i += 1) {
    const item = items[i];
    let at = i;
    for (; at > 0 && key[items[at - 1]] > key[item]; at -= 1) items[at] = items[at - 1];
    items[at] = item;
  }
}
