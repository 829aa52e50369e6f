/** How much is put up with before a solver thread is replaced. */
export interface Patience {
  /** By how much the process may grow, in bytes. (The resource limits of a worker don't count typed arrays.) */
  readonly growth: number;
  /** How long a thread may try nothing new, in milliseconds; its replacement is given twice as long. */
  readonly silence: number;
  /** How long a thread may go on after it was told to stop, in milliseconds. */
  readonly stopping: number;
  /** How many threads in one place may be lost and replaced before it stays empty. */
  readonly losses: number;
}

export const PATIENCE: Patience = { growth: 1.5 * 2 ** 30, silence: 30_000, stopping: 300, losses: 3 };
