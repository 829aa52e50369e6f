import { type Kysely, sql } from 'kysely';
import type { Case } from '#shared/domain/case.ts';
import type { Schema } from './schema.ts';

/** Those that are not closed, and of the closed ones those that were decided or gone last; the oldest first. */
export async function readCases(db: Kysely<Schema>, closed: number): Promise<Case[]> {
  const live = await db.selectFrom('case').select('body').where('state', '<>', 'closed').execute();
  const done = await db
    .selectFrom('case')
    .select('body')
    .where('state', '=', 'closed')
    .orderBy(sql`json_extract(body, '$.outcome.at')`, 'desc')
    .orderBy('id', 'desc')
    .limit(closed)
    .execute();
  const all = [...live, ...done].map(({ body }) => JSON.parse(body) as Case);
  return all.sort((a, b) => a.id - b.id);
}

/** Whenever its line could not run the task, the oldest first. */
export async function readCasesAsked(db: Kysely<Schema>, task: string): Promise<Case[]> {
  const rows = await db
    .selectFrom('case')
    .select('body')
    .where(sql`json_extract(body, '$.asked.task')`, '=', task)
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => JSON.parse(body) as Case);
}

export async function nextCaseId(db: Kysely<Schema>): Promise<number> {
  const last = await db
    .selectFrom('case')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst();
  return (last?.id ?? 0) + 1;
}

export async function saveCase(db: Kysely<Schema>, one: Case): Promise<void> {
  const { id, key, state } = one;
  const row = { key, state, body: JSON.stringify(one) };
  await db
    .insertInto('case')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}
