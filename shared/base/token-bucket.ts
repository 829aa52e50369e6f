/**
 * Lets `capacity` through at once and `perSecond` in the long run. Each call takes one and gives the milliseconds to wait
 * until it would have been within the limit; 0 is within. `now` in milliseconds, from any origin.
 */
export function tokenBucket(capacity: number, perSecond: number): (now: number) => number {
  let tokens = capacity;
  let last: number | null = null;
  return (now) => {
    tokens = Math.min(capacity, tokens + (Math.max(0, now - (last ?? now)) / 1000) * perSecond) - 1;
    last = now;
    return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000;
  };
}
