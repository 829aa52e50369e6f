import type { Kysely } from 'kysely';
import { JobReceipt } from '#shared/domain/job-receipt.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { LineLink } from '#shared/domain/line-link.ts';
import type { Schema } from './schema.ts';

export async function readLinks(db: Kysely<Schema>): Promise<LineLink[]> {
  const rows = await db.selectFrom('link').select('body').orderBy('name').execute();
  return rows.map((row) => LineLink.parse(JSON.parse(row.body)));
}

/** Puts a connection in, or another form of it. */
export async function saveLink(db: Kysely<Schema>, link: LineLink): Promise<void> {
  const row = { name: link.name, body: JSON.stringify(link) };
  await db
    .insertInto('link')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ body: row.body }))
    .execute();
}

export async function removeLink(db: Kysely<Schema>, name: string): Promise<void> {
  await db.deleteFrom('link').where('name', '=', name).execute();
}

/** The last receipt of every task that any line ever acknowledged. */
export async function readReceipts(db: Kysely<Schema>): Promise<JobReceipt[]> {
  const rows = await db.selectFrom('receipt').selectAll().execute();
  return rows.map((row) => JobReceipt.parse(row));
}

/** Takes the place of what was acknowledged of the task before; the ledger keeps both. */
export async function saveReceipt(db: Kysely<Schema>, { task, ...rest }: JobReceipt): Promise<void> {
  await db
    .insertInto('receipt')
    .values({ task, ...rest })
    .onConflict((conflict) => conflict.column('task').doUpdateSet(rest))
    .execute();
}

export async function removeReceipt(db: Kysely<Schema>, task: TaskId): Promise<void> {
  await db.deleteFrom('receipt').where('task', '=', task).execute();
}
