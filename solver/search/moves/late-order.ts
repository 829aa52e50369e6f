import { earliestRun } from '#solver/evaluate/bounds.ts';
import type { Timeline } from '#solver/evaluate/timeline.ts';
import type { Step } from '#solver/search/step.ts';
import { NONE } from '#solver/problem/problem.ts';
import type { Reason } from '#solver/problem/reason.ts';
import { anyOf, costlyOrder } from './costly.ts';
import type { Move } from './move.ts';
import { removeRun } from './segment.ts';

const reason: Reason = { kind: 0, by: NONE };

/** An order that costs much, or its last steps, with one to three tasks that stand where it would rather be; it goes back first. */
export const lateOrder: Move = {
  name: 'Late order and what blocks it',
  destroy(step) {
    const { shape, problem } = step.state;
    const { orderFrom, orderTask } = shape;
    const order = costlyOrder(step);
    const first = orderFrom[order];
    const last = orderFrom[order + 1];
    const from = step.random() < 0.5 ? first : first + Math.floor(step.random() * (last - first));
    for (let k = from; k < last; k += 1) {
      // An order may have tasks that nothing moves.
      step.remove(orderTask[k]);
    }
    const own = step.count;
    if (own === 0) return false;
    const stretches = step.random() < 0.7 ? 1 : 2;
    for (let k = 0; k < stretches; k += 1) removeBlockers(step, step.out[Math.floor(step.random() * own)]);
    const isFirst = step.random() < 0.8;
    step.arrange((task) => (isFirst && problem.order[task] === order ? -1 : step.random()));
    return true;
  },
};

/** How many blocks after the earliest run a blocker is drawn from. */
const NEAR = 6;

/** Takes out one to three neighbours that hold, between the task's earliest run and where it was, a unit, a person or an instrument that would do. */
function removeBlockers(step: Step, task: number): void {
  const { state, random } = step;
  const { problem, shape } = state;
  const turn = random();
  let timeline: Timeline | undefined;
  if (turn < 0.5)
    timeline =
      state.busy[problem.modeUnit[anyOf(problem.modeFrom[task], problem.modeFrom[task + 1], random)]];
  else if (turn < 0.75 && shape.toolClass[task] !== NONE) {
    const instruments = problem.instrumentsOf[shape.toolClass[task]];
    timeline = state.busy[instruments[anyOf(0, instruments.length, random)]];
  } else if (shape.qualification[task] !== NONE) {
    const { people } = problem.qualified[shape.qualification[task]];
    timeline = state.engaged[people[anyOf(0, people.length, random)]];
  }
  if (!timeline) return;
  const from = timeline.after(earliestRun(state, task, reason));
  const to = Math.min(timeline.after(state.end[task]), from + NEAR);
  if (from < to) removeRun(step, timeline, anyOf(from, to, random), 1 + Math.floor(random() ** 2 * 3));
}
