import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepBackups } from '#electron/app/keep-backups.ts';
import { statusView } from '#electron/app/list-views.ts';
import { openStore } from '#electron/store/store.ts';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { type SmallShop, instant, shopAtSeven } from '#test/support/small-shop.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await shopAtSeven('A');
});
afterEach(() => shop.remove());

const folder = () => join(shop.station.dataDir, 'backups');
const later = (seconds: number) => shop.setClock((instant('07:00') + seconds) * 1000);

test('[R11] the record is backed up once a day, and seven days can be gone back', async () => {
  expect(statusView(shop.station).backup).toBeNull();
  await keepBackups(shop.station);
  expect(statusView(shop.station).backup).toBe(instant('07:00'));
  later(23 * HOUR);
  await keepBackups(shop.station);
  expect(readdirSync(folder())).toEqual(['shiftwright-2026-11-23T07-00.db']);
  for (let day = 1; day <= 8; day += 1) {
    later(day * DAY);
    await keepBackups(shop.station);
  }
  expect(readdirSync(folder())).toHaveLength(7);
  expect(readdirSync(folder()).sort()[0]).toBe('shiftwright-2026-11-25T07-00.db');
  const kept = await openStore(join(folder(), 'shiftwright-2026-12-01T07-00.db'), { readonly: true });
  expect((await kept.verify()).ok).toBe(true);
  await kept.close();
});

test('[R4] of a record that was altered no backup is made, and no good one is lost for it', async () => {
  await keepBackups(shop.station);
  const database = new Database(shop.station.store.file);
  database.exec(`DROP TRIGGER "queueNoUPDATE"; UPDATE queue SET dispatched = 7`);
  database.close();
  later(DAY);
  await expect(keepBackups(shop.station)).rejects.toThrow(/queue M1.* is not what the ledger recorded/);
  expect(readdirSync(folder())).toEqual(['shiftwright-2026-11-23T07-00.db']);
});
