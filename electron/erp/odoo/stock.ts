import { groupBy } from '#shared/base/group.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep } from '#electron/erp/scope.ts';
import type { OdooClient } from './client.ts';
import { idOf, timeIn } from './scope.ts';

export const PRODUCT_FIELDS = ['display_name', 'uom_id', 'type', 'is_storable'];
export const QUANT_FIELDS = ['product_id', 'lot_id', 'quantity', 'reserved_quantity', 'location_id'];
export const LOT_FIELDS = ['name', 'product_id', 'expiration_date'];
export const RESERVED_FIELDS = [
  'product_id',
  'lot_id',
  'quantity',
  'product_uom_qty',
  'reserved_qty',
  'reserved_uom_qty',
];
export const RECEIPT_FIELDS = ['product_id', 'product_qty', 'date', 'date_expected'];

/** Until Odoo 15 a lot was a stock.production.lot. */
export const lotModel = async (client: OdooClient): Promise<string> =>
  (await client.fieldsOf('stock.lot')).size > 0 ? 'stock.lot' : 'stock.production.lot';

/** Is it counted? What is not (until Odoo 17 a type, since then a tick) is always there. */
export const isCounted = (product: Row): boolean =>
  product['is_storable'] === true || textIn(product, 'type') === 'product';

export function decodeMaterials(
  scope: Scope,
  products: readonly Row[],
  units: ReadonlyMap<number, string>,
): void {
  for (const product of products) {
    keep(
      scope,
      'materials',
      { model: 'product.product', id: product.id },
      {
        id: idOf(scope, 'P', product.id),
        name: textIn(product, 'display_name') ?? '',
        uom: units.get(linkIn(product, 'uom_id') ?? 0) ?? '',
      },
    );
  }
}

export interface Stock {
  /** What lies in places of the plant, by product and lot. */
  readonly quants: readonly Row[];
  readonly lots: readonly Row[];
  /** What Odoo has set aside for its production orders: still free for the plan, which serves the same orders. */
  readonly reserved: readonly Row[];
  /** What is expected from outside. */
  readonly receipts: readonly Row[];
}

/**
 * The lots that a plan may use: those of Odoo, for products without lots all that is there as one, and what is expected.
 * What deliveries have set aside is not there for anybody else.
 */
export function decodeLots(scope: Scope, { quants, lots, reserved, receipts }: Stock): void {
  const keyOf = (row: Row): string => `${linkIn(row, 'product_id')} ${linkIn(row, 'lot_id') ?? ''}`;
  const ours = groupBy(reserved, keyOf);
  const byId = new Map(lots.map((lot) => [lot.id, lot]));
  for (const [key, own] of groupBy(quants, keyOf)) {
    const [first] = own;
    const product = first && linkIn(first, 'product_id');
    if (!first || product === undefined) continue;
    const set = (ours.get(key) ?? []).reduce((sum, row) => sum + reservedIn(row), 0);
    const free = own.reduce(
      (sum, row) => sum + numberIn(row, 'quantity') - numberIn(row, 'reserved_quantity'),
      set,
    );
    const lot = byId.get(linkIn(first, 'lot_id') ?? 0);
    const expires = lot && timeIn(lot, 'expiration_date');
    keep(
      scope,
      'lots',
      { model: 'stock.quant', id: first.id },
      {
        id: lot ? idOf(scope, 'L', lot.id) : idOf(scope, 'P', product),
        material: idOf(scope, 'P', product),
        quantity: Math.max(0, free),
        disposition: 'UnRestricted',
        ...(expires !== undefined && { expires }),
        ...(lot && { name: textIn(lot, 'name') }),
      },
    );
  }
  for (const receipt of receipts) {
    const product = linkIn(receipt, 'product_id');
    const from = timeIn(receipt, 'date', 'date_expected');
    if (product === undefined || from === undefined) continue;
    keep(
      scope,
      'lots',
      { model: 'stock.move', id: receipt.id },
      {
        id: idOf(scope, 'IN', receipt.id),
        material: idOf(scope, 'P', product),
        quantity: numberIn(receipt, 'product_qty'),
        disposition: 'Planned',
        availableFrom: from,
      },
    );
  }
}

const reservedIn = (row: Row): number =>
  numberIn(row, 'quantity') || numberIn(row, 'reserved_qty') || numberIn(row, 'product_uom_qty');
