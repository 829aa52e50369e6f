import type { Step } from './step.ts';

/** When the race begins and ends, in shares of the limit. */
const FROM = 0.05;
const UNTIL = 0.4;

/**
 * First schedules differ in what a few tasks at a time no longer change. So all of them are searched by turns, and after
 * each round the better half goes on (successive halving; Karnin, Koren & Somekh 2013), until one is left.
 */
export class Race {
  #field: Step[];
  readonly #rounds: number;
  #round = 0;

  /** The steps of one or more schedules. */
  constructor(field: readonly Step[]) {
    this.#field = [...field];
    this.#rounds = Math.ceil(Math.log2(field.length));
  }

  /** Whose turn it is when so much of the limit is used. */
  turn(used: number): Step {
    const at = Math.max(0, ((used - FROM) / (UNTIL - FROM)) * this.#rounds);
    while (this.#round < Math.min(this.#rounds, Math.floor(at))) {
      this.#round += 1;
      this.#field.sort((a, b) => a.score.total - b.score.total);
      this.#field.length = Math.ceil(this.#field.length / 2);
    }
    const k = Math.floor((at - this.#round) * this.#field.length);
    return this.#field[Math.min(k, this.#field.length - 1)];
  }

  get isOver(): boolean {
    return this.#field.length === 1;
  }
}
