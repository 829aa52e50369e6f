import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultDataDir, openDataDir } from '#electron/station/data-dir.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'shiftwright-data-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const open = () => openDataDir(join(root, 'data'), { readonly: false });

test('folders and the key are for their owner only; the key is the same after a restart', () => {
  const { root: data, inbox, windowKey } = open();
  expect(windowKey).toHaveLength(32);
  expect(open().windowKey).toBe(windowKey);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect([modeOf(data), modeOf(inbox), modeOf(join(data, 'window.key'))]).toEqual([0o700, 0o700, 0o600]);
});

test('an empty or half-written key opens to nobody: there is a new one', () => {
  open();
  const file = join(root, 'data', 'window.key');
  for (const damaged of ['', 'half']) {
    writeFileSync(file, damaged);
    const { windowKey } = open();
    expect(windowKey).toHaveLength(32);
    expect(readFileSync(file, 'utf8')).toBe(windowKey);
  }
});

test('who only looks makes no folder', () => {
  openDataDir(join(root, 'elsewhere'), { readonly: true });
  expect(existsSync(join(root, 'elsewhere'))).toBe(false);
});

test('the data folder is where each operating system wants it', () => {
  expect(defaultDataDir({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/shiftwright');
  expect(defaultDataDir({ APPDATA: '/roaming' }, 'win32')).toBe('/roaming/Shiftwright');
  expect(defaultDataDir({}, 'darwin')).toMatch(/Library\/Application Support\/Shiftwright$/);
});
