import type { Interval } from '#shared/time/interval.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { upperBound } from './days.ts';

/** Closed times of a row, ascending: start, end, start, end … */
export const boundariesOf = (closed: readonly Interval[]): Float64Array =>
  Float64Array.from(closed.flatMap(({ start, end }) => [start, end]));

/** Seconds of [from, to) that no closed time covers. */
export function openBetween(closed: Float64Array, from: Instant, to: Instant): Seconds {
  if (to <= from) return 0;
  let open = to - from;
  // The last boundary before `from`: an even one begins closed time, an odd one ends it.
  const at = Math.max(0, upperBound(closed, from) - 1);
  for (let index = at - (at % 2); index < closed.length; index += 2) {
    const start = closed[index] ?? to;
    if (start >= to) break;
    open -= Math.max(0, Math.min(closed[index + 1] ?? to, to) - Math.max(start, from));
  }
  return open;
}
