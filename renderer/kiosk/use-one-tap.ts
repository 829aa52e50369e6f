import { useEffect, useRef } from 'react';
import type { LineReport } from '#shared/domain/execution.ts';

/** What a button says at once; everything else goes through a dialog, which is gone after the first tap. */
const AT_ONCE: ReadonlySet<LineReport['kind']> = new Set([
  'setupStarted',
  'started',
  'resumed',
  'downtimeEnded',
]);

/** Whether a tap is the first of its kind since `view` was read: fifty taps are one report (U14). */
export function useOneTap(view: unknown): (entry: LineReport) => boolean {
  const last = useRef('');
  useEffect(() => {
    last.current = '';
  }, [view]);
  return (entry) => {
    const key = `${entry.kind} ${entry.unit} ${'task' in entry ? entry.task : ''}`;
    if (AT_ONCE.has(entry.kind) && last.current === key) return false;
    last.current = key;
    return true;
  };
}
