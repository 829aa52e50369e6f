import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { connect } from '#electron/store/connection.ts';
import { migrate } from '#electron/store/migrate.ts';
import { migrations } from '#electron/store/migrations/all.ts';
import { lastImport } from '#electron/store/messages.ts';
import {
  addOutbound,
  dropWaiting,
  readLatest,
  readOutbox,
  readTold,
  readBefore,
  readUnkept,
  readWaiting,
  settleOutbound,
} from '#electron/store/outbox.ts';
import { readFeeds, readFormerFeeds, saveFeed } from '#electron/store/feeds.ts';
import { must } from '#shared/base/must.ts';
import { Feed } from '#shared/domain/feed.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { dataFolder } from './store-kit.ts';

const AT = 1_800_000_000;
const FEED = Feed.parse({ name: 'erp', kind: 'messages', address: 'http://127.0.0.1:1/in' });

const planned = (order: string, step = 'mix', version = 1): Outbound =>
  Outbound.parse({ kind: 'planned', order, step, unit: 'M1', start: AT, end: AT + 60, work: 60, version });

function database(known = migrations) {
  const file = join(dataFolder(), 'plant.db');
  new Database(file).close();
  const connection = connect(file, { readonly: false });
  onTestFinished(() => void connection.sqlite.close());
  return migrate(connection, known).then(() => connection);
}

test('the next message is the first of a lane that is not held up, and later ones of that lane wait for it', async () => {
  const { db } = await database();
  await saveFeed(db, FEED, true);
  await addOutbound(db, 'erp', [planned('A'), planned('A', 'pack'), planned('B'), planned('C')], AT);
  const next = async (...heldUp: string[]) =>
    (await readWaiting(db, 'erp', 1, heldUp)).map(({ seq, lane }) => `${seq} ${lane}`);
  expect(await next()).toEqual(['1 order A']);
  expect(await next('order A')).toEqual(['3 order B']);
  expect(await next('order A', 'order B')).toEqual(['4 order C']);
  await settleOutbound(db, 1, { kind: 'kept' }, AT);
  expect(await next()).toEqual(['2 order A']);
});

test('what a newer message has replaced needs nobody, and what needs somebody is shown however old it is', async () => {
  const { db } = await database();
  await saveFeed(db, FEED, true);
  await addOutbound(db, 'erp', [planned('A'), planned('B'), planned('A', 'mix', 2), planned('C')], AT);
  for (const seq of [1, 2]) await settleOutbound(db, seq, { kind: 'refused', reason: 'Closed.' }, AT);
  for (const seq of [3, 4]) await settleOutbound(db, seq, { kind: 'kept' }, AT);
  const page = await readOutbox(db, 'erp', 1);
  expect(page).toMatchObject({ waiting: 0, notKept: 0, refused: 1 });
  expect(page.entries.map(({ seq }) => seq)).toEqual([4, 2]);
  expect((await readLatest(db, 1))?.seq).toBe(3);
});

test('of what was told to another ERP under the same name nothing counts any more', async () => {
  const { db } = await database();
  await saveFeed(db, FEED, true);
  await addOutbound(db, 'erp', [planned('A'), planned('B')], AT);
  await settleOutbound(db, 1, { kind: 'kept' }, AT);
  expect(await dropWaiting(db, 'erp', 'Gone.', AT)).toBe(1);
  expect(await readTold(db, 'erp', ['order A', 'order B'])).toHaveLength(2);
  await saveFeed(db, FEED, true);
  expect(await readTold(db, 'erp', ['order A', 'order B'])).toEqual([]);
  expect(await readOutbox(db, 'erp', 10)).toMatchObject({ entries: [], refused: 0 });
  expect(await readLatest(db, 1)).toBeNull();
});

test('an outbox of before says of its messages what they are about, and goes on counting', async () => {
  const connection = await database(migrations.slice(0, 7));
  const add = connection.sqlite.prepare(
    `INSERT INTO outbox (feed, lane, body, made, state, answer) VALUES ('erp', ?, ?, ?, ?, ?)`,
  );
  connection.sqlite.prepare(`INSERT INTO feed (name, body) VALUES ('erp', ?)`).run(JSON.stringify(FEED));
  add.run('order A', JSON.stringify(planned('A')), AT, 'refused', '{"kind":"refused","reason":"No."}');
  const down = { kind: 'downtime', id: 'reported 1', unit: 'M1', start: AT, reason: 'Jam' };
  add.run('unit M1', JSON.stringify(down), AT, 'waiting', null);
  await migrate(connection);
  const { db } = connection;
  await addOutbound(db, 'erp', [planned('A', 'mix', 2), Outbound.parse({ ...down, end: AT + 9 })], AT);
  expect((await readLatest(db, 1))?.seq).toBe(3);
  expect((await readLatest(db, 2))?.seq).toBe(4);
  expect(await readOutbox(db, 'erp', 10)).toMatchObject({ waiting: 3, refused: 0 });
  expect(() => connection.sqlite.exec('DELETE FROM outbox')).toThrow('no DELETE');
});

test('a connection that was removed before is known by what the ledger says of it', async () => {
  const connection = await database(migrations.slice(0, 7));
  const body = { address: 'http://127.0.0.1:1', database: 'plant', user: 'admin', kind: 'odoo' };
  const rows = [
    ['odoo', 'null', JSON.stringify(Feed.parse({ ...body, name: 'odoo', database: 'first' }))],
    ['odoo', '{}', JSON.stringify(Feed.parse({ ...body, name: 'odoo' }))],
    ['odoo', '"odoo"', 'null'],
    ['here', 'null', JSON.stringify(Feed.parse({ ...body, name: 'here' }))],
  ];
  const add = connection.sqlite.prepare(
    `INSERT INTO ledger (ts, "userId", action, entity, "entityId", old, new, origin, correlation, app, previous, hash)
     VALUES ('2026-11-21T07:00:00.000Z', 'planner', 'feed.save', 'feed', ?, ?, ?, 'window', 'key', 'app', ?, ?)`,
  );
  for (const row of rows) add.run(...row, '0'.repeat(64), '0'.repeat(64));
  connection.sqlite.prepare(`INSERT INTO feed (name, body) VALUES ('here', ?)`).run(rows[3]?.[2]);
  await migrate(connection);
  expect(await readFeeds(connection.db)).toMatchObject([{ name: 'here' }]);
  expect(await readFormerFeeds(connection.db)).toMatchObject([{ name: 'odoo', database: 'plant' }]);
});

test('no question about the outbox or the messages reads all of them', async () => {
  const { sqlite, db } = await database();
  await saveFeed(db, FEED, true);
  await addOutbound(db, 'erp', [planned('A'), planned('B')], AT);
  const asked = vi.spyOn(sqlite, 'prepare');
  await readWaiting(db, 'erp', 1, ['order A']);
  await readTold(db, 'erp', ['order A', 'order B']);
  await readLatest(db, 1);
  await readOutbox(db, 'erp', 100);
  await readUnkept(db, 'erp');
  await readBefore(db, must((await readWaiting(db, 'erp', 1))[0], 'A message'));
  await dropWaiting(db, 'erp', 'Gone.', AT);
  await settleOutbound(db, 1, { kind: 'kept' }, AT);
  await lastImport(db);
  const queries = asked.mock.calls.map(([query]) => query);
  asked.mockRestore();
  expect(queries.length).toBeGreaterThan(8);
  for (const query of queries) {
    const parameters = Array.from({ length: query.split('?').length - 1 }, () => 1);
    const steps = sqlite.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...parameters) as { detail: string }[];
    const scans = steps.filter(({ detail }) => /^SCAN (?!CONSTANT)/.test(detail));
    const sorts = steps.filter(({ detail }) => detail.includes('TEMP B-TREE FOR ORDER BY'));
    expect({ query, slow: [...scans, ...sorts] }).toEqual({ query, slow: [] });
  }
});
