import { earliestRun } from '#solver/evaluate/bounds.ts';
import { mustStay } from '#solver/evaluate/budget.ts';
import { holds, lateFor } from '#solver/evaluate/relations.ts';
import { storedUntil } from '#solver/evaluate/storage.ts';
import { type Place, type State, emptyPlace, isPlaced, put, takeOut } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock, refusalOf, taskName } from '#solver/problem/reason.ts';
import { bestPlace } from './best-place.ts';

/** How often a group is moved on until its hold times fit. */
const MOST_TRIES = 400;

const place = emptyPlace();
const reason: Reason = { kind: 0, by: NONE };
const unused: Reason = { kind: 0, by: NONE };

/** The earliest run that earlier tries found too early, by task; kept between calls and cleared after each. */
let delayed = new Int32Array(0);

/**
 * Places the tasks of a group one after the other, each as early as it goes. Where a task misses its hold time, the
 * task before it is delayed by what is missing and the rest placed again: all of them get a place, or none and a reason.
 */
export function placeGroup(state: State, group: number, setupPrice: number): boolean {
  const { problem } = state;
  const { groupFrom, groupTask, flaw, predFrom, predTask, predZone } = problem;
  const first = groupFrom[group];
  const last = groupFrom[group + 1];
  if (delayed.length < problem.taskCount) delayed = new Int32Array(problem.taskCount).fill(-NEVER);
  for (let k = first; k < last; k += 1) {
    const refused = state.unplaced.get(groupTask[k]);
    if (refused) return refuse(state, group, groupTask[k], refused);
    if (problem.pinned[groupTask[k]] < NEVER && !isPlaced(state, groupTask[k])) {
      return refuse(state, group, groupTask[k], lostPin(problem, groupTask[k]));
    }
    const flawed = flaw[groupTask[k]];
    if (flawed) return refuse(state, group, groupTask[k], flawed);
    const missing = unplacedPredecessor(state, groupTask[k], group);
    if (missing !== NONE) {
      return refuse(state, group, groupTask[k], {
        code: 'PREDECESSOR_NOT_FINISHED',
        object: taskName(problem, missing),
        text: `${taskName(problem, missing)}, which comes before it, has no place`,
      });
    }
  }
  const own: number[] = [];
  for (let k = first; k < last; k += 1) if (!isPlaced(state, groupTask[k])) own.push(groupTask[k]);
  let failed: number = NONE;
  let at = 0;
  for (let tries = 0; at < own.length && failed === NONE;) {
    const task = own[at];
    if (bestPlace(state, task, delayed[task], setupPrice, place, reason) === NONE) {
      failed = task;
      break;
    }
    if (!isLate(state, task, place)) {
      put(state, task, place);
      at += 1;
      continue;
    }
    // Delay whoever holds it, and start again from the first of them.
    let back = at;
    for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
      const pred = predTask[r];
      if (!holds(state, r) || !isPlaced(state, pred)) continue;
      const late = lateFor(state, r, task, place);
      if (late <= 0) continue;
      const index = own.indexOf(pred);
      if (index === -1 || tries >= MOST_TRIES) {
        failed = task;
        const isFull = predZone[r] !== NONE && storedUntil(state, task) < place.runStart;
        reason.kind = isFull ? REASON.storage : REASON.hold;
        reason.by = isFull ? predZone[r] : task;
        break;
      }
      delayed[pred] = Math.max(delayed[pred], state.runStart[pred] + late);
      back = Math.min(back, index);
    }
    if (failed !== NONE) break;
    tries += 1;
    for (let k = at - 1; k >= back; k -= 1) takeOut(state, own[k]);
    at = back;
  }
  if (failed !== NONE) for (let k = at - 1; k >= 0; k -= 1) takeOut(state, own[k]);
  for (const task of own) delayed[task] = -NEVER;
  return failed === NONE || refuse(state, group, failed, explained(state, failed));
}

/** A pinned start is exact: where it cannot be had there is no other. */
const lostPin = (problem: Problem, task: number): ReturnType<typeof refusalOf> => ({
  code: 'PINNED',
  object: taskName(problem, task),
  text: `pinned at ${clock(problem, problem.pinned[task])}, where it cannot stand`,
});

/** Takes back what `placeGroup` placed. */
export function withdrawGroup(state: State, group: number): void {
  const { groupFrom, groupTask, given, pinned } = state.problem;
  for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
    const task = groupTask[k];
    if (isPlaced(state, task) && given[task] === undefined && pinned[task] >= NEVER) takeOut(state, task);
  }
}

/** Does the place miss a hold time or the storage of a placed predecessor? */
function isLate(state: State, task: number, place: Readonly<Place>): boolean {
  const { predFrom, predTask } = state.problem;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (holds(state, r) && isPlaced(state, predTask[r]) && lateFor(state, r, task, place) > 0) return true;
  }
  return false;
}

/** A predecessor outside the group that has no place; NONE when all have one. */
function unplacedPredecessor(state: State, task: number, group: number): number {
  const { predFrom, predTask, groupOf } = state.problem;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (groupOf[predTask[r]] !== group && !isPlaced(state, predTask[r])) return predTask[r];
  }
  return NONE;
}

/** The failed task's reason in words: what bounds it, and what stood in the way last. */
function explained(state: State, task: number): ReturnType<typeof refusalOf> {
  const { problem } = state;
  if (mustStay(state, task)) return refusalOf(problem, task, { kind: REASON.budget, by: NONE }, NEVER);
  const refusal = refusalOf(problem, task, reason, NEVER);
  const bound = Math.max(earliestRun(state, task, unused), problem.now);
  const { deadline } = problem.plan.tasks[task];
  if (reason.kind === REASON.hold || reason.kind === REASON.storage || bound < problem.latest[task]) {
    return deadline !== undefined && refusal.code !== 'CAL_EXPIRED' && refusal.code !== 'QUAL_MISSING'
      ? { ...refusal, code: 'AFTER_DEADLINE', text: `it cannot end by its deadline: ${refusal.text}` }
      : { ...refusal, text: `${refusal.text} (up to the end of the horizon)` };
  }
  return {
    code: deadline === undefined ? 'OUTSIDE_HORIZON' : 'AFTER_DEADLINE',
    object: refusal.object,
    text: `it would start after ${deadline === undefined ? 'the horizon' : 'its deadline'}: ${refusal.text}`,
  };
}

function refuse(state: State, group: number, culprit: number, refusal: ReturnType<typeof refusalOf>): false {
  const { problem } = state;
  for (let k = problem.groupFrom[group]; k < problem.groupFrom[group + 1]; k += 1) {
    const task = problem.groupTask[k];
    if (isPlaced(state, task) || state.unplaced.has(task)) continue;
    const own = task === culprit;
    state.unplaced.set(task, {
      task: problem.plan.tasks[task].id,
      code: own ? refusal.code : 'HOLD_TIME_EXCEEDED',
      object: own ? refusal.object : taskName(problem, culprit),
      text: own
        ? refusal.text
        : `tied by its hold time to ${taskName(problem, culprit)}, which has no place: ${refusal.text}`,
    });
  }
  return false;
}
