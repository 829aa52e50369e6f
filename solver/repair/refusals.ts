import type { Refusal } from '#shared/domain/refusal.ts';
import { earliestRun, latestRun, successorWindow, type Window } from '#solver/evaluate/bounds.ts';
import type { Place, State } from '#solver/evaluate/state.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason, clock, refusalOf, taskName } from '#solver/problem/reason.ts';

const reason: Reason = { kind: REASON.none, by: NONE };
const window: Window = { runFrom: 0, runUntil: 0, endFrom: 0, endUntil: 0, by: NONE };

/** Release, lots and predecessors. */
export function tooEarly(state: State, task: number, runStart: number): Refusal | null {
  const bound = earliestRun(state, task, reason);
  return runStart < bound ? refusalOf(state.problem, task, reason, bound) : null;
}

/** Deadline, horizon, expiry of lots, hold time of the moved task, and successors that may not be pushed. */
export function tooLate(state: State, task: number, moved: number, place: Readonly<Place>): Refusal | null {
  const { problem } = state;
  const { runStart, end } = place;
  const { deadline } = problem.plan.tasks[task];
  const name = taskName(problem, task);
  if (end > problem.latest[task]) {
    const isDeadline = deadline !== undefined && end > deadline - problem.origin;
    const isHorizon = end > problem.end;
    const what = isDeadline ? 'its deadline' : isHorizon ? 'the horizon' : 'its material expires';
    return {
      code: isDeadline ? 'AFTER_DEADLINE' : isHorizon ? 'OUTSIDE_HORIZON' : 'LOT_EXPIRED',
      object: name,
      text: `${name} would end ${clock(problem, end)}, after ${what} ${clock(problem, problem.latest[task])}`,
    };
  }
  const held = latestRun(state, task);
  if (task === moved && runStart > held) {
    return {
      code: 'HOLD_TIME_EXCEEDED',
      object: name,
      text: `the hold time before ${name} ends ${clock(problem, held)}`,
    };
  }
  successorWindow(state, task, window);
  const isPast = end > window.endUntil || runStart > window.runUntil;
  if (!isPast || problem.fixed[window.by] === 0) return null;
  const after = taskName(problem, window.by);
  return {
    code: 'SUCCESSOR_TOO_EARLY',
    object: after,
    text: `${after} follows ${clock(problem, state.start[window.by])} and may not be pushed`,
  };
}

/** What keeps a pushed task from a place is the drop's fault. */
export function pushedTooFar(state: State, task: number, refusal: Refusal): Refusal {
  const name = taskName(state.problem, task);
  const text = refusal.object === name ? refusal.text : `${name} would have no place: ${refusal.text}`;
  return { ...refusal, object: name, text: `it would push others too far: ${text}` };
}

export function busyWith(state: State, other: number): Refusal {
  const { problem, end } = state;
  const started = problem.given[other]?.kind === 'started';
  const name = taskName(problem, other);
  return {
    code: 'UNIT_BUSY',
    object: name,
    text: `${name} is there until ${clock(problem, end[other])} and ${started ? 'has started' : 'is fixed'}`,
  };
}
