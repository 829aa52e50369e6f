export interface Patience {
  /** Milliseconds until a job that nobody has acknowledged is sent again; doubled from time to time. */
  readonly first: number;
  readonly most: number;
}

export const PATIENCE: Patience = { first: 10_000, most: 300_000 };

/** When what nobody has acknowledged is to be sent again: sooner at first, then less and less often. `now` in milliseconds, from any origin. */
export function openResends({ first, most }: Patience) {
  const sent = new Map<string, { readonly times: number; readonly next: number }>();
  return {
    /** Is it time to send these again? Those that are asked for no more are forgotten. */
    due: (open: readonly string[], now: number): string[] => {
      const wanted = new Set(open);
      for (const key of sent.keys()) if (!wanted.has(key)) sent.delete(key);
      const due: string[] = [];
      for (const key of open) {
        const { times, next } = sent.get(key) ?? { times: 0, next: now + first };
        const isDue = now >= next;
        const after = { times: times + 1, next: now + Math.min(most, first * 2 ** Math.min(times + 1, 20)) };
        sent.set(key, isDue ? after : { times, next });
        if (isDue) due.push(key);
      }
      return due;
    },
  };
}
