import { useCallback, useMemo } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { type Freshness, freshnessOf, lastHeard } from '#shared/flow/freshness.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useSession } from '#renderer/state/session.ts';
import { duration } from '#renderer/ui/format.ts';
import { freshnessText } from './text.ts';

const UNHEARD: Freshness = { imported: null, reported: null, stale: null };

/** How fresh the facts behind a bar are at that time, as far as the station has said. */
export function useFreshness(now: Instant): (bar: Pick<BoardBar, 'unit' | 'work'>) => Freshness {
  const imported = useSession(({ status }) => status && lastHeard(status.lastImport, status.feeds));
  const limits = useSession((state) => state.status?.limits);
  const rows = useBoard((state) => state.board?.rows);
  const reported = useMemo(() => new Map(rows?.map((row) => [row.unit, row.reported])), [rows]);
  return useCallback(
    ({ unit, work }: Pick<BoardBar, 'unit' | 'work'>) =>
      limits ? freshnessOf({ imported, reported: reported.get(unit) ?? null, work }, now, limits) : UNHEARD,
    [imported, limits, reported, now],
  );
}

/** "ERP 12 min old · line 3 min ago"; where something is too old that comes first. */
export function freshnessWords({ imported, reported, stale }: Freshness): string {
  const erp = imported === null ? freshnessText.erpNever : freshnessText.erp(duration(imported));
  const line = reported === null ? null : freshnessText.line(duration(reported));
  const words = line === null ? erp : `${erp} · ${line}`;
  return stale === null ? words : `${freshnessText.stale[stale]}: ${words}`;
}
