import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/** Connections to ERPs, what waits for them in the outbox, and what they changed and nobody has accepted yet. */
export const feeds: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE feed (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    body TEXT NOT NULL,
    cursor TEXT
  ) STRICT`);
  await run(`CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    feed TEXT NOT NULL,
    lane TEXT NOT NULL,
    body TEXT NOT NULL,
    made INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'kept', 'notKept', 'refused')),
    answer TEXT,
    settled INTEGER
  ) STRICT`);
  await run(`CREATE INDEX "outboxWaiting" ON outbox (feed, seq) WHERE state = 'waiting'`);
  await run(`CREATE TRIGGER "outboxNoDELETE" BEFORE DELETE ON outbox
    BEGIN SELECT RAISE(ABORT, 'Rows of outbox stay: no DELETE.'); END`);
  await run(`CREATE TABLE difference (
    feed TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT,
    at INTEGER NOT NULL,
    PRIMARY KEY (feed, kind, id)
  ) STRICT`);
};
