import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Why a revision of a list came and what it changed, and which revisions each line has said to have seen. */
export const dispatch: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  // Empty in older rows, whose seal does not cover what they did not have.
  await run(`ALTER TABLE queue ADD COLUMN note TEXT CHECK (json_valid(note))`);
  await run(`CREATE TABLE "listReceipt" (
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    by TEXT NOT NULL CHECK (by <> ''),
    PRIMARY KEY (unit, revision)
  ) STRICT`);
  for (const change of ['UPDATE', 'DELETE'])
    await run(`CREATE TRIGGER "listReceiptNo${change}" BEFORE ${change} ON "listReceipt"
      BEGIN SELECT RAISE(ABORT, 'Rows of listReceipt stay: no ${change}.'); END`);
};
