import { clearState } from '#solver/evaluate/state.ts';
import type { Run } from '#solver/run/run.ts';
import type { Step } from './step.ts';
import type { Team } from './team.ts';
import { readWords } from './words.ts';

/** Milliseconds that a thread goes its own way. */
const ROUND_MS = 400;

/** Every thread searches the whole plan by its own dice, and goes on from the shared best where it has fallen behind. */
export class Islands implements Team {
  readonly offersItself = false;
  readonly #run: Run;
  readonly #step: Step;
  readonly #words: Int32Array;
  #next = ROUND_MS;

  constructor(run: Run, step: Step) {
    this.#run = run;
    this.#step = step;
    this.#words = new Int32Array(run.incumbent.words);
  }

  meet(best: number, temperature: number): number {
    const { incumbent, elapsed } = this.#run;
    if (elapsed() < this.#next) return best;
    this.#next = elapsed() + ROUND_MS;
    const { state, score } = this.#step;
    // As far behind as annealing itself would not go in a few steps.
    if (incumbent.objective >= score.total - BEHIND * temperature) return best;
    incumbent.read(this.#words);
    clearState(state);
    readWords(state, this.#words);
    score.refresh();
    return Math.min(best, score.total);
  }

  finish(): void {
    // Its thread offers what it finds.
  }
}

const BEHIND = 20;
