import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** People who log in, what they signed, and the screens at the lines that were paired. */
export const accounts: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);
  const written = async (table: string, changes: readonly string[]): Promise<void> => {
    for (const change of changes)
      await run(`CREATE TRIGGER "${table}No${change}" BEFORE ${change} ON "${table}"
        BEGIN SELECT RAISE(ABORT, 'Rows of ${table} stay: no ${change}.'); END`);
  };

  await run(`CREATE TABLE user (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await written('user', ['DELETE']);
  await run(`CREATE TABLE credential (
    seq INTEGER PRIMARY KEY,
    user TEXT NOT NULL REFERENCES user,
    body TEXT NOT NULL CHECK (json_valid(body)),
    at INTEGER NOT NULL
  ) STRICT`);
  await run(`CREATE INDEX "credentialByUser" ON credential (user, seq)`);
  await written('credential', ['UPDATE', 'DELETE']);
  await run(`CREATE TABLE badge (
    person TEXT PRIMARY KEY CHECK (person <> ''),
    hash TEXT NOT NULL UNIQUE
  ) STRICT`);
  await run(`CREATE TABLE device (
    id TEXT PRIMARY KEY CHECK (id <> ''),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await written('device', ['DELETE']);
  await run(`CREATE TABLE signature (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    entity TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    user TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    at TEXT NOT NULL CHECK (length(at) = 24),
    zone TEXT NOT NULL,
    meaning TEXT NOT NULL CHECK (meaning <> '')
  ) STRICT`);
  await run(`CREATE INDEX "signatureByRecord" ON signature (entity, "entityId")`);
  await written('signature', ['UPDATE', 'DELETE']);

  // AT-02. Empty in older entries, whose hash does not cover what they did not have.
  for (const column of ['userName', 'role', 'workstation'])
    await run(`ALTER TABLE ledger ADD COLUMN "${column}" TEXT`);
  await run(`CREATE INDEX "ledgerByUser" ON ledger ("userId", seq)`);
};
