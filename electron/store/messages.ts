import type { Kysely } from 'kysely';
import type { ImportReport } from '#shared/domain/import-report.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Schema } from './schema.ts';

/** What the import of this message reported, or null when it has not been seen. */
export async function messageSeen(db: Kysely<Schema>, id: string): Promise<ImportReport | null> {
  const row = await db.selectFrom('message').select('report').where('id', '=', id).executeTakeFirst();
  return row ? (JSON.parse(row.report) as ImportReport) : null;
}

/** Keeps the first report of a message, and when it was heard last: one that says the same again is news of that. */
export async function rememberMessage(
  db: Kysely<Schema>,
  id: string,
  report: ImportReport,
  at: Instant,
): Promise<void> {
  await db
    .insertInto('message')
    .values({ id, report: JSON.stringify(report), at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ at }))
    .execute();
}

export async function lastImport(db: Kysely<Schema>): Promise<Instant | null> {
  const row = await db
    .selectFrom('message')
    .select(({ fn }) => fn.max('at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}
