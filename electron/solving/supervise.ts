import { type Worker } from 'node:worker_threads';
import type { SolveProgress } from '#shared/contract/views.ts';
import type { Best, SolveMessage } from './messages.ts';

export interface SolveObserver {
  readonly progress?: (progress: SolveProgress) => void;
  readonly improved?: (best: Best) => void;
}

export type SolveResult =
  | ({ readonly kind: 'solved' } & Best)
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly text: string };

export interface SolveRun {
  /** Stops and throws the best so far away. */
  readonly cancel: () => void;
  /** Stops and takes the best so far. */
  readonly take: () => void;
  readonly done: Promise<SolveResult>;
}

export interface SolveLimits {
  /** After this the worker hangs. */
  readonly milliseconds: number;
  /** By how much the process may grow while it solves. */
  readonly bytes: number;
}

/** How long a worker may take to answer that it should stop. */
const STOP_WITHIN_MS = 400;
const WATCH_EVERY_MS = 250;

/**
 * Lives with one solver worker until it is done, cancelled, dead, hanging or too large (resource limits of a worker
 * don't count typed arrays). Whatever happens to it, the best it sent survives.
 */
export function supervise(
  worker: Worker,
  stop: SharedArrayBuffer,
  limits: SolveLimits,
  observer: SolveObserver,
): SolveRun {
  const flag = new Int32Array(stop);
  const { promise, resolve } = Promise.withResolvers<SolveResult>();
  const memoryBefore = process.memoryUsage.rss();
  const began = performance.now();
  let best: Best | null = null;
  let isOver = false;
  const timers: NodeJS.Timeout[] = [];

  const finish = (result: SolveResult): void => {
    if (isOver) return;
    isOver = true;
    for (const timer of timers) clearTimeout(timer);
    void worker.terminate().then(() => resolve(result));
  };
  /** The worker is lost: what it found is not. */
  const rescue = (text: string): void => {
    finish(
      best
        ? { kind: 'solved', schedule: best.schedule, rule: `${best.rule} (${text})` }
        : { kind: 'failed', text },
    );
  };

  worker.on('message', (message: SolveMessage) => {
    if (isOver) return;
    if (message.kind === 'progress') observer.progress?.(message.progress);
    else {
      best = message.best;
      observer.improved?.(best);
      if (message.kind === 'done') finish({ kind: 'solved', ...best });
    }
  });
  worker.on('error', (error) => rescue(`the solver failed: ${String(error)}`));
  worker.on('exit', (code) => rescue(`the solver ended by itself with code ${code}`));
  timers.push(
    setInterval(() => {
      const grown = process.memoryUsage.rss() - memoryBefore;
      if (grown > limits.bytes) rescue(`the solver took ${Math.round(grown / 2 ** 20)} MB and was stopped`);
      else if (performance.now() - began > limits.milliseconds) {
        rescue(`the solver did not answer for ${Math.round(limits.milliseconds / 1000)} s and was stopped`);
      }
    }, WATCH_EVERY_MS),
  );

  return {
    cancel: () => finish({ kind: 'cancelled' }),
    take: () => {
      Atomics.store(flag, 0, 1);
      // Without any schedule yet, the first one is worth waiting for.
      timers.push(setTimeout(() => best && rescue('taken before it was done'), STOP_WITHIN_MS));
    },
    done: promise,
  };
}
