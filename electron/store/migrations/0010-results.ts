import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * Lines report results as well: samples, tests, calibrations, what is staged and what is split off. The table is made anew
 * with the same rows, because SQLite changes no CHECK; their seals in the ledger cover what they say and stay true.
 */
export const results: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`CREATE TABLE "eventWithResults" (
    seq INTEGER PRIMARY KEY CHECK (seq > 0),
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    at INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    unit TEXT NOT NULL,
    task TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('setupStarted', 'started', 'paused', 'resumed', 'quantityReported',
      'completed', 'downtimeStarted', 'downtimeEnded', 'sampleTaken', 'tested', 'calibrated', 'staged',
      'splitOff')),
    state TEXT NOT NULL CHECK (state IN ('PROD', 'SETUP', 'DELAY', 'NO_ORDER', 'PLANNED_DOWN', 'UNSCHEDULED')),
    origin TEXT NOT NULL CHECK (origin IN ('line', 'log')),
    body TEXT NOT NULL CHECK (json_valid(body))
  ) STRICT`);
  await run(`INSERT INTO "eventWithResults"
    SELECT seq, id, at, recorded, unit, task, kind, state, origin, body FROM event`);
  await run(`DROP TABLE event`);
  await run(`ALTER TABLE "eventWithResults" RENAME TO event`);
  await run(`CREATE INDEX "eventByUnit" ON event (unit, at)`);
  await run(`CREATE INDEX "eventByTask" ON event (task, at)`);
  for (const change of ['UPDATE', 'DELETE'])
    await run(`CREATE TRIGGER "eventNo${change}" BEFORE ${change} ON event
      BEGIN SELECT RAISE(ABORT, 'Rows of event are written once: no ${change}.'); END`);
};
