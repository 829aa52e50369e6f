import { randomUUID } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { lineStation } from '#electron/station/line-station.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { type SmallShop, shopAtSeven } from '#test/support/small-shop.ts';

let shop: SmallShop;
let serving: Serving;
let windowDir: string;
beforeAll(async () => {
  shop = await shopAtSeven('A', 'B');
  windowDir = mkdtempSync(join(tmpdir(), 'shiftwright-window-'));
  mkdirSync(join(windowDir, 'dist'));
  writeFileSync(join(windowDir, 'secret.txt'), 'not for you');
  for (const name of ['index.html', 'kiosk.html']) writeFileSync(join(windowDir, 'dist', name), name);
  serving = await serveStation(shop, { port: 0, windowDir: join(windowDir, 'dist') });
});
afterAll(async () => {
  await serving.close();
  await shop.remove();
  rmSync(windowDir, { recursive: true });
});

/** Sends the bytes as they are and reads until the station is done with the connection. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(serving.port, '127.0.0.1', () => socket.write(bytes));
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => resolve(text));
  });
}
const request = (line: string, ...headers: string[]) =>
  raw([`${line} HTTP/1.1`, 'Connection: close', ...headers, '', ''].join('\r\n'));
const here = () => `Host: 127.0.0.1:${serving.port}`;
const statusOf = (text: string) => Number(text.split(' ')[1]);
const key = () => new URL(serving.url).searchParams.get('key') ?? '';

describe('[S3] who is served', () => {
  test('only the two names of loopback, and only pages of ours', async () => {
    expect(statusOf(await request('GET /line', here()))).toBe(200);
    expect(statusOf(await request('GET /line', `Host: localhost:${serving.port}`))).toBe(200);
    for (const host of ['plant.example', `plant.example:${serving.port}`, '127.0.0.1', '127.0.0.1:1']) {
      expect(statusOf(await request('GET /line', `Host: ${host}`))).toBe(403);
    }
    for (const origin of ['http://plant.example', 'null', `https://127.0.0.1:${serving.port}`]) {
      expect(statusOf(await request('GET /api/line', here(), `Origin: ${origin}`))).toBe(403);
    }
    // Origin and Host that agree with each other, as after DNS rebinding.
    expect(
      statusOf(await request('GET /api/line', 'Host: evil.example', 'Origin: http://evil.example')),
    ).toBe(403);
  });

  test('the window wants its key; the key becomes a cookie that scripts and other sites cannot use', async () => {
    expect(statusOf(await request('GET /', here()))).toBe(401);
    expect(statusOf(await request('GET /?key=', here()))).toBe(401);
    const opened = await request(`GET /?key=${key()}`, here());
    expect(statusOf(opened)).toBe(303);
    expect(opened).toMatch(/Set-Cookie: .*HttpOnly; SameSite=Strict/);
    expect(statusOf(await request('GET /', here(), `Cookie: shiftwright-window=${key()}`))).toBe(200);
    expect(statusOf(await request('GET /', here(), 'Cookie: shiftwright-window='))).toBe(401);
  });

  test('a WebSocket without the key, from elsewhere or to another path is refused', async () => {
    const dial = (path: string, headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`ws://127.0.0.1:${serving.port}${path}`, { headers });
        socket.on('open', () => (socket.terminate(), resolve(101)));
        socket.on(
          'unexpected-response',
          (_, { statusCode }) => (socket.terminate(), resolve(statusCode ?? 0)),
        );
        socket.on('error', () => undefined);
      });
    const Cookie = `shiftwright-window=${key()}`;
    expect(await dial('/station', { Cookie })).toBe(101);
    expect(await dial('/station', {})).toBe(403);
    expect(await dial('/station', { Cookie: 'shiftwright-window=guess' })).toBe(403);
    expect(await dial('/elsewhere', { Cookie })).toBe(403);
    expect(await dial('/station', { Cookie, Origin: 'http://evil.example' })).toBe(403);
    expect(await dial('/station', { Cookie, Host: 'evil.example' })).toBe(403);
  });
});

describe('[S3] what is served', () => {
  test.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/..%5csecret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%00',
    '/%',
    '/%E0%A4%A',
    '//secret.txt',
  ])('no file outside the window: %s', async (path) => {
    const answer = await request(`GET ${path}`, here());
    expect(statusOf(answer)).toBe(404);
    expect(answer).not.toContain('not for you');
  });

  test('headers that keep strangers and inline scripts out stand on every page', async () => {
    const page = await request('GET /line/M1', here());
    expect(page).toMatch(/Content-Security-Policy: default-src 'none'/);
    expect(page).toMatch(/X-Content-Type-Options: nosniff/);
    expect(statusOf(await request('POST /line', here()))).toBe(405);
    expect(statusOf(await request('HEAD /line', here()))).toBe(200);
  });
});

describe('[S3] reports of a line', () => {
  const post = (body: string, ...headers: string[]) =>
    raw(
      [
        'POST /api/line/M1/reports HTTP/1.1',
        here(),
        'Connection: close',
        `Content-Length: ${Buffer.byteLength(body)}`,
        ...(headers.length > 0 ? headers : ['Content-Type: application/json']),
        '',
        body,
      ].join('\r\n'),
    );
  const report = (more: object = {}) =>
    JSON.stringify({ id: randomUUID(), kind: 'downtimeEnded', unit: 'M1', ...more });

  test('JSON only, of the right shape, for the unit of the address', async () => {
    expect(statusOf(await post(report(), 'Content-Type: text/plain'))).toBe(415);
    expect(statusOf(await post(report(), 'Content-Type: application/json-evil'))).toBe(415);
    expect(statusOf(await post('{'))).toBe(400);
    expect(statusOf(await post('[]'))).toBe(400);
    expect(statusOf(await post(report({ kind: 'exploded' })))).toBe(400);
    expect(statusOf(await post(report({ unit: 'M2' })))).toBe(400);
    expect(statusOf(await post(report(), 'Content-Type: application/json; charset=utf-8'))).toBe(409);
  });

  test('a body that is too large is answered as such, however it is sent', async () => {
    expect(statusOf(await post(report({ reason: 'x'.repeat(1_000_000) })))).toBe(413);
    const chunk = `8000\r\n${'x'.repeat(0x8000)}\r\n`;
    const chunked = await raw(
      [
        'POST /api/line/M1/reports HTTP/1.1',
        here(),
        'Content-Type: application/json',
        'Transfer-Encoding: chunked',
        '',
        `${chunk.repeat(8)}0\r\n\r\n`,
      ].join('\r\n'),
    );
    expect(statusOf(chunked)).toBe(413);
  });

  test('a report that breaks off is nothing', async () => {
    const before = shop.station.workspace;
    const socket = connect(serving.port, '127.0.0.1', () => {
      socket.write(
        `POST /api/line/M1/reports HTTP/1.1\r\n${here()}\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"id":`,
      );
      setImmediate(() => socket.destroy());
    });
    await new Promise((gone) => socket.on('close', gone));
    expect(statusOf(await request('GET /api/line', here()))).toBe(200);
    expect(shop.station.workspace).toBe(before);
  });

  test('units that are not there are told so and not remembered', async () => {
    for (const path of [
      '/api/line/M9',
      '/api/line/M9/changes',
      '/api/line//changes',
      '/api/line/%',
      '/api/line/P1/x',
    ])
      expect(statusOf(await request(`GET ${path}`, here()))).toBe(404);
    expect([...shop.station.heard.keys()]).not.toContain('M9');
  });

  test('too many at once from one connection wait, so that none is dropped as refused', async () => {
    const flood = await raw(
      Array.from(
        { length: 70 },
        (_, index) =>
          `GET /api/line HTTP/1.1\r\n${here()}\r\n${index === 69 ? 'Connection: close\r\n' : ''}\r\n`,
      ).join(''),
    );
    const statuses = [...flood.matchAll(/HTTP\/1\.1 (\d+)/g)].map((match) => match[1]);
    expect(statuses).toHaveLength(70);
    expect(new Set(statuses)).toEqual(new Set(['200', '503']));
    expect(flood).toMatch(/Retry-After: 1/);
    expect(statusOf(await request('GET /api/line', here()))).toBe(200);
  });
});

test('a line hears that something changed, and a slow one hears once what it missed', async () => {
  const changes = new AbortController();
  const response = await fetch(`http://127.0.0.1:${serving.port}/api/line/M1/changes`, {
    signal: changes.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = await reader?.read();
  expect(first?.value).toContain('event: changed');
  await shop.put('B/mix', 'M1', '09:00');
  expect((await reader?.read())?.value).toContain('event: changed');
  changes.abort();
});

test('a line is told of what concerns it: its own reports and those on its orders, not what happens on another', async () => {
  const heard: string[] = [];
  const listen = (unit: string) =>
    lineStation(shop.station).onChange(unit, () => heard.includes(unit) || heard.push(unit));
  const stops = ['M1', 'P1', ''].map(listen);
  const after = async (...[kind, unit, task, more]: Parameters<SmallShop['report']>) => {
    heard.length = 0;
    expect((await shop.report(kind, unit, task, more)).ok).toBe(true);
    shop.station.tellReports();
    return heard.toSorted();
  };
  expect(await after('downtimeStarted', 'P1', undefined, { reason: 'Jam' })).toEqual(['', 'P1']);
  expect(await after('downtimeStarted', 'M1', undefined, { reason: 'Jam' })).toEqual(['', 'M1']);
  expect(await after('downtimeEnded', 'M1')).toEqual(['', 'M1']);
  for (const stop of stops) stop();
});

test('a file that is dropped into the inbox is imported, its refusals beside it, and the planner is told', async () => {
  const { readdir, readFile, rename, writeFile } = await import('node:fs/promises');
  const drop = async (name: string, text: string) => {
    await writeFile(join(shop.dir.inbox, `.${name}`), text);
    await rename(join(shop.dir.inbox, `.${name}`), join(shop.dir.inbox, name));
  };
  const mapping = {
    name: 'our erp',
    files: [
      {
        file: 'auftraege*.csv',
        rows: [
          {
            kind: 'orders',
            fields: { id: 'Auftrag', quantity: 'Menge', due: 'Termin', routing: { constant: 'R' } },
          },
        ],
      },
    ],
  };
  const told = shop.next('notice');
  await drop('mapping.json', JSON.stringify(mapping));
  await drop('auftraege-1.csv', 'Auftrag,Menge,Termin\nX,5,2026-11-25\nY,many,2026-11-25\n');
  expect(await told).toMatchObject({ level: 'warn', text: expect.stringContaining('1 rows refused') });
  expect(shop.station.workspace.plant.orders.map((order) => order.id as string)).toContain('X');
  const archived = await vi.waitUntil(async () => {
    const names = await readdir(join(shop.dir.inbox, 'archive'));
    return names.length >= 3 && names;
  });
  const refused = archived.find((name) => name.endsWith('auftraege-1.csv.refused.csv'));
  expect(await readFile(join(shop.dir.inbox, 'archive', refused ?? ''), 'utf8')).toMatch(/3,Menge,many/);

  const next = shop.next('notice');
  await drop('auftraege-2.csv', 'Auftrag,Menge,Termin\nZ,5,2026-11-25\n');
  expect(await next).toMatchObject({ level: 'info' });
  expect(shop.station.workspace.tasks.has(taskId('Z/mix'))).toBe(true);
});

const taskId = (id: string) => id as Parameters<typeof shop.station.workspace.tasks.has>[0];
