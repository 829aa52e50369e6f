import { groupBy, indexBy } from '#shared/base/group.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { type Taken, shortOf, takenOtherwise } from '#electron/erp/consumed.ts';
import { type Row, type Values, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { isSame } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { odooIdOf } from './scope.ts';
import { LOT_FIELDS, lotModel } from './stock.ts';

type Told = Extract<Outbound, { kind: 'progress' }>;

const MOVE_FIELDS = [
  'product_id',
  'state',
  'workorder_id',
  'operation_id',
  'has_tracking',
  'location_id',
  'location_dest_id',
];
const LINE_FIELDS = ['lot_id', 'workorder_id', 'quantity', 'qty_done', 'picked'];

/** The field of a move's line that says what was taken, by this Odoo's generation; null where lines carry no lots. */
export async function takenField(client: OdooClient): Promise<'quantity' | 'qty_done' | null> {
  const fields = await client.fieldsOf('stock.move.line');
  if (!fields.has('lot_id') || !fields.has('workorder_id')) return null;
  return fields.has('qty_done') ? 'qty_done' : fields.has('quantity') ? 'quantity' : null;
}

/**
 * The lots that an operation took, as lines of the order's components. Each line carries its work order: so a message that
 * is repeated finds its own, and what another operation took of the same component stays. A component that is told of is
 * not counted by Odoo itself any more; one that is booked is only compared.
 */
export async function pushConsumed(
  client: OdooClient,
  name: string,
  operation: Row,
  told: Told,
): Promise<readonly NotKept[]> {
  const field = await takenField(client);
  if (!told.consumed?.length || field === null) return [];
  const moves = await client.read(
    'stock.move',
    [
      ['raw_material_production_id', '=', linkIn(operation, 'production_id') ?? 0],
      ['state', '!=', 'cancel'],
    ],
    MOVE_FIELDS,
  );
  const ids = told.consumed.flatMap(({ lot }) => odooIdOf(name, 'L', lot) ?? []);
  const found = await client.read(await lotModel(client), [['id', 'in', ids]], LOT_FIELDS);
  const lots = indexBy(found, ({ id }) => id);
  const differences: NotKept[] = [];
  for (const [material, own] of groupBy(told.consumed, (taken) => taken.material)) {
    const move = moveOf(moves, operation, odooIdOf(name, 'P', material));
    const wanted: Wanted[] = [];
    let loose = 0;
    for (const taken of own) {
      const lot = lots.get(odooIdOf(name, 'L', taken.lot) ?? 0);
      const fit = fitOf(lot, move, odooIdOf(name, 'P', taken.lot) !== null);
      if (fit !== 'fits' && taken.quantity > 0) differences.push(takenOtherwise(taken, nameOf(lot), fit));
      if (fit === 'fits' && lot) wanted.push({ taken, lot });
      else if (fit === 'fits' || fit === WITHOUT_LOT) loose += taken.quantity;
    }
    const [first] = own;
    if (first && loose > 0) wanted.push({ taken: { ...first, quantity: loose }, lot: undefined });
    if (!move || wanted.length === 0) continue;
    const products = [['id', '=', linkIn(move, 'product_id') ?? 0]];
    const [product] = await client.read('product.product', products, ['uom_id']);
    const unit = product && linkIn(product, 'uom_id');
    differences.push(...(await book({ client, field, operation, move, unit }, wanted)));
  }
  return differences;
}

interface Wanted {
  readonly taken: Taken;
  /** Undefined for what has no lot in Odoo. */
  readonly lot: Row | undefined;
}

interface Component {
  readonly client: OdooClient;
  readonly field: 'quantity' | 'qty_done';
  readonly operation: Row;
  readonly move: Row;
  /** The product's unit of measure, in which lots are told. */
  readonly unit: number | undefined;
}

const nameOf = (lot: Row | undefined): string | undefined => lot && textIn(lot, 'name');

/** The component of an operation: its own before one of the whole order. */
function moveOf(moves: readonly Row[], operation: Row, product: number | null): Row | undefined {
  const same = moves.filter((move) => linkIn(move, 'product_id') === product);
  const step = linkIn(operation, 'operation_id');
  const isOwn = (move: Row): boolean =>
    linkIn(move, 'workorder_id') === operation.id ||
    (step !== undefined && linkIn(move, 'operation_id') === step);
  const isOfOrder = (move: Row): boolean =>
    linkIn(move, 'workorder_id') === undefined && linkIn(move, 'operation_id') === undefined;
  return same.find(isOwn) ?? same.find(isOfOrder);
}

const WITHOUT_LOT = 'taken without a lot: the product is not tracked';

/** Can the component take this lot? Else why not, in words. */
function fitOf(lot: Row | undefined, move: Row | undefined, isLoose: boolean): string {
  if (!move) return 'no component of the order';
  const isTracked = (textIn(move, 'has_tracking') ?? 'none') !== 'none';
  if (isLoose) return isTracked ? 'not taken: the product needs a lot' : 'fits';
  if (!lot || linkIn(lot, 'product_id') !== linkIn(move, 'product_id')) return 'no such lot';
  return isTracked ? 'fits' : WITHOUT_LOT;
}

/** Brings the lines of a component to what was taken, and tells what Odoo stored instead and what it has too little of. */
async function book(component: Component, wanted: readonly Wanted[]): Promise<readonly NotKept[]> {
  const { client, move } = component;
  const isBooked = textIn(move, 'state') === 'done';
  const stock = await quantsOf(component, wanted);
  const lines = await linesOf(component);
  if (!isBooked && !agree(component, lines.own, wanted)) {
    const fields = await client.fieldsOf('stock.move');
    await client.write('stock.move', move.id, {
      move_line_ids: [
        // What is only reserved goes, too: it is told now what it really was.
        ...[...lines.own, ...lines.reserved].map((line) => [2, line.id, 0]),
        ...wanted.flatMap((one) => newLines(component, one, stock).map((values) => [0, 0, values])),
      ],
      // Or Odoo counts it anew when the work order or the order is finished.
      ...(fields.has('manual_consumption') && {
        manual_consumption: wanted.some(({ taken }) => taken.quantity > 0),
      }),
    });
  }
  const now = isBooked ? lines.own : (await linesOf(component)).own;
  return wanted.flatMap(({ taken, lot }) => {
    const kept = sumOf(component, now, lot);
    const there = stock
      .filter((quant) => linkIn(quant, 'lot_id') === lot?.id)
      .reduce((sum, quant) => sum + numberIn(quant, 'quantity'), isBooked ? kept : 0);
    return [
      ...(isSame(taken.quantity, kept) ? [] : [takenOtherwise(taken, nameOf(lot), kept)]),
      ...shortOf(taken, nameOf(lot), there),
    ];
  });
}

/** A component's lines: what this operation took, and what is only set aside. What other operations took is neither. */
async function linesOf({ client, field, operation, move }: Component) {
  const all = await client.read('stock.move.line', [['move_id', '=', move.id]], LINE_FIELDS);
  const isTaken = (line: Row): boolean =>
    numberIn(line, field) > 0 && (field === 'qty_done' || line['picked'] === true);
  const own = all.filter((line) => isTaken(line) && linkIn(line, 'workorder_id') === operation.id);
  return { own, reserved: all.filter((line) => !isTaken(line)) };
}

const agree = (component: Component, lines: readonly Row[], wanted: readonly Wanted[]): boolean =>
  wanted.every(({ taken, lot }) => isSame(taken.quantity, sumOf(component, lines, lot))) &&
  lines.every((line) => wanted.some(({ lot }) => linkIn(line, 'lot_id') === lot?.id));

const sumOf = ({ field }: Component, lines: readonly Row[], lot: Row | undefined): number =>
  lines
    .filter((line) => linkIn(line, 'lot_id') === lot?.id)
    .reduce((sum, line) => sum + numberIn(line, field), 0);

/** Where the lots lie in the store that the component is taken from, the most first. */
async function quantsOf({ client, move }: Component, wanted: readonly Wanted[]): Promise<Row[]> {
  const quants = await client.read(
    'stock.quant',
    [
      ['product_id', '=', linkIn(move, 'product_id') ?? 0],
      ['lot_id', 'in', wanted.map(({ lot }) => lot?.id ?? false)],
      ['location_id', 'child_of', linkIn(move, 'location_id') ?? 0],
    ],
    ['lot_id', 'location_id', 'quantity'],
  );
  return quants.sort((a, b) => numberIn(b, 'quantity') - numberIn(a, 'quantity'));
}

/** What was taken of a lot, from where it lies; what is not there is taken all the same, for it is gone. */
function newLines(
  { field, operation, move, unit }: Component,
  { taken, lot }: Wanted,
  stock: readonly Row[],
) {
  const places = new Map<number | undefined, number>();
  let rest = taken.quantity;
  for (const quant of stock.filter((one) => linkIn(one, 'lot_id') === lot?.id)) {
    const part = Math.min(rest, Math.max(0, numberIn(quant, 'quantity')));
    if (part > 0) places.set(linkIn(quant, 'location_id'), part);
    rest -= part;
  }
  const first = [...places.keys()][0] ?? linkIn(move, 'location_id');
  if (rest > 0) places.set(first, (places.get(first) ?? 0) + rest);
  return [...places].map(([location, quantity]): Values => ({
    product_id: linkIn(move, 'product_id'),
    product_uom_id: unit,
    lot_id: lot?.id ?? false,
    workorder_id: operation.id,
    location_id: location,
    location_dest_id: linkIn(move, 'location_dest_id'),
    [field]: quantity,
    ...(field === 'quantity' && { picked: true }),
  }));
}
