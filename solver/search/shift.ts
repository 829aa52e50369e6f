import { boundsOf } from '#solver/evaluate/bounds.ts';
import { earliestFit, personOfFit, toolOfFit } from '#solver/evaluate/gaps.ts';
import { type State, emptyPlace, put, readPlace, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import type { Incumbent } from '#solver/run/incumbent.ts';
import type { Step } from './step.ts';

/** Places that a right shift tries for a task at most. */
const TRIES = 8;

/** Told to stop, everything stays as far as it has moved. */
type Stop = Pick<Incumbent, 'isStopped'>;

const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };

/**
 * Closes the gaps that a search at fixed times leaves behind: every plain task moves as early as it goes between its
 * neighbours on its unit, first things first, where that costs nothing. No setup changes.
 */
export function shiftLeft(step: Step, stop: Stop): void {
  const { state } = step;
  step.isRight = false;
  const { start, unit } = state;
  for (const task of tasksBy(start, 1)) {
    if (stop.isStopped) return;
    if (!isShiftable(state, task)) continue;
    const busy = state.busy[unit[task]];
    const k = busy.after(start[task]);
    const free = k > 0 ? busy.endAt(k - 1) : -NEVER;
    if (free >= start[task]) continue;
    const bounds = boundsOf(state, task, false, reason);
    const from = Math.max(free, bounds.from, bounds.runFrom - state.setup[task]);
    if (from < start[task]) shift(step, task, from, state.end[task] - 1);
  }
}

/**
 * Gathers at the front the time that nobody needs (justification to the right; Valls, Ballestín & Quintanilla 2005):
 * every plain task moves about as late as its neighbours, successor and due date let it, last things first.
 */
export function shiftRight(step: Step, stop: Stop): void {
  const { state } = step;
  step.isRight = true;
  const { problem, start, runStart, end, unit } = state;
  for (const task of tasksBy(end, -1)) {
    if (stop.isStopped) return;
    if (!isShiftable(state, task)) continue;
    const busy = state.busy[unit[task]];
    const k = busy.after(start[task]);
    const { runUntil, endUntil } = boundsOf(state, task, false, reason);
    const until = Math.min(
      endUntil,
      runUntil + end[task] - runStart[task],
      k + 1 < busy.length ? busy.startAt(k + 1) : NEVER,
      problem.orderDue[problem.order[task]] - problem.tail[task],
    );
    // The latest place, otherwise the first in the later half of the time that is left, in the later three quarters, and so on.
    let slack = until - end[task];
    let tries = 0;
    while (tries < TRIES && slack > 0 && !shift(step, task, start[task] + slack, until)) {
      slack >>= 1;
      tries += 1;
    }
  }
}

/** Tasks by when they are, the earliest first or, with -1, the latest; of equal ones the lower number. */
function tasksBy(time: Int32Array, direction: 1 | -1): Float64Array {
  // Numbers by themselves sort much faster than by a comparison: the time before the point, as it were, and the task behind it.
  const count = time.length;
  const keys = new Float64Array(count);
  for (let task = 0; task < count; task += 1) keys[task] = direction * time[task] * count + task;
  keys.sort();
  for (let k = 0; k < count; k += 1) keys[k] -= Math.floor(keys[k] / count) * count;
  return keys;
}

/** A plain task on a unit that takes one at a time. */
const isShiftable = ({ shape, unit }: State, task: number): boolean =>
  unit[task] !== NONE && shape.plain[task] === 1 && shape.plainUnit[unit[task]] === 1;

/** Moves a task on its unit to the first place between `from` and `until`; false where there is none, or where that costs something. */
function shift({ state, score, trail }: Step, task: number, from: number, until: number): boolean {
  readPlace(state, task, place);
  trail.note(task);
  takeOut(state, task);
  const { start } = place;
  const at = earliestFit(state, task, place.unit, from, place.end - start, until);
  if (at !== NEVER) {
    place.runStart += at - start;
    place.end += at - start;
    place.start = at;
    if (personOfFit() !== NONE) {
      place.stints[1] = personOfFit();
      place.stints[2] = at;
      place.stints[3] = place.end;
    }
    if (toolOfFit() !== NONE) place.tools[0] = toolOfFit();
    put(state, task, place);
    const change = score.change(trail);
    if (change <= 0) {
      score.accept(trail, change);
      trail.clear();
      return true;
    }
  }
  trail.rollback();
  return false;
}
