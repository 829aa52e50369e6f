/**
 * When something is open: sorted, disjoint windows with running sums of their seconds, so that work that pauses while
 * it is closed is timed in logarithmic time. Seconds after the horizon's start.
 */
export interface OpenTime {
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Open seconds before each window. */
  readonly before: Int32Array;
  /** The window of the first instant of every stretch of 2^STRETCH seconds, so that finding one takes constant time. */
  readonly index: Int32Array;
}

/** About an hour. */
const STRETCH = 12;

/** Later than every schedule, and small enough to be added to. */
export const NEVER = 1 << 30;

/** Far ends are the same to us. */
export const clamp = (at: number): number => Math.max(-NEVER, Math.min(NEVER, at));

export function openTimeOf(spans: readonly { readonly start: number; readonly end: number }[]): OpenTime {
  const from = new Int32Array(spans.length);
  const to = new Int32Array(spans.length);
  const before = new Int32Array(spans.length);
  let sum = 0;
  for (const [k, span] of spans.entries()) {
    from[k] = span.start;
    to[k] = span.end;
    before[k] = sum;
    sum += span.end - span.start;
  }
  return { from, to, before, index: indexOf(to) };
}

function indexOf(to: Int32Array): Int32Array {
  // Two windows are found at once, and the far end of the last one may be nowhere.
  if (to.length < 3) return new Int32Array(0);
  const index = new Int32Array((Math.max(0, to[to.length - 1]) >> STRETCH) + 1);
  let k = 0;
  for (let stretch = 0; stretch < index.length; stretch += 1) {
    while (to[k] <= stretch << STRETCH) k += 1;
    index[stretch] = k;
  }
  return index;
}

/** Open at every instant: a person or instrument without a calendar. */
export const ALWAYS: OpenTime = openTimeOf([{ start: -(NEVER - 1), end: NEVER }]);

/** The first window that ends after `at`; the number of windows when none does. */
export function windowAt(open: OpenTime, at: number): number {
  const { to, index } = open;
  const stretch = at >> STRETCH;
  let k = stretch <= 0 || index.length === 0 ? 0 : stretch < index.length ? index[stretch] : to.length;
  while (k < to.length && to[k] <= at) k += 1;
  return k;
}

/** The first open instant at or after `at`; NEVER when there is none. */
export function openFrom(open: OpenTime, at: number): number {
  const k = windowAt(open, at);
  return k < open.to.length ? Math.max(at, open.from[k]) : NEVER;
}

/** Open seconds before `at`. */
export function workBefore(open: OpenTime, at: number): number {
  const k = windowAt(open, at);
  if (k === open.to.length) return k === 0 ? 0 : open.before[k - 1] + open.to[k - 1] - open.from[k - 1];
  return open.before[k] + Math.max(0, at - open.from[k]);
}

/** The instant at which the open second number `work` begins: at the edge of two windows, the start of the later one. */
export function instantOfWork(open: OpenTime, work: number): number {
  const { from, to, before } = open;
  let low = 0;
  let high = to.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before[middle] + to[middle] - from[middle] > work) high = middle;
    else low = middle + 1;
  }
  return low < to.length ? from[low] + Math.max(0, work - before[low]) : NEVER;
}

/** The instant at which `work` open seconds are done: at the edge of two windows, the end of the earlier one. */
export function instantAfterWork(open: OpenTime, work: number): number {
  const { from, to, before } = open;
  let low = 0;
  let high = to.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (before[middle] + to[middle] - from[middle] >= work) high = middle;
    else low = middle + 1;
  }
  return low < to.length ? from[low] + (work - before[low]) : NEVER;
}
