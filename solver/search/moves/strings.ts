import { isPlaced } from '#solver/evaluate/state.ts';
import { NONE } from '#solver/problem/problem.ts';
import { costlyTask } from './costly.ts';
import type { Move } from './move.ts';
import { removeRun } from './segment.ts';

/** Runs of neighbours at about the same time on several units that share work (strings; Christiaens & Vanden Berghe 2020). */
export const strings: Move = {
  name: 'Strings at one time',
  destroy(step) {
    const { state, random } = step;
    const { modeFrom, modeUnit, weight, tail, due } = state.problem;
    const seed = costlyTask(step);
    if (seed === NONE || !isPlaced(state, seed)) return false;
    const at = state.start[seed];
    for (let mode = modeFrom[seed]; mode < modeFrom[seed + 1]; mode += 1) {
      const busy = state.busy[modeUnit[mode]];
      const length = 1 + Math.floor(random() ** 2 * 4);
      removeRun(step, busy, Math.max(0, busy.after(at) - Math.floor(random() * length)), length);
    }
    if (step.count === 0) return false;
    const turn = random();
    if (turn < 0.3) step.arrange(random);
    else if (turn < 0.6) step.arrange((task) => due[task] - tail[task]);
    else if (turn < 0.8) step.arrange((task) => -weight[task]);
    else step.arrange((task) => state.start[task]);
    return true;
  },
};
