import { useCallback, useMemo } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { type Freshness, freshnessOf, heardFrom } from '#shared/flow/freshness.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useSession } from '#renderer/state/session.ts';
import { duration } from '#renderer/ui/format.ts';
import { freshnessText } from './text.ts';

const UNHEARD: Freshness = { imported: null, reported: null, stale: null };

/** How fresh the facts behind a bar are at that time, as far as the station has said. */
export function useFreshness(now: Instant): (bar: Pick<BoardBar, 'order' | 'unit' | 'work'>) => Freshness {
  const status = useSession((state) => state.status);
  const rows = useBoard((state) => state.board?.rows);
  const reported = useMemo(() => new Map(rows?.map((row) => [row.unit, row.reported])), [rows]);
  return useCallback(
    ({ order, unit, work }: Pick<BoardBar, 'order' | 'unit' | 'work'>) => {
      if (!status) return UNHEARD;
      const { heard, limit } = heardFrom(order, status);
      const limits = { imported: limit, reported: status.limits.reported };
      return freshnessOf({ imported: heard, reported: reported.get(unit) ?? null, work }, now, limits);
    },
    [status, reported, now],
  );
}

/** "ERP 12 min old · line 3 min ago"; where something is too old that comes first. */
export function freshnessWords({ imported, reported, stale }: Freshness): string {
  const erp = imported === null ? freshnessText.erpNever : freshnessText.erp(duration(imported));
  const line = reported === null ? null : freshnessText.line(duration(reported));
  const words = line === null ? erp : `${erp} · ${line}`;
  return stale === null ? words : `${freshnessText.stale[stale]}: ${words}`;
}
