import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANCHORS, anchorHead } from '#electron/app/anchors.ts';
import { verifyRecord } from '#electron/app/check-record.ts';
import { type SmallShop, shopAtSeven, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await shopAtSeven('A');
});
afterEach(() => shop.remove());

const file = () => join(shop.data, ANCHORS);
const lines = () => readFileSync(file(), 'utf8').trim().split('\n');
const problem = async () => (await verifyRecord(shop.station)).problem;
const head = async () => (await shop.station.store.read.ledger({ limit: 1 })).entries[0];
const handOver = () =>
  shop.handlers['handover.record'](
    { shift: 'this', remarks: '', givenBy: 'Anna', takenBy: 'Ben' },
    planner(),
  );

/** As somebody would who has the file and knows the format: triggers off, the last commands out with all they left. */
function cutOff(entries: number): void {
  const database = new Database(join(shop.data, 'shiftwright.db'));
  const triggers = database
    .prepare<[], { name: string; sql: string }>(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all();
  for (const { name } of triggers) database.exec(`DROP TRIGGER "${name}"`);
  const last = database.prepare<[], { seq: number }>('SELECT max(seq) AS seq FROM ledger').get()?.seq ?? 0;
  const gone = `SELECT correlation FROM ledger WHERE seq > ${last - entries}`;
  database.exec(
    `DELETE FROM command WHERE key IN (${gone}); DELETE FROM ledger WHERE seq > ${last - entries}`,
  );
  for (const { sql } of triggers) database.exec(sql);
  database.close();
}

test('[HC-03] the head is anchored at the close of a shift; the last entries cut off are found by it', async () => {
  for (let day = 0; day < 10; day += 1) done(await handOver());
  const { seq = 0, hash } = (await head()) ?? {};
  expect(JSON.parse(lines().at(-1) ?? '')).toMatchObject({ seq, hash, at: '2026-11-23T07:00:00Z' });
  expect(await problem()).toBeNull();
  await anchorHead(shop.station); // nothing new to say
  expect(lines()).toHaveLength(10);
  cutOff(10);
  expect(await shop.station.store.verify()).toMatchObject({ ok: true }); // the chain by itself is whole
  expect(await problem()).toBe(
    `The ledger ends with entry ${seq - 10}, but had ${seq - 9} at 2026-11-23T07:00:00Z: its head is older than its anchor.`,
  );
});

test('[HC-03] a ledger that was written anew is another one than was anchored', async () => {
  done(await handOver());
  const kept = readFileSync(file(), 'utf8');
  const { seq = 0 } = (await head()) ?? {};
  cutOff(1);
  shop = withVerbs(await shop.reopened());
  rmSync(file());
  done(
    await shop.handlers['handover.record'](
      { shift: 'this', remarks: 'Nothing happened', givenBy: 'Anna', takenBy: 'Ben' },
      planner(),
    ),
  );
  writeFileSync(file(), kept);
  expect(await problem()).toBe(
    `Entry ${seq} of the ledger is not the one that was anchored at 2026-11-23T07:00:00Z.`,
  );
});

test('[HC-03] an anchor is signed: one that somebody else has written is none', async () => {
  done(await handOver());
  const own = JSON.parse(lines()[0] ?? '') as object;
  appendFileSync(file(), `${JSON.stringify({ ...own, hash: '0'.repeat(64) })}\n`);
  expect(await problem()).toBe(`Line 2 of ${ANCHORS} is not what the station wrote.`);
  writeFileSync(file(), 'no anchor\n');
  expect(await problem()).toBe(`Line 1 of ${ANCHORS} is not what the station wrote.`);
});

test('[HC-03] [R2] an anchor that the power cut in the middle is none, raises no alarm, and the next one follows', async () => {
  done(await handOver());
  done(await handOver());
  const whole = readFileSync(file(), 'utf8');
  writeFileSync(file(), whole.slice(0, -20));
  expect(await problem()).toBeNull();
  await anchorHead(shop.station);
  expect(lines()).toHaveLength(2);
  expect(JSON.parse(lines()[1] ?? '')).toMatchObject({ seq: (await head())?.seq });
  expect(await problem()).toBeNull();
});
