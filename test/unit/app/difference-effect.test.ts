import { afterEach, beforeEach, expect, test } from 'vitest';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import type { DifferenceEffect } from '#shared/contract/views.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import { TaskId } from '#shared/domain/task.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

let odoo: OdooStandIn;
let plant: TemporaryStation;

/** Two orders of an Odoo stand on the board. */
beforeEach(async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 2);
  putOrder(odoo, 2, 2);
  plant = await temporaryStation('2026-11-20T12:00:00Z');
  const { handlers, station } = plant;
  done(await handlers['feed.save']({ feed: feed(), secret: 'hidden' }, planner()));
  await pull();
  done(await handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await station.solving?.done;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
});
afterEach(async () => {
  await odoo.close();
  await plant.remove();
});

const feed = () =>
  ErpFeed.parse({ name: 'odoo', kind: 'odoo', address: odoo.address, database: 'plant', user: 'admin' });
const pull = () => {
  const access = { address: odoo.address, database: 'plant', user: 'admin', secret: 'hidden' };
  return pullFeed(plant.station, feed(), odooConnector('odoo', access, Date.now), { all: true });
};
const inOdoo = (model: string, id: number) => must(odoo.tables.get(model)?.rows.get(id), `${model} ${id}`);
const effect = async (order: string): Promise<Extract<DifferenceEffect, { ok: true }>> => {
  const told = await plant.handlers['difference.effect']({ order }, planner());
  if (!told.ok) throw new Error(told.text);
  return told;
};

/** A hand puts the task down on the unit as early as it goes, what is in the way moves, and nothing holds it there. */
async function standsFirst(id: string, unit: string): Promise<void> {
  const { handlers, station } = plant;
  const task = TaskId.parse(id);
  const move = {
    task,
    unit: EquipmentId.parse(unit),
    start: station.now + MINUTE,
    expected: station.workspace.revision,
  };
  done(await handlers['draft.move'](move, planner()));
  const free = { tasks: [task], pinned: false, expected: station.workspace.revision };
  done(await handlers['draft.pin'](free, planner()));
}

test('longer work shows which tasks it pushes and which promise it breaks, and leaves the plan as it is', async () => {
  const { station } = plant;
  Object.assign(inOdoo('mrp.production', 1), { product_qty: 20 });
  for (const id of [10, 11]) inOdoo('mrp.workorder', id)['duration_expected'] = 60 * 24 * 20;
  await pull();
  const { revision } = station.workspace;
  const before = [...station.workspace.assignments.values()];
  const told = await effect('odoo:MO1');
  expect(told.moved).toBeGreaterThan(0);
  expect(told.examples[0]).toMatchObject({ name: expect.stringMatching(/WH\/MO\/\d · /) });
  expect(told.after.lateOrders).toBeGreaterThan(told.before.lateOrders);
  expect(told.lateNow).toContain('WH/MO/1');
  expect([...station.workspace.assignments.values()]).toEqual(before);
  expect(station.workspace.revision).toBe(revision);
});

test('a new order finds places where nothing moves for it, and a cancelled one leaves without promising anything', async () => {
  putOrder(odoo, 3, 2);
  inOdoo('mrp.production', 1)['state'] = 'cancel';
  await pull();
  expect(await effect('odoo:MO3')).toMatchObject({ placed: 2, moved: 0, dropped: 0, lateNow: [] });
  expect(await effect('odoo:MO1')).toMatchObject({ placed: 0, dropped: 0, lateNow: [], onTimeNow: [] });
});

test('a new order that is wanted soon moves others that have time, and shows its end against its promise', async () => {
  const { handlers, station } = plant;
  // Two orders of forty minutes a task stand first; nobody waits for them yet.
  for (const id of [10, 11, 20, 21]) inOdoo('mrp.workorder', id)['duration_expected'] = 60 * 40;
  for (const id of [1, 2]) inOdoo('mrp.production', id)['date_deadline'] = '2026-12-30 12:00:00';
  await pull();
  done(await handlers['difference.accept']({ expected: station.workspace.revision }, planner()));
  await standsFirst('odoo:MO1/WO10', 'odoo:WC1');
  await standsFirst('odoo:MO2/WO20', 'odoo:WC2');
  putOrder(odoo, 3, 2);
  inOdoo('mrp.production', 3)['date_deadline'] = '2026-11-20 17:00:00';
  await pull();
  const told = await effect('odoo:MO3');
  expect(told.moved).toBeGreaterThan(0);
  expect(told).toMatchObject({ placed: 2, dropped: 0, lateNow: [], promise: { late: false } });
  // One that nothing can bring in time says so.
  inOdoo('mrp.production', 3)['date_deadline'] = '2026-11-20 12:30:00';
  await pull();
  expect((await effect('odoo:MO3')).promise).toMatchObject({ late: true, due: expect.any(String) });
});

test('a trial that nobody waits for any more is given up, as is one of an order that waits no more', async () => {
  putOrder(odoo, 3, 2);
  await pull();
  const asked = plant.handlers['difference.effect']({ order: 'odoo:MO3' }, planner());
  await plant.handlers['difference.giveUp']({ order: 'odoo:MO3' }, planner());
  expect(await asked).toEqual({ ok: false, text: 'No trial was made: it was given up.' });
  expect(await plant.handlers['difference.effect']({ order: 'odoo:MO9' }, planner())).toMatchObject({
    ok: false,
    text: 'This change is not waiting any more.',
  });
});
