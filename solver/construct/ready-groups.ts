import type { State } from '#solver/evaluate/state.ts';
import type { Problem } from '#solver/problem/problem.ts';

/** Which groups have all their predecessors behind them. */
export class ReadyGroups {
  readonly settled: Uint8Array;
  readonly queue: number[] = [];
  readonly #waiting: Int32Array;
  readonly #problem: Problem;

  constructor(state: State) {
    const { problem } = state;
    const groups = problem.groupFrom.length - 1;
    this.#problem = problem;
    this.settled = new Uint8Array(groups);
    this.#waiting = new Int32Array(groups);
    for (let task = 0; task < problem.taskCount; task += 1) {
      for (let r = problem.predFrom[task]; r < problem.predFrom[task + 1]; r += 1) {
        if (problem.groupOf[problem.predTask[r]] !== problem.groupOf[task]) {
          this.#waiting[problem.groupOf[task]] += 1;
        }
      }
    }
    for (let group = 0; group < groups; group += 1) if (this.#waiting[group] === 0) this.queue.push(group);
  }

  isReady(group: number): boolean {
    return this.#waiting[group] === 0;
  }

  /** Placed or refused: its successors may follow. */
  settle(group: number): void {
    const { groupFrom, groupTask, groupOf, succFrom, succTask } = this.#problem;
    this.settled[group] = 1;
    for (let k = groupFrom[group]; k < groupFrom[group + 1]; k += 1) {
      const task = groupTask[k];
      for (let s = succFrom[task]; s < succFrom[task + 1]; s += 1) {
        const after = groupOf[succTask[s]];
        if (after !== group && --this.#waiting[after] === 0 && this.settled[after] === 0)
          this.queue.push(after);
      }
    }
  }
}
