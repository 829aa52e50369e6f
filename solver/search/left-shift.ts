import { boundsOf } from '#solver/evaluate/bounds.ts';
import { earliestFit, personOfFit, toolOfFit } from '#solver/evaluate/gaps.ts';
import { emptyPlace, isPlaced, put, readPlace, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import type { Step } from './step.ts';

const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };

/**
 * Closes the gaps that a search at fixed times leaves behind: every plain task moves as early as it goes between its
 * neighbours on its unit, first things first. No setup changes and nothing ends later.
 */
export function shiftLeft(step: Step): void {
  const { state, score, trail } = step;
  const { shape, start, unit } = state;
  const byStart = Int32Array.from(start.keys()).sort((a, b) => start[a] - start[b]);
  for (const task of byStart) {
    if (!isPlaced(state, task) || shape.plain[task] === 0) continue;
    const busy = state.busy[unit[task]];
    const k = busy.after(start[task]);
    const bounds = boundsOf(state, task, false, reason);
    const free = Math.max(bounds.from, k > 0 ? busy.endAt(k - 1) : -NEVER);
    const from = Math.max(free, bounds.runFrom - state.setup[task]);
    if (from >= start[task]) continue;
    readPlace(state, task, place);
    takeOut(state, task);
    const at = earliestFit(state, task, place.unit, from, place.end - place.start, place.end);
    if (at < place.start) {
      put(state, task, place);
      trail.note(task);
      takeOut(state, task);
      place.runStart += at - place.start;
      place.end += at - place.start;
      place.start = at;
      if (personOfFit() !== NONE) {
        place.stints[1] = personOfFit();
        place.stints[2] = at;
        place.stints[3] = place.end;
      }
      if (toolOfFit() !== NONE) place.tools[0] = toolOfFit();
    }
    put(state, task, place);
  }
  score.accept(trail, score.change(trail));
  trail.clear();
}
