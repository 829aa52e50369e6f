import { windowAt } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { REASON, type Reason } from '#solver/problem/reason.ts';
import { coveredFrom } from '#solver/problem/validity.ts';
import type { State } from './state.ts';
import type { Timeline } from './timeline.ts';
import { upFrom, validFrom } from './tools.ts';

const reason: Reason = { kind: REASON.none, by: NONE };

/**
 * May a placed task take another setup with its run where it is? Its unit is open, and its person and instrument are
 * free and valid, from the new start on; what stands before it on the unit is for the caller to see.
 */
export function canTakeSetup(state: State, task: number, setup: number): boolean {
  const { problem, shape } = state;
  if (shape.plain[task] === 0 || problem.fixed[task] === 1) return false;
  const start = state.runStart[task] - setup;
  const was = state.start[task];
  if (start >= was) return true;
  if (start < problem.now) return false;
  const qualification = shape.qualification[task];
  const person = qualification === NONE ? NONE : state.stints.at(task, 1);
  const tool = shape.toolClass[task] === NONE ? NONE : state.tools.at(task, 0);
  if (person !== NONE && !isFreeBefore(state.engaged[person], start, was)) return false;
  if (tool !== NONE && !isFreeBefore(state.busy[tool], start, was)) return false;
  const unit = state.unit[task];
  const end = state.end[task];
  const open = problem.open[unit];
  if (open.from[windowAt(open, start)] > start || open.to[windowAt(open, start)] < end) return false;
  if (validFrom(state, unit, NONE, start, end, reason) !== start) return false;
  if (tool !== NONE) {
    if (upFrom(problem, tool, start, end) !== start) return false;
    if (validFrom(state, tool, NONE, start, end, reason) !== start) return false;
  }
  if (person === NONE) return true;
  const presence = problem.presence[person];
  if (presence.from[windowAt(presence, start)] > start) return false;
  const rank = shape.rank[qualification * problem.presence.length + person];
  return rank !== NONE && coveredFrom(problem.qualified[qualification].validity[rank], start, end) === start;
}

/** Is [start, was) free, where a block begins at `was`? */
const isFreeBefore = (blocks: Timeline, start: number, was: number): boolean =>
  blocks.startAt(blocks.after(start)) >= was;

/** Gives a placed plain task another setup; its run stays. */
export function takeSetup(state: State, task: number, setup: number): void {
  const was = state.start[task];
  const start = state.runStart[task] - setup;
  state.setup[task] = setup;
  state.start[task] = start;
  state.busy[state.unit[task]].restart(was, task, start);
  if (state.shape.toolClass[task] !== NONE) state.busy[state.tools.at(task, 0)].restart(was, task, start);
  if (state.shape.qualification[task] === NONE) return;
  state.stints.setAt(task, 2, start);
  state.engaged[state.stints.at(task, 1)].restart(was, task, start);
}
