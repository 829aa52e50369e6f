import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSender } from '#electron/app/send-outbox.ts';
import { connectorOf } from '#electron/erp/connectors.ts';
import { must } from '#shared/base/must.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { MessageFeed } from '#shared/domain/feed.ts';
import { type SmallShop, instant, ordersCsv, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shiftwright-'));
  shop = await smallShop('A');
});
afterEach(async () => {
  await shop.remove();
  rmSync(folder, { recursive: true });
});

const connect = async (
  address: string,
  { secret, form }: { secret?: string; form?: MessageFeed['form'] } = {},
): Promise<MessageFeed> => {
  const feed = MessageFeed.parse({ name: 'erp', kind: 'messages', address, form });
  done(await shop.handlers['feed.save']({ feed, ...(secret !== undefined && { secret }) }, planner()));
  return feed;
};
const send = async (feed: MessageFeed, secret = '') => {
  const { station } = shop;
  const sender = openSender(station, feed.name, connectorOf(feed, secret, station.clock));
  for (let tries = 0; tries < 20 && (await sender.step()) === 0; tries += 1);
  return must((await shop.handlers['feed.list']({}, planner()))[0], 'The connection');
};

/** Publishes A, lets its line begin, and stops the line once. */
async function aShift(): Promise<void> {
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.setClock(instant('07:10') * 1000);
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Jam' }));
}

/** Somebody who takes messages by POST, and knows a repeat by its BODID. */
async function receiver(answer: (count: number) => { status: number; text?: string }) {
  const asked: { bodId: string; authorization: string | undefined }[] = [];
  const taken = new Map<string, string>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      const bodId = /<BODID>(.*)<\/BODID>/.exec(body)?.[1] ?? '';
      asked.push({ bodId, authorization: request.headers.authorization });
      const { status, text = '' } = answer(asked.length);
      if (status === 200) taken.set(bodId, body);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/in/b2mml`, asked, taken, close: () => server.close() };
}

const rejection = (bodId: string, reason: string): string => `<?xml version="1.0"?>
<ConfirmBOD xmlns="http://www.mesa.org/xml/B2MML">
  <ApplicationArea><CreationDateTime>2026-11-23T07:20:00Z</CreationDateTime><BODID>erp 1</BODID></ApplicationArea>
  <DataArea>
    <Confirm>
      <OriginalApplicationArea><CreationDateTime>2026-11-23T07:10:00Z</CreationDateTime><BODID>${bodId}</BODID></OriginalApplicationArea>
      <ResponseCriteria><ResponseExpression actionCode="Rejected">/*</ResponseExpression><ChangeStatus><Reason>${reason}</Reason></ChangeStatus></ResponseCriteria>
    </Confirm>
    <BOD><Description>${reason}</Description></BOD>
  </DataArea>
</ConfirmBOD>`;

test('a folder gets where orders are planned, what has begun and what is down, each message whole and once', async () => {
  const feed = await connect(folder);
  await aShift();
  expect(await send(feed)).toMatchObject({ waiting: 0, notKept: 0, refused: 0 });
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(readdirSync(folder).every((file) => file.endsWith('.xml'))).toBe(true);
  expect(texts.map((text) => /<(Sync|Notify)\w+/.exec(text)?.[0])).toEqual([
    '<SyncOperationsSchedule',
    '<SyncOperationsPerformance',
    '<NotifyOperationsEvent',
  ]);
  expect(texts[0]).toMatch(/<EarliestStartTime>2026-11-23T07:00:00Z[^]*<EquipmentID>M1</);
  expect(texts[1]).toMatch(/<SegmentState>Running</);
  expect(texts[2]).toMatch(/<Description>Jam<[^]*DowntimeStarted/);
});

test('a receiver of V6 hears of downtimes too, and a station that is told of one counts its unit as down', async () => {
  const feed = await connect(folder, { form: 'b2mml6' });
  await aShift();
  expect(await send(feed)).toMatchObject({ waiting: 0, refused: 0 });
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const alert = must(
    texts.find((text) => text.includes('<SyncWorkAlert')),
    'The downtime',
  );
  const other = await smallShop('A');
  done(await other.take({ 'down.xml': alert }));
  expect(other.station.workspace.units.get(EquipmentId.parse('M1'))?.down).toEqual({
    since: instant('07:10'),
    reason: 'Jam',
  });
  await other.remove();
});

test('a folder gets the same as CSV where that is what is read there', async () => {
  const feed = await connect(folder, { form: 'csv' });
  await aShift();
  expect(await send(feed)).toMatchObject({ waiting: 0, refused: 0 });
  const rows = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8').split('\r\n'));
  expect(rows.map(([columns]) => columns)).toEqual(
    Array.from(
      { length: 3 },
      () => 'message,kind,order,step,unit,start,end,state,good,scrap,rework,reason,consumed',
    ),
  );
  expect(rows.map(([, row]) => row?.split(',').slice(1).join(','))).toEqual([
    expect.stringMatching(/^planned,A,mix,M1,2026-11-23T07:00:00Z,.*,version 1,,,,,$/),
    'progress,A,mix,M1,2026-11-23T07:00:00Z,,running,0,0,0,,',
    'downtime,,,M1,2026-11-23T07:10:00Z,,down,,,,Jam,',
  ]);
});

test('a receiver that is busy hears the same BODID again, and its key goes along', async () => {
  const there = await receiver((count) => ({ status: count <= 2 ? 503 : 200 }));
  const feed = await connect(there.address, { secret: 'its key' });
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  expect(await send(feed, 'its key')).toMatchObject({ waiting: 1 });
  shop.setClock(shop.station.clock() + 60_000);
  await send(feed, 'its key');
  shop.setClock(shop.station.clock() + 60_000);
  expect(await send(feed, 'its key')).toMatchObject({ waiting: 0, refused: 0 });
  expect(there.asked).toHaveLength(3);
  expect(new Set(there.asked.map(({ bodId }) => bodId)).size).toBe(1);
  expect(there.asked[0]?.authorization).toBe('Bearer its key');
  expect([...there.taken.values()].join()).not.toContain('its key');
  there.close();
});

test('what the receiver rejects in its answer is set aside with its reason, and the rest flows', async () => {
  const there = await receiver((count) =>
    count === 1 ? { status: 200, text: rejection('x', 'Order A is closed.') } : { status: 200 },
  );
  const feed = await connect(there.address);
  await aShift();
  const view = await send(feed);
  expect(view).toMatchObject({ waiting: 0, refused: 1 });
  expect(view.messages.at(-1)?.settlement).toEqual({
    kind: 'refused',
    reason: 'Order A is closed.',
  });
  expect(there.asked).toHaveLength(3);
  there.close();
});

test('what it rejects later in a message of its own is set aside all the same; an answer to nobody changes nothing', async () => {
  const feed = await connect(folder);
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await send(feed);
  const [text = ''] = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  const bodId = /<BODID>(.*)<\/BODID>/.exec(text)?.[1] ?? '';
  done(
    await shop.take({
      'answer.xml': rejection('erp 1 2020-01-01T00:00:00Z', 'Not yours.').replace('erp 1', 'erp 0'),
    }),
  );
  expect(await send(feed)).toMatchObject({ refused: 0 });
  done(await shop.take({ 'answer.xml': rejection(bodId, 'M1 is not known.') }));
  const view = await send(feed);
  expect(view).toMatchObject({ refused: 1 });
  expect(view.messages[0]?.settlement).toMatchObject({ reason: expect.stringContaining('M1 is not known.') });
});

test('a receiver that is down behind its proxy loses no message, and the connection says what is wrong', async () => {
  const there = await receiver((count) => ({ status: count <= 2 ? ([404, 405][count - 1] ?? 200) : 200 }));
  const feed = await connect(there.address);
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  expect(await send(feed)).toMatchObject({ waiting: 1, refused: 0 });
  const connector = connectorOf(feed, '', shop.station.clock);
  const [entry] = await shop.station.store.read.waiting(feed.name, 1);
  expect(await connector.push(must(entry, 'The message').message, 'key')).toMatchObject({
    kind: 'later',
    reason: expect.stringContaining('answered 405: nobody takes it at /in/b2mml'),
  });
  expect(await send(feed)).toMatchObject({ waiting: 0, refused: 0 });
  there.close();
});

test('a message that alone is answered 404 while others go through is set aside with that reason', async () => {
  const there = await receiver(() => ({ status: 200 }));
  const feed = await connect(there.address);
  await shop.take({ 'orders.csv': ordersCsv('A', 'B') });
  await shop.put('A/mix', 'M1', '14:00');
  const good = connectorOf(feed, '', shop.station.clock);
  const sender = openSender(shop.station, feed.name, {
    push: (message, key) =>
      message.kind === 'planned' && message.order === 'A'
        ? Promise.resolve({ kind: 'later', reason: 'erp answered 404.' })
        : good.push(message, key),
  });
  await shop.publish();
  for (let round = 0; round < 24; round += 1) {
    await shop.put('B/mix', 'M2', round % 2 === 0 ? '12:30' : '13:30');
    await shop.publish();
    shop.setClock(shop.station.clock() + 600_000);
    while ((await sender.step()) === 0);
  }
  const view = must((await shop.handlers['feed.list']({}, planner()))[0], 'The connection');
  expect(view).toMatchObject({ waiting: 0, refused: 1 });
  expect(view.messages.find(({ settlement }) => settlement?.kind === 'refused')).toMatchObject({
    message: { order: 'A' },
    settlement: { reason: expect.stringContaining('answered 404') },
  });
  there.close();
});

test('a folder that is not there is waited for, and a test of the connection says so', async () => {
  const feed = await connect(join(folder, 'gone'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  expect(await send(feed)).toMatchObject({ waiting: 1, refused: 0 });
  expect(await shop.handlers['feed.test']({ feed }, planner())).toMatchObject({
    ok: false,
    text: expect.stringContaining('ENOENT'),
  });
  const found = MessageFeed.parse({ ...feed, address: folder });
  expect(await shop.handlers['feed.test']({ feed: found }, planner())).toMatchObject({
    ok: true,
    orders: null,
  });
});
