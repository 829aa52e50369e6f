import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isOwnPage } from '#electron/shell/own-page.ts';
import { mayOpenOutside } from '#electron/shell/outside.ts';
import { type MenuActions, menuOf } from '#electron/shell/menu.ts';
import { ToStation } from '#electron/shell/station-message.ts';
import { placeOf, readWindowState } from '#electron/shell/window-state.ts';

test.each([
  ['shiftwright://app/', true],
  ['shiftwright://app/index.html#/orders', true],
  ['shiftwright://app/kiosk.html', false],
  ['shiftwright://app.example.test/', false],
  ['shiftwright://me@app/', false],
  ['https://app/', false],
  ['about:blank', false],
  ['', false],
])('[S1] own page: %s %s', (address, own) => {
  expect(isOwnPage(address)).toBe(own);
});

test('[S1] our line pages may be opened only while the station serves them, and only as it told', () => {
  const page = 'http://127.0.0.1:4180/line/PRESS-1';
  expect(mayOpenOutside(page, null)).toBe(false);
  expect(mayOpenOutside(page, 'http://127.0.0.1:4180/line')).toBe(true);
  expect(mayOpenOutside(page, 'http://127.0.0.1:4181/line')).toBe(false);
  expect(mayOpenOutside('http://127.0.0.1:4180/?key=x', 'http://127.0.0.1:4180/line')).toBe(false);
});

test('[S2] the shell starts no process but as utilityProcess: the fuses leave no other way', () => {
  const dir = resolve('electron/shell');
  const sources = readdirSync(dir).map((file) => readFileSync(join(dir, file), 'utf8'));
  expect(sources.filter((source) => /child_process|worker_threads/.test(source))).toEqual([]);
  expect(sources.filter((source) => source.includes('utilityProcess.fork('))).toHaveLength(1);
});

test('[S1] a message to the station has one of three shapes', () => {
  expect(ToStation.safeParse({ kind: 'backup', file: '/x.db' }).success).toBe(true);
  for (const hostile of [
    null,
    'close',
    {},
    { kind: 'run' },
    { kind: 'backup' },
    { kind: 'backup', file: '' },
  ])
    expect(ToStation.safeParse(hostile).success).toBe(false);
});

const left = { x: 100, y: 50, width: 1300, height: 800, maximized: false };
const screen = { x: 0, y: 0, width: 1920, height: 1080 };

test('a window comes back where it was left, unless that screen is gone', () => {
  const { maximized: _, ...bounds } = left;
  expect(placeOf(left, [screen])).toEqual(bounds);
  expect(placeOf({ ...left, x: 2500 }, [screen])).toEqual({ width: 1440, height: 900 });
  expect(placeOf({ ...left, x: 2500 }, [screen, { ...screen, x: 1920 }])).toEqual({ ...bounds, x: 2500 });
  expect(placeOf(null, [screen])).toEqual({ width: 1440, height: 900 });
});

test('a damaged window state is as none', () => {
  expect(readWindowState(resolve('package.json'))).toBeNull();
  expect(readWindowState(resolve('README-that-is-not-there'))).toBeNull();
});

const actions: MenuActions = {
  newWindow: () => undefined,
  openDropFolder: () => undefined,
  backUp: () => undefined,
  restore: () => undefined,
  run: () => undefined,
  openReadme: () => undefined,
  openB2mml: () => undefined,
  about: () => undefined,
};

test('a packed program has no developer tools in its menu, and macOS has its own first menu', () => {
  const roles = (platform: NodeJS.Platform, packaged: boolean) =>
    menuOf(actions, platform, packaged)
      .flatMap((menu) => [menu, ...(Array.isArray(menu.submenu) ? menu.submenu : [])])
      .flatMap(({ role }) => role ?? []);
  expect(roles('linux', false)).toContain('toggleDevTools');
  expect(roles('linux', true)).not.toContain('toggleDevTools');
  expect(roles('win32', true)).toContain('quit');
  expect(roles('darwin', true)[0]).toBe('appMenu');
});
