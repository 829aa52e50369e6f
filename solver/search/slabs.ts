import { clearState } from '#solver/evaluate/state.ts';
import { NEVER } from '#solver/problem/open-time.ts';
import { NONE } from '#solver/problem/problem.ts';
import { randomFrom } from '#solver/run/random.ts';
import { type Run, usedOf } from '#solver/run/run.ts';
import type { Step } from './step.ts';
import type { Team } from './team.ts';
import { isWhole } from './whole.ts';
import { placeWords, readWords, writeWords } from './words.ts';

/** Milliseconds between two cuts. */
const ROUND_MS = 500;
/** A cut may lie so far, in shares of the mean slab, beside its place. */
const SHIFT = 0.4;
/** Milliseconds that a thread waits for the others before it goes on without them. */
const PATIENCE_MS = 60;

/**
 * Cuts the plan by time, one slab for each thread, over the shared best: a thread moves only tasks that lie wholly
 * inside its slab, so that what several threads found fits together. Every round merges the slabs and moves the cuts.
 */
export class Slabs implements Team {
  readonly offersItself = true;
  readonly #run: Run;
  readonly #step: Step;
  /** The shared schedule of this round, and this thread's own of it. */
  readonly #base: Int32Array;
  readonly #other: Int32Array;
  readonly #own: Int32Array;
  #round = 0;

  constructor(run: Run, step: Step) {
    this.#run = run;
    this.#step = step;
    this.#base = new Int32Array(run.incumbent.words);
    this.#other = new Int32Array(run.incumbent.words);
    this.#own = new Int32Array(run.incumbent.words);
  }

  meet(best: number): number {
    const { elapsed, incumbent, threads } = this.#run;
    const round = Math.floor(elapsed() / ROUND_MS) + 1;
    if (round === this.#round) return best;
    if (this.#round > 0) this.#merge();
    this.#round = round;
    incumbent.arrive(round);
    const patience = elapsed() + PATIENCE_MS;
    while (!incumbent.hasArrived(threads, round) && elapsed() < patience)
      if (usedOf(this.#run, 0) >= 1) break;
    incumbent.read(this.#base);
    this.#load(this.#base);
    this.#cut();
    return this.#step.score.total;
  }

  finish(): void {
    if (this.#round > 0) this.#merge();
  }

  #load(words: Int32Array): void {
    const { state, score } = this.#step;
    clearState(state);
    readWords(state, words);
    score.refresh();
  }

  /** What this thread found in its slab, on top of what the others found in theirs. */
  #merge(): void {
    const { incumbent } = this.#run;
    const { state, score } = this.#step;
    if (!writeWords(state.problem, state, NONE, this.#own)) return;
    const shared = incumbent.read(this.#other);
    if (!this.#isMine()) return;
    clearState(state);
    readWords(state, this.#other, (task) => state.locked[task] === 1);
    readWords(state, this.#own, (task) => state.locked[task] === 0);
    score.refresh();
    if (score.total >= shared || !isWhole(state)) return;
    if (writeWords(state.problem, state, NONE, this.#other)) incumbent.offer(score.total, this.#other);
  }

  /** Has everybody else left this slab's tasks alone since the round began? */
  #isMine(): boolean {
    const { locked, problem } = this.#step.state;
    for (let task = 0; task < problem.taskCount; task += 1) {
      if (locked[task] === 1) continue;
      const at = placeWords(task);
      for (let k = at; k < at + 5; k += 1) if (this.#base[k] !== this.#other[k]) return false;
    }
    return true;
  }

  /** Takes this round's slab: the same cuts on every thread that looks at the same schedule. */
  #cut(): void {
    const { thread, threads } = this.#run;
    const { state } = this.#step;
    const starts = state.start.filter((_, task) => state.unit[task] !== NONE).sort();
    const shift = (2 * randomFrom(this.#round)() - 1) * SHIFT;
    const cutAt = (k: number): number => starts[Math.floor(((k + shift) / threads) * starts.length)] ?? 0;
    const from = thread === 0 ? -NEVER : cutAt(thread);
    const to = thread === threads - 1 ? NEVER : cutAt(thread + 1);
    state.floor = from;
    lockOutside(state, from, to);
  }
}

/** Locks all that does not lie within [from, to), and what others could trip over. */
function lockOutside(
  { problem, shape, locked, ceiling, busy, unit, start, end }: Step['state'],
  from: number,
  to: number,
): void {
  for (let task = 0; task < problem.taskCount; task += 1) {
    const isInside = unit[task] !== NONE && start[task] >= from && end[task] <= to;
    locked[task] = isInside && shape.plain[task] === 1 ? 0 : 1;
  }
  for (let task = 0; task < problem.taskCount; task += 1) {
    for (let k = problem.succFrom[task]; k < problem.succFrom[task + 1]; k += 1) {
      const relation = problem.succRelation[k];
      // Two that both move need more than the cut between them.
      const isLoose = problem.predFromEnd[relation] === 1 && problem.predMin[relation] <= 0;
      if (locked[problem.succTask[k]] === 1 && !isLoose) locked[task] = 1;
    }
  }
  ceiling.fill(NEVER);
  if (to >= NEVER) return;
  for (let e = 0; e < busy.length; e += 1) {
    // What stands last before the cut decides the setup behind it.
    const last = busy[e].after(to) - 1;
    const isInside = last >= 0 && busy[e].start[last] >= from;
    ceiling[e] = isInside ? busy[e].start[last] : -NEVER;
    if (isInside) locked[busy[e].task[last]] = 1;
  }
}
