import { type State, isPlaced } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { placePinned, settlePins } from './given.ts';
import { placeGroup } from './group.ts';
import { dropOrphans } from './orphans.ts';

/** Tries every task without a place once more, predecessors first: what stops it now is its reason. */
export function explainUnplaced(state: State): void {
  const { groupFrom, groupTask, pinned, taskCount } = state.problem;
  for (let task = 0; task < taskCount; task += 1) {
    if (!isPlaced(state, task) && pinned[task] < NEVER) placePinned(state, task);
  }
  for (let group = 0; group + 1 < groupFrom.length; group += 1) {
    for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
      if (isPlaced(state, groupTask[k])) continue;
      placeGroup(state, group, 0);
      break;
    }
  }
  settlePins(state);
  dropOrphans(state);
}
