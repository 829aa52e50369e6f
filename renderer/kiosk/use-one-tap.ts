import { useRef } from 'react';
import type { LineReport } from '#shared/domain/execution.ts';
import { isTakenBack, useOutbox } from './outbox.ts';

/** What a button says at once; everything else goes through a dialog, which is gone after the first tap. */
const AT_ONCE: readonly LineReport['kind'][] = ['setupStarted', 'started', 'resumed', 'downtimeEnded'];

/** Whether a tap is the first of its kind since `view` was read, or since it was taken back: fifty taps are one report (U14). */
export function useOneTap(view: unknown): (entry: LineReport) => boolean {
  const last = useRef<readonly [view: unknown, entry: LineReport]>(null);
  return (entry) => {
    const [of, before] = last.current ?? [];
    const isAgain =
      of === view &&
      before?.kind === entry.kind &&
      before.unit === entry.unit &&
      AT_ONCE.includes(entry.kind) &&
      !isTakenBack(useOutbox.getState().waiting, before);
    if (!isAgain) last.current = [view, entry];
    return !isAgain;
  };
}
