import { clearState } from '#solver/evaluate/state.ts';
import { type Run, listens } from '#solver/run/run.ts';
import type { Step } from './step.ts';
import { readWords } from './words.ts';

/**
 * When threads look at each other, in shares of the limit: once all have begun, as where one begins decides much, and
 * late. Annealing that is disturbed often is no annealing.
 */
const MEETINGS = [0.15, 0.5, 0.7, 0.85, 0.95];

/**
 * Every thread searches the whole plan by its own dice. A few times one that has found nothing as good as the others
 * goes on from the shared best.
 */
export class Islands {
  readonly #run: Run;
  readonly #words: Int32Array;
  #met = 0;

  constructor(run: Run) {
    this.#run = run;
    this.#words = new Int32Array(listens(run) ? run.incumbent.words : 0);
  }

  /** Called between two steps, often. Is the thread, whose lowest objective is `best`, at the shared best now? */
  meet(used: number, best: number, { state, score }: Step): boolean {
    if (!(used >= MEETINGS[this.#met])) return false;
    this.#met += 1;
    const { incumbent } = this.#run;
    if (!listens(this.#run) || incumbent.objective >= best) return false;
    incumbent.read(this.#words);
    clearState(state);
    readWords(state, this.#words);
    score.refresh();
    return true;
  }
}
