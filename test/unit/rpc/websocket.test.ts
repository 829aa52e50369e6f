import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { handlersOf } from '#electron/app/handlers.ts';
import { serveWebSocket } from '#electron/rpc/websocket.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';

let shop: SmallShop;
let server: Server;
let rpc: ReturnType<typeof serveWebSocket>;

beforeEach(async () => {
  shop = await smallShop('A');
  rpc = serveWebSocket(handlersOf(shop.station), (tell) => shop.station.sessions.connect(tell));
  server = createServer().on('upgrade', (request, socket, head) => rpc.upgrade(request, socket, head));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(async () => {
  rpc.close();
  server.close();
  await shop.remove();
});

const Answer = z.looseObject({ id: z.number(), error: z.string().optional(), reply: z.unknown().optional() });
type Answer = z.infer<typeof Answer>;

/** A window as a raw socket: what it heard, and how it was closed. */
async function open() {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/station`);
  const heard: Answer[] = [];
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString());
    if (typeof message === 'object' && message && 'id' in message) heard.push(Answer.parse(message));
  });
  socket.on('error', () => undefined);
  await new Promise((ready) => socket.once('open', ready));
  const ask = async (text: string): Promise<Answer> => {
    const before = heard.length;
    socket.send(text);
    return await vi.waitUntil(() => heard[before], { timeout: 10_000 });
  };
  return { socket, heard, closed, ask };
}

const status = (id: number) => JSON.stringify({ id, call: 'station.status', ask: {} });

test('what is no call is answered with what is wrong, and the connection goes on', async () => {
  const { ask } = await open();
  const wrong: readonly [string, RegExp][] = [
    ['{', /no JSON/],
    ['null', /no call/],
    ['[]', /no call/],
    ['{"id":1,"call":"draft.destroy"}', /no call/],
    ['{"id":1,"call":"__proto__"}', /no call/],
    ['{"id":1,"call":"constructor"}', /no call/],
    ['{"id":-1,"call":"station.status"}', /no call/],
    ['{"id":1,"call":"task.inspect","ask":{"task":7}}', /task.inspect: task/],
    ['{"id":1,"call":"draft.pin","ask":{"tasks":[],"pinned":true,"expected":0},"key":"12345678"}', /tasks/],
    ['{"id":1,"call":"solve.cancel","ask":{}}', /idempotency key/],
    [`{"id":1,"call":"station.status","ask":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, /station.status/],
  ];
  for (const [text, error] of wrong) expect((await ask(text)).error).toMatch(error);
  expect(await ask(status(2))).toMatchObject({ id: 2, reply: { version: null } });
});

test('a key that was used for something else is answered, not applied', async () => {
  const { ask } = await open();
  const call = (name: string) => JSON.stringify({ id: 1, call: name, ask: {}, key: 'one key for two' });
  await ask(call('plant.openDemo'));
  expect((await ask(call('proposal.reject'))).error).toMatch(/one key for two/);
});

test('binary and oversized messages end their own connection only', async () => {
  const [binary, large, other] = [await open(), await open(), await open()];
  binary.socket.send(Buffer.from([1, 2, 3]));
  expect(await binary.closed).toBe(1003);
  large.socket.send(Buffer.alloc(81 * 1024 * 1024, 'x'), { binary: false });
  await large.closed;
  expect(await other.ask(status(1))).toMatchObject({ id: 1 });
});

test('a flood waits, none of its calls is lost', async () => {
  const { socket, heard } = await open();
  for (let id = 0; id < 400; id += 1) socket.send(status(id));
  await vi.waitUntil(() => heard.length === 400, { timeout: 10_000 });
  expect(new Set(heard.map((answer) => answer.id)).size).toBe(400);
});

test('more windows than there can be people are turned away', async () => {
  const windows = await Promise.all(Array.from({ length: 50 }, open));
  expect(await (await open()).closed).toBe(1013);
  expect(await windows[0]?.ask(status(1))).toMatchObject({ id: 1 });
});

test('a window that does not read is cut off before it fills the memory', async () => {
  const slow = await open();
  const good = await open();
  slow.socket.pause();
  const notice: Fact = { kind: 'notice', level: 'info', text: 'x'.repeat(4 * 1024 * 1024) };
  for (let told = 0; told < 14; told += 1) {
    shop.station.tell(notice);
    expect(await good.ask(status(told))).toMatchObject({ id: told });
  }
  expect(shop.station.sessions.windows).toBe(1);
  slow.socket.resume();
  await slow.closed;
  expect(await good.ask(status(1))).toMatchObject({ id: 1 });
});

test('who is gone is told nothing', async () => {
  const { socket, closed } = await open();
  expect(shop.station.sessions.windows).toBe(1);
  socket.terminate();
  await closed;
  await vi.waitUntil(() => shop.station.sessions.windows === 0);
});
