import { must } from '#shared/base/must.ts';
import { Incumbent } from '#solver/run/incumbent.ts';
import type { Limit } from '#solver/run/run.ts';
import { monotonic } from './clock.ts';
import type { ThreadTask } from './engine.ts';
import type { Patience } from './patience.ts';
import { SolverThread } from './thread.ts';

/** What all threads search for. */
export interface Order {
  readonly seed: number;
  readonly threads: number;
  readonly limit: Limit;
}

export interface PoolListener {
  readonly trying: (what: string) => void;
  /** The problem can't be solved by anybody. */
  readonly refused: (text: string) => void;
  /** No thread searches any more, or none that is worth waiting for. */
  readonly over: () => void;
}

/** A place in the pool: the thread that works there now, and what became of those before. */
interface Place {
  readonly thread: SolverThread;
  readonly losses: number;
  state: 'working' | 'searched' | 'empty';
  /** What it had tried when that last changed, and when that was. */
  tried: number;
  movedAt: number;
}

/** How long those that have stopped wait for the last finds of the others. */
const STRAGGLE_MS = 100;
const WEIGH_EVERY_MS = 250;
/** What a lost thread held is given back by then. */
const WEIGH_AFTER_LOSS_MS = 1000;
/** Another seed for whoever takes a lost thread's place: it need not meet the same end. */
const NEXT_SEED = 104_729;

/** The threads that search, with a fresh one in the place of each that dies, hangs or grows too large. */
export class Pool {
  /** Why a thread was last lost before its end; null while none was. */
  trouble: string | null = null;
  readonly #task: ThreadTask;
  readonly #order: Order;
  readonly #patience: Patience;
  readonly #listener: PoolListener;
  readonly #places: Place[];
  /** One for all threads; with an iteration limit one for each, so that none depends on how fast another is. */
  #bests: readonly Incumbent[] = [];
  #stoppedAt = Infinity;
  #weighAt: number;
  readonly #memoryBefore = process.memoryUsage.rss();

  constructor(task: ThreadTask, order: Order, patience: Patience, listener: PoolListener) {
    this.#task = task;
    this.#order = order;
    this.#patience = patience;
    this.#listener = listener;
    this.#weighAt = monotonic() + WEIGH_EVERY_MS;
    this.#places = Array.from({ length: order.threads }, (_, k) => this.#open(k, 0));
  }

  /** Holds the best solution, of equal ones that of the first thread; null before the problem was opened. */
  get best(): Incumbent | null {
    return this.#bests.reduce<Incumbent | null>(
      (best, other) => (best && best.objective <= other.objective ? best : other),
      null,
    );
  }

  /** When the first solution was found, in milliseconds after the beginning. */
  get firstAt(): number {
    return Math.min(Infinity, ...this.#bests.map(({ firstAt }) => firstAt));
  }

  get bound(): number {
    return Math.max(-Infinity, ...this.#bests.map(({ bound }) => bound));
  }

  get iterations(): number {
    return this.#bests.reduce((sum, { iterations }) => sum + iterations, 0);
  }

  /** A thread that has nothing to do, if there is any. */
  get idle(): SolverThread | undefined {
    return this.#places.find(({ thread }) => thread.isIdle)?.thread;
  }

  stop(): void {
    for (const best of this.#bests) best.stop();
    this.#stoppedAt = Math.min(this.#stoppedAt, monotonic());
  }

  /** Ends every thread. */
  end(): void {
    for (const { thread } of this.#places) void thread.end();
  }

  /** To be called every few milliseconds: gives up who hangs, does not stop, or holds too much. */
  watch(): void {
    const now = monotonic();
    const { seconds = Infinity } = this.#order.limit;
    const hasSolution = (this.best?.objective ?? Infinity) < Infinity;
    if (hasSolution && now - this.#task.began > seconds * 1000) this.stop();
    for (const [k, place] of this.#places.entries()) {
      if (place.state !== 'working') continue;
      const tried = this.#bestOf(k)?.iterationsOf(k) ?? 0;
      if (tried !== place.tried) [place.tried, place.movedAt] = [tried, now];
      const silence = this.#patience.silence * 2 ** place.losses;
      if (now - place.movedAt > silence)
        place.thread.lose(`the solver did not answer for ${Math.round(silence / 100) / 10} s`);
      else if (now - this.#stoppedAt > this.#patience.stopping)
        place.thread.lose('the solver did not stop when it was told to');
    }
    if (now - this.#stoppedAt > STRAGGLE_MS && this.idle) this.#listener.over();
    if (now >= this.#weighAt) {
      this.#weighAt = now + WEIGH_EVERY_MS;
      const grown = process.memoryUsage.rss() - this.#memoryBefore;
      if (grown > this.#patience.growth) void this.#loseHeaviest(grown);
    }
  }

  #bestOf(thread: number): Incumbent | undefined {
    return this.#bests[thread] ?? this.#bests[0];
  }

  #placeOf(k: number): Place {
    return must(this.#places[k], `Place ${k} of the pool`);
  }

  #open(k: number, losses: number): Place {
    const thread = new SolverThread(this.#task, {
      opened: (words) => this.#search(k, words),
      trying: this.#listener.trying,
      refused: this.#listener.refused,
      searched: () => this.#leave(k, 'searched'),
      lost: (text) => this.#replace(k, text),
    });
    return { thread, losses, state: 'working', tried: 0, movedAt: monotonic() };
  }

  #search(k: number, words: number): void {
    const { limit, threads, seed } = this.#order;
    if (this.#bests.length === 0)
      this.#bests = Array.from({ length: limit.iterations === undefined ? 1 : threads }, () =>
        Incumbent.allocate(words),
      );
    const { thread, losses } = this.#placeOf(k);
    const best = this.#bestOf(k);
    if (this.#stoppedAt < Infinity) best?.stop();
    if (best)
      thread.search({ best: best.buffer, seed: seed + losses * NEXT_SEED, thread: k, threads, limit });
  }

  #replace(k: number, text: string): void {
    this.#bestOf(k)?.forgive(k);
    if (this.#stoppedAt < Infinity) return this.#leave(k, 'empty');
    this.trouble = text;
    const losses = this.#placeOf(k).losses + 1;
    if (losses > this.#patience.losses) this.#leave(k, 'empty');
    else this.#places[k] = this.#open(k, losses);
  }

  #leave(k: number, state: 'searched' | 'empty'): void {
    this.#placeOf(k).state = state;
    if (this.#places.every(({ state }) => state !== 'working')) this.#listener.over();
  }

  async #loseHeaviest(grown: number): Promise<void> {
    this.#weighAt = Infinity;
    const working = this.#places.filter(({ state }) => state === 'working').map(({ thread }) => thread);
    const weights = await Promise.all(working.map((thread) => thread.bytes()));
    working[weights.indexOf(Math.max(...weights))]?.lose(
      `the solver took ${Math.round(grown / 2 ** 20)} MB and was stopped`,
    );
    this.#weighAt = monotonic() + WEIGH_AFTER_LOSS_MS;
  }
}
