import { NEVER, type OpenTime, openTimeOf } from '#solver/problem/open-time.ts';
import type { Qualified } from '#solver/problem/problem.ts';

/**
 * Which crews of a qualification are present when: stretches of time in which nobody comes or goes, so that one look-up
 * finds all who are there.
 */
export interface Roster {
  /** The stretches, without a gap, and per stretch its slice of the lists below. */
  readonly stretches: OpenTime;
  readonly slice: Int32Array;
  /** When the next of those comes who are away; NEVER when nobody does. */
  readonly nextArrival: Int32Array;
  /** Present crews in the order of the qualification, until when each stays, and when it is back. */
  readonly crew: Int32Array;
  readonly until: Int32Array;
  readonly back: Int32Array;
}

export function rosterOf({ crews }: Qualified): Roster {
  const changes = Int32Array.from(
    new Set(crews.flatMap(({ presence }) => [...presence.from, ...presence.to])),
  ).sort();
  const starts = [-NEVER, ...changes].slice(0, -1);
  const window = new Int32Array(crews.length);
  const crew: number[] = [];
  const until: number[] = [];
  const back: number[] = [];
  const slice = [0];
  const nextArrival: number[] = [];
  for (const start of starts) {
    let arrival = NEVER;
    for (const [c, { presence }] of crews.entries()) {
      const { from, to } = presence;
      while (window[c] < to.length && to[window[c]] <= start) window[c] += 1;
      const w = window[c];
      if (w === to.length) continue;
      if (from[w] > start) arrival = Math.min(arrival, from[w]);
      else {
        crew.push(c);
        until.push(to[w]);
        back.push(w + 1 < to.length ? from[w + 1] : NEVER);
      }
    }
    nextArrival.push(arrival);
    slice.push(crew.length);
  }
  return {
    stretches: openTimeOf(starts.map((start, k) => ({ start, end: changes[k] }))),
    slice: Int32Array.from(slice),
    nextArrival: Int32Array.from(nextArrival),
    crew: Int32Array.from(crew),
    until: Int32Array.from(until),
    back: Int32Array.from(back),
  };
}
