import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Places and edits belong to a scenario; the draft that was becomes scenario 0, which stays for good. */
export const scenarios: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE scenario (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),
    author TEXT NOT NULL,
    created INTEGER NOT NULL,
    assumes TEXT
  ) STRICT`);
  await run(`INSERT INTO scenario (id, name, author, created) VALUES (0, 'Draft', '', 0)`);
  await run(`INSERT INTO meta VALUES ('scenario', '0')`);
  await run(`CREATE TRIGGER "scenarioKeepsDraft" BEFORE DELETE ON scenario WHEN old.id = 0
    BEGIN SELECT RAISE(ABORT, 'The draft is no scenario that could be deleted.'); END`);

  await run(`ALTER TABLE place RENAME TO "placeBefore"`);
  await run(`CREATE TABLE place (
    scenario INTEGER NOT NULL REFERENCES scenario ON DELETE CASCADE,
    task TEXT NOT NULL CHECK (task <> ''),
    body TEXT NOT NULL CHECK (json_valid(body)),
    PRIMARY KEY (scenario, task)
  ) STRICT`);
  await run(`INSERT INTO place SELECT 0, task, body FROM "placeBefore"`);
  await run(`DROP TABLE "placeBefore"`);

  // Without REFERENCES, which SQLite does not add to a table that has rows.
  await run(`ALTER TABLE edit ADD COLUMN scenario INTEGER NOT NULL DEFAULT 0`);
  await run(`CREATE INDEX "editByScenario" ON edit (scenario, undone, seq)`);
  await run(`CREATE TRIGGER "scenarioTakesEdits" AFTER DELETE ON scenario
    BEGIN DELETE FROM edit WHERE scenario = old.id; END`);
};
