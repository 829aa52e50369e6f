import type { Kysely } from 'kysely';
import type { TaskId } from '#shared/domain/task.ts';
import { type Change, type Edit, type Place, invert } from '#shared/edit/draft.ts';
import { chunks } from './chunks.ts';
import { pack, unpack } from './packed.ts';
import type { Schema } from './schema.ts';

/** So many edits can be undone; an accepted proposal is one of them and may be megabytes. */
const UNDO_DEPTH = 100;

export async function readDraft(db: Kysely<Schema>): Promise<Map<TaskId, Place>> {
  const rows = await db.selectFrom('place').selectAll().orderBy('task').execute();
  return new Map(rows.map((row) => [row.task as TaskId, JSON.parse(row.body) as Place]));
}

/** Counts every change of the draft. */
export async function readRevision(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('meta')
    .select('value')
    .where('key', '=', 'revision')
    .executeTakeFirstOrThrow();
  return Number(row.value);
}

/** Labels of what undo and redo would do next. */
export async function readEdits(db: Kysely<Schema>): Promise<{ undo: string | null; redo: string | null }> {
  return {
    undo: (await nextEdit(db, 'undo'))?.label ?? null,
    redo: (await nextEdit(db, 'redo'))?.label ?? null,
  };
}

/**
 * Applies the edit to the draft; what was undone before can no longer be redone. An edit that cannot be undone itself
 * (an import, a report) ends undo at the newest edit of the same tasks: undo never overwrites what came later.
 */
export async function pushEdit(
  db: Kysely<Schema>,
  edit: Edit,
  options: { undoable: boolean },
): Promise<void> {
  await applyChanges(db, edit.changes);
  await db.deleteFrom('edit').where('undone', '=', 1).execute();
  const tasks = edit.changes.map((change) => change.task);
  if (options.undoable) await stackEdit(db, edit, tasks);
  else await endUndoAt(db, tasks);
}

/** Takes the newest edit back; the edit that did so, or null when there is nothing to undo. */
export async function undoEdit(db: Kysely<Schema>): Promise<Edit | null> {
  const row = await nextEdit(db, 'undo');
  if (!row) return null;
  const edit = invert({ label: row.label, changes: await unpack<Change[]>(row.changes) });
  await applyChanges(db, edit.changes);
  await db.updateTable('edit').set({ undone: 1 }).where('seq', '=', row.seq).execute();
  return edit;
}

/** Does again what was undone last; that edit, or null when there is nothing to redo. */
export async function redoEdit(db: Kysely<Schema>): Promise<Edit | null> {
  const row = await nextEdit(db, 'redo');
  if (!row) return null;
  const edit = { label: row.label, changes: await unpack<Change[]>(row.changes) };
  await applyChanges(db, edit.changes);
  await db.updateTable('edit').set({ undone: 0 }).where('seq', '=', row.seq).execute();
  return edit;
}

const nextEdit = (db: Kysely<Schema>, direction: 'undo' | 'redo') =>
  db
    .selectFrom('edit')
    .selectAll()
    .where('undone', '=', direction === 'undo' ? 0 : 1)
    .orderBy('seq', direction === 'undo' ? 'desc' : 'asc')
    .limit(1)
    .executeTakeFirst();

async function stackEdit(db: Kysely<Schema>, edit: Edit, tasks: readonly TaskId[]): Promise<void> {
  const { seq } = await db
    .insertInto('edit')
    .values({ label: edit.label, changes: await pack(edit.changes) })
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
    .where('seq', '<=', seq - UNDO_DEPTH)
    .execute();
}

async function endUndoAt(db: Kysely<Schema>, tasks: readonly TaskId[]): Promise<void> {
  for (const chunk of chunks(tasks)) {
    await db
      .deleteFrom('edit')
      .where('seq', '<=', ({ selectFrom, fn }) =>
        selectFrom('editTask').select(fn.max('seq').as('newest')).where('task', 'in', chunk),
      )
      .execute();
  }
}

async function applyChanges(db: Kysely<Schema>, changes: readonly Change[]): Promise<void> {
  for (const chunk of chunks(changes)) {
    const placed = chunk.flatMap(({ task, after }) => (after ? [{ task, body: JSON.stringify(after) }] : []));
    const gone = chunk.flatMap(({ task, after }) => (after ? [] : [task]));
    if (placed.length > 0) {
      await db
        .insertInto('place')
        .values(placed)
        .onConflict((conflict) =>
          conflict.column('task').doUpdateSet(({ ref }) => ({ body: ref('excluded.body') })),
        )
        .execute();
    }
    if (gone.length > 0) await db.deleteFrom('place').where('task', 'in', gone).execute();
  }
  const revision = (await readRevision(db)) + 1;
  await db
    .updateTable('meta')
    .set({ value: String(revision) })
    .where('key', '=', 'revision')
    .execute();
}
