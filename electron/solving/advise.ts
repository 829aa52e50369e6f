import { Worker } from 'node:worker_threads';
import type { Advice, Asked, Question } from './adviser-messages.ts';
import { endWorker } from './end-worker.ts';
import { type Parcel, pack } from './parcel.ts';

/** An adviser that has not answered by then hangs. */
const PATIENCE_MS = 30_000;
/** An adviser that nobody asks for so long gives its memory back. */
const IDLE_MS = 10 * 60_000;
/** How long one may take to go. */
const GOES_WITHIN_MS = 2000;

/** At most one that has answered before: its code is there, and compiled. Whoever asks while it is busy gets another. */
const waiting: Adviser[] = [];

/** Asks an adviser thread: the caller's thread goes on meanwhile. What goes wrong there is an answer too, and so is giving it up. */
export async function advise(question: Question, signal?: AbortSignal): Promise<Advice> {
  const asked: Asked = { ...question, asked: Date.now() };
  const parcel = await pack(asked);
  const adviser = waiting.pop() ?? new Adviser();
  const advice = await adviser.ask(parcel, signal);
  if (adviser.isAlive && waiting.length === 0) {
    waiting.push(adviser);
    adviser.rest();
  } else void adviser.end();
  return advice;
}

/** Sends home whoever waits for a question. */
export function endAdvisers(): void {
  for (const adviser of waiting.splice(0)) void adviser.end();
}

/** One thread, asked one question at a time. */
class Adviser {
  isAlive = true;
  /** Not zero: whatever it searches for, it may stop. */
  readonly #isDismissed = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker = new Worker(new URL('./adviser.ts', import.meta.url), {
    workerData: this.#isDismissed,
  });
  #answer: (advice: Advice) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#worker.on('message', (advice: Advice) => this.#answer(advice));
    this.#worker.on('error', (error) => this.#fail(`the adviser failed: ${String(error)}`));
    this.#worker.on('exit', (code) => this.#fail(`the adviser ended by itself with code ${code}`));
  }

  ask(parcel: Parcel, signal?: AbortSignal): Promise<Advice> {
    this.#worker.ref();
    const { promise, resolve } = Promise.withResolvers<Advice>();
    this.#answer = resolve;
    const late = `the adviser did not answer within ${PATIENCE_MS / 1000} s`;
    this.#after(PATIENCE_MS, () => this.#fail(late));
    this.#worker.postMessage(parcel);
    const giveUp = (): void => this.#fail('it was given up');
    signal?.addEventListener('abort', giveUp, { once: true });
    if (signal?.aborted) giveUp();
    return promise.finally(() => signal?.removeEventListener('abort', giveUp));
  }

  /** Waits for the next question, and keeps no process alive. */
  rest(): void {
    this.#worker.unref();
    this.#after(IDLE_MS, () => void this.end()).unref();
  }

  async end(): Promise<void> {
    this.#fail('the adviser was ended');
    Atomics.store(this.#isDismissed, 0, 1);
    await endWorker(this.#worker, GOES_WITHIN_MS);
  }

  #fail(text: string): void {
    this.isAlive = false;
    if (waiting[0] === this) waiting.pop();
    clearTimeout(this.#timer);
    this.#answer({ kind: 'failed', text });
  }

  #after(ms: number, then: () => void): NodeJS.Timeout {
    clearTimeout(this.#timer);
    return (this.#timer = setTimeout(then, ms));
  }
}
