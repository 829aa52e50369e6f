import type { Timeline } from '#solver/evaluate/timeline.ts';
import type { Place, State } from '#solver/evaluate/state.ts';
import { validFrom } from '#solver/evaluate/tools.ts';
import { windowAt } from '#solver/problem/open-time.ts';
import { DURING, NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import { coveredFrom } from '#solver/problem/validity.ts';

/** May this task be pushed to make room? */
export type MayPush = (task: number) => boolean;

/**
 * The tasks that would have to go so that somebody qualified can take `need` in this place: those of the person who
 * has the fewest. null when nobody could come whatever is pushed.
 */
export function crewToFree(
  state: State,
  task: number,
  need: number,
  place: Readonly<Place>,
  mayPush: MayPush,
): number[] | null {
  const { problem, engaged } = state;
  const { people, validity, crews } = problem.qualified[problem.needQualification[need]];
  const start = problem.needDuring[need] === DURING.run ? place.runStart : place.start;
  const end = problem.needDuring[need] === DURING.setup ? place.runStart : place.end;
  const whole = problem.needHandover[need] === 0 && problem.pauses[task] === 0;
  let fewest: number[] | null = null;
  for (const crew of crews) {
    const window = windowAt(crew.presence, start);
    const present =
      window < crew.presence.to.length &&
      crew.presence.from[window] < end &&
      (!whole || (crew.presence.from[window] <= start && crew.presence.to[window] >= end));
    if (!present) continue;
    for (let k = crew.from; k < crew.to; k += 1) {
      if (coveredFrom(validity[k], start, whole ? end : start + 1) !== start) continue;
      const others = blocksIn(engaged[people[k]], start, end);
      if (others.length === 0 || (fewest && others.length >= fewest.length)) continue;
      if (!others.every(mayPush)) continue;
      if (others.length === 1) return others;
      fewest = others;
    }
  }
  return fewest;
}

/** The same for the instruments of a task. */
export function toolsToFree(
  state: State,
  task: number,
  place: Readonly<Place>,
  mayPush: MayPush,
): number[] | null {
  const { problem, busy } = state;
  const reason: Reason = { kind: 0, by: NONE };
  const renewed = problem.takes[task];
  if (renewed !== NONE && renewed !== place.unit) {
    const others = blocksIn(busy[renewed], place.start, place.end);
    if (others.length > 0) return others.every(mayPush) ? others : null;
  }
  let fewest: number[] | null = null;
  for (let need = problem.toolFrom[task]; need < problem.toolFrom[task + 1]; need += 1) {
    if (problem.toolClass[need] === NONE) continue;
    for (const e of problem.instrumentsOf[problem.toolClass[need]]) {
      if (validFrom(state, e, NONE, place.start, place.end, reason) !== place.start) continue;
      const window = windowAt(problem.up[e], place.start);
      if (problem.up[e].from[window] > place.start || problem.up[e].to[window] < place.end) continue;
      const others = blocksIn(busy[e], place.start, place.end);
      if (others.length > 0 && (!fewest || others.length < fewest.length) && others.every(mayPush)) {
        fewest = others;
      }
    }
  }
  return fewest;
}

/** The tasks with a block that touches [start, end). */
export function blocksIn(timeline: Timeline, start: number, end: number): number[] {
  const tasks: number[] = [];
  for (let k = timeline.after(start); k < timeline.length && timeline.startAt(k) < end; k += 1) {
    tasks.push(timeline.taskAt(k));
  }
  return tasks;
}
