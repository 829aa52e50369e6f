import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { earliestRun, latestRun, successorWindow, type Window } from '#solver/evaluate/bounds.ts';
import { type Place, type State, isPlaced } from '#solver/evaluate/state.ts';
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
export function tooLate(
  state: State,
  task: number,
  moved: ReadonlySet<number>,
  place: Readonly<Place>,
): Refusal | null {
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
  if (moved.has(task) && runStart > held) {
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
  const isStarted = problem.given[other]?.kind === 'started';
  const why = isStarted ? 'has started' : problem.fixed[other] === 1 ? 'is fixed' : 'would have to move';
  const name = taskName(problem, other);
  return {
    code: 'UNIT_BUSY',
    object: name,
    text: `${name} is there until ${clock(problem, end[other])} and ${why}`,
  };
}

/** What no place on this row can mend. */
export function neverThere(
  state: State,
  id: TaskId,
  { task, mode }: { readonly task: number; readonly mode: number },
  unit: EquipmentId,
): Refusal | null {
  const { problem } = state;
  if (task === NONE) return { code: 'WRONG_UNIT', object: id, text: `${id} is not part of the plan` };
  const given = problem.given[task];
  if (given?.kind === 'started') {
    const isDone = given.assignment.end <= problem.plan.now;
    return {
      code: isDone ? 'TASK_DONE' : 'TASK_STARTED',
      object: id,
      text: `${id} ${isDone ? 'is done' : 'has started'} and stays where it is`,
    };
  }
  if (mode === NONE) {
    const name = problem.equipment[problem.equipmentOf.get(unit) ?? NONE]?.name ?? unit;
    return { code: 'WRONG_UNIT', object: name, text: `${name} cannot run ${taskName(problem, task)}` };
  }
  for (let r = problem.predFrom[task]; r < problem.predFrom[task + 1]; r += 1) {
    const pred = problem.predTask[r];
    if (isPlaced(state, pred)) continue;
    const name = taskName(problem, pred);
    return {
      code: 'PREDECESSOR_NOT_FINISHED',
      object: name,
      text: `${name}, which comes before it, has no place; place it first`,
    };
  }
  return problem.flaw[task] ?? null;
}
