import { groupBy } from '#shared/base/group.ts';
import { endOfDate } from '#shared/time/zone.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep } from '#electron/erp/scope.ts';
import { idOf } from './scope.ts';

export const PRODUCT_FIELDS = ['rec_name', 'default_uom', 'type', 'consumable', 'quantity'];
export const LOT_FIELDS = ['number', 'product', 'quantity', 'expiration_date'];
export const RECEIPT_FIELDS = ['product', 'internal_quantity', 'planned_date'];

/** Is it counted? Services are not, and of consumables Tryton takes for granted that they are there. */
export const isCounted = (product: Row): boolean =>
  textIn(product, 'type') === 'goods' && product['consumable'] !== true;

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
        id: idOf(scope, 'PR', product.id),
        name: textIn(product, 'rec_name') ?? '',
        uom: units.get(linkIn(product, 'default_uom') ?? 0) ?? '',
      },
    );
  }
}

export interface Stock {
  /** Products with what lies in the store of them, less what is set aside. */
  readonly products: readonly Row[];
  readonly lots: readonly Row[];
  /** What is set aside for our productions, or with them already: free for the plan, which serves the same productions. */
  readonly ours: readonly Row[];
  /** What is expected from outside. */
  readonly receipts: readonly Row[];
  readonly zone: string;
}

/** The lots that a plan may use: those of Tryton, of each product what has no lot as one, and what is expected. */
export function decodeLots(scope: Scope, { products, lots, ours, receipts, zone }: Stock): void {
  const sumOf = (rows: readonly Row[], field: string): number =>
    rows.reduce((sum, row) => sum + numberIn(row, field), 0);
  const mine = groupBy(ours, (row) => `${linkIn(row, 'product')} ${linkIn(row, 'lot') ?? ''}`);
  const setAside = (product: number, lot = ''): number =>
    sumOf(mine.get(`${product} ${lot}`) ?? [], 'internal_quantity');
  const byProduct = groupBy(lots, (lot) => linkIn(lot, 'product'));
  for (const { id: product, ...row } of products) {
    const material = idOf(scope, 'PR', product);
    const own = byProduct.get(product) ?? [];
    const add = (model: string, id: number, lot: string, quantity: number, more: object = {}): void =>
      keep(
        scope,
        'lots',
        { model, id },
        { id: lot, material, quantity: Math.max(0, quantity), disposition: 'UnRestricted', ...more },
      );
    for (const lot of own) {
      const expires = textIn(lot, 'expiration_date');
      add(
        'stock.lot',
        lot.id,
        idOf(scope, 'L', lot.id),
        numberIn(lot, 'quantity') + setAside(product, String(lot.id)),
        {
          name: textIn(lot, 'number'),
          ...(expires !== undefined && { expires: endOfDate(zone, expires) }),
        },
      );
    }
    const rest = numberIn({ id: product, ...row }, 'quantity') - sumOf(own, 'quantity') + setAside(product);
    if (rest > 0 || own.length === 0) add('product.product', product, material, rest);
  }
  for (const receipt of receipts) {
    const [product, date] = [linkIn(receipt, 'product'), textIn(receipt, 'planned_date')];
    if (product === undefined || date === undefined) continue;
    keep(
      scope,
      'lots',
      { model: 'stock.move', id: receipt.id },
      {
        id: idOf(scope, 'IN', receipt.id),
        material: idOf(scope, 'PR', product),
        quantity: numberIn(receipt, 'internal_quantity'),
        disposition: 'Planned',
        availableFrom: endOfDate(zone, date),
      },
    );
  }
}
