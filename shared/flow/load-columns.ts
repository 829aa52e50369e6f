import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

/** So much of something for a while: people asked for, units in use, people present. */
export interface Amount extends Interval {
  readonly amount: number;
}

/** Load against capacity, column by column, in seconds of one unit or person. Column `k` is [edges[k], edges[k + 1]). */
export interface LoadColumns {
  readonly load: Seconds[];
  readonly capacity: Seconds[];
  /** Load at moments when it is above capacity: what is missing, although there may be room at other times. */
  readonly over: Seconds[];
  /** When load first exceeds capacity in a column; null where it does not. */
  readonly overFrom: (Instant | null)[];
}

export function emptyColumns(edges: readonly Instant[]): LoadColumns {
  const columns = Math.max(0, edges.length - 1);
  const filled = <Value>(value: Value): Value[] => Array.from<Value>({ length: columns }).fill(value);
  return { load: filled(0), capacity: filled(0), over: filled(0), overFrom: filled<Instant | null>(null) };
}

/** Shares of attention add up to whole people but for rounding. */
const ROUNDING = 1e-9;

/**
 * Adds what one resource (a unit; all people of one qualification) carries and could carry. Overload is judged moment by
 * moment and resource by resource: an idle neighbour does not make up for it.
 */
export function addColumns(
  into: LoadColumns,
  edges: readonly Instant[],
  loads: readonly Amount[],
  capacities: readonly Amount[],
): void {
  const steps = [
    ...loads.flatMap(({ start, end, amount }) => [
      { at: start, load: amount, capacity: 0 },
      { at: end, load: -amount, capacity: 0 },
    ]),
    ...capacities.flatMap(({ start, end, amount }) => [
      { at: start, load: 0, capacity: amount },
      { at: end, load: 0, capacity: -amount },
    ]),
  ].sort((a, b) => a.at - b.at);
  let column = 0;
  let at = edges[0] ?? 0;
  let load = 0;
  let capacity = 0;
  for (const step of steps) {
    for (; at < step.at && column < into.load.length;) {
      const edge = edges[column + 1] ?? at;
      const until = Math.min(step.at, edge);
      add(into, column, at, until - at, load, capacity);
      at = until;
      if (at === edge) column += 1;
    }
    load += step.load;
    capacity += step.capacity;
  }
}

function add(
  { load: loads, capacity: capacities, over, overFrom }: LoadColumns,
  column: number,
  at: Instant,
  seconds: Seconds,
  load: number,
  capacity: number,
): void {
  loads[column] = (loads[column] ?? 0) + load * seconds;
  capacities[column] = (capacities[column] ?? 0) + capacity * seconds;
  const excess = load - capacity;
  if (excess <= ROUNDING) return;
  over[column] = (over[column] ?? 0) + excess * seconds;
  overFrom[column] = Math.min(overFrom[column] ?? Infinity, at);
}
