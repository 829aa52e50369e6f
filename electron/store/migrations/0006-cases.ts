import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Deviations that somebody has to decide. Their history stands in the ledger; a row is as it is now, and stays. */
export const cases: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE "case" (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL CHECK (key <> ''),
    state TEXT NOT NULL CHECK (state IN ('open', 'decided', 'closed')),
    body TEXT NOT NULL
  ) STRICT`);
  await run(`CREATE UNIQUE INDEX "caseByCause" ON "case" (key) WHERE state <> 'closed'`);
  await run(`CREATE TRIGGER "caseNoDELETE" BEFORE DELETE ON "case"
    BEGIN SELECT RAISE(ABORT, 'Rows of case stay: no DELETE.'); END`);
};
