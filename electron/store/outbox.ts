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
    subject: subjectOf(message),
    body: JSON.stringify(message),
    made,
  }));
  for (const chunk of chunks(rows)) await db.insertInto('outbox').values(chunk).execute();
}

/** Writes what became of a message. */
export async function settleOutbound(
  db: Kysely<Schema>,
  seq: number,
  settlement: Settlement,
  settled: Instant,
): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ...asRow(settlement), settled })
    .where('seq', '=', seq)
    .execute();
}

/** Drops all that waits for a connection; how many messages that were. */
export async function dropWaiting(
  db: Kysely<Schema>,
  feed: string,
  reason: string,
  settled: Instant,
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ ...asRow({ kind: 'dropped', reason }), settled })
    .where('feed', '=', feed)
    .where('state', '=', 'waiting')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

const asRow = (settlement: Settlement) => ({
  state: settlement.kind,
  answer: JSON.stringify(settlement),
});

/** Messages that wait, the oldest first, without those of lanes that are held up: the first of them is the first of its lane. */
export async function readWaiting(
  db: Kysely<Schema>,
  feed: string,
  limit: number,
  heldUp: readonly string[] = [],
): Promise<OutboxEntry[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', feed)
    .where('state', '=', 'waiting')
    .$if(heldUp.length > 0, (query) => query.where('lane', 'not in', heldUp))
    .orderBy('seq')
    .limit(limit)
    .execute();
  return rows.map(entryFrom);
}

/** What was told last of each thing in these lanes to what the connection is now. */
export async function readTold(
  db: Kysely<Schema>,
  feed: string,
  lanes: readonly string[],
): Promise<OutboxEntry[]> {
  const since = await sinceOf(db, feed);
  const told: OutboxEntry[] = [];
  for (const chunk of chunks(lanes)) {
    const newest = db
      .selectFrom('outbox')
      .select(({ fn }) => fn.max('seq').as('seq'))
      .where('feed', '=', feed)
      .where('lane', 'in', chunk)
      .where('seq', '>', since)
      .groupBy(['lane', 'subject']);
    const rows = await db
      .selectFrom('outbox')
      .selectAll()
      .where('seq', 'in', newest)
      .orderBy('seq')
      .execute();
    told.push(...rows.map(entryFrom));
  }
  return told;
}

/** A message to what its connection is now; null where there is none of that number. */
export async function readEntry(db: Kysely<Schema>, seq: number): Promise<OutboxEntry | null> {
  const row = await db.selectFrom('outbox').selectAll().where('seq', '=', seq).executeTakeFirst();
  return row && seq > (await sinceOf(db, row.feed)) ? entryFrom(row) : null;
}

/** The message about the same before this one to what the connection is now; null where this is the first. */
export async function readBefore(db: Kysely<Schema>, entry: OutboxEntry): Promise<OutboxEntry | null> {
  const row = await newestOf(db, entry)
    .where('seq', '<', entry.seq)
    .where('seq', '>', await sinceOf(db, entry.feed))
    .executeTakeFirst();
  return row ? entryFrom(row) : null;
}

/** The latest message about what this one is about; null where there is no such message. */
export async function readLatest(db: Kysely<Schema>, seq: number): Promise<OutboxEntry | null> {
  const entry = await readEntry(db, seq);
  if (!entry) return null;
  const row = await newestOf(db, entry).executeTakeFirst();
  return row ? entryFrom(row) : null;
}

/** The newest message about what that one is about. */
const newestOf = (db: Kysely<Schema>, { feed, lane, message }: OutboxEntry) =>
  db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', feed)
    .where('lane', '=', lane)
    .where('subject', '=', subjectOf(message))
    .orderBy('seq', 'desc')
    .limit(1);

export interface OutboxPage {
  /** The newest first: the last ones, and of those before them all that need somebody. */
  readonly entries: readonly OutboxEntry[];
  readonly waiting: number;
  /** Those that no newer message has replaced. */
  readonly notKept: number;
  readonly refused: number;
}

/** The last messages to what a connection is now, and how many wait or need somebody. */
export async function readOutbox(db: Kysely<Schema>, feed: string, limit: number): Promise<OutboxPage> {
  const since = await sinceOf(db, feed);
  const own = db.selectFrom('outbox').where('feed', '=', feed).where('seq', '>', since);
  const rows = await own.selectAll().orderBy('seq', 'desc').limit(limit).execute();
  const shown = new Set(rows.map(({ seq }) => seq));
  const { waiting } = await own
    .select(({ fn }) => fn.countAll<number>().as('waiting'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow();
  const unkept = await readUnkept(db, feed);
  const before = unkept.filter(({ seq }) => !shown.has(seq));
  const countOf = (kind: Settlement['kind']): number =>
    unkept.filter(({ settlement }) => settlement?.kind === kind).length;
  return {
    entries: [...rows.map(entryFrom), ...before.slice(0, limit)],
    waiting,
    notKept: countOf('notKept'),
    refused: countOf('refused'),
  };
}

/** What needs somebody: messages that were not kept or refused and that no newer one has replaced, the newest first. */
export async function readUnkept(db: Kysely<Schema>, feed: string): Promise<OutboxEntry[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('feed', '=', feed)
    .where('state', 'in', ['notKept', 'refused'])
    .where('seq', '>', await sinceOf(db, feed))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('outbox as newer')
            .select('newer.seq')
            .whereRef('newer.feed', '=', 'outbox.feed')
            .whereRef('newer.lane', '=', 'outbox.lane')
            .whereRef('newer.subject', '=', 'outbox.subject')
            .whereRef('newer.seq', '>', 'outbox.seq'),
        ),
      ),
    )
    .execute();
  return rows.map(entryFrom).sort((a, b) => b.seq - a.seq);
}

export async function lastOutbound(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.max('seq').as('last'))
    .executeTakeFirst();
  return row?.last ?? 0;
}

/** The number of the last message before the connection became what it is now; of one that is not there any more, of all. */
async function sinceOf(db: Kysely<Schema>, feed: string): Promise<number> {
  const row = await db
    .selectFrom('feed')
    .select('since')
    .where('name', '=', feed)
    .where('removed', '=', 0)
    .executeTakeFirst();
  return row?.since ?? Number.MAX_SAFE_INTEGER;
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
