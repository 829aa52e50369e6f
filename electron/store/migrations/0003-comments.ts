import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Comments on tasks, written once. They name a task that an import may take away and bring back: no foreign key. */
export const comments: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE comment (
    seq INTEGER PRIMARY KEY,
    task TEXT NOT NULL CHECK (task <> ''),
    author TEXT NOT NULL,
    at INTEGER NOT NULL,
    text TEXT NOT NULL CHECK (text <> '')
  ) STRICT`);
  await run(`CREATE INDEX "commentByTask" ON comment (task, seq)`);
  for (const change of ['UPDATE', 'DELETE']) {
    await run(`CREATE TRIGGER "commentNo${change}" BEFORE ${change} ON comment
      BEGIN SELECT RAISE(ABORT, 'Rows of comment are written once: no ${change}.'); END`);
  }
};
