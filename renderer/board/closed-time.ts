import type { Interval } from '#shared/time/interval.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { upperBound } from './days.ts';

/** Closed times of a row, ascending: start, end, start, end … */
export const boundariesOf = (closed: readonly Interval[]): Float64Array =>
  Float64Array.from(closed.flatMap(({ start, end }) => [start, end]));

/**
 * Seconds of [from, to) that no closed time covers. `near` is where the last closed time begins that has begun before `from`,
 * or an earlier one; who goes through a row in the order of time knows it.
 */
export function openBetween(
  closed: Float64Array,
  from: Instant,
  to: Instant,
  near = boundaryBefore(closed, from),
): Seconds {
  if (to <= from) return 0;
  let open = to - from;
  for (let index = near; index < closed.length; index += 2) {
    const start = closed[index] ?? to;
    if (start >= to) break;
    open -= Math.max(0, Math.min(closed[index + 1] ?? to, to) - Math.max(start, from));
  }
  return open;
}

/** Where the last closed time begins that has begun before `at`, or the first one. */
function boundaryBefore(closed: Float64Array, at: Instant): number {
  // An even boundary begins closed time, an odd one ends it.
  const last = Math.max(0, upperBound(closed, at) - 1);
  return last - (last % 2);
}
