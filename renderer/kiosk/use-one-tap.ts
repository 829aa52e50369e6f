import { useRef } from 'react';
import type { LineReport } from '#shared/domain/execution.ts';

/** What a button says at once; everything else goes through a dialog, which is gone after the first tap. */
const AT_ONCE: readonly LineReport['kind'][] = ['setupStarted', 'started', 'resumed', 'downtimeEnded'];

/** Whether a tap is the first of its kind since `view` was read: fifty taps are one report (U14). */
export function useOneTap(view: unknown): (entry: LineReport) => boolean {
  const last = useRef<{ readonly view: unknown; readonly kind: string; readonly unit: string }>(null);
  return ({ kind, unit }) => {
    const before = last.current;
    last.current = { view, kind, unit };
    return !(
      before !== null &&
      before.view === view &&
      before.kind === kind &&
      before.unit === unit &&
      AT_ONCE.includes(kind)
    );
  };
}
