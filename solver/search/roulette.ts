import type { Move } from './moves/move.ts';

/** Steps between two looks at what the moves brought. */
const LOOK = 1_000;
/** Chance that is shared out evenly, so that no move is forgotten. */
const EVEN = 0.3;
/** How much of what was known before a look still counts after it. */
const MEMORY = 0.7;

/** Chooses moves by what they gained lately for the work that they made (adaptive search; Ropke & Pisinger 2006). */
export class Roulette {
  readonly #moves: readonly Move[];
  readonly #gain: Float64Array;
  readonly #work: Float64Array;
  readonly #chance: Float64Array;
  #turns = 0;
  #last = 0;

  constructor(moves: readonly Move[]) {
    this.#moves = moves;
    this.#gain = new Float64Array(moves.length);
    this.#work = new Float64Array(moves.length);
    this.#chance = new Float64Array(moves.length).fill(1 / moves.length);
  }

  next(random: () => number): Move {
    let left = random();
    this.#last = 0;
    while (this.#last < this.#moves.length - 1 && left >= this.#chance[this.#last]) {
      left -= this.#chance[this.#last];
      this.#last += 1;
    }
    return this.#moves[this.#last];
  }

  /** What the move chosen last made better, in points, with so many tasks out. */
  reward(gain: number, tasks: number): void {
    this.#gain[this.#last] += gain;
    this.#work[this.#last] += tasks;
    this.#turns += 1;
    if (this.#turns % LOOK !== 0) return;
    const rate = this.#gain.map((own, k) => own / Math.max(1, this.#work[k]));
    const sum = rate.reduce((a, b) => a + b, 0);
    for (let k = 0; k < rate.length; k += 1) {
      const share = sum > 0 ? rate[k] / sum : 1 / rate.length;
      this.#chance[k] = EVEN / rate.length + (1 - EVEN) * share;
      this.#gain[k] *= MEMORY;
      this.#work[k] *= MEMORY;
    }
  }
}
