import { sql } from 'kysely';
import type { Connection } from './connection.ts';
import { migrations } from './migrations/all.ts';
import type { Migration } from './migrations/migration.ts';
import { StoreError } from './store-error.ts';

/** 'SHWR': marks the file as ours. */
const APPLICATION_ID = 0x53485752;

/** Refuses a file that is not ours, or that a newer program has written; tells how many steps it has behind it. */
export function schemaOf({ sqlite }: Connection, known: readonly Migration[] = migrations): number {
  const read = (pragma: string) => Number(sqlite.pragma(pragma, { simple: true }));
  const step = read('user_version');
  const tables = sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  if (read('application_id') !== APPLICATION_ID && tables !== undefined) {
    throw new StoreError(
      'foreign',
      `${sqlite.name} is a database of another program.\nMaybe the data folder is not the one that was meant.`,
    );
  }
  if (step > known.length) {
    throw new StoreError(
      'newer',
      `${sqlite.name} has schema ${step}, this program knows ${known.length}.\nMaybe a newer Shiftwright has written it; install that version again. Nothing was changed.`,
    );
  }
  return step;
}

/** Brings the file to the newest schema: each step in one transaction together with its number. */
export async function migrate(
  connection: Connection,
  known: readonly Migration[] = migrations,
): Promise<void> {
  const done = schemaOf(connection, known);
  for (const [index, step] of known.entries()) {
    if (index < done) continue;
    await connection.db.transaction().execute(async (db) => {
      await step(db);
      await sql.raw(`PRAGMA application_id = ${APPLICATION_ID}`).execute(db);
      await sql.raw(`PRAGMA user_version = ${index + 1}`).execute(db);
    });
  }
}
