import { type Places, copyRow, isSameRow, newPlaces } from '#solver/problem/places.ts';
import { NONE } from '#solver/problem/problem.ts';
import { type State, isPlaced, putRow, takeOut } from './state.ts';

/** What one step of a search changes: the place of every touched task before the first touch, so that it can be taken back. */
export class Trail {
  /** The touched tasks: the first `count` of them. */
  readonly tasks: Int32Array;
  count = 0;
  readonly #state: State;
  /** Where the touched tasks stood, by position in `tasks`. */
  readonly #places: Places;
  readonly #touched: Uint8Array;

  constructor(state: State) {
    this.#state = state;
    this.tasks = new Int32Array(state.problem.taskCount);
    this.#touched = new Uint8Array(state.problem.taskCount);
    this.#places = newPlaces(state.problem.taskCount);
  }

  /** Remembers where the task stands; call it before every change. */
  note(task: number): void {
    if (this.#touched[task] === 1) return;
    this.#touched[task] = 1;
    copyRow(this.#places, this.count, this.#state, task);
    this.tasks[this.count++] = task;
  }

  /** Everything stands where it stood before. What is back there already is left alone. */
  rollback(): void {
    const { tasks, count } = this;
    for (let k = 0; k < count; k += 1) {
      const task = tasks[k];
      this.#touched[task] = 0;
      if (!isPlaced(this.#state, task)) continue;
      if (isSameRow(this.#state, task, this.#places, k)) tasks[k] = NONE;
      else takeOut(this.#state, task);
    }
    for (let k = 0; k < count; k += 1) {
      if (tasks[k] !== NONE && this.#places.unit[k] !== NONE) putRow(this.#state, tasks[k], this.#places, k);
    }
    this.count = 0;
  }

  /** Forgets the way back. */
  clear(): void {
    for (let k = 0; k < this.count; k += 1) this.#touched[this.tasks[k]] = 0;
    this.count = 0;
  }
}
