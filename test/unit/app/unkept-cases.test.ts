import { afterEach, beforeEach, expect, test } from 'vitest';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { reconcileCases } from '#electron/app/reconcile-cases.ts';
import { openSender } from '#electron/app/send-outbox.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import type { Case } from '#shared/domain/case.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import { DAY } from '#shared/time/instant.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

let odoo: OdooStandIn;
let plant: TemporaryStation;

beforeEach(async () => {
  odoo = await standInOdoo();
  plant = await temporaryStation('2026-11-20T12:00:00Z');
});
afterEach(async () => {
  await odoo.close();
  await plant.remove();
});

const feed = () =>
  ErpFeed.parse({ name: 'odoo', kind: 'odoo', address: odoo.address, database: 'plant', user: 'admin' });
const connector = () => odooConnector('odoo', { ...feed(), secret: 'hidden' }, Date.now);
const pull = () => pullFeed(plant.station, feed(), connector(), { all: true });
const workOrder = (id: number) => must(odoo.tables.get('mrp.workorder')?.rows.get(id), `Work order ${id}`);

const placeOfFirst = () =>
  must(
    [...plant.station.workspace.assignments.values()].find(({ task }) => task === 'odoo:MO1/WO10'),
    'The place of the first operation',
  );

async function sent(): Promise<void> {
  const sender = openSender(plant.station, 'odoo', connector());
  while ((await sender.step()) !== null);
}

/** So many orders of Odoo's with two operations each are planned and published. */
async function published(orders: number): Promise<void> {
  for (let id = 1; id <= orders; id += 1) putOrder(odoo, id, 2);
  done(await plant.handlers['feed.save']({ feed: feed(), secret: 'hidden' }, planner()));
  await pull();
  done(await plant.handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await plant.station.solving?.done;
  done(await plant.handlers['proposal.accept']({ expected: plant.station.workspace.revision }, planner()));
  const expected = plant.station.workspace.revision;
  done(await plant.handlers['version.publish']({ note: '', expected }, planner()));
}

async function cases(state: Case['state']) {
  await reconcileCases(plant.station);
  const all = await plant.handlers['case.list']({}, planner());
  return all.filter((one) => one.state === state);
}

/** Somebody in the office drags the first operation to Sunday. */
async function movedInOdoo(): Promise<void> {
  workOrder(10)['date_start'] = '2026-11-22 08:00:00';
  plant.setClock(plant.station.clock() + 60_000);
  await pull();
}

test('an operation that somebody moves in Odoo is a case for the planner: both values, and until when', async () => {
  await published(1);
  await sent();
  expect(await cases('open')).toEqual([]);
  const told = placeOfFirst().start;
  await movedInOdoo();
  const [one, ...others] = await cases('open');
  expect(others).toEqual([]);
  expect(one).toMatchObject({ kind: 'notKept', owner: 'planner', object: 'odoo:MO1', deadline: told });
  expect(one?.hits).toMatchObject([{ task: 'odoo:MO1/WO10' }]);
  // Nothing waits for it: no promise is at risk.
  expect(one).toMatchObject({ atRisk: [], cost: 0 });
  const settlement = one?.unkept?.settlement;
  expect(settlement).toMatchObject({
    kind: 'notKept',
    differences: [
      {
        field: 'start',
        sent: 'Fri 20 Nov 12:00',
        kept: 'Sun 22 Nov 08:00',
      },
    ],
  });
  // Looking again, and asking Odoo again, opens no other.
  await pull();
  expect(await cases('open')).toHaveLength(1);
});

test('told again it holds in Odoo as well, and the case says who decided it and why', async () => {
  await published(1);
  await sent();
  const before = workOrder(10)['date_start'];
  await movedInOdoo();
  const [one] = await cases('open');
  const seq = must(one?.unkept, 'The message').seq;
  done(await plant.handlers['outbox.resend']({ seq, reason: 'The press is booked' }, planner()));
  expect(await cases('open')).toEqual([]);
  expect(await cases('closed')).toMatchObject([
    { outcome: { kind: 'settled', text: 'Told odoo again', reason: 'The press is booked', by: 'planner' } },
  ]);
  await sent();
  expect(workOrder(10)['date_start']).toBe(before);
  await pull();
  expect(await cases('open')).toEqual([]);
});

test('left as it is there, nothing asks for it again, and the plan stays', async () => {
  await published(1);
  await sent();
  const { schedule } = plant.station.workspace;
  await movedInOdoo();
  const [one] = await cases('open');
  const seq = must(one?.unkept, 'The message').seq;
  done(await plant.handlers['outbox.drop']({ seq, reason: 'Agreed by phone' }, planner()));
  await pull();
  expect(await cases('open')).toEqual([]);
  expect(await cases('closed')).toMatchObject([{ outcome: { text: 'Left as odoo has it' } }]);
  expect(workOrder(10)['date_start']).toBe('2026-11-22 08:00:00');
  expect(plant.station.workspace.schedule).toEqual(schedule);
});

test('what Odoo refuses is a case with its own words, and is over when the operation has begun all the same', async () => {
  await published(1);
  workOrder(10)['state'] = 'cancel';
  await sent();
  expect(await cases('open')).toMatchObject([
    { kind: 'notKept', text: 'odoo refuses WH/MO/1 · Step 1: Work order 10 is cancelled in Odoo.' },
  ]);
  workOrder(10)['state'] = 'ready';
  done(await plant.handlers['queue.dispatch']({}, planner()));
  const { task, unit, start } = placeOfFirst();
  plant.setClock(start * 1000);
  await pull();
  const began = { id: 'report 1', kind: 'started', task, unit } as const;
  done(await recordExecution(plant.station, began, { user: unit, origin: 'line', key: 'report 1' }));
  await sent();
  expect(await cases('open')).toEqual([]);
  expect(await cases('closed')).toMatchObject([{ outcome: { kind: 'gone' } }]);
});

test('[U19] an ERP that refuses everything is one case, not one for each message', async () => {
  await published(15);
  for (const row of odoo.tables.get('mrp.workorder')?.rows.values() ?? []) row['state'] = 'cancel';
  await sent();
  const [one, ...others] = await cases('open');
  expect(others).toEqual([]);
  expect(one).toMatchObject({ kind: 'notKept', object: 'odoo', owner: 'planner' });
  // When few are left, each is looked at by itself.
  const all = await plant.station.store.read.unkept('odoo');
  for (const { seq } of all.slice(0, 12)) done(await plant.handlers['outbox.drop']({ seq }, planner()));
  expect(await cases('open')).toHaveLength(all.length - 12);
});

test('by the rule of the connection what was told wins at once; changed there once more, it is a case', async () => {
  await published(1);
  const rules = { ...feed().rules, told: 'atOnce' as const };
  done(await plant.handlers['feed.save']({ feed: { ...feed(), rules } }, planner()));
  await sent();
  const told = workOrder(10)['date_start'];
  const drag = async (to: string): Promise<void> => {
    workOrder(10)['date_start'] = to;
    plant.setClock(plant.station.clock() + 60_000);
    await pullFeed(plant.station, { ...feed(), rules }, connector(), { all: true });
  };
  await drag('2026-11-22 08:00:00');
  expect(await cases('open')).toEqual([]);
  await sent();
  expect(workOrder(10)['date_start']).toBe(told);
  // Both values stay on record.
  const { entries } = await plant.station.store.read.outbox('odoo', 10);
  expect(entries.map(({ settlement }) => settlement?.kind)).toContain('notKept');
  await drag('2026-11-29 08:00:00');
  expect(await cases('open')).toMatchObject([{ kind: 'notKept', object: 'odoo:MO1' }]);
});

/** The planner moves the first operation to the next day, while somebody in the office has moved it as well. */
async function movedOnBothSides(): Promise<void> {
  workOrder(10)['date_start'] = '2026-11-22 08:00:00';
  const { task, unit, start } = placeOfFirst();
  const later = { task, unit, start: start + DAY, mode: 'push' as const };
  const { revision } = plant.station.workspace;
  done(await plant.handlers['draft.move']({ ...later, expected: revision }, planner()));
  const expected = plant.station.workspace.revision;
  done(await plant.handlers['version.publish']({ note: '', expected }, planner()));
}

test('moved here and there since the last look, nothing is written over: a case with both values', async () => {
  await published(1);
  await sent();
  await movedOnBothSides();
  await sent();
  expect(workOrder(10)['date_start']).toBe('2026-11-22 08:00:00');
  const [one, ...others] = await cases('open');
  expect(others).toEqual([]);
  expect(one?.unkept?.settlement).toMatchObject({
    kind: 'notKept',
    differences: [{ field: 'start', sent: 'Sat 21 Nov 12:00', kept: 'Sun 22 Nov 08:00' }],
  });
  const { seq } = must(one?.unkept, 'The message');
  done(await plant.handlers['outbox.resend']({ seq, reason: 'The press is booked' }, planner()));
  await sent();
  expect(workOrder(10)['date_start']).toBe('2026-11-21 12:00:00');
  expect(await cases('open')).toEqual([]);
});

test('by the rule of the connection it is written over, and what stood there is on record', async () => {
  await published(1);
  const rules = { ...feed().rules, told: 'atOnce' as const };
  done(await plant.handlers['feed.save']({ feed: { ...feed(), rules } }, planner()));
  await sent();
  await movedOnBothSides();
  await sent();
  expect(workOrder(10)['date_start']).toBe('2026-11-21 12:00:00');
  const [view] = await plant.handlers['feed.list']({}, planner());
  const settlements = view?.messages.map(({ settlement }) => settlement);
  expect(settlements).toContainEqual({
    kind: 'kept',
    over: [{ field: 'start', sent: 'Sat 21 Nov 12:00', kept: 'Sun 22 Nov 08:00' }],
  });
  expect(await cases('open')).toEqual([]);
});
