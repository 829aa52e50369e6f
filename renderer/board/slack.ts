import type { BoardBar } from '#shared/contract/views.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** When the last task of every order ends. */
export function lastEnds(bars: Iterable<BoardBar>): ReadonlyMap<OrderId, Instant> {
  const ends = new Map<OrderId, Instant>();
  for (const { order, end } of bars) if (end > (ends.get(order) ?? -Infinity)) ends.set(order, end);
  return ends;
}

/** By how much a bar's order ends before it is due; negative when it is late. */
export const slackOf = ({ order, due, end }: BoardBar, ends: ReadonlyMap<OrderId, Instant>): Seconds =>
  due - (ends.get(order) ?? end);
