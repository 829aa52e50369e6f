import { sql } from 'kysely';
import type { Migration } from './migration.ts';

/**
 * A message says what it is about, so that the latest of a thing is found without reading others, and may be dropped. A
 * connection knows with which message it began (`since`), and stays known by its name when it is removed: what came from
 * it is in the plant still.
 */
export const outbox: Migration = async (db) => {
  const run = (statement: string) => sql.raw(statement).execute(db);

  await run(`ALTER TABLE feed ADD COLUMN since INTEGER NOT NULL DEFAULT 0`);
  await run(`ALTER TABLE feed ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))`);

  // Those that were removed before, as the ledger knows them.
  await run(`INSERT INTO feed (name, body, removed)
    SELECT "entityId", new, 1 FROM ledger AS saved
    WHERE entity = 'feed' AND field IS NULL AND new <> 'null'
      AND "entityId" NOT IN (SELECT name FROM feed)
      AND seq = (SELECT max(seq) FROM ledger
        WHERE entity = 'feed' AND "entityId" = saved."entityId" AND field IS NULL AND new <> 'null')`);

  // A state more needs a new table; its rows keep their numbers.
  await run(`CREATE TABLE "outboxNow" (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    feed TEXT NOT NULL,
    lane TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    made INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting'
      CHECK (state IN ('waiting', 'kept', 'notKept', 'refused', 'dropped')),
    answer TEXT,
    settled INTEGER
  ) STRICT`);
  await run(`INSERT INTO "outboxNow"
    SELECT seq, feed, lane,
      CASE body ->> 'kind' WHEN 'downtime' THEN 'down ' || (body ->> 'id')
        ELSE (body ->> 'kind') || ' ' || (body ->> 'order') || char(10) || (body ->> 'step') END,
      body, made, state, answer, settled
    FROM outbox ORDER BY seq`);
  await run(`DROP TABLE outbox`);
  await run(`ALTER TABLE "outboxNow" RENAME TO outbox`);
  await run(`CREATE INDEX "outboxByState" ON outbox (feed, state, seq)`);
  await run(`CREATE INDEX "outboxByFeed" ON outbox (feed, seq)`);
  await run(`CREATE INDEX "outboxBySubject" ON outbox (feed, lane, subject, seq)`);
  await run(`CREATE TRIGGER "outboxNoDELETE" BEFORE DELETE ON outbox
    BEGIN SELECT RAISE(ABORT, 'Rows of outbox stay: no DELETE.'); END`);

  await run(`CREATE INDEX "messageByTime" ON message (at)`);
};
