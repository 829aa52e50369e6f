import { type Place, type State, emptyPlace, isPlaced, put, readPlace, takeOut } from './state.ts';

/** What one step of a search changes: the place of every touched task before the first touch, so that it can be taken back. */
export class Trail {
  /** The touched tasks: the first `count` of them. */
  readonly tasks: Int32Array;
  count = 0;
  readonly #state: State;
  /** Kept from step to step; `unit` is NONE where the task had no place. */
  readonly #places: Place[] = [];
  readonly #touched: Uint8Array;

  constructor(state: State) {
    this.#state = state;
    this.tasks = new Int32Array(state.problem.taskCount);
    this.#touched = new Uint8Array(state.problem.taskCount);
  }

  /** Remembers where the task stands; call it before every change. */
  note(task: number): void {
    if (this.#touched[task] === 1) return;
    this.#touched[task] = 1;
    this.tasks[this.count] = task;
    if (this.count === this.#places.length) this.#places.push(emptyPlace());
    readPlace(this.#state, task, this.#places[this.count++]);
  }

  /** Everything stands where it stood before. */
  rollback(): void {
    const { tasks, count } = this;
    for (let k = 0; k < count; k += 1) if (isPlaced(this.#state, tasks[k])) takeOut(this.#state, tasks[k]);
    for (let k = 0; k < count; k += 1) {
      const place = this.#places[k];
      if (place.unit >= 0) put(this.#state, tasks[k], place);
    }
    this.clear();
  }

  /** Forgets the way back. */
  clear(): void {
    for (let k = 0; k < this.count; k += 1) this.#touched[this.tasks[k]] = 0;
    this.count = 0;
  }
}
