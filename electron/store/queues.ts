import type { Kysely } from 'kysely';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { ListReceipt } from '#shared/domain/list-receipt.ts';
import type { Queue, RevisionNote } from '#shared/domain/queue.ts';
import type { ListReceiptRow, QueueRow, Schema } from './schema.ts';

/** What each unit was told last. */
export async function readLatestQueues(db: Kysely<Schema>): Promise<Queue[]> {
  const rows = await db
    .selectFrom('queue')
    .innerJoin(
      (eb) =>
        eb
          .selectFrom('queue')
          .select(({ fn }) => ['unit', fn.max('revision').as('revision')])
          .groupBy('unit')
          .as('latest'),
      (join) => join.onRef('latest.unit', '=', 'queue.unit').onRef('latest.revision', '=', 'queue.revision'),
    )
    .selectAll('queue')
    .orderBy('queue.unit')
    .execute();
  return rows.map(queueFromRow);
}

const queueFromRow = ({ note, items, ...row }: QueueRow): Queue => ({
  ...row,
  unit: row.unit as EquipmentId,
  items: JSON.parse(items) as Queue['items'],
  ...(note !== null && { note: JSON.parse(note) as RevisionNote }),
});

/** The last revisions of one unit's list, the newest first. */
export async function readRevisions(db: Kysely<Schema>, unit: string, limit: number): Promise<Queue[]> {
  const rows = await db
    .selectFrom('queue')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('revision', 'desc')
    .limit(limit)
    .execute();
  return rows.map(queueFromRow);
}

/** What its seal covers: an older row did not have a note. */
export const sealedQueue = ({ note, ...row }: QueueRow) => (note === null ? row : { ...row, note });

/** A revision that its line has seen, and the list as it was then. */
export interface SeenList {
  readonly receipt: ListReceipt;
  readonly queue: Queue;
}

/** The last revision that each line has seen. */
export async function readSeenLists(db: Kysely<Schema>): Promise<SeenList[]> {
  const receipts = await db
    .selectFrom('listReceipt')
    .selectAll()
    .where(({ eb, selectFrom }) =>
      eb(
        'revision',
        '=',
        selectFrom('listReceipt as other')
          .select(({ fn }) => fn.max('other.revision').as('revision'))
          .whereRef('other.unit', '=', 'listReceipt.unit'),
      ),
    )
    .orderBy('unit')
    .execute();
  const lists: SeenList[] = [];
  for (const row of receipts) {
    const receipt = ListReceipt.parse(row);
    const queue = await db
      .selectFrom('queue')
      .selectAll()
      .where('unit', '=', row.unit)
      .where('revision', '=', row.revision)
      .executeTakeFirstOrThrow();
    lists.push({ receipt, queue: queueFromRow(queue) });
  }
  return lists;
}

/** What one unit's line has said to have seen, the newest first. */
export async function readListReceipts(db: Kysely<Schema>, unit: string): Promise<ListReceipt[]> {
  const rows = await db
    .selectFrom('listReceipt')
    .selectAll()
    .where('unit', '=', unit)
    .orderBy('revision', 'desc')
    .execute();
  return rows.map((row) => ListReceipt.parse(row));
}

export async function addListReceipt(db: Kysely<Schema>, receipt: ListReceipt): Promise<ListReceiptRow> {
  await db.insertInto('listReceipt').values(receipt).execute();
  return receipt;
}

/** Adds the unit's next revision, never another; the row as it was written. */
export async function addQueue(db: Kysely<Schema>, queue: Queue): Promise<QueueRow> {
  const told = await db
    .selectFrom('queue')
    .select(({ fn }) => fn.max('revision').as('revision'))
    .where('unit', '=', queue.unit)
    .executeTakeFirst();
  const next = (told?.revision ?? 0) + 1;
  if (queue.revision !== next) {
    throw new RangeError(
      `Revision ${queue.revision} of the queue of ${queue.unit} cannot follow revision ${next - 1}.\nMaybe it was dispatched twice at the same time.`,
    );
  }
  const { note, ...rest } = queue;
  const row: QueueRow = {
    ...rest,
    items: JSON.stringify(queue.items),
    note: note === undefined ? null : JSON.stringify(note),
  };
  await db.insertInto('queue').values(row).execute();
  return row;
}
