import type { Instant, Seconds } from '#shared/time/instant.ts';
import { upperBound } from './days.ts';
import { type Lane, firstSeen, lastSeen } from './layout.ts';

/** Scrolling by less than this share of the view does not add the load up again. */
const STEP = 1 / 64;
const known = new WeakMap<
  readonly Lane[],
  { readonly from: Instant; readonly to: Instant; readonly load: number | null }
>();

/** Busy over open time of all rows of a group in [from, to), 0 … 1; null where nothing is open. */
export function groupLoad(lanes: readonly Lane[], from: Instant, to: Instant): number | null {
  const before = known.get(lanes);
  const step = (to - from) * STEP;
  if (before && Math.abs(before.from - from) < step && Math.abs(before.to - to) < step) return before.load;
  let busy = 0;
  let open = 0;
  for (const lane of lanes) {
    open += openIn(lane, from, to);
    const last = lastSeen(lane, to);
    for (let index = firstSeen(lane, from); index < last; index += 1) {
      const bar = lane.bars[index];
      if (bar) busy += openIn(lane, Math.max(from, bar.start), Math.min(to, bar.end));
    }
  }
  const load = open > 0 ? Math.min(1, busy / open) : null;
  known.set(lanes, { from, to, load });
  return load;
}

/** Open seconds of a row in [from, to). */
function openIn({ closed }: Lane, from: Instant, to: Instant): Seconds {
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
