import { randomUUID } from 'node:crypto';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { BLOCKED_FOR, CODE_LASTS, CODE_LETTERS } from '#electron/app/pairing.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { LINE_ACCESS, type LineEndpoint, type LineGuest } from '#shared/contract/line.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { PersonId } from '#shared/domain/person.ts';
import { as, employ } from '#test/support/people.ts';
import { type SmallShop, shopAtSeven } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
let serving: Serving;
let windowDir: string;
let port: number;
beforeEach(async () => {
  shop = await shopAtSeven('A', 'B');
  windowDir = mkdtempSync(join(tmpdir(), 'shiftwright-window-'));
  mkdirSync(join(windowDir, 'assets'));
  for (const name of ['index.html', 'kiosk.html', 'assets/kiosk.js', 'other.txt'])
    writeFileSync(join(windowDir, name), name);
  serving = await serveStation(shop, { port: 0, windowDir });
  port = await freePort();
});
afterEach(async () => {
  await serving.close();
  await shop.remove();
  rmSync(windowDir, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
const turn = async (on: boolean) =>
  done(await shop.handlers['line.serve']({ on, address: '127.0.0.1', port }, as('admin')));
const offer = async (...units: string[]) =>
  done(
    await shop.handlers['device.offer'](
      { name: `Screen of ${units.join()}`, units: units.map((unit) => EquipmentId.parse(unit)) },
      as('admin'),
    ),
  );

const base = () => `http://127.0.0.1:${port}`;
const get = (path: string, cookie = '') => fetch(`${base()}${path}`, { headers: { cookie } });
const post = (path: string, body: object, cookie = '', headers: Record<string, string> = {}) =>
  fetch(`${base()}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', cookie, ...headers },
    body: JSON.stringify(body),
  });
/** The cookie of a screen that was paired for these units. */
async function paired(...units: string[]): Promise<string> {
  const { code } = await offer(...units);
  const response = await post('/api/line/pair', { code });
  expect(response.status).toBe(200);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}
const report = (unit: string, more: object = {}) => ({
  id: randomUUID(),
  kind: 'downtimeEnded',
  unit,
  ...more,
});

/** Sends the bytes as they are and reads the status. */
function raw(at: number, ...lines: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(at, '127.0.0.1', () =>
      socket.write([...lines, 'Connection: close', '', ''].join('\r\n')),
    );
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('error', reject).on('close', () => resolve(Number(text.split(' ')[1])));
  });
}

test('[S3] nothing is served over the network until it is switched on, nor after it is switched off', async () => {
  await expect(get('/line')).rejects.toThrow('fetch failed');
  await turn(true);
  expect((await get('/line')).status).toBe(200);
  await turn(false);
  await expect(get('/line')).rejects.toThrow('fetch failed');
});

test('[S3] there only line pages are served: no window, no station, no messages, no other file', async () => {
  await turn(true);
  expect(await (await get('/line/M1')).text()).toBe('kiosk.html');
  expect((await get('/assets/kiosk.js')).status).toBe(200);
  const key = new URL(serving.url).searchParams.get('key') ?? '';
  for (const path of ['/index.html', '/other.txt', '/assets/../index.html', '/erp/b2mml'])
    expect(`${path} ${(await get(path)).status}`).toBe(`${path} 404`);
  const root = await fetch(`${base()}/?key=${key}`, { redirect: 'manual' });
  expect([root.status, root.headers.get('location'), root.headers.get('set-cookie')]).toEqual([
    303,
    '/line',
    null,
  ]);
  const status = await new Promise<number>((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/station`, {
      headers: { cookie: `shiftwright-window=${key}` },
    });
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', () => undefined);
  });
  expect(status).toBe(403);
});

test('[S3] Host and Origin are exactly the address that was chosen: no name of loopback, no rebinding name', async () => {
  await turn(true);
  const at = (...headers: string[]) => raw(port, 'GET /line HTTP/1.1', ...headers);
  expect(await at(`Host: 127.0.0.1:${port}`)).toBe(200);
  expect(await at(`Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`)).toBe(200);
  for (const host of [
    `localhost:${port}`,
    '127.0.0.1',
    `127.0.0.1:${serving.port}`,
    'plant.example',
    `plant.example:${port}`,
  ])
    expect(`${host} ${await at(`Host: ${host}`)}`).toBe(`${host} 403`);
  for (const origin of [
    'http://plant.example',
    'null',
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
  ])
    expect(`${origin} ${await at(`Host: 127.0.0.1:${port}`, `Origin: ${origin}`)}`).toBe(`${origin} 403`);
  expect(await at('Host: evil.example', 'Origin: http://evil.example')).toBe(403);
});

test('an address that cannot be served is told, and the station goes on', async () => {
  done(
    await shop.handlers['line.serve']({ on: true, address: '127.0.0.1', port: serving.port }, as('admin')),
  );
  const view = await shop.handlers['line.read']({}, as('admin'));
  expect(view).toMatchObject({ served: null, problem: expect.stringContaining('EADDRINUSE') });
});

test('[S4] [AC-11] who may ask what of the lines: the station does what the table says', async () => {
  const asks: Record<LineEndpoint, (cookie: string) => Promise<Response>> = {
    list: (cookie) => get('/api/line', cookie),
    worklist: (cookie) => get('/api/line?list=quality', cookie),
    view: (cookie) => get('/api/line/M1', cookie),
    changes: (cookie) => get('/api/line/M1/changes', cookie),
    reports: (cookie) => post('/api/line/M1/reports', report('M1'), cookie),
    overrides: (cookie) => post('/api/line/M1/overrides', {}, cookie),
    operator: (cookie) => post('/api/line/operator', {}, cookie),
    pair: (cookie) => post('/api/line/pair', {}, cookie),
  };
  const endpoints = Object.keys(LINE_ACCESS) as LineEndpoint[];
  const allowed = async (endpoint: LineEndpoint, cookie: string): Promise<boolean> => {
    const response = await asks[endpoint](cookie);
    await response.body?.cancel();
    return response.status !== 401 && response.status !== 403 && response.status !== 404;
  };
  await turn(true);
  const [own, foreign] = [await paired('M1'), await paired('M2')];
  for (const [guest, cookie] of [
    ['own', own],
    ['foreign', foreign],
    ['stranger', ''],
    ['stranger', 'shiftwright-line=line-1.guess'],
  ] as const) {
    for (const endpoint of endpoints) {
      // What is asked of no unit is asked of every screen's own.
      const as: LineGuest =
        guest === 'foreign' && ['list', 'worklist', 'operator', 'pair'].includes(endpoint) ? 'own' : guest;
      expect(`${guest} ${endpoint} ${await allowed(endpoint, cookie)}`).toBe(
        `${guest} ${endpoint} ${LINE_ACCESS[endpoint].includes(as)}`,
      );
    }
  }
  expect(await (await get('/api/line', own)).json()).toMatchObject({
    units: [{ unit: 'M1' }],
    identifies: true,
  });
});

test('[AC-11] the station’s own pages work unpaired while it is off, and are paired like all others while it is on', async () => {
  const local = () => fetch(`http://127.0.0.1:${serving.port}/api/line/M1`).then(({ status }) => status);
  expect(await local()).toBe(200);
  await turn(true);
  expect(await local()).toBe(401);
  await turn(false);
  expect(await local()).toBe(200);
});

test('[RC-04] [ES-09] no gate is overridden where nobody has to show who starts: unpaired pages offer none and take none', async () => {
  const { policy } = shop.station.workspace;
  await employ(shop, { sue: ['supervisor'] });
  done(await shop.handlers['policy.save']({ ...policy, overrides: true }, as('admin')));
  const local = `http://127.0.0.1:${serving.port}/api/line/M1`;
  expect(await (await fetch(local)).json()).toMatchObject({ override: null });
  const ask = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' };
  expect((await fetch(`${local}/overrides`, ask)).status).toBe(404);
  await turn(true);
  const cookie = await paired('M1');
  expect(await (await get('/api/line/M1', cookie)).json()).toMatchObject({
    override: ['Responsibility', 'Approval'],
  });
});

test('[S4] a code is eight letters that nobody confuses, pairs one screen once, and is over after ten minutes', async () => {
  await turn(true);
  const { code } = await offer('M1');
  expect(code).toMatch(new RegExp(`^[${CODE_LETTERS}]{8}$`));
  expect(CODE_LETTERS).not.toMatch(/[0O1ILB8S5Z2]/);
  const typed = `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}`;
  expect((await post('/api/line/pair', { code: typed })).status).toBe(200);
  expect((await post('/api/line/pair', { code })).status).toBe(403); // replay
  const late = await offer('M1');
  shop.setClock(shop.station.clock() + CODE_LASTS * 1000);
  expect((await post('/api/line/pair', { code: late.code })).status).toBe(403);
});

test('[S4] guessing is locked out: five wrong codes withdraw the right one, and stand in the ledger', async () => {
  await turn(true);
  const { code } = await offer('M1');
  const tries: number[] = [];
  for (let guess = 0; guess < 7; guess += 1)
    tries.push((await post('/api/line/pair', { code: 'ACDEFGHJ' })).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429, 429]);
  expect((await post('/api/line/pair', { code })).status).toBe(429);
  shop.setClock(shop.station.clock() + BLOCKED_FOR * 1000);
  expect((await post('/api/line/pair', { code })).status).toBe(403);
  const { total } = await shop.station.store.read.ledger({ limit: 10, action: 'device.refused' });
  expect(total).toBe(6);
});

test('[S4] keys are kept hashed, codes and keys are in no record', async () => {
  await turn(true);
  const { code } = await offer('M1');
  const response = await post('/api/line/pair', { code });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/HttpOnly; SameSite=Strict/);
  const secret = cookie.split(';')[0]?.split('.')[1] ?? '';
  expect(secret).toHaveLength(43);
  const { entries } = await shop.station.store.read.ledger({ limit: 500 });
  const everything = JSON.stringify([
    entries,
    shop.facts,
    await shop.handlers['line.read']({}, as('admin')),
    [...shop.station.workspace.devices.values()],
  ]);
  expect(everything).not.toContain(secret);
  expect(everything).not.toContain(code);
});

test('[S4] revoking closes the open stream at once and the key opens nothing more', async () => {
  await turn(true);
  const cookie = await paired('M1');
  const reader = (await get('/api/line/M1/changes', cookie)).body?.getReader();
  await reader?.read();
  const began = performance.now();
  done(await shop.handlers['device.revoke']({ id: 'line-1' }, as('admin')));
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read());
  expect(performance.now() - began).toBeLessThan(2000);
  expect((await get('/api/line/M1', cookie)).status).toBe(401);
});

test('[SL-04] people show a PIN with their name or a badge; over the network nobody reports in another’s name', async () => {
  await turn(true);
  const cookie = await paired('M1');
  const [anna, ben] = [PersonId.parse('anna'), PersonId.parse('ben')];
  done(await shop.handlers['badge.save']({ person: anna, code: '4711' }, as('admin')));
  done(await shop.handlers['badge.save']({ person: ben, code: 'BADGE-0815' }, as('admin')));
  const identify = (ask: object) => post('/api/line/operator', ask, cookie);
  expect((await identify({ code: '4711' })).status).toBe(403);
  expect((await identify({ code: '4711', person: 'ben' })).status).toBe(403);
  expect(await (await identify({ code: 'badge-0815' })).json()).toMatchObject({ person: 'ben' });
  const { token } = (await (await identify({ code: '4711', person: 'anna' })).json()) as { token: string };
  const start = (more: object, headers: Record<string, string> = {}) =>
    post(
      '/api/line/M1/reports',
      report('M1', { kind: 'started', task: 'A/mix', ...more }),
      cookie,
      headers,
    ).then(({ status }) => status);
  expect(await start({ person: 'anna' })).toBe(403);
  expect(await start({ person: 'carl' }, { 'X-Operator': token })).toBe(403);
  expect(await start({ person: 'anna' }, { 'X-Operator': `${token}x` })).toBe(403);
  expect(await start({ person: 'anna' }, { 'X-Operator': token })).toBe(200);
  expect(
    (await shop.station.store.read.ledger({ limit: 1, action: 'execution.started', seals: false })).entries,
  ).toMatchObject([{ userId: 'anna', userName: 'Anna', workstation: 'line-1 Screen of M1' }]);
});

test('[SL-04] PINs are not guessed: five wrong ones at a screen make it wait', async () => {
  await turn(true);
  const cookie = await paired('M1');
  done(await shop.handlers['badge.save']({ person: PersonId.parse('anna'), code: '4711' }, as('admin')));
  const tries: number[] = [];
  for (let guess = 0; guess < 6; guess += 1)
    tries.push((await post('/api/line/operator', { code: `000${guess}`, person: 'anna' }, cookie)).status);
  expect(tries).toEqual([403, 403, 403, 403, 403, 429]);
  expect((await post('/api/line/operator', { code: '4711', person: 'anna' }, cookie)).status).toBe(429);
});

test('[SL-04] [AC-07] a badge of one’s own between two guesses ends no count, nor does another screen; it is told and on record', async () => {
  await turn(true);
  const [here, there] = [await paired('M1'), await paired('M2')];
  done(await shop.handlers['badge.save']({ person: PersonId.parse('anna'), code: '4711' }, as('admin')));
  done(await shop.handlers['badge.save']({ person: PersonId.parse('ben'), code: 'BADGE-0815' }, as('admin')));
  const guess = (code: string, cookie: string, person?: string) =>
    post('/api/line/operator', { code, ...(person && { person }) }, cookie).then(({ status }) => status);
  const tries: number[] = [];
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const cookie = attempt % 2 === 0 ? here : there;
    tries.push(await guess(`000${attempt}`, cookie, 'anna'));
    await guess('BADGE-0815', cookie);
  }
  expect(tries).toEqual([403, 403, 403, 403, 403, 429, 429, 429]);
  expect(await guess('4711', there, 'anna')).toBe(429);
  const { entries } = await shop.station.store.read.ledger({ limit: 10, action: 'operator.refused' });
  expect(entries).toHaveLength(5);
  expect(entries[0]).toMatchObject({
    new: { person: 'anna', waits: true },
    workstation: 'line-1 Screen of M1',
  });
  expect(JSON.stringify(entries)).not.toContain('0004');
  shop.setClock(shop.station.clock() + BLOCKED_FOR * 1000);
  expect(await guess('4711', there, 'anna')).toBe(200);
});

test('[SL-04] a badge that was taken away or changed is known no more, at a screen that had seen it either', async () => {
  await turn(true);
  const cookie = await paired('M1');
  const badge = (code: string | null) =>
    shop.handlers['badge.save']({ person: PersonId.parse('anna'), code }, as('admin'));
  done(await badge('4711'));
  const answer = await post('/api/line/operator', { code: '4711', person: 'anna' }, cookie);
  const { token } = (await answer.json()) as { token: string };
  const down = () =>
    post(
      '/api/line/M1/reports',
      report('M1', { kind: 'downtimeStarted', person: 'anna', reason: 'Mechanical' }),
      cookie,
      {
        'X-Operator': token,
      },
    ).then(({ status }) => status);
  for (const code of ['0815', null]) {
    done(await badge(code));
    expect(await down()).toBe(403);
  }
});

test('[S3] one screen cannot take the streams of all others', async () => {
  await turn(true);
  const [greedy, modest] = [await paired('M1'), await paired('M2')];
  const opened: Response[] = [];
  for (let stream = 0; stream < 12; stream += 1) opened.push(await get('/api/line/M1/changes', greedy));
  expect(opened.map(({ status }) => status)).toEqual([
    ...Array<number>(8).fill(200),
    ...Array<number>(4).fill(503),
  ]);
  const other = await get('/api/line/M2/changes', modest);
  expect(other.status).toBe(200);
  for (const { body } of [...opened, other]) await body?.cancel();
});

test('what was paired and who has a code is known after a restart', async () => {
  await turn(true);
  const cookie = await paired('M1');
  await serving.close();
  shop = { ...shop, ...(await shop.reopened()) };
  serving = await serveStation(shop, { port: 0, windowDir });
  expect((await get('/api/line/M1', cookie)).status).toBe(200);
});

test('[S4] a person’s own list is read by whoever showed the badge at this screen, over its units only', async () => {
  await turn(true);
  const [own, other] = [await paired('M1'), await paired('M2', 'P1')];
  done(await shop.handlers['badge.save']({ person: PersonId.parse('anna'), code: '4711' }, as('admin')));
  const identified = await post('/api/line/operator', { code: '4711', person: 'anna' }, own);
  const { token } = (await identified.json()) as { token: string };
  const mine = (cookie: string, headers: Record<string, string> = {}, person = 'anna') =>
    fetch(`${base()}/api/line?list=mine&person=${person}`, { headers: { cookie, ...headers } });
  const tasks = async (response: Response) =>
    ((await response.json()) as { items: { task: string }[] }).items.map(({ task }) => task);
  expect((await mine(own)).status).toBe(403);
  expect((await mine(own, { 'X-Operator': 'nobody' })).status).toBe(403);
  expect((await mine(own, { 'X-Operator': token }, 'carl')).status).toBe(403);
  expect((await mine(other, { 'X-Operator': token })).status).toBe(403);
  expect(await tasks(await mine(own, { 'X-Operator': token }))).toEqual(['A/mix']);
  expect((await get('/api/line?list=production', own)).status).toBe(404);
  expect((await get('/api/line?list=', own)).status).toBe(404);
  const changes = await get('/api/line?changes', own);
  expect(changes.headers.get('content-type')).toBe('text/event-stream');
  await changes.body?.cancel();
  expect((await get('/api/line?changes')).status).toBe(401);
});

test('[S3] a screen that asks too much waits, over however many connections; the others at its address do not', async () => {
  await turn(true);
  const [hasty, calm] = [await paired('M1'), await paired('M2')];
  const statuses = await Promise.all(Array.from({ length: 80 }, () => get('/api/line/M1', hasty)));
  expect(new Set(statuses.map(({ status }) => status))).toEqual(new Set([200, 503]));
  expect((await get('/api/line/M1', hasty)).status).toBe(503);
  expect((await get('/api/line/M2', calm)).status).toBe(200);
});
