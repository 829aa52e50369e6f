import { afterEach, beforeEach, expect, test } from 'vitest';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { reconcileCases } from '#electron/app/reconcile-cases.ts';
import { openSender } from '#electron/app/send-outbox.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { ErpFeed, MessageFeed } from '#shared/domain/feed.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

let odoo: OdooStandIn;
let shop: SmallShop;
beforeEach(async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 2);
  shop = await smallShop('A', 'B');
});
afterEach(async () => {
  await odoo.close();
  await shop.remove();
});

const receiver = (name: string, address = '/tmp/nowhere'): MessageFeed =>
  MessageFeed.parse({ name, kind: 'messages', address });
const erp = (more: object = {}): ErpFeed =>
  ErpFeed.parse({
    name: 'odoo',
    kind: 'odoo',
    address: odoo.address,
    database: 'plant',
    user: 'admin',
    ...more,
  });
const save = async ({ handlers }: TemporaryStation, feed: MessageFeed | ErpFeed) =>
  done(await handlers['feed.save']({ feed, secret: 'hidden' }, planner()));
const waiting = async ({ station }: TemporaryStation, name: string) =>
  (await station.store.read.waiting(name, 100)).map(({ message }) =>
    message.kind === 'downtime' ? `down ${message.unit}` : `${message.kind} ${message.order}/${message.step}`,
  );
const connectorOf = (feed: ErpFeed) => odooConnector(feed.name, { ...feed, secret: 'hidden' }, Date.now);
const pull = ({ station }: TemporaryStation, feed: ErpFeed) => pullFeed(station, feed, connectorOf(feed));

/** A station that has put the one order of the Odoo on its board. */
async function planned(): Promise<TemporaryStation> {
  const plant = await temporaryStation('2026-11-20T12:00:00Z');
  const { handlers, station } = plant;
  await save(plant, erp());
  await pull(plant, erp());
  done(await handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await station.solving?.done;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  return plant;
}

const publish = async ({ handlers, station }: TemporaryStation) =>
  done(await handlers['version.publish']({ note: '', expected: station.workspace.revision }, planner()));

test('a new receiver hears the plan as it is published, what has begun and what is down, not only what changes from now on', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M2', '07:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
  done(await shop.report('started', 'M1', 'A/mix'));
  done(await shop.report('downtimeStarted', 'P1', undefined, { reason: 'Jam' }));
  await save(shop, receiver('mes'));
  expect((await waiting(shop, 'mes')).toSorted()).toEqual(['down P1', 'planned B/mix', 'progress A/mix']);
  // Saved again as it is, it hears nothing twice.
  await save(shop, receiver('mes'));
  expect(await waiting(shop, 'mes')).toHaveLength(3);
});

test('what waits for a receiver goes to no other address: it is dropped, said so, and the plan told anew', async () => {
  await save(shop, receiver('mes'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  const [meant] = await shop.station.store.read.waiting('mes', 10);
  await save(shop, receiver('mes', '/tmp/elsewhere'));
  const entries = await shop.station.store.read.waiting('mes', 10);
  expect(entries.map(({ message }) => message)).toEqual([meant?.message]);
  expect(entries[0]?.seq).not.toBe(meant?.seq);
  expect(shop.facts).toContainEqual({
    kind: 'notice',
    level: 'warn',
    text: 'mes: 1 message that waited was dropped.',
  });
  const [view] = await shop.handlers['feed.list']({}, planner());
  expect(view?.messages.map(({ seq }) => seq)).toEqual([entries[0]?.seq]);
});

test('a connection that comes back under its name begins anew: with what waits now, and knowing nothing', async () => {
  await save(shop, receiver('mes'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  done(await shop.handlers['feed.remove']({ name: 'mes' }, planner()));
  expect(await waiting(shop, 'mes')).toEqual([]);
  await shop.put('A/mix', 'M1', '08:00');
  await shop.publish();
  await save(shop, receiver('mes'));
  const [entry, ...others] = await shop.station.store.read.waiting('mes', 10);
  expect(entry?.message).toMatchObject({ start: instant('08:00') });
  expect(others).toEqual([]);
});

test('another database is read from its beginning, and told of what it agrees on only then', async () => {
  const plant = await planned();
  await publish(plant);
  expect(await waiting(plant, 'odoo')).toHaveLength(2);
  expect(await plant.station.store.read.feedCursor('odoo')).not.toBeNull();
  const moved = erp({ database: 'other' });
  await save(plant, moved);
  expect(await plant.station.store.read.feedCursor('odoo')).toBeNull();
  expect(plant.station.feeds.get('odoo')?.cursor ?? null).toBeNull();
  expect(await waiting(plant, 'odoo')).toEqual([]);
  await pull(plant, moved);
  expect((await waiting(plant, 'odoo')).toSorted()).toEqual([
    'planned odoo:MO1/WO10',
    'planned odoo:MO1/WO11',
  ]);
  await plant.remove();
});

test('an order that is another one in the new database is not told where the old one was planned', async () => {
  const plant = await planned();
  await publish(plant);
  const moved = erp({ database: 'other' });
  await save(plant, moved);
  must(odoo.tables.get('mrp.production')?.rows.get(1), 'The order')['product_qty'] = 99;
  expect((await pull(plant, moved)).waiting).toBeGreaterThan(0);
  expect(await waiting(plant, 'odoo')).toEqual([]);
  await plant.remove();
});

test('what is still being read from the old database when the connection changes is not taken in', async () => {
  const plant = await planned();
  const { revision } = plant.station.workspace;
  const old = connectorOf(erp());
  const meanwhile = {
    ...old,
    pullSnapshot: async () => {
      putOrder(odoo, 2, 1);
      const pulled = await old.pullSnapshot();
      await save(plant, erp({ database: 'other' }));
      return pulled;
    },
  };
  await expect(pullFeed(plant.station, erp(), meanwhile, { all: true })).rejects.toThrow('was changed while');
  expect(plant.station.workspace.revision).toBe(revision);
  expect(await plant.station.store.read.feedCursor('odoo')).toBeNull();
  await plant.remove();
});

test('an answer that comes after the connection was changed settles nothing of the new one', async () => {
  await save(shop, receiver('mes'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  const slow = {
    push: async () => {
      await save(shop, receiver('mes', '/tmp/elsewhere'));
      return { kind: 'kept' } as const;
    },
  };
  await openSender(shop.station, 'mes', slow).step();
  expect(await waiting(shop, 'mes')).toEqual(['planned A/mix']);
});

test('an answer that comes after a rejection does not undo it, and one about what was replaced alarms nobody', async () => {
  await save(shop, receiver('mes'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  const rejecting = (text: string) => (_: unknown, key: string) =>
    `<ConfirmBOD xmlns="http://www.mesa.org/xml/B2MML" releaseID="7"><ApplicationArea><CreationDateTime>2026-11-23T07:20:00Z</CreationDateTime><BODID>${text}</BODID></ApplicationArea><DataArea><Confirm><OriginalApplicationArea><CreationDateTime>2026-11-23T07:10:00Z</CreationDateTime><BODID>${key}</BODID></OriginalApplicationArea><ResponseCriteria><ResponseExpression actionCode="Rejected">/*</ResponseExpression><ChangeStatus><Reason>${text}</Reason></ChangeStatus></ResponseCriteria></Confirm><BOD/></DataArea></ConfirmBOD>`;
  const sender = openSender(shop.station, 'mes', {
    push: async (message, key) => {
      done(await shop.take({ 'answer.xml': rejecting('A is closed.')(message, key) }));
      return { kind: 'kept' };
    },
  });
  await sender.step();
  expect(await shop.station.store.read.outbox('mes', 10)).toMatchObject({ refused: 1, waiting: 0 });
  const open = async () => {
    await reconcileCases(shop.station);
    return shop.station.workspace.cases.flatMap(({ state, text }) => (state === 'open' ? text : []));
  };
  expect(await open()).toEqual([expect.stringContaining('A is closed.')]);

  await shop.put('A/mix', 'M1', '08:00');
  await shop.publish();
  await openSender(shop.station, 'mes', {
    push: async () => {
      await shop.put('A/mix', 'M1', '09:00');
      await shop.publish();
      return { kind: 'refused', reason: 'Too early.' };
    },
  }).step();
  expect(await open()).toEqual([]);
  expect(await shop.station.store.read.outbox('mes', 10)).toMatchObject({ refused: 0, waiting: 1 });
});

test('what came from a connection that was removed is told to nobody else, and its name is kept for its kind', async () => {
  const plant = await planned();
  done(await plant.handlers['feed.remove']({ name: 'odoo' }, planner()));
  await save(plant, receiver('mes'));
  await publish(plant);
  expect(await waiting(plant, 'mes')).toEqual([]);
  expect(
    await plant.handlers['feed.save']({ feed: receiver('odoo'), secret: 'hidden' }, planner()),
  ).toMatchObject({ ok: false, refusal: { code: 'KIND_FIXED' } });
  await plant.remove();
});

test('an order whose id only looks like that of a receiver is told to it', async () => {
  await save(shop, receiver('mes'));
  const orders = 'id,quantity,routing,due,state\nmes:1,10,R,2026-11-24T06:00:00Z,Released\n';
  done(await shop.take({ 'orders.csv': orders }));
  await shop.put('mes:1/mix', 'M1', '07:00');
  await shop.publish();
  expect(await waiting(shop, 'mes')).toEqual(['planned mes:1/mix']);
});

test('what was refused is dropped by a person, with its reason kept; what needs nobody cannot be', async () => {
  await save(shop, receiver('mes'));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  const sender = openSender(shop.station, 'mes', {
    push: async () => ({ kind: 'refused', reason: 'A is closed.' }),
  });
  const [{ seq } = { seq: 0 }] = await shop.station.store.read.waiting('mes', 1);
  const drop = () => shop.handlers['outbox.drop']({ seq }, planner());
  expect(await drop()).toMatchObject({ ok: false, refusal: { code: 'MESSAGE_TAKEN' } });
  await sender.step();
  done(await drop());
  const [view] = await shop.handlers['feed.list']({}, planner());
  expect(view).toMatchObject({ refused: 0, waiting: 0 });
  expect(view?.messages[0]?.settlement).toEqual({ kind: 'dropped', reason: 'A is closed.' });
});

test('an address that cannot be called is refused at once', async () => {
  const feed = erp({ address: 'http://127.0.0.1:99999' });
  expect(await shop.handlers['feed.save']({ feed, secret: 'hidden' }, planner())).toMatchObject({
    ok: false,
    refusal: { code: 'ADDRESS_WRONG' },
  });
});
