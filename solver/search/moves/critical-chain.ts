import { type State, isPlaced } from '#solver/evaluate/state.ts';
import type { Timeline } from '#solver/evaluate/timeline.ts';
import { NONE } from '#solver/problem/problem.ts';
import { costlyOrder } from './costly.ts';
import type { Move } from './move.ts';

/** Tasks of the chain that come out: at least, and how many more at most. */
const FEWEST = 3;
const MORE = 6;

/** From the end of a costly order back along what each task waited for: its predecessor, or the block before it on its unit, with its person or instrument. */
export const criticalChain: Move = {
  name: 'What a late order waits for',
  destroy(step) {
    const { state, random } = step;
    const { problem } = state;
    const order = costlyOrder(step);
    const length = FEWEST + Math.floor(random() * MORE);
    let task = lastOf(state, order);
    // What hold times tie to a task comes out with it.
    for (let k = 0; k < length && task !== NONE && isPlaced(state, task); k += 1) {
      const before = waitsFor(state, task);
      step.remove(task);
      task = before;
    }
    if (step.count === 0) return false;
    const isFirst = random() < 0.8;
    step.arrange((out) => (isFirst && problem.order[out] === order ? -1 : random()));
    return true;
  },
};

/** The order's task that ends last; NONE where it has no task with a place. */
function lastOf({ shape, unit, end }: State, order: number): number {
  let last: number = NONE;
  for (let k = shape.orderFrom[order]; k < shape.orderFrom[order + 1]; k += 1) {
    const task = shape.orderTask[k];
    if (unit[task] !== NONE && (last === NONE || end[task] > end[last])) last = task;
  }
  return last;
}

/** Whatever ends last of what must end before the task; NONE where nothing does. */
function waitsFor(state: State, task: number): number {
  const { problem, unit, start, end, stints, tools } = state;
  const { predFrom, predTask } = problem;
  let latest: number = NONE;
  const consider = (other: number): void => {
    if (latest === NONE || end[other] > end[latest]) latest = other;
  };
  const considerBefore = (blocks: Timeline): void => {
    const k = blocks.after(start[task]) - 1;
    if (k >= 0) consider(blocks.taskAt(k));
  };
  considerBefore(state.busy[unit[task]]);
  for (let k = 1; k < stints.length[task]; k += 4) considerBefore(state.engaged[stints.at(task, k)]);
  for (let k = 0; k < tools.length[task]; k += 1) considerBefore(state.busy[tools.at(task, k)]);
  for (let r = predFrom[task]; r < predFrom[task + 1]; r += 1) {
    if (isPlaced(state, predTask[r])) consider(predTask[r]);
  }
  return latest;
}
