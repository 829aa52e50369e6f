import { closeSync, existsSync, openSync, readdirSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { appText } from '#renderer/app/text.ts';
import { must } from '#shared/base/must.ts';
import { record } from '#test/standin/electron.ts';
import { forked } from '#test/standin/utility.ts';
import { page, press, shellForThisFile, station, status } from './shell-kit.ts';

vi.mock('electron', () => import('#test/standin/electron.ts'));

const data = shellForThisFile();
const file = (): string => join(data(), 'shiftwright.db');
const titles = (): string[] => record.boxes.map(({ message }) => message);

/** Zeros over the first page of a table, under the feet of a station that then dies. */
function damage(table: string): void {
  const database = new Database(file(), { readonly: true });
  const root = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(table);
  database.close();
  const handle = openSync(file(), 'r+');
  writeSync(handle, Buffer.alloc(4096), 0, 4096, (Number(root) - 1) * 4096);
  closeSync(handle);
  process.kill(must(station().pid, 'The station'), 'SIGKILL');
}

/** What is shown once the station that was started then is up. */
async function started(times: number): Promise<void> {
  await vi.waitUntil(() => forked.length >= times, 20_000);
  await page().getByText(appText.ready).waitFor();
}

test('[R4] a damaged record opens to look at and says so, and its last backup is a button away', async () => {
  await page().getByRole('button', { name: 'Open the demo plant' }).click();
  await page().getByText('Rhein Pharma Solids').first().waitFor();
  record.saveAs = join(data(), 'backups', 'shiftwright-2026-11-25T02-00.db');
  press('Back Up…');
  await vi.waitUntil(() => existsSync(record.saveAs ?? ''), 20_000);
  await vi.waitUntil(() => titles().length > 0, 20_000);
  // The log is carried over by whoever closes last: what is damaged is in the file, not in the log.
  const checkpoint = new Database(file());
  checkpoint.pragma('wal_checkpoint(TRUNCATE)');
  checkpoint.close();

  record.boxes.length = 0;
  record.button = 1; // Only Look
  const before = forked.length;
  damage('command');
  await started(before + 1);
  await vi.waitUntil(() => titles().length > 0, 20_000);
  expect(record.boxes).toMatchObject([
    { buttons: ['Restore the Last Backup', 'Only Look'], detail: expect.stringMatching(/is damaged/) },
  ]);
  await page().getByText(appText.trouble.damaged.title).waitFor();
  await page().getByText('Rhein Pharma Solids').first().waitFor();
  await page().screenshot({ path: 'out/screenshots/damaged.png' });

  // Later, from the menu.
  record.boxes.length = 0;
  record.choose = record.saveAs;
  press('Restore Backup…');
  await started(before + 2);
  await page().getByText(appText.trouble.damaged.title).waitFor({ state: 'detached' });
  expect((await status(page(), 92)).reply).toMatchObject({ empty: false, trouble: null });
  expect(readdirSync(data()).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);
});

test('[R4] of a record that cannot even be looked at the last backup is offered', async () => {
  record.boxes.length = 0;
  record.button = 1; // Restore the Last Backup
  const before = forked.length;
  damage('equipment');
  await started(before + 2);
  expect(record.boxes).toMatchObject([
    {
      buttons: ['Try Again', 'Restore the Last Backup', 'Quit'],
      detail: expect.stringMatching(/is damaged[^]*The last backup is of /),
    },
  ]);
  expect((await status(page(), 93)).reply).toMatchObject({ empty: false, trouble: null });
});
