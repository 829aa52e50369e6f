import type { ErpPlace } from '#electron/erp/connector.ts';
import type { Reader } from '#electron/store/store.ts';
import type { NotKept } from '#shared/domain/outbound.ts';
import { laneOfOrder } from '#shared/domain/outbound.ts';
import type { OutboxEntry } from '#shared/domain/outbox.ts';
import { type Instant, MINUTE, isoFromInstant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

export interface MovedPlace {
  readonly entry: OutboxEntry;
  /** What it was told, and what stands there now. */
  readonly differences: readonly NotKept[];
}

export interface Seen {
  readonly places?: readonly ErpPlace[];
  /** When the ERP was asked for them: what it has been told since says nothing about them. */
  readonly asked: Instant;
}

/** Rounding in an ERP is no move. */
const TOLERANCE = MINUTE;

/**
 * Operations that somebody has moved in the ERP after it was told where they stand. The plan is made here, so the place here
 * wins: the message counts as not kept, with both values, until it is sent again or a new version says otherwise.
 */
export async function movedPlaces(
  read: Pick<Reader, 'told'>,
  feed: string,
  { places = [], asked }: Seen,
): Promise<MovedPlace[]> {
  const lanes = [...new Set(places.map(({ order }) => laneOfOrder(order)))];
  const there = new Map(places.map((place) => [`${place.order}\n${place.step}`, place]));
  return (await read.told(feed, lanes)).flatMap((entry) => {
    const { message, settlement, settled } = entry;
    if (message.kind !== 'planned' || settlement?.kind !== 'kept') return [];
    if (settled === null || settled >= asked) return [];
    const place = there.get(`${message.order}\n${message.step}`);
    if (!place) return [];
    const differences = [
      ...(place.unit === message.unit ? [] : [{ field: 'unit', sent: message.unit, kept: place.unit }]),
      ...time('start', message.start, place.start),
      ...time('end', message.end, place.end),
    ];
    return differences.length === 0 ? [] : { entry, differences };
  });
}

const time = (field: string, sent: Instant, kept: Interval | undefined): NotKept[] =>
  !kept || (sent > kept.start - TOLERANCE && sent < kept.end + TOLERANCE)
    ? []
    : [{ field, sent: isoFromInstant(sent), kept: isoFromInstant(kept.start) }];
