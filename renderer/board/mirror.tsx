import { useEffect, useMemo } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import type { Freshness } from '#shared/flow/freshness.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { type Formats, count, formatsOf, hours } from '#renderer/ui/format.ts';
import { nowOnBoard } from './commands.ts';
import { freshnessWords, useFreshness } from './freshness.ts';
import { type Lane, type Layout, barAt, indexIn, rowOf } from './layout.ts';
import { boardText, gateText, workText } from './text.ts';
import { say } from './ui-state.ts';
import { labelOf, lockedWords, shortMoment } from './verdict-text.ts';

/** A bar in words, for those who hear the board. */
export function spoken(bar: BoardBar, unit: string, formats: Formats, freshness: Freshness): string {
  const parts = [
    labelOf(bar),
    unit,
    `${shortMoment(formats, bar.start)} – ${shortMoment(formats, bar.end)}`,
    bar.end > bar.due ? boardText.late(hours(bar.end - bar.due)) : null,
    bar.work === 'waiting' ? null : workText[bar.work],
    bar.frozen ? lockedWords(bar) : null,
    bar.pin ? boardText.pinned : null,
    bar.blocked && !freshness.stale ? boardText.blocked : null,
    ...(freshness.stale ? [] : bar.missing.map((gate) => gateText[gate])),
    bar.comments > 0 ? boardText.commentCount(bar.comments) : null,
    freshness.stale ? freshnessWords(freshness) : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

/** The row of the current bar, the rows beside it and the bars beside it, as a grid that a screen reader can walk. */
export function Mirror({ layout, bar }: { readonly layout: Layout; readonly bar: BoardBar | null }) {
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const formats = formatsOf(zone);
  const rows = useBoard((state) => state.board?.rows);
  const units = useMemo(() => new Map(rows?.map((row) => [row.unit, row.name])), [rows]);
  const home = bar ? rowOf(layout, bar) : undefined;
  const name = bar ? (units.get(bar.unit) ?? bar.unit) : '';
  const selected = useBoard((state) => state.selection.size);
  const freshness = useFreshness(nowOnBoard());
  const several = selected > 1 ? `${boardText.several(count(selected))}, ` : '';
  const words = bar ? `${several}${spoken(bar, name, formats, freshness(bar))}` : '';
  useEffect(() => say(words), [words]);
  const line = home === undefined ? undefined : layout.lineOfRow.get(home);
  if (!bar || line === undefined) return null;
  const middle = (bar.start + bar.end) / 2;
  return (
    <div className="unseen" role="rowgroup">
      {[line - 1, line, line + 1].map((index) => {
        const at = layout.lines[index];
        if (at?.kind !== 'unit') return null;
        const { lane } = at;
        const own = lane.row.id === home;
        const centre = own ? indexIn(lane, bar.task, Infinity) : indexNear(lane, middle);
        const shown = lane.bars.slice(Math.max(0, centre - 1), centre + 2);
        return (
          <div key={lane.row.id} role="row" aria-rowindex={index + 1}>
            <span role="rowheader">{lane.row.name}</span>
            {shown.map((cell) => (
              <span
                key={cell.task}
                id={cell.task === bar.task ? 'board-cell' : undefined}
                role="gridcell"
                aria-selected={cell.task === bar.task}
              >
                {spoken(cell, units.get(cell.unit) ?? cell.unit, formats, freshness(cell))}
              </span>
            ))}
          </div>
        );
      })}
    </div>
  );
}

/** The bar of a lane that is nearest to an instant, by its place; 0 in an empty lane. */
function indexNear(lane: Lane, at: Instant): number {
  const bar = barAt(lane, at, Infinity);
  return bar ? lane.bars.indexOf(bar) : 0;
}
