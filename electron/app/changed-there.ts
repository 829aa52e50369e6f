import type { Connector, ErpAmount, ErpPlace, Pulled } from '#electron/erp/connector.ts';
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
    const differences = otherThan(message, placeOf.get(key), amountOf.get(key));
    return differences.length === 0 ? [] : { entry, differences };
  });
}

/**
 * What somebody has changed there since the ERP was told of the same before, and that would be written over now: a change
 * on both sides. Only where it had kept what it was told; what it had not is known.
 */
export async function changedOnBothSides(
  read: Pick<Reader, 'toldBefore'>,
  look: NonNullable<Connector['look']>,
  entry: OutboxEntry,
): Promise<readonly NotKept[]> {
  const before = await read.toldBefore(entry);
  const { message } = entry;
  if (message.kind === 'downtime' || before?.settlement?.kind !== 'kept') return [];
  if (before.message.kind !== message.kind) return [];
  const { places = [], amounts = [] } = await look(message);
  const isSame = ({ order, step }: Pick<ErpPlace, 'order' | 'step'>): boolean =>
    order === message.order && step === message.step;
  const [place, amount] = [places.find(isSame), amounts.find(isSame)];
  const changed = new Set(otherThan(before.message, place, amount).map(({ field }) => field));
  return otherThan(message, place, amount).filter(({ field }) => changed.has(field));
}

const otherThan = (
  message: Exclude<Outbound, { kind: 'downtime' }>,
  place: ErpPlace | undefined,
  amount: ErpAmount | undefined,
): NotKept[] =>
  message.kind === 'planned'
    ? otherPlace(message, place)
    : otherAmount(message.good + message.scrap, amount?.handled);

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
