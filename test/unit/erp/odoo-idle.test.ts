import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connector, Cursor } from '#electron/erp/connector.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');

let odoo: OdooStandIn;
let connector: Connector;
let clock: number;
let cursor: Cursor;

/** An Odoo with two orders that has been read until there was nothing new. */
beforeEach(async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 2);
  putOrder(odoo, 2, 2);
  clock = NOW;
  const access = { address: odoo.address, database: 'plant', user: 'admin', secret: 'hidden' };
  connector = odooConnector('odoo', access, () => clock);
  ({ cursor } = await connector.pullSnapshot());
  for (let time = 0; time < 2; time += 1) await look();
});
afterEach(() => odoo.close());

const rows = (model: string) => must(odoo.tables.get(model), model).rows;

async function look() {
  const before = odoo.heard.length;
  const { decoded, there, cursor: next } = await connector.pullChanges(cursor);
  cursor = next;
  const orders = decoded.records.flatMap(({ kind, record }) => (kind === 'orders' ? record.id : []));
  return { calls: odoo.heard.slice(before), orders, there };
}

test('an Odoo in which nothing happens is asked for a few traces, and for no list of ids', async () => {
  const { calls, orders, there } = await look();
  expect([orders, there]).toEqual([[], {}]);
  // Of the tables that this one has: what was written in three, how many there are in three.
  expect(calls.toSorted()).toEqual([
    'mrp.production.search_read',
    'mrp.workcenter.productivity.search_count',
    'mrp.workorder.search_count',
    'mrp.workorder.search_read',
    'stock.move.search_count',
    'stock.move.search_read',
  ]);
});

test('what was changed is read, and once more for what changed again within that second', async () => {
  Object.assign(must(rows('mrp.production').get(2), 'The order'), {
    priority: '1',
    write_date: '2026-11-20 11:59:30',
  });
  expect((await look()).orders).toContain('odoo:MO2');
  // The same second, and the time of the change says nothing of it.
  Object.assign(must(rows('mrp.production').get(2), 'The order'), { product_qty: 12 });
  expect((await look()).orders).toContain('odoo:MO2');
  expect((await look()).there).toEqual({});
});

test('what was deleted is missed at once: an order with its operations, and an operation alone', async () => {
  rows('mrp.production').delete(2);
  for (const id of [20, 21]) rows('mrp.workorder').delete(id);
  expect((await look()).there.orders).toEqual(['odoo:MO1']);
  for (let time = 0; time < 2; time += 1) await look();
  rows('mrp.workorder').delete(11);
  expect((await look()).orders).toEqual(['odoo:MO1']);
});

test('what leaves no trace, such as another name of a unit of measure, is read after an hour', async () => {
  must(rows('uom.uom').get(1), 'The unit')['name'] = 'Pieces';
  expect((await look()).there).toEqual({});
  clock += 3_600_000;
  expect((await look()).there.orders).toEqual(['odoo:MO1', 'odoo:MO2']);
  expect((await look()).there).toEqual({});
});
