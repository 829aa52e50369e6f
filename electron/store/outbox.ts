import type { Kysely, Selectable } from 'kysely';
import { type Outbound, laneOf } from '#shared/domain/outbound.ts';
import { subjectOf } from '#shared/domain/outbound-subject.ts';
import type { OutboxEntry, Settlement } from '#shared/domain/outbox.ts';
import type { Instant } from '#shared/time/instant.ts';
import { chunks } from './chunks.ts';
import type { OutboxRow, Schema } from './schema.ts';

/** Adds messages at the end. */
export async function addOutbound(
  db: Kysely<Schema>,
  feed: string,
  messages: readonly Outbound[],
  made: Instant,
): Promise<void> {
  const rows = messages.map((message) => ({
    feed,
    lane: laneOf(message),
    body: JSON.stringify(message),
    made,
  }));
  for (const chunk of chunks(rows)) await db.insertInto('outbox').values(chunk).execute();
}

/** What becomes of a message is written once, until it is to be sent again. */
export async function settleOutbound(
  db: Kysely<Schema>,
  seq: number,
  settlement: Settlement | null,
  settled: Instant,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set(
      settlement
        ? { state: settlement.kind, answer: JSON.stringify(settlement), settled }
        : { state: 'waiting', answer: null, settled: null },
    )
    .where('seq', '=', seq)
    .execute();
}

/** Messages that wait, the oldest first. */
export async function readWaiting(db: Kysely<Schema>, feed: string, limit: number): Promise<OutboxEntry[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', feed)
    .where('state', '=', 'waiting')
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(entryFrom);
}

/** What was told last of where each operation of these lanes stands. */
export async function readTold(
  db: Kysely<Schema>,
  feed: string,
  lanes: readonly string[],
): Promise<OutboxEntry[]> {
  const newest = new Map<string, OutboxEntry>();
  for (const chunk of chunks(lanes)) {
    const rows = await db
      .selectFrom('outbox')
      .selectAll()
      .where('feed', '=', feed)
      .where('lane', 'in', chunk)
      .orderBy('seq')
      .execute();
    for (const entry of rows.map(entryFrom)) {
      const { message, lane } = entry;
      if (message.kind === 'planned') newest.set(`${lane}\n${message.step}`, entry);
    }
  }
  return [...newest.values()];
}

/** The latest message about what this one is about; null where there is no such message. */
export async function readLatest(db: Kysely<Schema>, seq: number): Promise<OutboxEntry | null> {
  const row = await db.selectFrom('outbox').selectAll().where('seq', '=', seq).executeTakeFirst();
  if (!row) return null;
  const subject = subjectOf(entryFrom(row).message);
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', row.feed)
    .where('lane', '=', row.lane)
    .where('seq', '>=', seq)
    .orderBy('seq')
    .execute();
  return rows.map(entryFrom).findLast(({ message }) => subjectOf(message) === subject) ?? null;
}

export interface OutboxPage {
  /** The newest first. */
  readonly entries: readonly OutboxEntry[];
  readonly waiting: number;
  readonly notKept: number;
  readonly refused: number;
}

/** The last messages of a connection, and how many wait or need somebody. */
export async function readOutbox(db: Kysely<Schema>, feed: string, limit: number): Promise<OutboxPage> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', feed)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  const counts = await db
    .selectFrom('outbox')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .where('feed', '=', feed)
    .groupBy('state')
    .execute();
  const of = (state: string): number => counts.find((entry) => entry.state === state)?.count ?? 0;
  return {
    entries: rows.map(entryFrom),
    waiting: of('waiting'),
    notKept: of('notKept'),
    refused: of('refused'),
  };
}

/** Our own rows are parsed, not validated again. */
const entryFrom = ({ seq, feed, lane, body, made, answer, settled }: Selectable<OutboxRow>): OutboxEntry => ({
  seq,
  feed,
  lane,
  made,
  settled,
  message: JSON.parse(body) as Outbound,
  settlement: answer === null ? null : (JSON.parse(answer) as Settlement),
});
