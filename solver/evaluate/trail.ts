import { type Place, type State, emptyPlace, isPlaced, put, readPlace, takeOut } from './state.ts';

/** What one step of a search changes: the place of every touched task before the first touch, so that it can be taken back. */
export class Trail {
  /** The touched tasks: the first `count` of them. */
  readonly tasks: Int32Array;
  count = 0;
  readonly #state: State;
  /** Where the touched tasks stood; `unit` is NONE where one had no place. */
  readonly #places: Place[] = [];
  /** Places by task, kept from step to step, as the lists of one task hardly ever change their length. */
  readonly #placeOf: (Place | undefined)[];
  readonly #touched: Uint8Array;

  constructor(state: State) {
    this.#state = state;
    this.tasks = new Int32Array(state.problem.taskCount);
    this.#touched = new Uint8Array(state.problem.taskCount);
    this.#placeOf = Array.from({ length: state.problem.taskCount });
  }

  /** Remembers where the task stands; call it before every change. */
  note(task: number): void {
    if (this.#touched[task] === 1) return;
    this.#touched[task] = 1;
    const place = (this.#placeOf[task] ??= emptyPlace());
    readPlace(this.#state, task, place);
    this.tasks[this.count] = task;
    this.#places[this.count++] = place;
  }

  /** Everything stands where it stood before. What is back there already is left alone. */
  rollback(): void {
    const { tasks, count } = this;
    let away = 0;
    for (let k = 0; k < count; k += 1) {
      const task = tasks[k];
      this.#touched[task] = 0;
      if (isPlaced(this.#state, task)) {
        if (standsAt(this.#state, task, this.#places[k])) continue;
        takeOut(this.#state, task);
      }
      tasks[away] = task;
      this.#places[away++] = this.#places[k];
    }
    for (let k = 0; k < away; k += 1) {
      if (this.#places[k].unit >= 0) put(this.#state, tasks[k], this.#places[k]);
    }
    this.count = 0;
  }

  /** Forgets the way back. */
  clear(): void {
    for (let k = 0; k < this.count; k += 1) this.#touched[this.tasks[k]] = 0;
    this.count = 0;
  }
}

function standsAt(state: State, task: number, place: Readonly<Place>): boolean {
  return (
    state.unit[task] === place.unit &&
    state.start[task] === place.start &&
    state.runStart[task] === place.runStart &&
    state.end[task] === place.end &&
    state.setup[task] === place.setup &&
    isEqual(state.stints[task], place.stints) &&
    isEqual(state.tools[task], place.tools)
  );
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let k = 0; k < a.length; k += 1) if (a[k] !== b[k]) return false;
  return true;
}
