import { NEVER, instantAfterWork, instantOfWork, windowAt, workBefore } from '#solver/problem/open-time.ts';
import type { Place, State } from './state.ts';

/** Start, run start and end of the block in open time, as early as `from` and `runFrom` allow; `place.setup` is given. */
export function fit(state: State, mode: number, from: number, runFrom: number, place: Place): boolean {
  const { open: opens, modeRun, modeTask, modeUnit, pauses } = state.problem;
  const open = opens[modeUnit[mode]];
  const run = modeRun[mode];
  const { setup } = place;
  if (pauses[modeTask[mode]] === 1) {
    const work = Math.max(workBefore(open, from), workBefore(open, runFrom) - setup);
    place.start = instantOfWork(open, work);
    place.runStart = instantOfWork(open, work + setup);
    place.end = Math.max(place.runStart, instantAfterWork(open, work + setup + run));
    return place.end < NEVER;
  }
  const start = Math.max(from, runFrom - setup);
  for (let k = windowAt(open, start); k < open.to.length; k += 1) {
    const at = Math.max(start, open.from[k]);
    if (at + setup + run > open.to[k]) continue;
    place.start = at;
    place.runStart = at + setup;
    place.end = at + setup + run;
    return true;
  }
  return false;
}
