import { useEffect, useState } from 'react';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { RowVerdict, Verdict } from '#shared/domain/verdict.ts';
import { station } from '#renderer/bridge/station.ts';
import { notify } from '#renderer/state/notices.ts';
import { type Slot, isSame } from './held.ts';
import { boardText } from './text.ts';

const SETTLE_MILLIS = 150;
const NOTHING: ReadonlyMap<EquipmentId, RowVerdict> = new Map();

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

/** What each of these units says to the task at that time, once typing has paused; empty while that is asked. */
export function useLens(
  slot: Slot | null,
  units: readonly EquipmentId[],
): ReadonlyMap<EquipmentId, RowVerdict> {
  const [lens, setLens] = useState<ReadonlyMap<EquipmentId, RowVerdict>>(NOTHING);
  const { task, start, mode, others } = slot ?? {};
  useEffect(() => {
    if (task === undefined || start === undefined) return;
    let gone = false;
    const timer = setTimeout(() => {
      station.call('draft.lens', { task, start, mode, others, units: [...units] }).then(
        (rows) => {
          if (!gone) setLens(new Map(rows.map((row) => [row.unit, row])));
        },
        (error: unknown) => notify('error', boardText.asking, String(error)),
      );
    }, SETTLE_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
      setLens(NOTHING);
    };
  }, [task, start, mode, others, units]);
  return lens;
}
