import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { MOST_THREADS } from '#solver/run/incumbent.ts';
import type { Limit } from '#solver/run/run.ts';
import { monotonic } from './clock.ts';
import type { SolveTask, ThreadTask } from './engine.ts';
import { pack } from './parcel.ts';
import { PATIENCE, type Patience } from './patience.ts';
import { Pool } from './pool.ts';
import { type Answer, type SolverThread, openThread } from './thread.ts';
import { Trace, type TracePoint } from './trace.ts';

export interface SolveOptions {
  readonly limit: Limit;
  readonly seed: number;
  /** By default one per core. */
  readonly threads?: number;
  /** When the time limit began to run, by `monotonic`; by default now. */
  readonly began?: number;
  readonly patience?: Patience;
}

/** How a solve stands. */
export interface Progress {
  readonly elapsedMs: number;
  /** Steps of all threads so far, and lately per second. */
  readonly iterations: number;
  readonly perSecond: number;
  /** What is being tried, in words. */
  readonly phase: string;
  /** Of the best so far; null while there is none. */
  readonly objective: number | null;
  /** Proven; null where nobody proved any. */
  readonly lowerBound: number | null;
  /** By how much of itself the best may be too large at most; null where no bound is known. */
  readonly gap: number | null;
  /** What the engine said of a recent best; null while it has said nothing. */
  readonly figures: unknown;
  /** The best value over time. */
  readonly points: readonly TracePoint[];
}

export interface SolveObserver {
  /** Called as improvements come, at most five times a second; without any, twice a second. */
  readonly progress?: (progress: Progress) => void;
  /** Whether progress carries figures: a thread of its own stands by for them. */
  readonly wantsFigures?: boolean;
}

export interface SolveResult {
  /**
   * `limit` is every end that the search finds by itself: time, steps, target, or a proven optimum; `refused` says that
   * the problem can't be solved by anybody.
   */
  readonly ended: 'limit' | 'taken' | 'cancelled' | 'failed' | 'refused';
  /** The best solution in its engine's pieces; null where there is none. */
  readonly found: readonly unknown[] | null;
  /** What went wrong, though there may be a solution all the same. */
  readonly trouble: string | null;
  /** How the search stood at its end. */
  readonly progress: Progress;
  /** Milliseconds until the first solution and until the best; null where there is none. */
  readonly firstAt: number | null;
  readonly bestAt: number | null;
}

export interface SolveRun {
  /** Stops; the best so far comes at once and unjudged. */
  readonly cancel: () => void;
  /** Stops with the best so far, or with the first solution where there is none yet. */
  readonly take: () => void;
  readonly done: Promise<SolveResult>;
}

const WATCH_EVERY_MS = 20;
const SAY_IMPROVED_EVERY_MS = 200;
const SAY_EVERY_MS = 500;
const FIGURES_EVERY_MS = 1000;
const POLL_MS = 2;

/**
 * Solves in worker threads that share their best in memory. The caller's thread only watches and is blocked for no
 * more than a few milliseconds at a time. Whatever happens to a thread, the best so far survives, and a fresh one goes
 * on from there.
 */
export function solve(task: SolveTask, options: SolveOptions, observer: SolveObserver): SolveRun {
  const solving = new Solving(options, observer);
  pack(task.input)
    .then((input) => solving.begin({ engine: task.engine.href, input, began: solving.began }))
    .catch((error: unknown) => solving.end('failed', `the solver could not start: ${String(error)}`));
  return { cancel: () => void solving.end('cancelled'), take: () => solving.take(), done: solving.done };
}

class Solving {
  readonly began: number;
  readonly done: Promise<SolveResult>;
  readonly #resolve: (result: SolveResult) => void;
  readonly #options: SolveOptions;
  readonly #observer: SolveObserver;
  readonly #patience: Patience;
  readonly #trace = new Trace();
  #task: ThreadTask | null = null;
  #pool: Pool | null = null;
  #watch: NodeJS.Timeout | undefined;
  /** Stands by for figures, and for the answer where no other thread is left. */
  #teller: Promise<SolverThread> | null = null;
  #phase: string | null = null;
  #figures: unknown = null;
  #isTaking = false;
  #isOver = false;
  /** The objective that was last traced, said, and given figures; and when the latter two were. */
  #traced = Infinity;
  #said = { at: -Infinity, objective: Infinity };
  #told: { at: number; objective: number };

  constructor(options: SolveOptions, observer: SolveObserver) {
    const { promise, resolve } = Promise.withResolvers<SolveResult>();
    this.done = promise;
    this.#resolve = resolve;
    this.#options = options;
    this.#observer = observer;
    this.#patience = options.patience ?? PATIENCE;
    this.began = options.began ?? monotonic();
    this.#told = { at: this.began, objective: Infinity }; // a short solve needs nobody to stand by
  }

  begin(task: ThreadTask): void {
    if (this.#isOver) return;
    const { seed, limit, threads = availableParallelism() } = this.#options;
    this.#task = task;
    this.#pool = new Pool(task, { seed, limit, threads: Math.min(threads, MOST_THREADS) }, this.#patience, {
      trying: (what) => (this.#phase = what),
      refused: (text) => void this.end('refused', text),
      over: () => this.#searched(),
    });
    this.#watch = setInterval(() => this.#look(), WATCH_EVERY_MS);
  }

  take(): void {
    this.#isTaking = true;
    if (this.#objective < Infinity) void this.end('taken');
  }

  /** Ends the solve once, with the best so far. */
  async end(ended: SolveResult['ended'], text: string | null = null): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#watch);
    this.#pool?.stop();
    const answer = this.#objective < Infinity ? await this.#answer(ended !== 'cancelled') : null;
    const bestAt = finite(this.#pool?.best?.foundAt ?? Infinity);
    if (answer && bestAt !== null && answer.objective < this.#traced)
      this.#trace.improved(bestAt, answer.objective);
    this.#resolve({
      ended,
      found: answer?.pieces ?? null,
      trouble: text ?? this.#pool?.trouble ?? null,
      progress: this.#progress(answer?.objective),
      firstAt: finite(this.#pool?.firstAt ?? Infinity),
      bestAt,
    });
    this.#pool?.end();
    this.#teller?.then((teller) => teller.end()).catch(() => undefined);
  }

  get #objective(): number {
    return this.#pool?.best?.objective ?? Infinity;
  }

  /** No thread searches any more: they came to the end of it, or all were lost. */
  #searched(): void {
    const isLost = !this.#pool?.idle;
    const hasNothing = this.#objective === Infinity;
    const lost = this.#pool?.trouble ?? 'the solver did not stop when it was told to';
    if (isLost) void this.end('failed', lost);
    else if (hasNothing) void this.end('failed', 'the solver ended without a schedule');
    else void this.end('limit');
  }

  #look(): void {
    const pool = this.#pool;
    if (!pool) return;
    pool.watch();
    const objective = this.#objective;
    if (this.#isTaking && objective < Infinity) return void this.end('taken');
    const now = monotonic();
    if (objective < this.#traced) this.#trace.improved(now - this.began, (this.#traced = objective));
    if (
      this.#observer.wantsFigures &&
      objective < this.#told.objective &&
      now - this.#told.at >= FIGURES_EVERY_MS
    )
      void this.#tell(now, objective);
    const interval = objective < this.#said.objective ? SAY_IMPROVED_EVERY_MS : SAY_EVERY_MS;
    if (now - this.#said.at < interval) return;
    this.#said = { at: now, objective };
    this.#observer.progress?.(this.#progress());
  }

  #progress(value = this.#objective): Progress {
    const pool = this.#pool;
    const elapsedMs = monotonic() - this.began;
    const objective = finite(value);
    const lowerBound = finite(pool?.bound ?? -Infinity);
    const iterations = pool?.iterations ?? 0;
    return {
      elapsedMs,
      iterations,
      perSecond: this.#trace.perSecond(elapsedMs, iterations),
      phase: this.#phase ?? (objective === null ? 'first schedule' : 'improving'),
      objective,
      lowerBound,
      gap: gapOf(objective, lowerBound),
      figures: this.#figures,
      points: this.#trace.points,
    };
  }

  /** Asks for the figures of the best so far; without an answer the last ones stand. */
  async #tell(now: number, objective: number): Promise<void> {
    const best = this.#pool?.best;
    if (!this.#task || !best) return;
    this.#told = { at: now, objective };
    this.#teller ??= openThread(this.#task);
    try {
      const teller = await this.#teller;
      if (!this.#isOver && teller.isIdle) this.#figures = await teller.figures(best.buffer);
    } catch {
      this.#teller = null;
    }
  }

  /** The best solution in its engine's pieces, from whichever thread lives to tell; null where none does. */
  async #answer(isJudged: boolean): Promise<Answer | null> {
    const best = this.#pool?.best;
    if (!best) return null;
    for (let losses = 0; losses <= this.#patience.losses; losses += 1) {
      const thread = await this.#free().catch(() => null);
      const hangs = setTimeout(() => thread?.lose('the solver did not answer'), this.#patience.silence);
      const answer = await thread?.answer(best.buffer, isJudged).catch(() => null);
      clearTimeout(hangs);
      if (answer) return answer;
    }
    return null;
  }

  /** A thread that can be asked: one that stands by or has stopped; a fresh one where the others are deaf. */
  async #free(): Promise<SolverThread | null> {
    const deadline = monotonic() + this.#patience.stopping;
    do {
      const teller = await Promise.race([this.#teller, pause(0, null)]);
      const thread = teller?.isIdle ? teller : this.#pool?.idle;
      if (thread) return thread;
      await pause(POLL_MS);
    } while (monotonic() < deadline);
    this.#teller = this.#task && openThread(this.#task);
    return this.#teller;
  }
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function gapOf(objective: number | null, bound: number | null): number | null {
  if (objective === null || bound === null) return null;
  return objective === bound ? 0 : (objective - bound) / Math.abs(objective);
}
