import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Connections to lines and machines, and which job each line has acknowledged last. */
export const machines: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE link (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    body TEXT NOT NULL
  ) STRICT`);
  await run(`CREATE TABLE receipt (
    task TEXT PRIMARY KEY,
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL
  ) STRICT`);
};
