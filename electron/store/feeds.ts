import type { Kysely } from 'kysely';
import { Feed } from '#shared/domain/feed.ts';
import type { Plant, RecordKind } from '#shared/domain/plant.ts';
import type { Instant } from '#shared/time/instant.ts';
import { chunks } from './chunks.ts';
import { lastOutbound } from './outbox.ts';
import type { Schema } from './schema.ts';

export const readFeeds = (db: Kysely<Schema>): Promise<Feed[]> => feedsWhere(db, 0);

/** Connections that were removed: their names are those of what came from them. */
export const readFormerFeeds = (db: Kysely<Schema>): Promise<Feed[]> => feedsWhere(db, 1);

async function feedsWhere(db: Kysely<Schema>, removed: 0 | 1): Promise<Feed[]> {
  const rows = await db
    .selectFrom('feed')
    .select('body')
    .where('removed', '=', removed)
    .orderBy('name')
    .execute();
  return rows.map((row) => Feed.parse(JSON.parse(row.body)));
}

/**
 * Puts a connection in, or another form of it. With `isAnother` nothing counts any more that was asked of or told to what
 * had its name before; without, all of that stays known.
 */
export async function saveFeed(db: Kysely<Schema>, feed: Feed, isAnother: boolean): Promise<void> {
  const body = JSON.stringify(feed);
  const begun = { body, cursor: null, since: await lastOutbound(db), removed: 0 } as const;
  await db
    .insertInto('feed')
    .values({ name: feed.name, ...begun })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(isAnother ? begun : { body }))
    .execute();
  if (isAnother) await removeWaiting(db, feed.name);
}

/** Disconnects; what waits to be accepted from it is gone, its records and its outbox stay. */
export async function removeFeed(db: Kysely<Schema>, name: string): Promise<void> {
  await db.updateTable('feed').set({ removed: 1, cursor: null }).where('name', '=', name).execute();
  await removeWaiting(db, name);
}

const removeWaiting = (db: Kysely<Schema>, feed: string) =>
  db.deleteFrom('difference').where('feed', '=', feed).execute();

/** Where its next pull of changes goes on; null before the first. */
export async function readCursor(db: Kysely<Schema>, name: string): Promise<string | null> {
  const row = await db.selectFrom('feed').select('cursor').where('name', '=', name).executeTakeFirst();
  return row?.cursor ?? null;
}

export async function saveCursor(db: Kysely<Schema>, name: string, cursor: string | null): Promise<void> {
  await db.updateTable('feed').set({ cursor }).where('name', '=', name).execute();
}

/** A change in an ERP that waits for the planner's word; without a record it was deleted there. */
export interface Difference {
  readonly feed: string;
  readonly kind: RecordKind;
  readonly id: string;
  readonly record: Plant[RecordKind][number] | null;
  readonly at: Instant;
}

export async function readDifferences(db: Kysely<Schema>): Promise<Difference[]> {
  const rows = await db.selectFrom('difference').selectAll().orderBy('at').orderBy('id').execute();
  return rows.map(({ body, ...row }) => ({
    ...row,
    record: body === null ? null : (JSON.parse(body) as Difference['record']),
  }));
}

/** What an ERP has changed takes the place of what it had changed before of the same record. */
export async function putDifferences(db: Kysely<Schema>, differences: readonly Difference[]): Promise<void> {
  const rows = differences.map(({ record, ...rest }) => ({
    ...rest,
    body: record === null ? null : JSON.stringify(record),
  }));
  for (const chunk of chunks(rows)) {
    await db
      .insertInto('difference')
      .values(chunk)
      .onConflict((conflict) =>
        conflict.columns(['feed', 'kind', 'id']).doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })),
      )
      .execute();
  }
}

export async function removeDifferences(
  db: Kysely<Schema>,
  differences: readonly Pick<Difference, 'feed' | 'kind' | 'id'>[],
): Promise<void> {
  for (const { feed, kind, id } of differences) {
    await db
      .deleteFrom('difference')
      .where('feed', '=', feed)
      .where('kind', '=', kind)
      .where('id', '=', id)
      .execute();
  }
}
