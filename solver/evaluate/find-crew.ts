import { instantAfterWork, workBefore } from '#solver/problem/open-time.ts';
import { DURING, NONE } from '#solver/problem/problem.ts';
import { crewFrom } from './crew.ts';
import type { Place, State } from './state.ts';

/** When the need that `findCrew` could not meet is worth another try. */
let missing = 0;

/** Fills the place's stints; NONE when every need is met, otherwise the need that is not. */
export function findCrew(state: State, task: number, unit: number, place: Place): number {
  const { problem } = state;
  const { needFrom, needDuring } = problem;
  const open = problem.open[unit];
  const pauses = problem.pauses[task] === 1;
  place.stints.length = 0;
  for (let need = needFrom[task]; need < needFrom[task + 1]; need += 1) {
    const during = needDuring[need];
    const start = during === DURING.run ? place.runStart : place.start;
    let end = during === DURING.setup ? place.runStart : place.end;
    if (pauses && during === DURING.setup) end = instantAfterWork(open, workBefore(open, end));
    if (start >= end) continue;
    const next = crewFrom(state, need, open, pauses, start, end, place.stints);
    if (next !== start) {
      missing = next;
      return need;
    }
  }
  return NONE;
}

/** When the need that `findCrew` reported last is worth another try. */
export const crewMissingUntil = (): number => missing;
