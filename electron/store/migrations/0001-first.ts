import { sql } from 'kysely';
import type { Migration } from './migration.ts';

const RECORDS = [
  'calendars',
  'equipment',
  'people',
  'testSpecs',
  'testResults',
  'setupMatrices',
  'materials',
  'lots',
  'routings',
  'orders',
  'downtimes',
];

/** Rows that are written once: what was published, dispatched, reported and recorded. */
const APPEND_ONLY = ['version', 'queue', 'event', 'command', 'ledger'];

export const first: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`);
  await run(`INSERT INTO meta VALUES ('revision', '0')`);

  for (const kind of RECORDS) {
    await run(`CREATE TABLE "${kind}" (
      seq INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE CHECK (id <> ''),
      body TEXT NOT NULL CHECK (json_valid(body)),
      message TEXT NOT NULL,
      "importedAt" INTEGER NOT NULL
    ) STRICT`);
  }

  await run(`CREATE TABLE message (
    id TEXT PRIMARY KEY,
    report TEXT NOT NULL CHECK (json_valid(report)),
    at INTEGER NOT NULL
  ) STRICT`);
  await run(`CREATE TABLE mapping (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);

  await run(`CREATE TABLE place (
    task TEXT PRIMARY KEY CHECK (task <> ''),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await run(`CREATE TABLE edit (
    seq INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    changes BLOB NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0 CHECK (undone IN (0, 1))
  ) STRICT`);
  await run(`CREATE TABLE "editTask" (
    task TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES edit ON DELETE CASCADE,
    PRIMARY KEY (task, seq)
  ) STRICT, WITHOUT ROWID`);
  await run(`CREATE INDEX "editTaskBySeq" ON "editTask" (seq)`);

  await run(`CREATE TABLE version (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    published INTEGER NOT NULL,
    publisher TEXT NOT NULL,
    note TEXT NOT NULL,
    figures TEXT NOT NULL CHECK (json_valid(figures)),
    schedule BLOB NOT NULL
  ) STRICT`);
  await run(`CREATE TABLE queue (
    unit TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    version INTEGER NOT NULL REFERENCES version,
    dispatched INTEGER NOT NULL,
    items TEXT NOT NULL CHECK (json_valid(items)),
    PRIMARY KEY (unit, revision)
  ) STRICT`);
  await run(`CREATE TABLE event (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    unit TEXT NOT NULL,
    task TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('setupStarted', 'started', 'paused', 'resumed', 'quantityReported',
      'completed', 'downtimeStarted', 'downtimeEnded')),
    state TEXT NOT NULL CHECK (state IN ('PROD', 'SETUP', 'DELAY', 'NO_ORDER', 'PLANNED_DOWN', 'UNSCHEDULED')),
    origin TEXT NOT NULL CHECK (origin IN ('line', 'log')),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await run(`CREATE INDEX "eventByUnit" ON event (unit, at)`);
  await run(`CREATE INDEX "eventByTask" ON event (task, at)`);

  await run(`CREATE TABLE command (
    key TEXT PRIMARY KEY CHECK (key <> ''),
    user TEXT NOT NULL,
    action TEXT NOT NULL,
    reply TEXT NOT NULL CHECK (json_valid(reply)),
    at INTEGER NOT NULL
  ) STRICT`);
  await run(`CREATE TABLE ledger (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    ts TEXT NOT NULL CHECK (length(ts) >= 24),
    "userId" TEXT NOT NULL CHECK ("userId" <> ''),
    action TEXT NOT NULL CHECK (action <> ''),
    entity TEXT NOT NULL,
    "entityId" TEXT NOT NULL,
    field TEXT,
    old TEXT NOT NULL CHECK (json_valid(old)),
    new TEXT NOT NULL CHECK (json_valid(new)),
    reason TEXT,
    origin TEXT NOT NULL CHECK (origin IN ('window', 'line', 'import', 'command', 'solver', 'station')),
    correlation TEXT NOT NULL,
    app TEXT NOT NULL,
    previous TEXT NOT NULL CHECK (length(previous) = 64),
    hash TEXT NOT NULL CHECK (length(hash) = 64)
  ) STRICT`);
  await run(`CREATE INDEX "ledgerByEntity" ON ledger (entity, "entityId")`);
  await run(`CREATE INDEX "ledgerByCorrelation" ON ledger (correlation)`);

  for (const table of APPEND_ONLY) {
    for (const change of ['UPDATE', 'DELETE']) {
      await run(`CREATE TRIGGER "${table}No${change}" BEFORE ${change} ON ${table}
        BEGIN SELECT RAISE(ABORT, 'Rows of ${table} are written once: no ${change}.'); END`);
    }
  }
};
