import { isPlaced } from '#solver/evaluate/state.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Timeline } from '#solver/evaluate/timeline.ts';
import type { Step } from '#solver/search/step.ts';
import { costlyTask } from './costly.ts';
import type { Move } from './move.ts';
import { shuffled } from './shuffled.ts';

/** Two to nine neighbours on a unit, sequenced anew: at random, by family, or by what is due. */
export const segment: Move = {
  name: 'Neighbours on a unit',
  destroy: (step) => removeNeighbours(step) && resequence(step),
};

/** The same with all that follows in their orders, so that they may go to any later time. */
export const segmentAndFollowers: Move = {
  name: 'Neighbours on a unit and what follows them',
  destroy(step) {
    if (!removeNeighbours(step)) return false;
    step.removeFollowers();
    return resequence(step);
  },
};

function removeNeighbours(step: Step): boolean {
  const { state, random } = step;
  const task = costlyTask(step);
  if (task === NONE || !isPlaced(state, task)) return false;
  const busy = state.busy[state.unit[task]];
  removeRun(step, busy, busy.after(state.start[task]), 2 + Math.floor(random() ** 2 * 8));
  return step.count > 0;
}

function resequence(step: Step): true {
  const { family, due } = step.state.problem;
  const turn = step.random();
  if (turn < 0.4) {
    const keyOf = shuffled(step.random);
    step.arrange((task) => keyOf(family[task]));
  } else if (turn < 0.7) step.arrange((task) => due[task]);
  else step.arrange(step.random);
  return true;
}

/** Takes out up to `length` neighbours from position `k` of a timeline on; what cannot move stays. */
export function removeRun(step: Step, blocks: Timeline, k: number, length: number): void {
  let at = k;
  for (let n = 0; n < length && at < blocks.length; n += 1) {
    const before = blocks.length;
    if (!step.remove(blocks.taskAt(at)) || blocks.length === before) at += 1;
  }
}
