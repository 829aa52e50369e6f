import { useEffect, useState } from 'react';
import type { Verdict } from '#shared/domain/verdict.ts';
import { station } from '#renderer/bridge/station.ts';
import { notify } from '#renderer/state/notices.ts';
import { type Slot, isSame } from './held.ts';
import { boardText } from './text.ts';

const SETTLE_MILLIS = 150;

/** What the station says of a place, once typing has paused. */
export function useVerdict(slot: Slot | null): Verdict | null {
  const [answered, setAnswered] = useState<{ slot: Slot; verdict: Verdict } | null>(null);
  const { task, unit, start, mode, estimate, others } = slot ?? {};
  useEffect(() => {
    if (task === undefined || unit === undefined || start === undefined) return;
    let gone = false;
    const asked = { task, unit, start, mode, estimate, others };
    const timer = setTimeout(() => {
      station.call('draft.try', asked).then(
        (verdict) => {
          if (!gone) setAnswered({ slot: asked, verdict });
        },
        (error: unknown) => notify('error', boardText.asking, String(error)),
      );
    }, SETTLE_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [task, unit, start, mode, estimate, others]);
  return answered && slot && isSame(answered.slot, slot) ? answered.verdict : null;
}
