import type { Amounts } from './amounts.ts';
import type { State } from './state.ts';

/** The share of attention that a task's need asks of each person, by the need's place in the task's own list; all of it where the need is not known. */
export function attentionOf({ problem }: State, task: number, position: number): number {
  const { needFrom, needIndex, needAttention } = problem;
  for (let need = needFrom[task]; need < needFrom[task + 1]; need += 1) {
    if (needIndex[need] === position) return needAttention[need];
  }
  return 1;
}

/** `start` when the person has the attention that the need asks for over [start, end), otherwise the next start worth a try. */
export function attentionFrom(
  state: State,
  need: number,
  person: number,
  start: number,
  end: number,
): number {
  const { amounts, problem } = state;
  if (amounts === null || amounts.attention.length === 0) return start;
  return amounts.attention[person].freeFrom(start, end, problem.needAttention[need]);
}

/** Until when the person keeps the attention that the need asks for. */
export function attentionUntil(
  state: State,
  need: number,
  person: number,
  start: number,
  until: number,
): number {
  const { amounts, problem } = state;
  if (amounts === null || amounts.attention.length === 0) return until;
  return Math.min(until, amounts.attention[person].fullFrom(start, problem.needAttention[need]));
}

export function holdAttention(state: State, { attention }: Amounts, task: number): void {
  if (attention.length === 0) return;
  const { stints } = state;
  for (let k = 0; k < stints.length[task]; k += 4) {
    const share = attentionOf(state, task, stints.at(task, k));
    attention[stints.at(task, k + 1)].insert(stints.at(task, k + 2), stints.at(task, k + 3), task, share);
  }
}

export function releaseAttention(state: State, { attention }: Amounts, task: number): void {
  if (attention.length === 0) return;
  const { stints } = state;
  for (let k = 0; k < stints.length[task]; k += 4) {
    attention[stints.at(task, k + 1)].remove(stints.at(task, k + 2), task);
  }
}

/** Does the stint leave attention for others? Then it is not on the timeline of somebody who is in one stint at a time. */
export const isPartial = (state: State, { attention }: Amounts, task: number, position: number): boolean =>
  attention.length > 0 && attentionOf(state, task, position) < 1;
