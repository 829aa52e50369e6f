import { Heap } from '#solver/run/heap.ts';
import { solutionOf } from '#solver/evaluate/snapshot.ts';
import { type State, isPlaced, newState } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import type { Problem } from '#solver/problem/problem.ts';
import type { Solution } from '#solver/problem/solution.ts';
import { dispatch } from './dispatch.ts';
import { placeGiven, settlePins } from './given.ts';
import { placeGroup } from './group.ts';
import { dropOrphans } from './orphans.ts';
import type { Priorities } from './priorities.ts';
import { ReadyGroups } from './ready-groups.ts';
import type { Rule } from './rules.ts';

/** A schedule by one dispatch rule. Returns null when `cancelled` says so on the way. */
export function construct(
  problem: Problem,
  rule: Rule,
  priorities: Priorities | null,
  cancelled: () => boolean,
): Solution | null {
  const state = newState(problem);
  const ready = startGiven(state, rule.setupPrice);
  if (!dispatch(state, ready, rule, priorities, cancelled)) return null;
  finishGiven(state);
  return solutionOf(state, rule.name);
}

/** What somebody decided, and what is asked for by a certain time, stands before anything else; says what may follow. */
export function startGiven(state: State, setupPrice: number): ReadyGroups {
  placeGiven(state);
  const ready = new ReadyGroups(state);
  placeUrgent(state, ready, setupPrice);
  return ready;
}

/** When everything stands, pins take their true setup and what lost its predecessors goes. */
export function finishGiven(state: State): void {
  settlePins(state);
  dropOrphans(state);
}

/** Deadlines, renewals and whatever a pinned task waits for go first, by the time that they are asked for. */
function placeUrgent(state: State, ready: ReadyGroups, setupPrice: number): void {
  const { urgent, groupFrom, groupTask } = state.problem;
  const asked = (group: number): number => {
    let earliest: number = NEVER;
    for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
      if (!isPlaced(state, groupTask[k])) earliest = Math.min(earliest, urgent[groupTask[k]]);
    }
    return earliest;
  };
  const heap = new Heap();
  const normal: number[] = [];
  for (;;) {
    for (const group of ready.queue.splice(0)) {
      const key = asked(group);
      if (key < NEVER) heap.push(key, group);
      else normal.push(group);
    }
    if (heap.size === 0) break;
    const group = heap.pop();
    placeGroup(state, group, setupPrice);
    ready.settle(group);
  }
  ready.queue.push(...normal);
}
