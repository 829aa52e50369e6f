import { describe, expect, test } from 'vitest';
import type { OdooClient } from '#electron/erp/odoo/client.ts';
import { odooTime } from '#electron/erp/odoo/scope.ts';
import { must } from '#shared/base/must.ts';
import { connectedStation, published, sent, worked } from '#test/support/erp-road.ts';
import { ODOO_ADDRESS, make, odooFeed, realOdoo } from '#test/support/real-odoo.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const feed = odooFeed();

/** Odoo's own demo orders lack components, and one is a draft: what a storekeeper and a clerk would do about it. */
async function preparedDemo(odoo: OdooClient): Promise<number[]> {
  const orders = await odoo.ids('mrp.production', [
    ['name', 'in', ['WH/MO/00001', 'WH/MO/00002', 'WH/MO/00003']],
  ]);
  await odoo.call('mrp.production', 'action_confirm', {}, orders);
  const moves = await odoo.read(
    'stock.move',
    [['raw_material_production_id', 'in', orders]],
    ['product_id', 'location_id'],
  );
  for (const move of moves) {
    const [product] = await odoo.read(
      'product.product',
      [['id', '=', move['product_id']]],
      ['tracking', 'is_storable'],
    );
    // Pieces with serial numbers are there, and what is not counted always is.
    if (product?.['tracking'] === 'serial' || product?.['is_storable'] !== true) continue;
    const lot =
      product['tracking'] === 'lot'
        ? { lot_id: await make(odoo, 'stock.lot', { product_id: product.id, name: `road ${Date.now()}` }) }
        : {};
    const quant = await make(odoo, 'stock.quant', {
      product_id: product.id,
      location_id: move['location_id'],
      inventory_quantity: 100,
      ...lot,
    });
    await odoo.call('stock.quant', 'action_apply_inventory', {}, [quant]);
  }
  return orders;
}

describe.skipIf(ODOO_ADDRESS === undefined)('the whole road on a real Odoo', () => {
  test('pull, plan, solve, publish, tell places, dispatch, execute and confirm: its demo orders and the ledger agree field by field', async () => {
    const odoo = await realOdoo();
    const orders = await preparedDemo(odoo);
    const { plant, feeds } = await connectedStation(feed, 'admin');
    const { station, handlers } = plant;
    const isDemo = (task: string) => orders.some((id) => task.startsWith(`odoo:MO${id}/`));
    const ours = station.workspace.plan.tasks.filter(({ id }) => isDemo(id));
    expect(ours.length).toBeGreaterThanOrEqual(3);

    await published(plant, isDemo);
    await sent(plant, 'odoo');
    const fields = ['workcenter_id', 'date_start', 'date_finished', 'state', 'qty_produced', 'duration'];
    const rowOf = async (task: string) => {
      const id = Number(/WO(\d+)$/.exec(task)?.[1]);
      const [row] = await odoo.read('mrp.workorder', [['id', '=', id]], fields);
      return must(row, task);
    };
    const { assignments } = must(station.workspace.version, 'The version').schedule;
    for (const { task, unit, start, end } of assignments.filter((place) => isDemo(place.task))) {
      expect(await rowOf(task)).toMatchObject({
        workcenter_id: Number(unit.replace('odoo:WC', '')),
        date_start: odooTime(start),
        date_finished: odooTime(end),
      });
    }

    done(await handlers['queue.dispatch']({}, planner()));
    await worked(plant, isDemo);
    await sent(plant, 'odoo');
    expect(station.workspace.progress.size).toBe(ours.length);
    for (const progress of station.workspace.progress.values()) {
      const row = await rowOf(progress.task);
      expect(row).toMatchObject({
        state: 'done',
        workcenter_id: Number(progress.unit.replace('odoo:WC', '')),
        date_start: odooTime(must(progress.actualStart, 'The start')),
        date_finished: odooTime(must(progress.actualEnd, 'The end')),
        qty_produced: progress.good + progress.scrap,
      });
      expect(Number(row['duration'])).toBeCloseTo(progress.worked / 60, 1);
    }
    const finished = await odoo.read(
      'mrp.production',
      [['id', 'in', orders]],
      ['state', 'qty_produced', 'product_qty'],
    );
    for (const row of finished)
      expect(row).toMatchObject({ state: 'done', qty_produced: row['product_qty'] });
    expect(await station.store.read.outbox('odoo', 0)).toMatchObject({ waiting: 0, notKept: 0, refused: 0 });

    await feeds.reconcile('odoo');
    const states = station.workspace.plant.orders
      .filter(({ id }) => orders.some((own) => id === `odoo:MO${own}`))
      .map(({ state }) => state);
    expect(states).toEqual(orders.map(() => 'Completed'));
    expect(await handlers['ledger.verify']({}, planner())).toMatchObject({ ok: true });
  }, 300_000);
});
