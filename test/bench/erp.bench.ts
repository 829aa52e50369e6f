/**
 * How fast an Odoo with many orders is pulled: `ODOO_ADDRESS=http://127.0.0.1:8101 npm run bench -- erp [--orders 1000]`
 * against one that `../shared/erp` has started. Beside the whole time stands what Odoo itself took of it.
 */
import { parseArgs } from 'node:util';
import { pullFeed } from '#electron/app/pull-feed.ts';
import { type OdooClient, connectOdoo } from '#electron/erp/odoo/client.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import { ODOO_ADDRESS, odooAccess } from '#test/support/real-odoo.ts';
import { done, planner, temporaryStation } from '#test/support/temporary-station.ts';

const { values } = parseArgs({ options: { orders: { type: 'string', default: '1000' } }, strict: false });
const BATCH = 50;

/** So many confirmed orders with three operations each are there afterwards. */
async function fill(odoo: OdooClient, wanted: number): Promise<number[]> {
  const [bill] = await odoo.read('mrp.bom', [['code', '=', 'SEC-ASSEM']], ['product_tmpl_id']);
  const [product] = await odoo.ids('product.product', [['product_tmpl_id', '=', bill?.['product_tmpl_id']]]);
  const open = () =>
    odoo.ids('mrp.production', [
      ['bom_id', '=', bill?.id],
      ['state', '=', 'confirmed'],
    ]);
  for (let there = await open(); there.length < wanted; there = await open()) {
    const count = Math.min(BATCH, wanted - there.length);
    const one = { product_id: product, product_qty: 2, bom_id: bill?.id };
    const made = await odoo.call('mrp.production', 'create', {
      vals_list: Array.from({ length: count }, () => one),
    });
    await odoo.call('mrp.production', 'action_confirm', {}, made as number[]);
    console.log(`  ${there.length + count} orders`);
  }
  return open();
}

let inOdoo = 0;
const plain = globalThis.fetch;
globalThis.fetch = async (...ask) => {
  const from = performance.now();
  const answer = await plain(...ask);
  const body = await answer.arrayBuffer();
  inOdoo += performance.now() - from;
  return new Response(body, answer);
};

async function timed(what: string, goal: number, work: () => Promise<unknown>): Promise<void> {
  inOdoo = 0;
  const from = performance.now();
  await work();
  const all = performance.now() - from;
  const seconds = (millis: number) => (millis / 1000).toFixed(2);
  console.log(
    `${what}: ${seconds(all)} s, of which Odoo ${seconds(inOdoo)} s; ours ${seconds(all - inOdoo)} s (goal ${goal} s)`,
  );
}

if (ODOO_ADDRESS === undefined) console.log('ODOO_ADDRESS names no Odoo: nothing is measured.');
else {
  const odoo = await connectOdoo(odooAccess());
  const orders = await fill(odoo, Number(values.orders));
  const plant = await temporaryStation(new Date().toISOString());
  const feed = ErpFeed.parse({
    name: 'odoo',
    kind: 'odoo',
    address: ODOO_ADDRESS,
    database: 'plant',
    user: 'admin',
  });
  done(await plant.handlers['feed.save']({ feed, secret: 'admin' }, planner()));
  const connector = odooConnector('odoo', odooAccess(), Date.now);
  await connector.probe();
  await timed(`full pull of ${orders.length} orders`, 5, () => pullFeed(plant.station, feed, connector));
  await timed('pull of changes, the first', 1, () => pullFeed(plant.station, feed, connector));
  await pullFeed(plant.station, feed, connector);
  await timed('pull of changes, none', 1, () => pullFeed(plant.station, feed, connector));
  await odoo.write('mrp.production', orders[0] ?? 0, { priority: '1' });
  await timed('pull of changes, one order', 1, () => pullFeed(plant.station, feed, connector));
  await plant.remove();
}
