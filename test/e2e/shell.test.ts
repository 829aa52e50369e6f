import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { appText } from '#renderer/app/text.ts';
import { must } from '#shared/base/must.ts';
import type { Message } from '#shared/contract/wire.ts';
import { app, appRecord } from '#test/standin/app.ts';
import { BrowserWindow, record } from '#test/standin/electron.ts';
import { fresh, page, press, shellForThisFile, station, status, window } from './shell-kit.ts';

vi.mock('electron', () => import('#test/standin/electron.ts'));

const data = shellForThisFile();

test('the window is what was built, and its station answers through preload and main', async () => {
  await page().getByText('Open the demo plant').waitFor();
  await page().getByText(appText.ready).waitFor();
  expect(await status(page(), 70)).toMatchObject({
    id: 70,
    reply: { app: 'Shiftwright 0.1.0', empty: true, dataDir: data() },
  });
});

test('a station that was killed is started again, and the window says so meanwhile', async () => {
  await fresh();
  const killed = station();
  const told = page().getByText(appText.lost).waitFor();
  process.kill(must(killed.pid, 'The station'), 'SIGKILL');
  await told;
  await page().getByText(appText.ready).waitFor();
  expect(station().pid).not.toBe(killed.pid);
  expect(await page().getByText(appText.lost).count()).toBe(0);
  expect((await status(page(), 73)).reply.dataDir).toBe(data());
});

test('a window that crashed is offered again, and comes back with the plan', async () => {
  record.boxes.length = 0;
  window().webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 139 });
  expect(record.boxes).toMatchObject([{ type: 'error', buttons: ['Reload', 'Quit'] }]);
  await page().waitForEvent('load');
  await page().getByText(appText.ready).waitFor();
});

test('every window has a line of its own', async () => {
  press('New Window');
  const second = must(BrowserWindow.getAllWindows()[1], 'The second window');
  await second.loaded;
  const other = must(second.webContents.opened, 'Its page').page;
  await other.getByText(appText.ready).waitFor();
  const replies = await Promise.all([status(other, 74), status(page(), 75)]);
  expect(replies).toMatchObject([{ id: 74 }, { id: 75 }]);
  second.close();
  expect(BrowserWindow.getAllWindows()).toHaveLength(1);
});

test('a second start on the same data comes to the front instead', () => {
  window().minimized = true;
  app.emit('second-instance', {});
  expect(window()).toMatchObject({ minimized: false, focused: true });
  expect(BrowserWindow.getAllWindows()).toHaveLength(1);
});

test('the menu opens the drop folder, backs up the record and switches the theme', async () => {
  press('Open Drop Folder');
  expect(record.openedPaths).toEqual([join(data(), 'inbox')]);
  record.saveAs = join(data(), 'copy.db');
  press('Back Up…');
  await vi.waitFor(() => expect(record.boxes.at(-1)).toMatchObject({ type: 'info' }), 10_000);
  expect(readFileSync(record.saveAs).subarray(0, 15).toString()).toBe('SQLite format 3');
  await fresh();
  const theme = () => page().evaluate(() => document.documentElement.dataset['theme']);
  expect(await theme()).toBe('day');
  press('Day or Night Theme');
  await vi.waitFor(async () => expect(await theme()).toBe('night'), 10_000);
});

test('the station as it is packed imports the demo plant and solves it in its worker', async () => {
  await fresh();
  const heard = page().evaluate(
    () =>
      new Promise<string[]>((resolve, reject) => {
        const bridge = globalThis.window.shiftwright;
        if (!bridge) return reject(new Error('There is no bridge in the page.'));
        const messages: string[] = [];
        const call = (id: number, call: string, ask: object) =>
          bridge.post(JSON.stringify({ id, call, ask, key: `shell test ${id}` }));
        bridge.onMessage((text) => {
          messages.push(text);
          if (text.startsWith('{"id":80,')) call(81, 'solve.start', { seconds: 1, seed: 1 });
          if (text.includes('"solve.ended"')) resolve(messages);
        });
        bridge.onStation((state) => state === 'up' && call(80, 'plant.openDemo', {}));
      }),
  );
  const messages = (await heard).map((text) => JSON.parse(text) as Message);
  const answers = messages.filter((message) => 'id' in message && message.id >= 80);
  expect(answers).toMatchObject([
    { id: 80, reply: { ok: true } },
    { id: 81, reply: { ok: true } },
  ]);
  expect(messages.at(-1)).toMatchObject({ fact: { kind: 'solve.ended', outcome: 'proposal' } });
});

test('quitting closes the record before the program ends', async () => {
  window().bounds = { x: 10, y: 20, width: 1300, height: 800 };
  const { child } = station();
  app.quit();
  await vi.waitFor(() => expect(appRecord.ended).toBe(true), 10_000);
  expect(child.exitCode).toBe(0);
  expect(JSON.parse(readFileSync(join(data(), 'window/window.json'), 'utf8'))).toEqual({
    x: 10,
    y: 20,
    width: 1300,
    height: 800,
    maximized: false,
  });
});
