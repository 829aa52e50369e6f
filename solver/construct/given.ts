import { type Bounds, boundsOf } from '#solver/evaluate/bounds.ts';
import { placeOfAssignment } from '#solver/evaluate/load.ts';
import { fit } from '#solver/evaluate/fit.ts';
import { findPlace } from '#solver/evaluate/slot.ts';
import { keepCrew } from '#solver/evaluate/keep.ts';
import { type State, emptyPlace, isPlaced, joinOverlaps, put, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { type Given, NONE, type Problem, SHARED, setupRange } from '#solver/problem/problem.ts';
import { type Reason, clock, refusalOf, taskName } from '#solver/problem/reason.ts';

const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };

/** Places what is not ours to decide: facts first, then commitments and pins by their start, where they are feasible. */
export function placeGiven(state: State): void {
  const { problem } = state;
  const committed: number[] = [];
  for (let task = 0; task < problem.taskCount; task += 1) {
    const given = problem.given[task];
    if (given?.kind === 'started') {
      const fact = placeOfAssignment(problem, given.assignment);
      if (fact) put(state, task, fact);
    } else if (given !== undefined || problem.pinned[task] < NEVER) committed.push(task);
  }
  joinOverlaps(state);
  const startOf = (task: number): number =>
    problem.pinned[task] < NEVER
      ? problem.pinned[task]
      : (problem.given[task]?.assignment.start ?? 0) - problem.origin;
  committed.sort((a, b) => startOf(a) - startOf(b) || a - b);
  for (const task of committed) {
    if (problem.pinned[task] < NEVER) placePinned(state, task);
    else placeFrozen(state, task);
  }
  if (problem.budget < NEVER) placeBaseline(state);
}

/** A commitment stays where it is still feasible; otherwise it is planned like any other task. */
function placeFrozen(state: State, task: number): void {
  const given = state.problem.given[task];
  if (given) placeAsBefore(state, task, given.assignment);
}

/**
 * Under a disruption budget whatever can stay where it was stays at first; the search may move it later. Tasks that hold
 * times tie together stay all or none.
 */
function placeBaseline(state: State): void {
  const { problem } = state;
  const { predFrom, predTask, groupOf, groupFrom, groupTask, taskOf } = problem;
  const mine: number[] = [];
  for (const place of (problem.plan.baseline ?? []).toSorted((a, b) => a.start - b.start)) {
    const task = taskOf.get(place.task);
    if (task === undefined || isPlaced(state, task) || state.unplaced.has(task)) continue;
    if (predTask.subarray(predFrom[task], predFrom[task + 1]).some((pred) => !isPlaced(state, pred)))
      continue;
    placeAsBefore(state, task, place);
    if (isPlaced(state, task)) mine.push(task);
  }
  for (const task of mine) {
    const group = groupOf[task];
    const members = groupTask.subarray(groupFrom[group], groupFrom[group + 1]);
    if (isPlaced(state, task) && members.some((member) => !isPlaced(state, member))) takeOut(state, task);
  }
}

function placeAsBefore(state: State, task: number, assignment: Given['assignment']): void {
  const { problem } = state;
  const had = placeOfAssignment(problem, assignment);
  if (!had || problem.flaw[task]) return;
  for (let mode = problem.modeFrom[task]; mode < problem.modeFrom[task + 1]; mode += 1) {
    if (problem.modeUnit[mode] !== had.unit) continue;
    const bounds: Bounds = { ...boundsOf(state, task, true, reason) };
    if (bounds.runFrom > had.runStart || bounds.from > had.start) return;
    bounds.from = had.start;
    bounds.runFrom = had.runStart;
    if (
      findPlace(state, task, mode, bounds, place, reason) &&
      place.start === had.start &&
      place.end === had.end
    ) {
      keepCrew(state, task, place, had);
      put(state, task, place);
      return;
    }
  }
}

/**
 * A pinned start is exact; what makes it impossible is the reason why the task has no place. As nobody knows yet what
 * will run before it, it holds room for the longest setup, and promises its run after the shortest.
 */
export function placePinned(state: State, task: number): void {
  const { problem } = state;
  const { modeUnit, shared } = problem;
  const start = problem.pinned[task];
  if (problem.flaw[task]) return;
  if (start < problem.now) {
    state.unplaced.set(task, {
      task: problem.plan.tasks[task].id,
      code: 'PINNED',
      object: taskName(problem, task),
      text: `pinned at ${clock(problem, start)}, which has passed without a start; move it or take the pin away`,
    });
    return;
  }
  let next: number = NEVER;
  for (let mode = problem.modeFrom[task]; mode < problem.modeFrom[task + 1]; mode += 1) {
    const [shortest, longest] = setupRange(problem, mode);
    const bounds: Bounds = { ...boundsOf(state, task, true, reason) };
    bounds.from = Math.max(bounds.from, start);
    if (shortest < longest && !leadsByStart(problem, task) && shared[modeUnit[mode]] !== SHARED.batch) {
      bounds.setup = longest;
      if (findPlace(state, task, mode, bounds, place, reason) && place.start === start) {
        const { end } = place;
        place.setup = shortest;
        if (fit(state, mode, start, -NEVER, place) && place.runStart >= bounds.runFrom) {
          place.end = end;
          state.reserved[task] = 1;
          put(state, task, place);
          return;
        }
      }
      bounds.setup = NONE;
    }
    const found = findPlace(state, task, mode, bounds, place, reason);
    if (found && place.start === start) {
      put(state, task, place);
      return;
    }
    if (found) next = Math.min(next, place.start);
  }
  refusePinned(state, task, start, next);
}

/** Now that everything stands, pinned tasks take their true setup; the room they held covers it. */
export function settlePins(state: State): void {
  const { problem } = state;
  for (let task = 0; task < problem.taskCount; task += 1) {
    if (state.reserved[task] === 0) continue;
    state.reserved[task] = 0;
    const start = state.start[task];
    const unit = state.unit[task];
    takeOut(state, task);
    let mode = problem.modeFrom[task];
    while (problem.modeUnit[mode] !== unit) mode += 1;
    const bounds: Bounds = { ...boundsOf(state, task, true, reason) };
    bounds.from = start;
    const found = findPlace(state, task, mode, bounds, place, reason);
    if (found && place.start === start) put(state, task, place);
    else refusePinned(state, task, start, found ? place.start : NEVER);
  }
}

function refusePinned(state: State, task: number, start: number, next: number): void {
  const { problem } = state;
  const refusal = refusalOf(problem, task, reason, next);
  state.unplaced.set(task, {
    task: problem.plan.tasks[task].id,
    ...refusal,
    text: `pinned at ${clock(problem, start)}, where it cannot stand: ${refusal.text}`,
  });
}

/** Does anything follow the start of its run, which is not known before its setup is? */
function leadsByStart(problem: Problem, task: number): boolean {
  for (let k = problem.succFrom[task]; k < problem.succFrom[task + 1]; k += 1) {
    const relation = problem.succRelation[k];
    if (problem.predFromEnd[relation] === 0 || problem.predShare[relation] > 0) return true;
  }
  return false;
}
