import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, vi } from 'vitest';
import { appText } from '#renderer/app/text.ts';
import { must } from '#shared/base/must.ts';
import type { Status } from '#shared/contract/views.ts';
import { BrowserWindow, record } from '#test/standin/electron.ts';
import { startShell } from '#test/standin/start-shell.ts';
import { type Utility, forked } from '#test/standin/utility.ts';
import { launchBrowser } from './browser.ts';

export const window = () => must(BrowserWindow.getAllWindows()[0], 'The window');
export const opened = () => must(window().webContents.opened, 'The page of the window');
export const page = (): Page => opened().page;
export const station = (): Utility => must(forked.at(-1), 'The station');

/** What the station answers to a text of the window's own page, through preload and main. */
export const ask = async (page: Page, id: number, text: string): Promise<unknown> => {
  const reply = await page.evaluate(
    ({ id, text }) =>
      new Promise<string>((resolve, reject) => {
        const bridge = globalThis.window.shiftwright;
        if (!bridge) return reject(new Error('There is no bridge in the page.'));
        bridge.onMessage((reply) => reply.includes(`"id":${id},`) && resolve(reply));
        bridge.onStation((state) => state === 'up' && bridge.post(text));
      }),
    { id, text },
  );
  return JSON.parse(reply);
};
export const status = (page: Page, id: number) =>
  ask(page, id, `{"id":${id},"call":"station.status","ask":{}}`) as Promise<{ reply: Status }>;

/** The window's page anew, connected: what a test did to it is gone. */
export async function fresh(): Promise<void> {
  await page().reload();
  await page().getByText(appText.ready).waitFor();
}

/** Chooses an item of the application menu. */
export function press(label: string): void {
  const items = record.menu.flatMap(({ submenu }) => submenu as Electron.MenuItemConstructorOptions[]);
  const item = must(
    items.find((one) => one.label === label),
    label,
  );
  must(item.click, `${label} click`)(undefined as never, undefined, undefined as never);
}

/** Starts the shell on a data folder of its own for the tests of one file; returns where the folder is. */
export function shellForThisFile(): () => string {
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-shell-'));
  beforeAll(async () => {
    const browser = await launchBrowser();
    await startShell(browser, data);
    await vi.waitUntil(() => BrowserWindow.getAllWindows().length === 1, 10_000);
    await window().loaded;
    await page().getByText(appText.ready).waitFor();
    return async () => {
      for (const { child } of forked) child.kill('SIGKILL');
      await browser.close();
    };
  });
  afterAll(() => rmSync(data, { recursive: true, force: true }));
  return () => data;
}
