import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { stayNear } from './budget.ts';
import { holdUntil, narrow, runAfterFirstBatch } from './relations.ts';
import { storedUntil } from './storage.ts';
import { type State, isPlaced } from './state.ts';

/** From when the run may start as far as release, lots and placed predecessors go; `reason` names what binds. */
export function earliestRun(state: State, task: number, reason: Reason): number {
  const { release, lotFrom, lotBy, predFrom, predTask, predFromEnd, predMin, predRich } = state.problem;
  let bound = release[task];
  reason.kind = REASON.release;
  reason.by = NONE;
  if (lotFrom[task] > bound) {
    bound = lotFrom[task];
    reason.kind = REASON.lot;
    reason.by = lotBy[task];
  }
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    const pred = predTask[r];
    if (predRich[r] === 1 || !isPlaced(state, pred)) continue;
    const from = (predFromEnd[r] === 1 ? state.end[pred] : state.runStart[pred]) + predMin[r];
    if (from > bound) {
      bound = from;
      reason.kind = REASON.predecessor;
      reason.by = pred;
    }
  }
  return state.problem.hasRichRelations ? runAfterFirstBatch(state, task, bound, reason) : bound;
}

/** Until when the run must start for the hold times after placed predecessors; NEVER without one. */
export function latestRun(state: State, task: number): number {
  const { predFrom, predTask, predToEnd } = state.problem;
  let bound = NEVER;
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (predToEnd[r] === 0 && isPlaced(state, predTask[r])) bound = Math.min(bound, holdUntil(state, r));
  }
  return state.amounts === null ? bound : Math.min(bound, storedUntil(state, task));
}

/**
 * What placed successors (pinned or given ones) leave: the run starts within [`runFrom`, `runUntil`], the end lies
 * within [`endFrom`, `endUntil`].
 */
export interface Window {
  runFrom: number;
  runUntil: number;
  endFrom: number;
  endUntil: number;
  /** The successor that binds the upper side. */
  by: number;
}

export function successorWindow(state: State, task: number, window: Window): void {
  const { succFrom, succTask, succRelation, predFromEnd, predMin, predMax, predRich } = state.problem;
  window.runFrom = window.endFrom = -NEVER;
  window.runUntil = window.endUntil = NEVER;
  window.by = NONE;
  for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
    const after = succTask[k];
    if (!isPlaced(state, after)) continue;
    const relation = succRelation[k];
    if (predRich[relation] === 1) continue;
    const until = state.runStart[after] - predMin[relation];
    const from = predMax[relation] < NEVER ? state.runStart[after] - predMax[relation] : -NEVER;
    if (predFromEnd[relation] === 1) {
      if (until < window.endUntil) {
        window.endUntil = until;
        window.by = after;
      }
      window.endFrom = Math.max(window.endFrom, from);
    } else {
      if (until < window.runUntil) {
        window.runUntil = until;
        window.by = after;
      }
      window.runFrom = Math.max(window.runFrom, from);
    }
  }
}

/** What a place must keep to, in seconds after the origin; `from` bounds the block's start. */
export interface Bounds {
  /** The only unit that is left; NONE: all of the task's. */
  unit: number;
  from: number;
  /** The block starts by then. */
  until: number;
  runFrom: number;
  runUntil: number;
  endFrom: number;
  endUntil: number;
  /** Setup to make room for, whatever comes before; NONE: the true one. */
  setup: number;
}

const window: Window = { runFrom: 0, runUntil: 0, endFrom: 0, endUntil: 0, by: NONE };
const bounds: Bounds = {
  unit: NONE,
  from: 0,
  until: NEVER,
  runFrom: 0,
  runUntil: 0,
  endFrom: 0,
  endUntil: 0,
  setup: NONE,
};

/** One object, valid until the next call. What releases, lots, deadlines and placed neighbours ask of a task; hold times of predecessors only when `held`. */
export function boundsOf(state: State, task: number, held: boolean, reason: Reason): Bounds {
  const { problem } = state;
  successorWindow(state, task, window);
  bounds.from = problem.now;
  bounds.runFrom = Math.max(earliestRun(state, task, reason), window.runFrom);
  bounds.runUntil = Math.min(window.runUntil, held ? latestRun(state, task) : NEVER);
  bounds.endFrom = window.endFrom;
  bounds.endUntil = Math.min(window.endUntil, problem.latest[task]);
  bounds.setup = NONE;
  bounds.unit = NONE;
  bounds.until = NEVER;
  if (problem.hasRichRelations) narrow(state, task, held, bounds, reason);
  if (state.amounts !== null && stayNear(state, task, bounds)) {
    reason.kind = REASON.budget;
    reason.by = NONE;
  }
  return bounds;
}
