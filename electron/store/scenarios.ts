import { type Kysely, sql } from 'kysely';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import { type Scenario, ScenarioId } from '#shared/domain/scenario.ts';
import { bumpRevision } from './revision.ts';
import type { Schema } from './schema.ts';

/** The draft first, then in the order in which they were made. */
export async function readScenarios(db: Kysely<Schema>): Promise<Scenario[]> {
  const rows = await db.selectFrom('scenario').selectAll().orderBy('id').execute();
  return rows.map((row) => ({ ...row, id: ScenarioId.parse(row.id) }));
}

/** The scenario whose places the board shows and every edit changes. */
export async function readOpenScenario(db: Kysely<Schema>): Promise<ScenarioId> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'scenario')
    .executeTakeFirstOrThrow();
  return ScenarioId.parse(Number(row.value));
}

/** What the board shows is another draft: nothing that was asked against the one before may hit it. */
export async function openScenario(db: Kysely<Schema>, id: ScenarioId): Promise<void> {
  await db
    .updateTable('meta')
    .set({ value: String(id) })
    .where('key', '=', 'scenario')
    .execute();
  await bumpRevision(db);
}

/** A copy of the places of another scenario; undo begins anew. */
export async function branchScenario(
  db: Kysely<Schema>,
  from: ScenarioId,
  scenario: Omit<Scenario, 'id'>,
): Promise<Scenario> {
  const { name, author, created, assumes } = scenario;
  const row = await db
    .insertInto('scenario')
    .values({ name, author, created, assumes })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('place')
    .columns(['scenario', 'task', 'body'])
    .expression(
      db
        .selectFrom('place')
        .select([sql.lit(row.id).as('scenario'), 'task', 'body'])
        .where('scenario', '=', from),
    )
    .execute();
  return { ...scenario, id: ScenarioId.parse(row.id) };
}

export async function renameScenario(db: Kysely<Schema>, id: ScenarioId, name: string): Promise<void> {
  await db.updateTable('scenario').set({ name }).where('id', '=', id).execute();
}

/** Its places and edits go with it; never the draft. */
export async function removeScenario(db: Kysely<Schema>, id: ScenarioId): Promise<void> {
  if ((await readOpenScenario(db)) === id) await openScenario(db, DRAFT);
  await db.deleteFrom('scenario').where('id', '=', id).execute();
}
