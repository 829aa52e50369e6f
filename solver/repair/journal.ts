import type { Refusal } from '#shared/domain/refusal.ts';
import {
  type Place,
  type State,
  emptyPlace,
  isPlaced,
  put,
  readPlace,
  takeOut,
} from '#solver/evaluate/state.ts';

/** Where a repair puts what it touches, and what it gives up. */
export interface Outcome {
  readonly places: ReadonlyMap<number, Place | null>;
  readonly unplaced: ReadonlyMap<number, Refusal>;
}

const NOTHING: ReadonlyMap<number, Place> = new Map();

/** What a repair changes, so that it can be taken back: the place of every touched task before the first touch. */
export class Journal {
  readonly #state: State;
  /** null: the task had no place. */
  readonly before = new Map<number, Place | null>();
  /** Tasks that the repair gave up, and why. */
  readonly unplaced = new Map<number, Refusal>();
  readonly #lost: ReadonlyMap<number, Place>;

  /** `lost`: where tasks stood that have no place in the state any more. */
  constructor(state: State, lost: ReadonlyMap<number, Place> = NOTHING) {
    this.#state = state;
    this.#lost = lost;
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
    this.unplaced.clear();
  }

  /** What the repair came to, to be applied again after a rollback. */
  outcome(): Outcome {
    const places = new Map<number, Place | null>();
    for (const task of this.before.keys()) {
      const place = isPlaced(this.#state, task) ? emptyPlace() : null;
      if (place) readPlace(this.#state, task, place);
      places.set(task, place);
    }
    return { places, unplaced: new Map(this.unplaced) };
  }

  /** Puts tasks at the given places, all out before the first is in. */
  apply({ places, unplaced }: Outcome): void {
    for (const task of places.keys()) this.lift(task);
    for (const [task, place] of places) if (place) put(this.#state, task, place);
    for (const [task, refusal] of unplaced) this.unplaced.set(task, refusal);
  }

  /** Where the task stood before the repair touched it, or before the change took its place. */
  stood(task: number): Place | null {
    return this.before.get(task) ?? this.#lost.get(task) ?? null;
  }

  oldStart(task: number): number {
    return this.stood(task)?.start ?? this.#state.start[task];
  }

  /** The touched tasks that stand elsewhere now. */
  changed(): number[] {
    const { unit, start, end } = this.#state;
    return [...this.before.keys()].flatMap((task) => {
      const was = this.stood(task);
      return was && was.unit === unit[task] && was.start === start[task] && was.end === end[task]
        ? []
        : [task];
    });
  }

  /** Those of them that had a place: what is new disturbs nobody by itself. */
  moved(): number[] {
    return this.changed().filter((task) => this.stood(task) !== null);
  }
}
