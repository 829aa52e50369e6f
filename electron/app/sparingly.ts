/** In milliseconds. */
const MOST = 250;

/** How long to rest after what took so long, so that it takes no more than a twentieth of the time; in milliseconds, at most `most`. */
export const restAfter = (took: number, most: number): number => Math.min(most, 19 * took);

/**
 * Does what is asked at once, and yet for no more than a twentieth of the time: what is asked for while it rests is done
 * together, afterwards. `now` does at once what is not yet done.
 */
export function sparingly<Asked>(work: (asked: readonly Asked[]) => void): {
  readonly ask: (one: Asked) => void;
  readonly now: () => void;
} {
  let asked: Asked[] = [];
  let restsUntil = -Infinity;
  let waiting: NodeJS.Timeout | undefined;
  const now = (): void => {
    clearTimeout(waiting);
    waiting = undefined;
    if (asked.length === 0) return;
    const all = asked;
    asked = [];
    const from = performance.now();
    work(all);
    const until = performance.now();
    restsUntil = until + restAfter(until - from, MOST);
  };
  const ask = (one: Asked): void => {
    asked.push(one);
    const wait = restsUntil - performance.now();
    if (wait <= 0) now();
    else waiting ??= setTimeout(now, wait).unref();
  };
  return { ask, now };
}
