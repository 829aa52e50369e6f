import { getCompileCacheDir } from 'node:module';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Incumbent } from '#solver/run/incumbent.ts';
import { endWorker, remembered } from './end-worker.ts';
import type { ThreadTask } from './engine.ts';
import type { Message, Question } from './messages.ts';
import { keepWorker, workerFromReserve } from './reserve.ts';

export interface ThreadListener {
  readonly opened: (words: number) => void;
  /** Its engine can't solve this input, and no other thread could. */
  readonly refused: (text: string) => void;
  readonly trying: (what: string) => void;
  readonly searched: () => void;
  /** It is dead, and why. Told once, and never after `end`. */
  readonly lost: (text: string) => void;
}

/** A solution as its caller wants it. */
export interface Answer {
  readonly objective: number;
  readonly pieces: readonly unknown[];
}

/** Where this thread keeps what was compiled once, its threads do too; that halves their start. */
const compiled = getCompileCacheDir();
const ENV = compiled === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: compiled };

const BYTES_WITHIN_MS = 100;

/** How long a thread may take to stop or go: one that still reads its problem first comes to the end of that, a lost one has been waited for already. */
const GOES_WITHIN_MS = 2000;
const LOST_GOES_WITHIN_MS = 200;
/** Keeps no process alive. */
const UNHELD = { ref: false };

/** One solver thread as seen from outside: it is asked one thing at a time, and may die at any moment. */
export class SolverThread {
  readonly #worker: Worker;
  readonly #listener: ThreadListener;
  #pending: { resolve: (value: unknown) => void; reject: (error: Error) => void } | null = null;
  #pieces: unknown[] = [];
  /** Ends its search, where it searches. */
  #dismiss: (() => void) | null = null;
  /** Whether its search has come to an end; false where it died before. */
  readonly #stopped = Promise.withResolvers<boolean>();
  #isOpen = false;
  #isOver = false;

  constructor(task: ThreadTask, listener: ThreadListener) {
    this.#listener = listener;
    this.#worker = workerFromReserve() ?? new Worker(new URL('./worker.ts', import.meta.url), { env: ENV });
    this.#worker.on('message', this.#hear).on('error', this.#failed).on('exit', this.#exited);
    this.#ask({ kind: 'open', task });
  }

  get isSearching(): boolean {
    return this.#dismiss !== null;
  }

  /** Whether it can be asked for something now. */
  get isIdle(): boolean {
    return this.#isOpen && !this.#isOver && !this.isSearching && !this.#pending;
  }

  search(question: Omit<Extract<Question, { kind: 'search' }>, 'kind'>): void {
    this.#dismiss = () => new Incumbent(question.best, -1).dismiss(question.thread);
    this.#ask({ kind: 'search', ...question });
  }

  /** The best solution in a few numbers. Rejects when the thread is lost. */
  figures(best: SharedArrayBuffer): Promise<unknown> {
    return this.#promise({ kind: 'figures', best });
  }

  /** The pieces of the best solution, fetched one by one so that receiving them blocks nobody for long. */
  answer(best: SharedArrayBuffer, isJudged: boolean): Promise<Answer> {
    this.#pieces = [];
    return this.#promise({ kind: 'answer', best, isJudged }) as Promise<Answer>;
  }

  /** Bytes that it holds on and off its heap; Infinity where it can't even say that. */
  bytes(): Promise<number> {
    const counted = this.#worker
      .getHeapStatistics()
      .then(({ used_heap_size: heap, external_memory: external }) => heap + external);
    return Promise.race([counted, setTimeout(BYTES_WITHIN_MS, Infinity)]).catch(() => 0);
  }

  /** Gives it up, and tells so. */
  lose(text: string): void {
    if (this.#isOver) return;
    this.#stop();
    void endWorker(this.#worker, LOST_GOES_WITHIN_MS).then(() => this.#listener.lost(text));
  }

  /**
   * Ends it silently: its search stops, and what has stopped within `ms` waits for the next problem. Resolves once it
   * waits or is gone.
   */
  end(ms = GOES_WITHIN_MS): Promise<void> {
    return remembered(this.#end(ms));
  }

  async #end(ms: number): Promise<void> {
    const mayStay = !this.#isOver && this.#isOpen && !this.#pending;
    this.#stop();
    const inTime = this.isSearching
      ? Promise.race([this.#stopped.promise, setTimeout(ms, false, UNHELD)])
      : true;
    if (mayStay && (await inTime)) {
      this.#ask({ kind: 'forget' });
      this.#worker.off('message', this.#hear).off('error', this.#failed).off('exit', this.#exited);
      keepWorker(this.#worker);
    } else await endWorker(this.#worker, ms);
  }

  #stop(): void {
    this.#isOver = true;
    this.#pending?.reject(new Error('The solver thread has ended.'));
    this.#pending = null;
    this.#dismiss?.();
  }

  readonly #failed = (error: unknown): void => this.lose(`the solver failed: ${String(error)}`);
  readonly #exited = (code: number): void => {
    this.#stopped.resolve(false);
    this.lose(`the solver ended by itself with code ${code}`);
  };

  readonly #hear = (message: Message): void => {
    if (message.kind === 'searched') this.#stopped.resolve(true);
    if (this.#isOver) return;
    switch (message.kind) {
      case 'opened':
        this.#isOpen = true;
        return this.#listener.opened(message.words);
      case 'refused':
        return this.#listener.refused(message.text);
      case 'trying':
        return this.#listener.trying(message.what);
      case 'searched':
        this.#dismiss = null;
        return this.#listener.searched();
      case 'figures':
        return this.#settle(message.figures);
      case 'piece':
        this.#pieces.push(message.piece);
        return this.#ask({ kind: 'more' });
      case 'answered':
        return this.#settle({ objective: message.objective, pieces: this.#pieces });
    }
  };

  #promise(question: Question): Promise<unknown> {
    this.#ask(question);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
    });
  }

  #settle(value: unknown): void {
    const pending = this.#pending;
    this.#pending = null;
    pending?.resolve(value);
  }

  #ask(question: Question): void {
    this.#worker.postMessage(question);
  }
}

/** A thread that stands by to tell of solutions. Rejects where it dies before it has opened its problem. */
export function openThread(task: ThreadTask): Promise<SolverThread> {
  return new Promise((resolve, reject) => {
    const thread: SolverThread = new SolverThread(task, {
      opened: () => resolve(thread),
      refused: (text) => reject(new Error(text)),
      lost: (text) => reject(new Error(text)),
      trying: () => undefined,
      searched: () => undefined,
    });
  });
}
