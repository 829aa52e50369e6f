import {
  type Place,
  type State,
  emptyPlace,
  isPlaced,
  put,
  readPlace,
  takeOut,
} from '#solver/evaluate/state.ts';

/** What a repair changes, so that it can be taken back: the place of every touched task before the first touch. */
export class Journal {
  readonly #state: State;
  /** null: the task had no place. */
  readonly before = new Map<number, Place | null>();

  constructor(state: State) {
    this.#state = state;
  }

  /** Remembers the task's place and takes it out. */
  lift(task: number): void {
    this.note(task);
    if (isPlaced(this.#state, task)) takeOut(this.#state, task);
  }

  note(task: number): void {
    if (this.before.has(task)) return;
    if (!isPlaced(this.#state, task)) {
      this.before.set(task, null);
      return;
    }
    const place = emptyPlace();
    readPlace(this.#state, task, place);
    this.before.set(task, place);
  }

  rollback(): void {
    for (const task of this.before.keys()) if (isPlaced(this.#state, task)) takeOut(this.#state, task);
    for (const [task, place] of this.before) if (place) put(this.#state, task, place);
    this.before.clear();
  }

  /** The places that the touched tasks have now, to come back to after a rollback. */
  after(): Map<number, Place | null> {
    const places = new Map<number, Place | null>();
    for (const task of this.before.keys()) {
      const place = isPlaced(this.#state, task) ? emptyPlace() : null;
      if (place) readPlace(this.#state, task, place);
      places.set(task, place);
    }
    return places;
  }

  /** Puts tasks at the given places, all out before the first is in. */
  apply(places: ReadonlyMap<number, Place | null>): void {
    for (const task of places.keys()) this.lift(task);
    for (const [task, place] of places) if (place) put(this.#state, task, place);
  }

  /** Where the task stood before the repair touched it. */
  oldStart(task: number): number {
    return this.before.get(task)?.start ?? this.#state.start[task];
  }

  /** The touched tasks that stand elsewhere now. */
  changed(): number[] {
    const { unit, start, end } = this.#state;
    return [...this.before].flatMap(([task, was]) =>
      was && was.unit === unit[task] && was.start === start[task] && was.end === end[task] ? [] : [task],
    );
  }
}
