import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { must } from '#shared/base/must.ts';

const CLI = resolve('electron/station/cli.ts');
/** So much is left: some commands fit in. */
const ROOM = 200 * 1024;

const Ready = z.looseObject({ url: z.url() });
const Reply = z.looseObject({
  error: z.string().optional(),
  reply: z.looseObject({ ok: z.boolean().optional() }).optional(),
});

const Entries = z.array(z.looseObject({ new: z.looseObject({ imported: z.number().optional() }).nullish() }));

let data: string;
let station: ChildProcess;
let socket: WebSocket;

/** A station on an empty record; returns the address of its window. */
async function started(): Promise<string> {
  const serve = [CLI, 'serve', '--data', data, '--port', '0', '--no-open', '--json'];
  station = spawn(process.execPath, serve, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await new Promise<string[]>((done, failed) => {
    let said = '';
    station.stdout?.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('\n')) done(said.split('\n'));
    });
    station.on('exit', () => failed(new Error(`The station ended: ${said}`)));
  });
  return Ready.parse(JSON.parse(must(line, 'What the station said'))).url;
}

/** Its files must not grow beyond that from now on: the same error as of a disk without room. */
const limitFiles = (bytes: number | 'unlimited'): void =>
  void execFileSync('prlimit', ['--pid', String(station.pid), `--fsize=${bytes}:unlimited`]);

async function windowAt(url: string): Promise<WebSocket> {
  const { headers } = await fetch(url, { redirect: 'manual' });
  const Cookie = must(headers.get('set-cookie'), 'The key').split(';')[0] ?? '';
  const { host, origin } = new URL(url);
  const opened = new WebSocket(`ws://${host}/station`, { headers: { Cookie, Origin: origin } });
  await new Promise((done, failed) => opened.once('open', done).once('error', failed));
  return opened;
}

let asked = 0;
function call(name: string, ask: object, key?: string): Promise<z.infer<typeof Reply>> {
  const id = (asked += 1);
  return new Promise((done) => {
    const hear = (message: Buffer): void => {
      const answer = z.looseObject({ id: z.number().optional() }).parse(JSON.parse(message.toString()));
      if (answer.id !== id) return;
      socket.off('message', hear);
      done(Reply.parse(answer));
    };
    socket.on('message', hear);
    socket.send(JSON.stringify({ id, call: name, ask, key }));
  });
}

const limitTo = (seconds: number) =>
  call('settings.freshness', { imported: seconds, reported: 3600 }, `limit ${seconds}`);
const trouble = async () => (await call('station.status', {})).reply?.['trouble'];

describe.skipIf(process.platform !== 'linux')('a full disk', () => {
  beforeAll(async () => {
    data = mkdtempSync(join(tmpdir(), 'shiftwright-full-'));
    socket = await windowAt(await started());
    limitFiles(statSync(join(data, 'shiftwright.db-wal')).size + ROOM);
  });
  afterAll(async () => {
    socket.close();
    const gone = new Promise((done) => station.once('exit', done));
    station.kill('SIGKILL');
    await gone;
    rmSync(data, { recursive: true, force: true });
  });

  test('[R3] is told in every window, loses nothing, and what waits goes through once there is room', async () => {
    const acknowledged: number[] = [];
    let waiting = 3601;
    let answer = await limitTo(waiting);
    for (; answer.reply?.ok && waiting < 4600; answer = await limitTo(waiting)) {
      acknowledged.push(waiting);
      waiting += 1;
    }
    expect(answer.error).toMatch(/No room to write .*nothing was stored/);
    expect(acknowledged.length).toBeGreaterThan(3);
    expect(await trouble()).toMatchObject({ kind: 'full', text: expect.stringMatching(/No room/) });
    expect((await limitTo(waiting)).error).toMatch(/No room/);
    expect((await call('board.read', {})).error).toBeUndefined();

    limitFiles('unlimited');
    await vi.waitUntil(async () => (await trouble()) === null, { timeout: 30_000, interval: 200 });
    expect((await limitTo(waiting)).reply?.ok).toBe(true);

    const { reply } = await call('ledger.list', { limit: 200, action: 'settings.freshness' });
    const stored = Entries.parse(reply?.['entries'])
      .flatMap((entry) => entry.new?.imported ?? [])
      .toReversed();
    expect(stored).toEqual([...acknowledged, waiting]);
  });
});
