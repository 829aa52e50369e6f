import { copyFileSync, existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { restoreDatabase } from '#electron/store/restore.ts';
import { openStore } from '#electron/store/store.ts';
import { dataFolder, doing, note } from './store-kit.ts';

/** A record with two notes, of which the backup has the first. */
async function backedUp(): Promise<{ file: string; backup: string }> {
  const file = join(dataFolder(), 'plant.db');
  const backup = join(dirname(file), 'monday.db');
  const store = await openStore(file);
  await doing(store, (write) => write.log(note({ reason: 'Monday' })));
  await store.backup(backup);
  await doing(store, (write) => write.log(note({ reason: 'Tuesday' })));
  await store.close();
  return { file, backup };
}

const reasonsIn = async (file: string): Promise<string[]> => {
  const store = await openStore(file);
  const { entries } = await store.read.ledger({ limit: 10 });
  await store.close();
  return entries.flatMap(({ reason }) => reason ?? []);
};

test('[R4] a backup takes the place of a damaged record, which is set aside whole', async () => {
  const { file, backup } = await backedUp();
  truncateSync(file, 5000);
  const damaged = readFileSync(file);
  const { aside, entries } = await restoreDatabase(file, backup, 'aside');
  expect(entries).toBe(2); // the note and its command
  expect(readFileSync(join(aside, basename(file)))).toEqual(damaged);
  expect(await reasonsIn(file)).toEqual(['Monday']);
  expect(existsSync(backup)).toBe(true);
});

test('[R4] what the log still holds is set aside with its database, not played into the backup', async () => {
  const { file, backup } = await backedUp();
  writeFileSync(`${file}-wal`, 'the end of Tuesday');
  const { aside } = await restoreDatabase(file, backup, 'aside');
  expect(readdirSync(aside).sort()).toEqual([basename(file), `${basename(file)}-wal`]);
  expect(await reasonsIn(file)).toEqual(['Monday']);
});

test('[R4] a backup that is itself damaged, altered or absent restores nothing and moves nothing', async () => {
  const { file, backup } = await backedUp();
  const altered = join(dirname(file), 'altered.db');
  copyFileSync(backup, altered);
  const database = new Database(altered);
  database.exec(`DROP TRIGGER "ledgerNoUPDATE"; UPDATE ledger SET reason = 'Sunday'`);
  database.close();
  truncateSync(backup, 5000);
  const before = readdirSync(dirname(file)).sort();
  await expect(restoreDatabase(file, backup, 'aside')).rejects.toThrow(/monday\.db is damaged/);
  await expect(restoreDatabase(file, altered, 'aside')).rejects.toThrow(/altered\.db is damaged/);
  await expect(restoreDatabase(file, `${backup}x`, 'aside')).rejects.toThrow(/no backup .*monday\.dbx/);
  expect(readdirSync(dirname(file)).sort()).toEqual(before);
  expect(await reasonsIn(file)).toEqual(['Tuesday', 'Monday']);
});

test('[R4] nothing is restored under a running station', async () => {
  const { file, backup } = await backedUp();
  const store = await openStore(file);
  await expect(restoreDatabase(file, backup, 'aside')).rejects.toThrow(/already has a station/);
  await store.close();
});
