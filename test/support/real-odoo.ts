import { randomUUID } from 'node:crypto';
import { type OdooClient, connectOdoo } from '#electron/erp/odoo/client.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { ErpFeed } from '#shared/domain/feed.ts';
import { AT_ANY_AGE } from './erp-road.ts';

/** Where `npm run test:erp` has started an Odoo; undefined where there is none and its tests are skipped. */
export const ODOO_ADDRESS = process.env['ODOO_ADDRESS'];

/** The login of that Odoo; the API key is there where one could be made. */
export const odooAccess = (secret = 'admin') => ({
  address: ODOO_ADDRESS ?? '',
  database: 'plant',
  user: 'admin',
  secret,
});

/** The connection of a station to it, read every so many seconds. */
export const odooFeed = (every = 5): ErpFeed =>
  ErpFeed.parse({
    name: 'odoo',
    kind: 'odoo',
    address: ODOO_ADDRESS ?? 'http://127.0.0.1:1',
    database: 'plant',
    user: 'admin',
    every,
    staleAfter: AT_ANY_AGE,
  });

export const realOdoo = (): Promise<OdooClient> => connectOdoo(odooAccess());

export const realConnector = (secret?: string) => odooConnector('odoo', odooAccess(secret), Date.now);

export async function make(
  odoo: OdooClient,
  model: string,
  values: Record<string, unknown>,
): Promise<number> {
  const made = (await odoo.call(model, 'create', { vals_list: [values] })) as number[];
  return must(made[0], `The new ${model}`);
}

/** A field that a plant has added to a model; made once. */
export async function ownField(
  odoo: OdooClient,
  model: string,
  name: string,
  values: Record<string, unknown>,
): Promise<void> {
  const [of] = await odoo.ids('ir.model', [['model', '=', model]]);
  const known = await odoo.ids('ir.model.fields', [
    ['model_id', '=', of],
    ['name', '=', name],
  ]);
  if (known.length === 0) await make(odoo, 'ir.model.fields', { model_id: of, name, ...values });
}

/** A confirmed order for drawers by the bill of materials with three operations, one after the other. */
export async function drawers(
  odoo: OdooClient,
  quantity: number,
): Promise<{ order: number; operations: number[]; components: number[] }> {
  const [bill] = await odoo.read('mrp.bom', [['code', '=', 'SEC-ASSEM']], ['product_tmpl_id']);
  const [product] = await odoo.ids('product.product', [['product_tmpl_id', '=', bill?.['product_tmpl_id']]]);
  const order = await make(odoo, 'mrp.production', {
    product_id: product,
    product_qty: quantity,
    bom_id: bill?.id,
  });
  await odoo.call('mrp.production', 'action_confirm', {}, [order]);
  const moves = await odoo.read('stock.move', [['raw_material_production_id', '=', order]], ['product_id']);
  const components = moves.map((move) => Number(move['product_id']));
  return { order, operations: await odoo.ids('mrp.workorder', [['production_id', '=', order]]), components };
}

/** New lots of a product with so much of each in stock, by name. */
export async function lotsOf<Name extends string>(
  odoo: OdooClient,
  product: number,
  quantities: Readonly<Record<Name, number>>,
): Promise<Record<Name, number>> {
  const [store] = await odoo.read('stock.warehouse', [], ['lot_stock_id']);
  const lots: [string, number][] = [];
  for (const [name, quantity] of Object.entries(quantities)) {
    const lot = await make(odoo, 'stock.lot', { name: `${name} ${randomUUID()}`, product_id: product });
    const quant = await make(odoo, 'stock.quant', {
      product_id: product,
      lot_id: lot,
      location_id: store?.['lot_stock_id'],
      inventory_quantity: quantity,
    });
    await odoo.call('stock.quant', 'action_apply_inventory', {}, [quant]);
    lots.push([name, lot]);
  }
  return Object.fromEntries(lots) as Record<Name, number>;
}
