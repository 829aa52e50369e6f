import { NEVER } from '#solver/problem/open-time.ts';
import type { Problem } from '#solver/problem/problem.ts';
import type { Amounts } from './amounts.ts';
import type { State } from './state.ts';

/** How much of the unit's capacity a task takes there; 1 on a unit that is not its own (what the line reported). */
export function loadOn({ modeFrom, modeUnit, modeLoad }: Problem, task: number, unit: number): number {
  for (let mode = modeFrom[task]; mode < modeFrom[task + 1]; mode += 1) {
    if (modeUnit[mode] === unit) return modeLoad[mode];
  }
  return 1;
}

/** `start` when the unit has room for the mode's load over [start, end), otherwise the next start worth a try. */
export function roomFrom(state: State, mode: number, start: number, end: number): number {
  const { modeUnit, modeLoad } = state.problem;
  const loads = state.amounts?.loads[modeUnit[mode]];
  return loads ? loads.freeFrom(start, end, modeLoad[mode]) : start;
}

/** The tasks that stand on the equipment or borrow it. */
export function usersOf(state: State, e: number): number[] {
  const loads = state.amounts?.loads[e];
  return [...state.busy[e].tasks(), ...(loads?.ownersIn(-NEVER, NEVER) ?? [])];
}

/** A renewal of the unit that is carried out elsewhere takes all of it. */
export function holdLoad(state: State, { loads }: Amounts, task: number): void {
  const { problem, unit, start, end, tools } = state;
  loads[unit[task]]?.insert(start[task], end[task], task, loadOn(problem, task, unit[task]));
  for (let k = 0; k < tools.length[task]; k += 1) {
    const load = loads[tools.at(task, k)];
    load?.insert(start[task], end[task], task, load.limit);
  }
}

export function releaseLoad(state: State, { loads }: Amounts, task: number): void {
  const { unit, start, tools } = state;
  loads[unit[task]]?.remove(start[task], task);
  for (let k = 0; k < tools.length[task]; k += 1) loads[tools.at(task, k)]?.remove(start[task], task);
}
