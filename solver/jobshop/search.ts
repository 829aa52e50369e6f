import { randomFrom } from '#solver/run/random.ts';
import { listens, type Run, usedOf } from '#solver/run/run.ts';

import { loadBounds, lowerBound, windowsOf } from './bound.ts';
import { destructiveBounds } from './destructive.ts';
import { dispatch } from './dispatch.ts';
import { brokenPairs, displacement, emptyIndividual, type Individual, keep } from './individual.ts';
import { wordsOf } from './places.ts';
import { Population } from './population.ts';
import { recombine, sharesOf } from './recombine.ts';
import { Schedule } from './schedule.ts';
import { isFlexible, type Shop } from './shop.ts';
import { loadDraft, randomDraft } from './start.ts';
import { TabuSearch } from './tabu.ts';
import { tightSchedules } from './tight.ts';

/** Steps without a better schedule after which a tabu search ends, by turns of the threads: which is better depends on the shop. */
const PATIENCE = [2000, 5000];
/** Larger shops gain by more: so many steps for every operation beyond 450, up to as many as 750 of them get. */
const PATIENCE_BEYOND = 50;

function patienceOf({ operations }: Shop, thread: number): number {
  const beyond = Math.min(operations, 750) - 450;
  return Math.max(PATIENCE[thread % PATIENCE.length], PATIENCE_BEYOND * beyond);
}

/**
 * How far apart the schedules of a population must be at first, as a share of how far those are that it begins with. Less
 * and less is asked, nothing at the end.
 */
const APART = 0.6;
/** The share of the run at its end in which islands listen to each other: where they always do, two find no more than one. */
const LISTEN_WITHIN = 0.25;
/** The share of the run that one thread spends on its bound at most. Mostly it takes a few hundredths of a second. */
const PROVE_WITHIN = 0.05;

/**
 * One thread's search for a short schedule, offered to `run.incumbent` as it gets better: a memetic algorithm of tabu
 * search and path relinking (TS/PR; Peng, Lü & Cheng 2015) over a small population. Threads are islands that take over
 * each other's best towards the end.
 */
export function searchShop(shop: Shop, run: Run): void {
  const random = randomFrom(run.seed * run.threads + run.thread);
  const windows = windowsOf(shop);
  const schedule = new Schedule(shop);
  const island = new Island(shop, schedule, run, random);
  const first = dispatch(shop, windows.tails);
  loadDraft(schedule, first.mode, first.start);
  island.offer();
  run.incumbent.prove(lowerBound(shop, windows));
  island.tighten(windows.tails);
  if (run.thread === 0) {
    const { incumbent } = run;
    if (isFlexible(shop)) island.prove(loadBounds(shop));
    island.prove(destructiveBounds(shop, windows, incumbent.bound, incumbent.objective));
  }
  // A flexible shop takes its tabu searches longer: it begins to breed with fewer.
  const population = isFlexible(shop)
    ? new Population(brokenPairs, 3, random)
    : new Population(displacement, 10, random);
  const shares = sharesOf(shop, random);
  population.add(island.improve(), APART);
  while (!island.isOver) {
    const parents = population.parents();
    if (parents) {
      recombine(schedule, ...parents, shares(), random);
    } else {
      const { mode, start } = randomDraft(shop, windows, random);
      loadDraft(schedule, mode, start);
    }
    population.add(island.improve(), APART * island.left);
    const news = island.news();
    if (news) population.add(news, APART * island.left);
  }
}

/** What one thread does with the schedule that it is at, and how it deals with the other threads. */
class Island {
  /** The share of the run that is left, 1 … 0. */
  left = 1;
  readonly #shop: Shop;
  readonly #schedule: Schedule;
  readonly #run: Run;
  readonly #tabu: TabuSearch;
  readonly #words: Int32Array;
  /** Steps between two looks at the clock: a few milliseconds. */
  readonly #stride: number;
  readonly #patience: number;
  #iterations = 0;
  #best = Infinity;

  constructor(shop: Shop, schedule: Schedule, run: Run, random: () => number) {
    this.#shop = shop;
    this.#schedule = schedule;
    this.#run = run;
    this.#tabu = new TabuSearch(schedule, random);
    this.#words = new Int32Array(wordsOf(shop));
    this.#patience = patienceOf(shop, run.thread);
    this.#stride = Math.max(1, Math.min(200, Math.floor(20_000 / shop.operations)));
  }

  get isOver(): boolean {
    return this.left <= 0;
  }

  offer(): void {
    const { makespan, mode, end, duration } = this.#schedule;
    if (makespan >= this.#best) return;
    this.#best = makespan;
    if (makespan >= this.#run.incumbent.objective) return;
    const { operations } = this.#shop;
    const words = this.#words;
    words.set(mode);
    for (let o = 0; o < operations; o += 1) words[operations + o] = end[o] - duration[o];
    this.#run.incumbent.offer(makespan, words);
  }

  #look(): void {
    this.left = 1 - usedOf(this.#run, this.#iterations);
  }

  /** Where machines may hardly idle: tries to meet the bound before anything else. */
  tighten(tails: Float64Array): void {
    const { incumbent, thread, threads } = this.#run;
    const schedule = this.#schedule;
    for (const start of tightSchedules(this.#shop, tails, incumbent.bound, thread, threads)) {
      this.#iterations += 1;
      incumbent.count(this.#iterations);
      this.#look();
      if (this.isOver) return;
      if (start === null) continue;
      loadDraft(schedule, schedule.mode, start);
      this.offer();
    }
  }

  /** Raises the proven bound, in at most `PROVE_WITHIN` of the run. Null is nothing new. */
  prove(bounds: Iterable<number | null>): void {
    const until = this.left - PROVE_WITHIN;
    for (const bound of bounds) {
      if (bound !== null) this.#run.incumbent.prove(bound);
      this.#look();
      if (this.isOver || this.left < until) return;
    }
  }

  /** The best schedule that tabu search finds from the present one. */
  improve(): Individual {
    const schedule = this.#schedule;
    const best = emptyIndividual(this.#shop);
    keep(best, schedule);
    this.offer();
    for (let idle = 0; idle < this.#patience; idle += 1) {
      if (this.#iterations % this.#stride === 0) {
        this.#run.incumbent.count(this.#iterations);
        this.#look();
        if (this.isOver) break;
      }
      this.#iterations += 1;
      this.#tabu.step(best.makespan);
      if (schedule.makespan >= best.makespan) continue;
      keep(best, schedule);
      this.offer();
      idle = 0;
    }
    return best;
  }

  /** What another thread has found that is better than anything here; null before the end draws near. */
  news(): Individual | null {
    const { incumbent } = this.#run;
    if (this.left > LISTEN_WITHIN || !listens(this.#run) || incumbent.objective >= this.#best) return null;
    const words = this.#words;
    this.#best = incumbent.read(words);
    const { operations } = this.#shop;
    loadDraft(this.#schedule, words.subarray(0, operations), words.subarray(operations));
    const found = emptyIndividual(this.#shop);
    keep(found, this.#schedule);
    return found;
  }
}
