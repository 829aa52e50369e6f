import type { Kysely } from 'kysely';
import type { ScenarioId } from '#shared/domain/scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Change, type Edit, type Place, invert } from '#shared/edit/draft.ts';
import { chunks } from './chunks.ts';
import { pack, unpack } from './packed.ts';
import { bumpRevision } from './revision.ts';
import { readOpenScenario } from './scenarios.ts';
import type { Schema } from './schema.ts';

/** So many edits can be undone; an accepted proposal is one of them and may be megabytes. */
const UNDO_DEPTH = 100;

/** Places of the open scenario, or of another. */
export async function readDraft(db: Kysely<Schema>, scenario?: ScenarioId): Promise<Map<TaskId, Place>> {
  const rows = await db
    .selectFrom('place')
    .select(['task', 'body'])
    .where('scenario', '=', scenario ?? (await readOpenScenario(db)))
    .orderBy('task')
    .execute();
  return new Map(rows.map((row) => [row.task as TaskId, JSON.parse(row.body) as Place]));
}

/** Labels of what undo and redo would do next in the open scenario. */
export async function readEdits(db: Kysely<Schema>): Promise<{ undo: string | null; redo: string | null }> {
  return {
    undo: (await nextEdit(db, 'undo'))?.label ?? null,
    redo: (await nextEdit(db, 'redo'))?.label ?? null,
  };
}

/**
 * Applies the edit to the open scenario, or to another; what was undone there before can no longer be redone. An edit that
 * cannot be undone itself (an import, a report) ends undo at the newest edit of the same tasks: undo never overwrites what
 * came later.
 */
export async function pushEdit(db: Kysely<Schema>, edit: Edit, options: PushOptions): Promise<void> {
  const scenario = options.scenario ?? (await readOpenScenario(db));
  await applyChanges(db, scenario, edit.changes);
  await db.deleteFrom('edit').where('scenario', '=', scenario).where('undone', '=', 1).execute();
  const tasks = edit.changes.map((change) => change.task);
  if (options.undoable) await stackEdit(db, scenario, edit, tasks);
  else await endUndoAt(db, scenario, tasks);
}

export interface PushOptions {
  readonly undoable: boolean;
  /** The open one unless told otherwise. */
  readonly scenario?: ScenarioId;
}

/** Takes the newest edit back; the edit that did so, or null when there is nothing to undo. */
export async function undoEdit(db: Kysely<Schema>): Promise<Edit | null> {
  const row = await nextEdit(db, 'undo');
  if (!row) return null;
  const edit = invert({ label: row.label, changes: await unpack<Change[]>(row.changes) });
  await applyChanges(db, row.scenario as ScenarioId, edit.changes);
  await db.updateTable('edit').set({ undone: 1 }).where('seq', '=', row.seq).execute();
  return edit;
}

/** Does again what was undone last; that edit, or null when there is nothing to redo. */
export async function redoEdit(db: Kysely<Schema>): Promise<Edit | null> {
  const row = await nextEdit(db, 'redo');
  if (!row) return null;
  const edit = { label: row.label, changes: await unpack<Change[]>(row.changes) };
  await applyChanges(db, row.scenario as ScenarioId, edit.changes);
  await db.updateTable('edit').set({ undone: 0 }).where('seq', '=', row.seq).execute();
  return edit;
}

/** Of the edits that can still be undone in the open scenario, the first that concerned the task. */
export async function readFirstEdit(db: Kysely<Schema>, task: TaskId): Promise<Edit | null> {
  const row = await db
    .selectFrom('edit')
    .innerJoin('editTask', 'editTask.seq', 'edit.seq')
    .select(['edit.label', 'edit.changes'])
    .where('editTask.task', '=', task)
    .where('edit.scenario', '=', await readOpenScenario(db))
    .where('edit.undone', '=', 0)
    .orderBy('edit.seq')
    .limit(1)
    .executeTakeFirst();
  return row ? { label: row.label, changes: await unpack<Change[]>(row.changes) } : null;
}

const nextEdit = async (db: Kysely<Schema>, direction: 'undo' | 'redo') =>
  db
    .selectFrom('edit')
    .selectAll()
    .where('scenario', '=', await readOpenScenario(db))
    .where('undone', '=', direction === 'undo' ? 0 : 1)
    .orderBy('seq', direction === 'undo' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();

async function stackEdit(
  db: Kysely<Schema>,
  scenario: ScenarioId,
  edit: Edit,
  tasks: readonly TaskId[],
): Promise<void> {
  const { seq } = await db
    .insertInto('edit')
    .values({ scenario, label: edit.label, changes: await pack(edit.changes) })
    .returning('seq')
    .executeTakeFirstOrThrow();
  for (const chunk of chunks(tasks)) {
    await db
      .insertInto('editTask')
      .values(chunk.map((task) => ({ task, seq })))
      .execute();
  }
  await db
    .deleteFrom('edit')
    .where('scenario', '=', scenario)
    .where('seq', '<=', ({ selectFrom }) =>
      selectFrom('edit')
        .select('seq')
        .where('scenario', '=', scenario)
        .orderBy('seq', 'desc')
        .limit(1)
        .offset(UNDO_DEPTH),
    )
    .execute();
}

async function endUndoAt(db: Kysely<Schema>, scenario: ScenarioId, tasks: readonly TaskId[]): Promise<void> {
  for (const chunk of chunks(tasks)) {
    await db
      .deleteFrom('edit')
      .where('scenario', '=', scenario)
      .where('seq', '<=', ({ selectFrom }) =>
        selectFrom('editTask')
          .innerJoin('edit as own', 'own.seq', 'editTask.seq')
          .select(({ fn }) => fn.max('own.seq').as('newest'))
          .where('own.scenario', '=', scenario)
          .where('editTask.task', 'in', chunk),
      )
      .execute();
  }
}

async function applyChanges(
  db: Kysely<Schema>,
  scenario: ScenarioId,
  changes: readonly Change[],
): Promise<void> {
  for (const chunk of chunks(changes)) {
    const placed = chunk.flatMap(({ task, after }) =>
      after ? [{ scenario, task, body: JSON.stringify(after) }] : [],
    );
    const gone = chunk.flatMap(({ task, after }) => (after ? [] : [task]));
    if (placed.length > 0) {
      await db
        .insertInto('place')
        .values(placed)
        .onConflict((conflict) =>
          conflict.columns(['scenario', 'task']).doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })),
        )
        .execute();
    }
    if (gone.length > 0) {
      await db.deleteFrom('place').where('scenario', '=', scenario).where('task', 'in', gone).execute();
    }
  }
  await bumpRevision(db);
}
