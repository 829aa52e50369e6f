import type { Timeline } from '#solver/evaluate/timeline.ts';
import type { Step } from '#solver/search/step.ts';
import type { Move } from './move.ts';

/** Two to nine neighbours on a unit, sequenced anew: at random, by family, or by what is due. */
export const segment: Move = {
  name: 'Neighbours on a unit',
  destroy(step) {
    const { state, random } = step;
    const { problem } = state;
    const task = Math.floor(random() * problem.taskCount);
    const unit = state.unit[task];
    if (unit < 0) return false;
    const busy = state.busy[unit];
    const length = 2 + Math.floor(random() ** 2 * 8);
    removeRun(step, busy, busy.after(state.start[task]), length);
    if (step.count === 0) return false;
    const { family, due } = problem;
    const turn = random();
    if (turn < 0.4) {
      const salt = Math.floor(random() * 1_000_003);
      step.arrange((out) => ((family[out] + 1) * 7919 * (salt + 1)) % 1_000_003);
    } else if (turn < 0.7) step.arrange((out) => due[out]);
    else step.arrange(random);
    return true;
  },
};

/** Takes out up to `length` neighbours from position `k` of a timeline on; what cannot move stays. */
export function removeRun(step: Step, blocks: Timeline, k: number, length: number): void {
  let at = k;
  for (let n = 0; n < length && at < blocks.length; n += 1) {
    const before = blocks.length;
    if (!step.remove(blocks.task[at]) || blocks.length === before) at += 1;
  }
}
