import type { ErpPlace, Pulled } from '#electron/erp/connector.ts';
import type { Reader } from '#electron/store/store.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { laneOfOrder } from '#shared/domain/outbound.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { type Instant, MINUTE, isoFromInstant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

export interface ChangedThere {
  readonly entry: OutboxEntry;
  /** What it was told, and what stands there now. */
  readonly differences: readonly NotKept[];
}

export interface Seen extends Pick<Pulled, 'places' | 'amounts'> {
  /** When the ERP was asked for them: what it has been told since says nothing about them. */
  readonly asked: Instant;
}

/** Rounding in an ERP is no move, and no other quantity. */
const TOLERANCE = MINUTE;
const LEAST_AMOUNT = 0.005;

/**
 * Operations that somebody has moved in the ERP, or of which somebody has booked another quantity, after it was told. The
 * plan is made here and the lines report here, so what was told wins: the message counts as not kept, with both values,
 * until it is sent again or something newer is told.
 */
export async function changedThere(
  read: Pick<Reader, 'told'>,
  feed: string,
  { places = [], amounts = [], asked }: Seen,
): Promise<ChangedThere[]> {
  const lanes = [...new Set([...places, ...amounts].map(({ order }) => laneOfOrder(order)))];
  const keyOf = ({ order, step }: Pick<ErpPlace, 'order' | 'step'>): string => `${order}\n${step}`;
  const placeOf = new Map(places.map((place) => [keyOf(place), place]));
  const amountOf = new Map(amounts.map((amount) => [keyOf(amount), amount]));
  return (await read.told(feed, lanes)).flatMap((entry) => {
    const { message, settlement, settled } = entry;
    if (message.kind === 'downtime' || settlement?.kind !== 'kept') return [];
    if (settled === null || settled >= asked) return [];
    const key = keyOf(message);
    const differences =
      message.kind === 'planned'
        ? otherPlace(message, placeOf.get(key))
        : otherAmount(message.good + message.scrap, amountOf.get(key)?.handled);
    return differences.length === 0 ? [] : { entry, differences };
  });
}

const otherPlace = (
  { unit, start, end }: Extract<Outbound, { kind: 'planned' }>,
  there: ErpPlace | undefined,
): NotKept[] =>
  there
    ? [
        ...(there.unit === unit ? [] : [{ field: 'unit', sent: unit, kept: there.unit }]),
        ...time('start', start, there.start),
        ...time('end', end, there.end),
      ]
    : [];

const otherAmount = (sent: number, there = sent): NotKept[] =>
  Math.abs(sent - there) < LEAST_AMOUNT
    ? []
    : [{ field: 'quantity', sent: String(sent), kept: String(there) }];

const time = (field: string, sent: Instant, kept: Interval | undefined): NotKept[] =>
  !kept || (sent > kept.start - TOLERANCE && sent < kept.end + TOLERANCE)
    ? []
    : [{ field, sent: isoFromInstant(sent), kept: isoFromInstant(kept.start) }];
