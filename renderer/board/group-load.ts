import type { Instant } from '#shared/time/instant.ts';
import { openBetween } from './closed-time.ts';
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
    open += openBetween(lane.closed, from, to);
    const last = lastSeen(lane, to);
    for (let index = firstSeen(lane, from); index < last; index += 1) {
      const bar = lane.bars[index];
      if (bar) busy += openBetween(lane.closed, Math.max(from, bar.start), Math.min(to, bar.end));
    }
  }
  const load = open > 0 ? Math.min(1, busy / open) : null;
  known.set(lanes, { from, to, load });
  return load;
}
