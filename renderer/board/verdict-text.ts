import type { BoardBar } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { orderNameOf, type OfOrder } from '#shared/domain/of-order.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { type Formats, count, duration, hours } from '#renderer/ui/format.ts';
import { boardText, committedText } from './text.ts';

/** A bar in words: "WO-1043 · Press". */
export const labelOf = (bar: OfOrder & Pick<BoardBar, 'name'>): string => `${orderNameOf(bar)} · ${bar.name}`;

/** Why a machine leaves it where it is: “Held: its line was told, and it begins soon”. */
export const lockedWords = ({ commitment }: Pick<BoardBar, 'commitment'>): string =>
  commitment === null ? boardText.locked : `${boardText.held}: ${committedText[commitment]}`;

/** "Tue 06:40" as long as it is clear, which a week is. */
export const shortMoment = (formats: Formats, at: Instant): string =>
  `${formats.day(at).split(' ').slice(0, 2).join(' ')} ${formats.time(at)}`;

/**
 * The line at the pointer, for a bar of which the end is held beginning with "3 h until Tue 24 09:40": "Tue 24 06:40 · setup +25 min · 3 tasks move · WO-1051 late +2 h · late orders +1", or why not and the nearest
 * slot. Parts that cost nothing are left out.
 */
export function verdictLine(
  verdict: Verdict | null,
  aim: OfOrder & {
    readonly start: Instant;
    readonly length?: { readonly run: Seconds; readonly end: Instant } | null;
  },
  formats: Formats,
  unitName: (unit: EquipmentId) => string,
): string {
  const when = aim.length
    ? boardText.runsUntil(
        duration(aim.length.run),
        shortMoment(formats, verdict?.ok ? verdict.end : aim.length.end),
      )
    : shortMoment(formats, verdict?.ok ? verdict.start : aim.start);
  if (!verdict) return `${when} · ${boardText.asking}`;
  if (!verdict.ok) {
    const { refusal, nearest } = verdict;
    const way = nearest
      ? ` · ${boardText.nearestAt(shortMoment(formats, nearest.start), unitName(nearest.unit))}`
      : '';
    return `${when} · ${refusal.text}${way}`;
  }
  const parts = [when];
  const { setupChange } = verdict;
  if (setupChange !== 0) parts.push(boardText.setupBy(setupChange > 0, duration(Math.abs(setupChange))));
  if (verdict.moves > 0) parts.push(boardText.moves(count(verdict.moves)));
  if (verdict.late > 0) parts.push(boardText.later(orderNameOf(aim), hours(verdict.late)));
  if (verdict.late < 0) parts.push(boardText.sooner(orderNameOf(aim), hours(-verdict.late)));
  if (verdict.commitment) parts.push(committedText[verdict.commitment]);
  if (verdict.lateOrders !== 0) parts.push(boardText.lateOrdersBy(verdict.lateOrders));
  return parts.join(' · ');
}
