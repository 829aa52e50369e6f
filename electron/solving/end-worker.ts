import type { Worker } from 'node:worker_threads';

/** Told to a thread that may go: it closes its port, and ends when nothing is left for it to do. */
export const LEAVE = 'leave';

const stopping = new Set<Promise<void>>();

/**
 * Has a thread go by itself, and stops it only where it has not gone within `ms`: what is stopped halfway can clean up
 * nothing. Resolves once it is gone.
 */
export function endWorker(worker: Worker, ms: number): Promise<void> {
  if (worker.threadId < 0) return Promise.resolve(); // gone already
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  worker.on('error', () => undefined); // what fails on its way out is gone all the same
  worker.postMessage(LEAVE);
  const late = setTimeout(() => void worker.terminate(), ms);
  return remembered(gone.then(() => clearTimeout(late)));
}

/** What whoever ends the process waits for, until it is over. */
export function remembered(stop: Promise<void>): Promise<void> {
  const over = stop.finally(() => stopping.delete(over));
  stopping.add(over);
  return over;
}

/** Resolves once whoever was told to stop or to go has: a process that ends before stops them where they are. */
export async function workersStopped(): Promise<void> {
  await Promise.all(stopping);
}
