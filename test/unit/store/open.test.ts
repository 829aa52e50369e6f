import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { connect, makeDurable } from '#electron/store/connection.ts';
import { migrate } from '#electron/store/migrate.ts';
import { results } from '#electron/store/migrations/0010-results.ts';
import { migrations } from '#electron/store/migrations/all.ts';
import { type StoreTrouble, StoreError, explained } from '#electron/store/store-error.ts';
import { openStore } from '#electron/store/store.ts';
import { command, dataFolder, doing, move, newStore, note, report, storeIn } from './store-kit.ts';

/** What is wrong according to the error, with its words. */
async function trouble(opening: Promise<unknown>): Promise<{ trouble: StoreTrouble; text: string }> {
  const error: unknown = await opening.then(
    () => new Error('It opened.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw error;
  return { trouble: error.trouble, text: error.message };
}

test('[R1] synchronous reads back FULL after every reopening, where SQLite itself falls back to NORMAL', async () => {
  const store = await openStore(join(dataFolder(), 'plant.db'));
  await store.close();
  const connection = connect(store.file, { readonly: false });
  expect(connection.sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(connection.sqlite.pragma('synchronous', { simple: true })).toBe(1);
  makeDurable(connection);
  expect(connection.sqlite.pragma('synchronous', { simple: true })).toBe(2);
  connection.sqlite.close();
});

test('what was stored is there after closing and opening again', async () => {
  const folder = dataFolder();
  const first = await openStore(join(folder, 'plant.db'));
  await doing(first, (write) => write.pushEdit(move('A/10', null, 0), { undoable: true }));
  await first.close();
  const second = await storeIn(folder);
  expect(await second.read.revision()).toBe(1);
  expect(await second.read.edits()).toEqual({ undo: 'Move A/10 to 0', redo: null });
  expect((await second.verify()).entries).toBe(1);
});

test.skipIf(process.platform === 'win32')('only its owner may read the database', async () => {
  const folder = join(dataFolder(), 'data');
  const { file } = await storeIn(folder);
  const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
  expect(mode(folder)).toBe('700');
  expect([file, `${file}-wal`, `${file}-shm`, `${file}.lock`].map(mode)).toEqual([
    '600',
    '600',
    '600',
    '600',
  ]);
});

test('a second station on the same data is refused and told who is there; a reader is welcome', async () => {
  const folder = dataFolder();
  const store = await storeIn(folder);
  const second = await trouble(openStore(store.file));
  expect(second.trouble).toBe('locked');
  expect(second.text).toContain(`already has a station: process ${process.pid} on`);
  await store.write(command(), (write) => write.log(note()));

  const reader = await openStore(store.file, { readonly: true });
  expect((await reader.verify()).entries).toBe(1);
  expect((await trouble(reader.write(command(), (write) => write.log(note())))).trouble).toBe('readonly');
  await reader.close();

  await store.close();
  const third = await openStore(store.file);
  await third.close();
});

test('a damaged lock is told apart from a damaged database', async () => {
  const file = join(dataFolder(), 'plant.db');
  await (await openStore(file)).close();
  writeFileSync(`${file}.lock`, 'Once upon a time there was a lock. '.repeat(50));
  const refused = await trouble(openStore(file));
  expect(refused.trouble).toBe('locked');
  expect(refused.text).toMatch(/plant\.db\.lock cannot be locked.*\nMaybe .* may be deleted/);
});

test('a reader of nothing is told so', async () => {
  expect((await trouble(openStore(join(dataFolder(), 'plant.db'), { readonly: true }))).trouble).toBe(
    'missing',
  );
});

test('[R12] an older program refuses a newer file and leaves it as it is', async () => {
  const store = await newStore();
  await store.close();
  const database = new Database(store.file);
  database.pragma(`user_version = ${migrations.length + 1}`);
  database.close();
  const before = readFileSync(store.file);
  const refused = await trouble(openStore(store.file));
  expect(refused.trouble).toBe('newer');
  expect(refused.text).toContain(
    `has schema ${migrations.length + 1}, this program knows ${migrations.length}`,
  );
  expect((await trouble(openStore(store.file, { readonly: true }))).trouble).toBe('newer');
  expect(readFileSync(store.file).equals(before)).toBe(true);
});

test('[R12] a step that fails is rolled back wholly, and goes through when repeated', async () => {
  const file = join(dataFolder(), 'plant.db');
  writeFileSync(file, '');
  const connection = connect(file, { readonly: false });
  makeDurable(connection);
  const second = (fails: boolean) => async (db: typeof connection.db) => {
    await sql`CREATE TABLE extra (id TEXT PRIMARY KEY) STRICT`.execute(db);
    await sql`UPDATE meta SET value = '7' WHERE key = 'revision'`.execute(db);
    if (fails) throw new Error('half way');
  };
  const state = () => ({
    step: connection.sqlite.pragma('user_version', { simple: true }),
    extra: connection.sqlite.prepare(`SELECT count(*) FROM sqlite_schema WHERE name = 'extra'`).pluck().get(),
    revision: connection.sqlite.prepare(`SELECT value FROM meta WHERE key = 'revision'`).pluck().get(),
  });
  await expect(migrate(connection, [...migrations, second(true)])).rejects.toThrow('half way');
  expect(state()).toEqual({ step: migrations.length, extra: 0, revision: '0' });
  await migrate(connection, [...migrations, second(false)]);
  await migrate(connection, [...migrations, second(false)]);
  expect(state()).toEqual({ step: migrations.length + 1, extra: 1, revision: '7' });
  connection.sqlite.close();
});

test('[R4] a damaged file is found when it is opened, whatever the damage', async () => {
  const store = await openStore(join(dataFolder(), 'plant.db'));
  await doing(store, async (write) => {
    for (let entry = 0; entry < 500; entry += 1) await write.log(note({ reason: `Entry ${entry} of many` }));
  });
  await store.close();
  const damage: Record<string, (file: string) => void> = {
    'no database at all': (file) => writeFileSync(file, 'Once upon a time there was a plant. '.repeat(500)),
    'cut in half': (file) => truncateSync(file, Math.floor(statSync(file).size / 2)),
    'a page of zeros': (file) => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0, 4096 * 4, 4096 * 5));
    },
    'another beginning': (file) => {
      const bytes = readFileSync(file);
      bytes.write('Not what it was.', 0);
      writeFileSync(file, bytes);
    },
  };
  for (const [name, damageIt] of Object.entries(damage)) {
    const file = join(dataFolder(), 'plant.db');
    copyFileSync(store.file, file);
    damageIt(file);
    const found = await trouble(openStore(file));
    expect({ name, trouble: found.trouble }).toEqual({ name, trouble: 'damaged' });
    expect(found.text).toMatch(/is damaged: .*\nMaybe .* restore the last good backup/);
  }
});

test('a database of another program is left alone', async () => {
  const file = join(dataFolder(), 'music.db');
  const other = new Database(file);
  other.exec('CREATE TABLE songs (title TEXT)');
  other.close();
  const before = readFileSync(file);
  expect((await trouble(openStore(file))).trouble).toBe('foreign');
  expect(readFileSync(file).equals(before)).toBe(true);
});

test('[R3] a full disk is told as such, nothing is half stored, and it goes on when there is room', async () => {
  const file = join(dataFolder(), 'plant.db');
  await (await openStore(file)).close();
  const connection = connect(file, { readonly: false });
  makeDurable(connection);
  const pages = Number(connection.sqlite.pragma('page_count', { simple: true }));
  const fill = () =>
    connection.db.transaction().execute(async (db) => {
      const body = JSON.stringify('x'.repeat(5000));
      for (let mapping = 0; mapping < 100; mapping += 1) {
        await db
          .insertInto('mapping')
          .values({ name: `mapping ${mapping}`, body })
          .execute();
      }
    });
  connection.sqlite.pragma(`max_page_count = ${pages + 20}`);
  const told = await trouble(
    fill().catch((error: unknown) => Promise.reject(explained(file, error) as Error)),
  );
  expect(told.trouble).toBe('full');
  const count = () => connection.sqlite.prepare('SELECT count(*) FROM mapping').pluck().get();
  expect(count()).toBe(0);
  connection.sqlite.pragma('max_page_count = 100000');
  await fill();
  expect(count()).toBe(100);
  connection.sqlite.close();
});

test('the table of events is made anew with every row as it was: each seal holds, and no row is changed afterwards', async () => {
  const file = join(dataFolder(), 'plant.db');
  const store = await openStore(file);
  await doing(store, (write) => write.addEvent(report('report-1', { reason: 'Mechanical' })));
  await doing(store, (write) => write.addEvent(report('report-2')));
  await store.close();
  const connection = connect(file, { readonly: false });
  const rows = () => connection.sqlite.prepare('SELECT * FROM event ORDER BY seq').all();
  const before = rows();
  expect(before).toHaveLength(2);
  await connection.db.transaction().execute(results);
  expect(rows()).toEqual(before);
  expect(() => connection.sqlite.exec("UPDATE event SET kind = 'tested'")).toThrow('written once');
  expect(() => connection.sqlite.exec('DELETE FROM event')).toThrow('written once');
  connection.sqlite.close();
  const again = await openStore(file);
  await doing(again, (write) => write.addEvent(report('report-3', { kind: 'staged' })));
  expect(await again.verify()).toMatchObject({ ok: true });
  await again.close();
});
