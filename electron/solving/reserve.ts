import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { endWorker, workersStopped } from './end-worker.ts';

/** As many as one solve has: its searchers, and one that tells figures. */
const MOST = availableParallelism() + 1;
/** A worker that nobody needs for so long gives its memory back. */
const IDLE_MS = 10 * 60_000;
/** How long one may take to go. */
const GOES_WITHIN_MS = 2000;

/** Whoever waits, and how it stops waiting. */
const waiting = new Map<Worker, () => void>();

/** A worker that has solved before, if any waits: its code is loaded, and compiled by what it did. */
export function workerFromReserve(): Worker | undefined {
  const [next] = waiting;
  if (!next) return undefined;
  const [worker, stopWaiting] = next;
  stopWaiting();
  worker.ref();
  return worker;
}

/** Keeps a worker that has nothing to do for the next problem. While it waits it keeps no process alive. */
export function keepWorker(worker: Worker): void {
  if (worker.threadId < 0) return; // it died just now
  if (waiting.size >= MOST) return void endWorker(worker, GOES_WITHIN_MS);
  worker.unref();
  const idle = setTimeout(() => {
    stopWaiting();
    void endWorker(worker, GOES_WITHIN_MS);
  }, IDLE_MS).unref();
  const stopWaiting = (): void => {
    clearTimeout(idle);
    worker.off('exit', stopWaiting);
    worker.off('error', stopWaiting);
    waiting.delete(worker);
  };
  worker.once('exit', stopWaiting);
  worker.once('error', stopWaiting);
  waiting.set(worker, stopWaiting);
}

/** Resolves once no worker is left of those that were ended: whoever waits, or comes to wait, goes home. */
export async function workersEnded(): Promise<void> {
  await workersStopped();
  for (const [worker, stopWaiting] of waiting) {
    stopWaiting();
    worker.ref();
    void endWorker(worker, GOES_WITHIN_MS);
  }
  await workersStopped();
}
