import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Counts every change of a draft and every change to another one. */
export async function readRevision(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'revision')
    .executeTakeFirstOrThrow();
  return Number(row.value);
}

export async function bumpRevision(db: Kysely<Schema>): Promise<void> {
  const revision = (await readRevision(db)) + 1;
  await db
    .updateTable('meta')
    .set({ value: String(revision) })
    .where('key', '=', 'revision')
    .execute();
}
