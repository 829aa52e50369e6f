import type { Worker } from 'node:worker_threads';

/** Told to a thread that may go: it closes its port, and ends when nothing is left for it to do. */
export const LEAVE = 'leave';

const leaving = new Set<Promise<void>>();

/**
 * Has a thread go by itself, and stops it only where it has not gone within `ms`: what is stopped halfway can clean up
 * nothing. Resolves once it is gone.
 */
export function endWorker(worker: Worker, ms: number): Promise<void> {
  if (worker.threadId < 0) return Promise.resolve(); // gone already
  const gone = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
  });
  worker.postMessage(LEAVE);
  const late = setTimeout(() => void worker.terminate(), ms);
  const over = gone.then(() => {
    clearTimeout(late);
    leaving.delete(over);
  });
  leaving.add(over);
  return over;
}

/** Resolves once whoever was told to go is gone: a process that ends before stops them where they are. */
export async function workersEnded(): Promise<void> {
  await Promise.all(leaving);
}
