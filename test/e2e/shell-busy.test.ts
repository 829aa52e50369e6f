import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openStation } from '#electron/station/running.ts';
import { appRecord } from '#test/standin/app.ts';
import { BrowserWindow, record } from '#test/standin/electron.ts';
import { startShell } from '#test/standin/start-shell.ts';
import { forked } from '#test/standin/utility.ts';
import { launchBrowser } from './browser.ts';

vi.mock('electron', () => import('#test/standin/electron.ts'));

let browser: Browser;
let data: string;
beforeAll(async () => {
  browser = await launchBrowser();
  data = mkdtempSync(join(tmpdir(), 'shiftwright-busy-'));
});
afterAll(async () => {
  for (const { child } of forked) child.kill('SIGKILL');
  await browser.close();
  rmSync(data, { recursive: true, force: true });
});

test('a record that another station has open: says so, tries again when told, and quits when told', async () => {
  const other = await openStation({ data });
  await startShell(browser, data);
  await vi.waitUntil(() => record.boxes.length > 0, { timeout: 20_000 });
  expect(record.boxes[0]).toMatchObject({
    type: 'error',
    message: 'The station could not start.',
    detail: expect.stringContaining(data) as string,
    buttons: ['Try Again', 'Quit'],
  });
  await vi.waitUntil(() => record.boxes.length > 1, { timeout: 20_000 }); // Try Again was pressed
  expect(appRecord.quits).toBe(0);
  record.button = 1; // Quit
  await vi.waitUntil(() => appRecord.ended, { timeout: 20_000 });
  expect(BrowserWindow.getAllWindows()).toEqual([]);
  await other.close();
});
