import { Worker } from 'node:worker_threads';
import type { Plan } from '#shared/domain/plan.ts';
import type { SolveTask } from './messages.ts';
import { type SolveObserver, type SolveRun, supervise } from './supervise.ts';

/** A first schedule of a large plan may come after the limit; later than this nothing comes. */
const PATIENCE_MS = 30_000;
const MOST_BYTES = 1.5 * 2 ** 30;

/** Solves in a worker thread: the caller's thread is never blocked, and cancel and take are answered within half a second. */
export function startSolve(
  plan: Plan,
  options: { readonly seconds: number; readonly seed: number },
  observer: SolveObserver,
): SolveRun {
  const stop = new SharedArrayBuffer(4);
  const task: SolveTask = { plan, seconds: options.seconds, seed: options.seed, stop };
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: task });
  return supervise(
    worker,
    stop,
    { milliseconds: options.seconds * 1000 + PATIENCE_MS, bytes: MOST_BYTES },
    observer,
  );
}
