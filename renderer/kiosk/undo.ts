import { create } from 'zustand';
import type { LineReport } from '#shared/domain/execution.ts';

/** What was reported last at this screen, and when by this machine's clock in milliseconds. */
export interface Said {
  readonly entry: LineReport;
  /** The task or the unit, as people call it. */
  readonly what: string;
  readonly uom: string;
  readonly at: number;
}

/** What may still be taken back here; null when nothing. */
export const useUndo = create<{ readonly said: Said | null }>(() => ({ said: null }));

/** That a list was seen is no slip. */
export function offerUndo(entry: LineReport, what: string, uom = ''): void {
  if (entry.kind === 'listSeen') return forgetUndo();
  useUndo.setState({ said: { entry, what, uom, at: Date.now() } });
}

export const forgetUndo = (): void => useUndo.setState({ said: null });
