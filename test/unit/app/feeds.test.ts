import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { feedAges } from '#electron/app/feed-state.ts';
import { secretFile } from '#electron/app/secrets.ts';
import { openSender } from '#electron/app/send-outbox.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { OrderId } from '#shared/domain/order.ts';
import { DAY } from '#shared/time/instant.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

let odoo: OdooStandIn;
let plant: TemporaryStation;

beforeEach(async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 2);
  plant = await temporaryStation('2026-11-20T12:00:00Z');
  done(await plant.handlers['feed.save']({ feed: feed(), secret: 'hidden' }, planner()));
});
afterEach(async () => {
  await odoo.close();
  await plant.remove();
});

const feed = () =>
  ErpFeed.parse({ name: 'odoo', kind: 'odoo', address: odoo.address, database: 'plant', user: 'admin' });
const connector = () =>
  odooConnector(
    'odoo',
    { address: odoo.address, database: 'plant', user: 'admin', secret: 'hidden' },
    Date.now,
  );
const pull = () => pullFeed(plant.station, feed(), connector(), { all: true });
const inOdoo = (model: string, id: number) => must(odoo.tables.get(model)?.rows.get(id), `${model} ${id}`);
const order = (id: number) => plant.station.workspace.orders.get(`odoo:MO${id}` as OrderId);

/** Pulls the one order and puts its operations on the board. */
async function planned(): Promise<void> {
  await pull();
  done(await plant.handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await plant.station.solving?.done;
  done(await plant.handlers['proposal.accept']({ expected: plant.station.workspace.revision }, planner()));
}

const publish = () =>
  plant.handlers['version.publish']({ note: '', expected: plant.station.workspace.revision }, planner());

const reversed = async (text: string): Promise<string> => text.split('').toReversed().join('');
const KEYCHAIN = { seal: reversed, open: reversed };

test('what touches nothing planned goes in at once, and the same again changes nothing', async () => {
  expect(await pull()).toMatchObject({ waiting: 0, refused: 0 });
  expect(order(1)).toMatchObject({ name: 'WH/MO/1', quantity: 10 });
  const { revision } = plant.station.workspace;
  inOdoo('mrp.production', 1)['product_qty'] = 12;
  await pull();
  expect(order(1)?.quantity).toBe(12);
  expect(await pull()).toMatchObject({ changed: 0, waiting: 0, refused: 0 });
  expect(plant.station.workspace.revision).toBe(revision + 1);
});

test('a changed quantity of planned work waits with both values and its impact, and is let in whole', async () => {
  await planned();
  Object.assign(inOdoo('mrp.production', 1), { product_qty: 20, priority: '1' });
  for (const id of [10, 11]) inOdoo('mrp.workorder', id)['duration_expected'] = 125;
  expect(await pull()).toMatchObject({ waiting: 1 });
  // The rules hold field by field: the priority moves nothing.
  expect(order(1)).toMatchObject({ quantity: 10, weight: 5 });
  const [waiting] = await plant.handlers['difference.list']({}, planner());
  expect(waiting).toMatchObject({
    name: 'WH/MO/1',
    change: 'changed',
    fields: [{ field: 'quantity', before: '10', after: '20' }],
    impact: ['The work gets 2 h longer.'],
  });
  const { revision } = plant.station.workspace;
  done(await plant.handlers['difference.accept']({ orders: ['odoo:MO1'], expected: revision }, planner()));
  expect(order(1)?.quantity).toBe(20);
  expect(await plant.handlers['difference.list']({}, planner())).toEqual([]);
  expect(await pull()).toMatchObject({ changed: 0, waiting: 0, refused: 0 });
});

test('a change that the ERP takes back waits no longer', async () => {
  await planned();
  inOdoo('mrp.production', 1)['product_qty'] = 20;
  expect((await pull()).waiting).toBe(2);
  inOdoo('mrp.production', 1)['product_qty'] = 10;
  expect((await pull()).waiting).toBe(0);
});

test('a new order and one that was deleted wait, and say what they would do to the board', async () => {
  await planned();
  putOrder(odoo, 2, 3);
  for (const [model, id] of [
    ['mrp.production', 1],
    ['mrp.workorder', 10],
    ['mrp.workorder', 11],
  ] as const)
    odoo.tables.get(model)?.rows.delete(id);
  await pull();
  expect(await plant.handlers['difference.list']({}, planner())).toMatchObject([
    { order: 'odoo:MO1', change: 'cancelled', impact: ['2 tasks leave the board.'] },
    { order: 'odoo:MO2', change: 'added', impact: ['3 tasks without a place come in.'] },
  ]);
  expect(order(1)).toBeDefined();
  done(await plant.handlers['difference.accept']({ expected: plant.station.workspace.revision }, planner()));
  expect([...plant.station.workspace.orders.keys()]).toEqual(['odoo:MO2']);
  expect(plant.station.workspace.assignments.size).toBe(0);
});

test('what is wrong with a record is told with its place, and the rest goes in', async () => {
  putOrder(odoo, 2, 1);
  inOdoo('mrp.production', 2)['product_qty'] = 0;
  const { refused, remarks } = await pull();
  expect(refused).toBe(1);
  expect(remarks[0]).toContain('mrp.production 2 (quantity)');
  expect(order(1)).toBeDefined();
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view?.exchanges[0]?.text).toContain('1 refused.\nmrp.production 2 (quantity)');
});

test('a rule lets in at once what would have waited', async () => {
  await planned();
  const open = {
    ...feed(),
    rules: { ...feed().rules, quantity: 'atOnce' as const, work: 'atOnce' as const },
  };
  inOdoo('mrp.production', 1)['product_qty'] = 20;
  expect(await pullFeed(plant.station, open, connector(), { all: true })).toMatchObject({ waiting: 0 });
  expect(order(1)?.quantity).toBe(20);
});

test('what Odoo stored otherwise is there with both values, and is sent again when asked for', async () => {
  await planned();
  done(await publish());
  const stubborn = must(odoo.tables.get('mrp.workorder'), 'The work orders').rows;
  const kept = { ...must(stubborn.get(10), 'Work order 10') };
  Object.defineProperty(stubborn.get(10), 'date_finished', {
    get: () => '2026-11-20 13:37:00',
    set: () => {
      // it is taken, and something else is stored
    },
    configurable: true,
    enumerable: true,
  });
  const sender = openSender(plant.station, 'odoo', connector());
  while ((await sender.step()) !== null);
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view).toMatchObject({ waiting: 0, notKept: 1, refused: 0 });
  const entry = must(
    view?.messages.find(({ settlement }) => settlement?.kind === 'notKept'),
    'The message',
  );
  expect(entry.settlement).toMatchObject({
    differences: [{ field: 'end', kept: 'Fri 20 Nov 13:37' }],
  });
  stubborn.set(10, kept);
  done(await plant.handlers['outbox.resend']({ seq: entry.seq }, planner()));
  while ((await sender.step()) !== null);
  expect(await plant.station.store.read.outbox('odoo', 0)).toMatchObject({ notKept: 0 });
});

test('an operation that somebody moves in Odoo is shown with both places, and told again when asked for', async () => {
  await planned();
  done(await publish());
  const sender = openSender(plant.station, 'odoo', connector());
  while ((await sender.step()) !== null);
  plant.setClock(Date.parse('2026-11-20T12:01:00Z'));
  expect(await pull()).toMatchObject({ changed: 0, waiting: 0, refused: 0 });
  inOdoo('mrp.workorder', 10)['date_start'] = '2026-11-22 08:00:00';
  await pull();
  const [view] = await plant.handlers['feed.list']({}, planner());
  const entry = must(
    view?.messages.find(({ settlement }) => settlement?.kind === 'notKept'),
    'The message',
  );
  expect(entry.settlement).toMatchObject({ differences: [{ field: 'start', kept: 'Sun 22 Nov 08:00' }] });
  done(await plant.handlers['outbox.resend']({ seq: entry.seq }, planner()));
  while ((await sender.step()) !== null);
  await pull();
  expect(await plant.station.store.read.outbox('odoo', 0)).toMatchObject({ notKept: 0, waiting: 0 });
});

test('what was read before a place was told is no move of it', async () => {
  Object.assign(inOdoo('mrp.workorder', 10), {
    date_start: '2026-12-24 08:00:00',
    date_finished: '2026-12-24 09:00:00',
  });
  await planned();
  done(
    await plant.handlers['version.publish'](
      { note: '', expected: plant.station.workspace.revision },
      planner(),
    ),
  );
  const slow = connector();
  const meanwhile = {
    ...slow,
    pullSnapshot: async () => {
      const pulled = await slow.pullSnapshot();
      const sender = openSender(plant.station, 'odoo', slow);
      while ((await sender.step()) !== null);
      return pulled;
    },
  };
  await pullFeed(plant.station, feed(), meanwhile, { all: true });
  expect(await plant.station.store.read.outbox('odoo', 0)).toMatchObject({ waiting: 0, notKept: 0 });
});

test('a feed is as old as its last pull, and stale when nothing came for too long', async () => {
  expect(feedAges(plant.station)).toEqual([{ name: 'odoo', pulled: null, staleAfter: 900 }]);
  await pull();
  const pulled = plant.station.now;
  expect(feedAges(plant.station)).toMatchObject([{ pulled }]);
  odoo.hostile = () => 'unavailable';
  plant.setClock(Date.parse('2026-11-20T12:16:00Z'));
  await expect(pull()).rejects.toThrow('503');
  expect(feedAges(plant.station)).toMatchObject([{ pulled }]);
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view?.failure).toContain('503');
});

test('an order is called by its name in the ERP, on the board, at the line and in what the ERP was told', async () => {
  await planned();
  done(await publish());
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const { bars } = await plant.handlers['board.read']({}, planner());
  expect(bars.map((bar) => [bar.order, orderNameOf(bar)])).toContainEqual(['odoo:MO1', 'WH/MO/1']);
  const [row] = await plant.handlers['orders.list']({}, planner());
  expect(row && orderNameOf(row)).toBe('WH/MO/1');
  const items = [...plant.station.workspace.queues.values()].flatMap((queue) => queue.items);
  expect(new Set(items.map(orderNameOf))).toEqual(new Set(['WH/MO/1']));
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view?.messages.map(({ about }) => about)).toContain(`WH/MO/1 · ${items[0]?.name}`);
});

test('[U13] a connection that is silent stops the dispatch of its orders, whatever was imported meanwhile', async () => {
  await planned();
  done(await publish());
  plant.setClock(Date.parse('2026-11-20T12:16:00Z'));
  const people = [{ name: 'people.csv', text: 'id,name,calendar,qualifications\n' }];
  done(await plant.handlers['import.files']({ files: people, dryRun: false }, planner()));
  const dispatch = () => plant.handlers['queue.dispatch']({}, planner());
  expect(await dispatch()).toMatchObject({
    ok: false,
    refusal: { code: 'STATUS_STALE', object: 'odoo', text: expect.stringContaining('16 min ago') },
  });
  await pull();
  done(await dispatch());
});

test('a quantity that somebody books over what the line has reported is shown with both, and what was reported is told again', async () => {
  await planned();
  done(await publish());
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const place = must(
    [...plant.station.workspace.assignments.values()].find(({ task }) => task.endsWith('/WO10')),
    'The first operation',
  );
  const report = (kind: 'started' | 'quantityReported', id: string, good?: number) =>
    recordExecution(
      plant.station,
      { id, kind, unit: place.unit, task: place.task, ...(good !== undefined && { good }) },
      { user: place.unit, origin: 'line', key: id },
    );
  plant.setClock(place.start * 1000);
  await pull();
  done(await report('started', 'report 1'));
  done(await report('quantityReported', 'report 2', 4));
  const sender = openSender(plant.station, 'odoo', connector());
  while ((await sender.step()) !== null);
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ qty_produced: 4 });
  expect(await pull()).toMatchObject({ waiting: 0 });
  const changed = async () => {
    const [view] = await plant.handlers['feed.list']({}, planner());
    return view?.messages.find(({ settlement }) => settlement?.kind === 'notKept');
  };
  expect(await changed()).toBeUndefined();
  inOdoo('mrp.workorder', 10)['qty_produced'] = 5;
  plant.setClock((place.start + 60) * 1000);
  await pull();
  const entry = must(await changed(), 'The message');
  expect(entry.settlement).toMatchObject({ differences: [{ field: 'quantity', sent: '4', kept: '5' }] });
  expect(plant.station.workspace.progress.get(place.task)?.good).toBe(4);
  done(await plant.handlers['outbox.resend']({ seq: entry.seq }, planner()));
  while ((await sender.step()) !== null);
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ qty_produced: 4 });
});

test('a start that is taken back and a count that is put right are so in the ERP, and do not come back from there as news', async () => {
  await planned();
  done(await publish());
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const place = must(
    [...plant.station.workspace.assignments.values()].find(({ task }) => task.endsWith('/WO10')),
    'The first operation',
  );
  const say = (id: string, report: object) =>
    takeReport(plant.station, LineReport.parse({ id, unit: place.unit, task: place.task, ...report }), {
      user: place.unit,
      origin: 'line',
      key: id,
    });
  const sender = openSender(plant.station, 'odoo', connector());
  const sent = async (): Promise<void> => {
    while ((await sender.step()) !== null);
  };
  plant.setClock(place.start * 1000);
  await pull();
  done(await say('report 1', { kind: 'started' }));
  await sent();
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ state: 'progress' });
  done(await say('undo report 1', { kind: 'withdrawn', withdraws: 'report 1' }));
  // It still says what it was told: our own words.
  await pull();
  expect(plant.station.workspace.events).toEqual([]);
  await sent();
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ state: 'ready', qty_produced: 0 });
  const logs = [...must(odoo.tables.get('mrp.workcenter.productivity'), 'Time logs').rows.values()];
  expect(logs).toHaveLength(1);
  expect(logs[0]?.['date_end']).toBe(logs[0]?.['date_start']);
  expect(logs[0]?.['description']).toMatch(/^Shiftwright WO10 .*: withdrawn at the line$/);
  const [view] = await plant.handlers['feed.list']({}, planner());
  expect(view).toMatchObject({ waiting: 0, notKept: 0, refused: 0 });
  plant.setClock((place.start + 5) * 1000);
  done(await say('report 2', { kind: 'started' }));
  await sent();
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ state: 'progress' });
  // A wrong count, and the right one in its place.
  done(await say('report 3', { kind: 'quantityReported', good: 3, scrap: 2 }));
  await sent();
  const notes = () =>
    [...must(odoo.tables.get('mail.message'), 'Notes').rows.values()].map(({ body }) => body);
  expect(notes()).toEqual(['Shiftwright WO10: good 3, scrap 2, rework 0']);
  const correction = { good: 1, scrap: -2, rework: 0 };
  const person = plant.station.workspace.plant.people[0]?.id ?? 'anna';
  done(await say('report 4', { kind: 'quantityCorrected', correction, reason: 'Typed wrongly', person }));
  await sent();
  expect(inOdoo('mrp.workorder', 10)).toMatchObject({ qty_produced: 4 });
  expect(notes()).toEqual([
    'Shiftwright WO10: good 3, scrap 2, rework 0',
    'Shiftwright WO10: good 4, scrap 0, rework 0',
  ]);
});

test('a message that a newer one has replaced is not sent again: the ERP would go back in time', async () => {
  await planned();
  done(await publish());
  const last = [...plant.station.workspace.assignments.values()].toSorted((a, b) => a.end - b.end).at(-1);
  const { task, unit, start } = must(last, 'The last task');
  const expected = plant.station.workspace.revision;
  const drop = { task, unit, start: start + DAY, expected };
  done(await plant.handlers['draft.move'](drop, planner()));
  done(await publish());
  const told = await plant.station.store.read.waiting('odoo', 10);
  const [older, newer] = told.flatMap(({ seq, message }) =>
    message.kind === 'planned' && last?.task.endsWith(message.step) ? [seq] : [],
  );
  const resend = (seq = 0) => plant.handlers['outbox.resend']({ seq }, planner());
  expect(await resend(older)).toMatchObject({
    ok: false,
    refusal: { code: 'MESSAGE_REPLACED', text: expect.stringContaining(`Message ${newer}`) },
  });
  done(await resend(newer));
  expect(await resend(999)).toMatchObject({ ok: false, refusal: { code: 'MESSAGE_UNKNOWN' } });
});

test('a secret lies in a file of its own, and comes out nowhere', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shiftwright-'));
  const secrets = secretFile(folder);
  await secrets.set('odoo', 'hidden');
  await secrets.set('other', 'else');
  expect(await secrets.get('odoo')).toBe('hidden');
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
  const sealing = secretFile(folder, KEYCHAIN);
  await sealing.set('odoo', 'sealed');
  expect(await sealing.get('odoo')).toBe('sealed');
  expect(await secretFile(folder, KEYCHAIN).get('odoo')).toBe('sealed');
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toContain('{"sealed":"delaes"}');
  expect(await secretFile(folder).get('odoo')).toBeNull(); // without the keychain nobody opens it
  await pull();
  const told = JSON.stringify([
    await plant.handlers['feed.list']({}, planner()),
    await plant.handlers['ledger.list']({ limit: 100 }, planner()),
    plant.facts,
  ]);
  expect(told).not.toContain('hidden');
  expect(readFileSync(plant.dir.database).includes('hidden')).toBe(false);
});

test('a connection stays of its kind', async () => {
  const other = { ...feed(), kind: 'tryton' as const };
  expect(await plant.handlers['feed.save']({ feed: other, secret: 'else' }, planner())).toMatchObject({
    ok: false,
    refusal: { code: 'KIND_FIXED' },
  });
  expect(plant.station.workspace.feeds).toMatchObject([{ kind: 'odoo' }]);
  expect(await plant.station.secrets.get('odoo')).toBe('hidden');
});

test('another address needs the password anew', async () => {
  const moved = { ...feed(), address: 'http://127.0.0.1:9' };
  expect(await plant.handlers['feed.save']({ feed: moved }, planner())).toMatchObject({
    ok: false,
    refusal: { code: 'SECRET_MISSING' },
  });
  expect(await plant.handlers['feed.test']({ feed: moved }, planner())).toMatchObject({ ok: false });
});

test('with a connection goes its password: one of the same name has to bring its own', async () => {
  done(await plant.handlers['feed.remove']({ name: 'odoo' }, planner()));
  expect(await plant.station.secrets.get('odoo')).toBeNull();
  const again = { ...feed(), address: 'http://127.0.0.1:9' };
  expect(await plant.handlers['feed.save']({ feed: again }, planner())).toMatchObject({
    ok: false,
    refusal: { code: 'SECRET_MISSING' },
  });
});
