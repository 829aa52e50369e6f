import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * Lines take reports back and put counts right. The table is made anew with the same rows, because SQLite changes no CHECK;
 * their seals in the ledger cover what they say and stay true. A report is taken back once.
 */
export const withdrawals: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE "eventWithWithdrawals" (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    unit TEXT NOT NULL,
    task TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('setupStarted', 'started', 'paused', 'resumed', 'quantityReported',
      'quantityCorrected', 'completed', 'downtimeStarted', 'downtimeEnded', 'sampleTaken', 'tested', 'calibrated',
      'staged', 'splitOff', 'withdrawn')),
    state TEXT NOT NULL CHECK (state IN ('PROD', 'SETUP', 'DELAY', 'NO_ORDER', 'PLANNED_DOWN', 'UNSCHEDULED')),
    origin TEXT NOT NULL CHECK (origin IN ('line', 'log')),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await run(`INSERT INTO "eventWithWithdrawals"
    SELECT seq, id, at, recorded, unit, task, kind, state, origin, body FROM event`);
  await run(`DROP TABLE event`);
  await run(`ALTER TABLE "eventWithWithdrawals" RENAME TO event`);
  await run(`CREATE INDEX "eventByUnit" ON event (unit, at)`);
  await run(`CREATE INDEX "eventByTask" ON event (task, at)`);
  await run(`CREATE UNIQUE INDEX "withdrawnOnce" ON event (json_extract(body, '$.withdraws'))
    WHERE kind = 'withdrawn'`);
  for (const change of ['UPDATE', 'DELETE'])
    await run(`CREATE TRIGGER "eventNo${change}" BEFORE ${change} ON event
      BEGIN SELECT RAISE(ABORT, 'Rows of event are written once: no ${change}.'); END`);
};
