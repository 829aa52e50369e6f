import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { runFeeds } from '#electron/app/run-feeds.ts';
import { ErpFeed, MessageFeed } from '#shared/domain/feed.ts';
import { putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { standInServer } from '#test/support/stand-in-server.ts';
import { done, planner, temporaryStation } from '#test/support/temporary-station.ts';

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'shiftwright-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function shopOf(...orders: string[]): Promise<SmallShop> {
  const shop = await smallShop(...orders);
  onTestFinished(() => shop.remove());
  return shop;
}

const connect = async (shop: SmallShop, name: string, address: string): Promise<void> => {
  const feed = MessageFeed.parse({ name, kind: 'messages', address });
  done(await shop.handlers['feed.save']({ feed }, planner()));
};

test('never do two pulls of a connection meet, however many people ask for one', async () => {
  const odoo = await standInOdoo();
  onTestFinished(() => odoo.close());
  putOrder(odoo, 1, 2);
  let inside = 0;
  let most = 0;
  const pass = async (url: string, body: string, response: ServerResponse): Promise<void> => {
    most = Math.max(most, (inside += 1));
    const answer = await fetch(new URL(url, odoo.address), { method: 'POST', body });
    await sleep(2);
    inside -= 1;
    response.writeHead(answer.status).end(await answer.text());
  };
  const front = await standInServer(({ url = '/' }, body, response) => void pass(url, body, response));
  onTestFinished(() => front.close());
  const plant = await temporaryStation('2026-11-20T12:00:00Z');
  onTestFinished(() => plant.remove());
  const feed = ErpFeed.parse({
    name: 'odoo',
    kind: 'odoo',
    address: front.address,
    database: 'plant',
    user: 'admin',
  });
  done(await plant.handlers['feed.save']({ feed, secret: 'hidden' }, planner()));
  const feeds = runFeeds(plant.station);
  onTestFinished(() => feeds.stop());
  const asked = [feeds.reconcile('odoo'), feeds.reconcile('odoo')];
  await sleep(30);
  asked.push(feeds.reconcile('odoo'));
  const reports = await Promise.all(asked);
  expect(reports.map(({ refused }) => refused)).toEqual([0, 0, 0]);
  expect(plant.station.workspace.orders.size).toBe(1);
  expect(most).toBe(1);
});

test('a receiver that does not answer holds up no other', async () => {
  const shop = await shopOf('A');
  const silent = await standInServer(() => {});
  const inbox = folder();
  await connect(shop, 'a-silent', silent.address);
  await connect(shop, 'b-folder', inbox);
  const feeds = runFeeds(shop.station);
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await expect.poll(() => readdirSync(inbox).length, { timeout: 10_000 }).toBe(1);
  await silent.close();
  await feeds.stop();
});

test('a connection that is removed is told nothing more, and one that comes is told at once', async () => {
  const shop = await shopOf('A', 'B');
  const [before, after] = [folder(), folder()];
  await connect(shop, 'mes', before);
  const feeds = runFeeds(shop.station);
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await expect.poll(() => readdirSync(before).length, { timeout: 10_000 }).toBe(1);
  done(await shop.handlers['feed.remove']({ name: 'mes' }, planner()));
  await shop.put('B/mix', 'M2', '07:00');
  await shop.publish();
  await connect(shop, 'mes', after);
  await expect.poll(() => readdirSync(after).length, { timeout: 10_000 }).toBe(2);
  expect(readdirSync(before)).toHaveLength(1);
  await feeds.stop();
});

test('only what is read can be reconciled', async () => {
  const shop = await shopOf('A');
  await connect(shop, 'mes', folder());
  const feeds = runFeeds(shop.station);
  await expect(feeds.reconcile('mes')).rejects.toThrow('no connection “mes”');
  await feeds.stop();
});
