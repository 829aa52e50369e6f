import { onceFor } from '#shared/base/once-for.ts';
import { openBetween } from './closed-time.ts';
import { type Days, ticksOf } from './days.ts';
import type { Lane } from './layout.ts';

/** What a row carries per shift; shift `k` is [edges[k], edges[k + 1]), seconds of work, of open time, and whether an order in it is late. */
export interface ShiftLoad {
  readonly edges: Float64Array;
  readonly busy: Float64Array;
  readonly open: Float64Array;
  readonly late: Uint8Array;
}

const known = new WeakMap<Lane, { readonly days: Days; readonly load: ShiftLoad }>();

/** The load of a row per shift, reckoned once as long as nothing on it changes. Bars that pause work only while it is open. */
export function shiftLoadOf(lane: Lane, days: Days): ShiftLoad {
  const found = known.get(lane);
  if (found?.days === days) return found.load;
  const load = reckon(lane, days);
  known.set(lane, { days, load });
  return load;
}

/** Where shifts change, with both ends of the range. */
export const shiftsOf = onceFor((days: Days): Float64Array =>
  Float64Array.of(days.starts[0] ?? 0, ...ticksOf(days, 480).at, days.starts.at(-1) ?? 0),
);

function reckon(lane: Lane, days: Days): ShiftLoad {
  const edges = shiftsOf(days);
  const shifts = edges.length - 1;
  const busy = new Float64Array(shifts);
  const open = new Float64Array(shifts);
  const late = new Uint8Array(shifts);
  for (let k = 0; k < shifts; k += 1) open[k] = openBetween(lane.closed, edges[k] ?? 0, edges[k + 1] ?? 0);
  let first = 0;
  let near = 0;
  for (const { start, end, due, work } of lane.bars) {
    // Bars come in the order of time: where the last one began the next is near.
    while (first > 0 && (edges[first] ?? 0) > start) first -= 1;
    while (first + 1 < shifts && (edges[first + 1] ?? 0) <= start) first += 1;
    while (near > 0 && (lane.closed[near] ?? 0) > start) near -= 2;
    while ((lane.closed[near + 2] ?? Infinity) <= start) near += 2;
    for (let k = first; k < shifts && (edges[k] ?? 0) < end; k += 1) {
      const from = Math.max(start, edges[k] ?? 0);
      const to = Math.min(end, edges[k + 1] ?? 0);
      busy[k] = (busy[k] ?? 0) + openBetween(lane.closed, from, to, near);
      if (end > due && work !== 'completed') late[k] = 1;
    }
  }
  return { edges, busy, open, late };
}
