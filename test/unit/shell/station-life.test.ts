import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type StationEvents, keepStation, pauseAfter } from '#electron/shell/station-life.ts';
import { must } from '#shared/base/must.ts';
import { record } from '#test/standin/electron.ts';
import { forked } from '#test/standin/utility.ts';

vi.mock('electron', () => import('#test/standin/electron.ts'));

/** Real processes on a busy machine. */
const PATIENCE = { timeout: 30_000 };
vi.setConfig({ testTimeout: 60_000 });

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'shiftwright-life-'));
});
afterAll(() => {
  for (const { child } of forked) child.kill('SIGKILL');
  rmSync(dir, { recursive: true });
});

/** A process of its own with this body; `tell` says something to main. */
function program(name: string, body: string): string {
  const file = join(dir, `${name}.mjs`);
  writeFileSync(file, `const tell = (message) => process.parentPort.postMessage(message);\n${body}`);
  return file;
}
const READY = `tell({ kind: 'ready', inbox: '/inbox', lineUrl: 'http://127.0.0.1:1/line', trouble: null, backup: null });`;

const listened = () => ({
  up: vi.fn<StationEvents['up']>(),
  down: vi.fn<StationEvents['down']>(),
  failed: vi.fn<StationEvents['failed']>(),
  backup: vi.fn<StationEvents['backup']>(),
});

test('the pause before the next start doubles up to half a minute', () => {
  expect([1, 2, 3, 20].map(pauseAfter)).toEqual([250, 500, 1000, 30_000]);
});

test('a station that dies is started again, and each time its death is told', async () => {
  const events = listened();
  const life = keepStation(program('dies', `${READY} setTimeout(() => process.exit(3), 20);`), [], events);
  life.start();
  await vi.waitUntil(() => events.up.mock.calls.length >= 2, PATIENCE);
  const orderOf = (mock: { mock: { invocationCallOrder: number[] } }) => mock.mock.invocationCallOrder;
  const [born, again] = orderOf(events.up);
  const [died] = orderOf(events.down);
  expect(born).toBeLessThan(must(died, 'The death'));
  expect(died).toBeLessThan(must(again, 'The second start'));
  expect(events.failed).not.toHaveBeenCalled();
  await life.close();
});

test('a station that has died a moment ago, unnoticed yet, can still be told to close', async () => {
  const events = listened();
  const life = keepStation(
    program('waits', `${READY} process.parentPort.on('message', () => {});`),
    [],
    events,
  );
  life.start();
  await vi.waitUntil(() => events.up.mock.calls.length > 0, PATIENCE);
  must(forked.at(-1), 'The station').child.kill('SIGKILL');
  // It is dead, and this thread has not come to hear of it.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
  await expect(life.close()).resolves.toBeUndefined();
});

test('a station that cannot open its record is not started again by itself', async () => {
  const events = listened();
  const refuses = program(
    'refuses',
    `tell({ kind: 'failed', text: 'damaged', backup: null }); setTimeout(() => process.exit(1), 20);`,
  );
  const life = keepStation(refuses, [], events);
  life.start();
  const starts = () => forked.filter(({ modulePath }) => modulePath === refuses).length;
  await vi.waitUntil(() => events.failed.mock.calls.length > 0, PATIENCE);
  expect(events.failed.mock.calls).toMatchObject([[{ text: 'damaged', backup: null }]]);
  expect(starts()).toBe(1);
  life.start();
  expect(starts()).toBe(2);
  await life.close();
});

test('a backup is restored by a new process, whether the old one still runs or could not even start', async () => {
  const events = listened();
  const sound = program(
    'restores',
    `const restore = process.argv.find((arg) => arg.startsWith('--restore='));
    if (!restore && process.argv.includes('refuse')) tell({ kind: 'failed', text: 'damaged', backup: null });
    if (!restore && process.argv.includes('refuse')) setTimeout(() => process.exit(1), 20);
    process.parentPort.on('message', () => process.exit(0));
    tell({ kind: 'ready', inbox: restore ?? '', lineUrl: 'http://127.0.0.1:1/line', trouble: null, backup: null });`,
  );
  const running = keepStation(sound, [], events);
  running.start();
  await vi.waitUntil(() => events.up.mock.calls.length > 0, PATIENCE);
  running.restore('/monday.db');
  await vi.waitUntil(() => events.up.mock.calls.length > 1, PATIENCE);
  expect(events.up.mock.calls.map(([ready]) => ready.inbox)).toEqual(['', '--restore=/monday.db']);
  await running.close();

  const refused = keepStation(sound, ['refuse'], events);
  refused.start();
  await vi.waitUntil(() => events.failed.mock.calls.length > 0, PATIENCE);
  refused.restore('/monday.db');
  await vi.waitUntil(() => events.up.mock.calls.at(-1)?.[0].inbox === '--restore=/monday.db', PATIENCE);
  await refused.close();
});

test('there is no line while the station is down, and nothing hostile from it is believed', async () => {
  const events = listened();
  const hostile = `for (const message of [null, 'ready', {}, { kind: 'ready' }, { kind: 'run', file: '/' }]) tell(message);`;
  const life = keepStation(
    program(
      'echo',
      `${hostile} process.parentPort.on('message', ({ data, ports: [port] }) => {
      if (data.kind === 'close') process.exit(0);
      port.on('message', ({ data }) => port.postMessage(data + data));
      port.start();
    });
    ${READY}`,
    ),
    [],
    events,
  );
  expect(life.openPort()).toBeNull();
  expect(life.tell({ kind: 'backup', file: '/x' })).toBe(false);
  life.start();
  await vi.waitUntil(() => events.up.mock.calls.length > 0, PATIENCE);
  const port = must(life.openPort(), 'The line');
  const heard = vi.fn<(text: unknown) => void>();
  port.on('message', ({ data }) => heard(data));
  port.start();
  port.postMessage('ja');
  await vi.waitUntil(() => heard.mock.calls.length > 0, PATIENCE);
  expect(heard.mock.calls).toEqual([['jaja']]);
  await life.close();
  expect(must(forked.at(-1), 'The station').child.exitCode).toBe(0);
  expect(events.down).not.toHaveBeenCalled();
});

test.each([
  [true, 'secret'],
  [false, null],
])(
  'the station has its secrets sealed and opened by main, where there is a keychain (%s)',
  async (has, opened) => {
    record.keychain = has;
    const events = listened();
    const asks = `
    ${READY}
    tell({ kind: 'keychain', id: 1, what: 'seal', text: 'secret' });
    process.parentPort.on('message', ({ data }) => {
      if (data.id === 2 || data.text === null) tell({ kind: 'backup', ok: true, text: JSON.stringify(data.text) });
      else tell({ kind: 'keychain', id: 2, what: 'open', text: data.text });
    });`;
    const life = keepStation(program(`keychain ${has}`, asks), [], events);
    life.start();
    await vi.waitUntil(() => events.backup.mock.calls.length > 0, PATIENCE);
    expect(events.backup).toHaveBeenCalledWith(true, JSON.stringify(opened));
    await life.close();
  },
);
