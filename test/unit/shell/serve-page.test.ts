import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CSP, servePage } from '#electron/shell/serve-page.ts';

let dir: string;
beforeAll(() => {
  const root = mkdtempSync(join(tmpdir(), 'shiftwright-page-'));
  dir = join(root, 'renderer');
  mkdirSync(join(dir, 'assets'), { recursive: true });
  writeFileSync(join(dir, 'index.html'), '<p>window</p>');
  writeFileSync(join(dir, 'assets/index-a_b-1.js'), 'export {}');
  writeFileSync(join(dir, '.hidden.js'), 'secret');
  writeFileSync(join(dir, 'notes.txt'), 'secret');
  writeFileSync(join(root, 'secret.js'), 'secret');
  mkdirSync(join(root, 'renderer-other'));
  writeFileSync(join(root, 'renderer-other/x.js'), 'secret');
});
afterAll(() => rmSync(join(dir, '..'), { recursive: true }));

const get = (url: string, method = 'GET') => servePage(dir, { url, method });

test.each([
  ['shiftwright://app/', '<p>window</p>', 'text/html; charset=utf-8'],
  ['shiftwright://app/index.html?a=1#/orders', '<p>window</p>', 'text/html; charset=utf-8'],
  ['shiftwright://app/assets/index-a_b-1.js', 'export {}', 'text/javascript; charset=utf-8'],
])('%s is served', async (url, body, type) => {
  const response = await get(url);
  expect([response.status, await response.text(), response.headers.get('Content-Type')]).toEqual([
    200,
    body,
    type,
  ]);
});

test.each([
  'shiftwright://app/../secret.js',
  'shiftwright://app/assets/../../secret.js',
  'shiftwright://app/%2e%2e/secret.js',
  'shiftwright://app/%2e%2e%2fsecret.js',
  'shiftwright://app/..%2fsecret.js',
  'shiftwright://app/..%5csecret.js',
  String.raw`shiftwright://app/..\secret.js`,
  'shiftwright://app/assets/..%252f..%252fsecret.js',
  'shiftwright://app/../renderer-other/x.js',
  'shiftwright://app//etc/passwd',
  'shiftwright://app/C:/Windows/win.js',
  'shiftwright://app/index.html::$DATA',
  'shiftwright://app/index.html%00.js',
  'shiftwright://app/.hidden.js',
  'shiftwright://app/notes.txt',
  'shiftwright://app/assets',
  'shiftwright://app/missing.js',
  'shiftwright://other/index.html',
  'shiftwright://app:81/index.html',
  'file:///etc/passwd',
  'no address',
])('[S1] %s is refused', async (url) => {
  const response = await get(url);
  expect([response.status, await response.text()]).toEqual([404, 'Not found.']);
});

test('[S1] only GET and HEAD', async () => {
  expect((await get('shiftwright://app/', 'POST')).status).toBe(405);
  expect(await (await get('shiftwright://app/', 'HEAD')).text()).toBe('');
});

test('[S1] every answer carries the policy: nothing inline, nothing from outside', async () => {
  for (const url of ['shiftwright://app/', 'shiftwright://app/missing.js']) {
    const { headers } = await get(url);
    expect(headers.get('Content-Security-Policy')).toBe(CSP);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  }
  expect(CSP).toContain("default-src 'none'");
  expect(CSP).not.toMatch(/unsafe|https?:|\*|connect-src|frame-src/);
});
