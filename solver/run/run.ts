import type { Incumbent } from './incumbent.ts';

/** When a search ends; whichever comes first. */
export interface Limit {
  readonly seconds?: number;
  /** Steps of each thread. With it the same problem, seed and threads give the same solution on any machine. */
  readonly iterations?: number;
  /** An objective that is good enough. */
  readonly target?: number;
}

/** What one thread of a search is given. */
export interface Run {
  readonly seed: number;
  /** 0 … threads - 1. */
  readonly thread: number;
  readonly threads: number;
  readonly limit: Limit;
  /** It may already hold a solution (a thread that died has left it): only what is better replaces that. */
  readonly incumbent: Incumbent;
  /** Milliseconds since the solve began, the same clock on every thread. */
  readonly elapsed: () => number;
  /** Told what is tried from now on, in a few words, for whoever watches. */
  readonly trying?: (what: string) => void;
}

/** Threads listen to each other only where the clock decides anyway: with an iteration limit each goes its own way. */
export const listens = ({ threads, limit }: Run): boolean => threads > 1 && limit.iterations === undefined;

/** How much of its limit the run has used, 0 … 1; at 1 it is over: by time, steps, target, a closed gap, or because it was told to stop. */
export function usedOf({ limit, incumbent, elapsed }: Run, iterations: number): number {
  if (incumbent.isStopped) return 1;
  const { objective } = incumbent;
  if (objective <= (limit.target ?? -Infinity) || objective <= incumbent.bound) return 1;
  const time = limit.seconds === undefined ? 0 : elapsed() / (limit.seconds * 1000);
  const { iterations: most = Infinity } = limit;
  const steps = iterations >= most ? 1 : iterations / most;
  return Math.min(1, Math.max(time, steps));
}
