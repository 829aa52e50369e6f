import type { Kysely } from 'kysely';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { QueueRow, Schema } from './schema.ts';

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
  return rows.map((row) => ({
    ...row,
    unit: row.unit as EquipmentId,
    items: JSON.parse(row.items) as Queue['items'],
  }));
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
  const row = { ...queue, items: JSON.stringify(queue.items) };
  await db.insertInto('queue').values(row).execute();
  return row;
}
