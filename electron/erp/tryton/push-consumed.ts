import { groupBy, indexBy } from '#shared/base/group.ts';
import { LotId, MaterialId } from '#shared/domain/material.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { type Taken, shortOf, takenOtherwise } from '#electron/erp/consumed.ts';
import { type Row, type Values, linkIn, linksOf, numberIn, textIn } from '#electron/erp/rows.ts';
import { isSame } from '#electron/erp/stored.ts';
import type { TrytonClient } from './client.ts';
import { note, notedUnder } from './notes.ts';
import { idOf, trytonIdOf } from './scope.ts';
import type { Work } from './work.ts';

const INPUT_FIELDS = ['product', 'lot', 'internal_quantity', 'state', 'from_location'];
const LOT_FIELDS = ['number', 'product', 'quantity'];

/** Does this Tryton take lots, and keep until then what its lines have said? */
const takesLots = (client: TrytonClient): boolean => client.has('stock.lot') && client.has('ir.note');

/**
 * Notes which lots a work took. Tryton takes all inputs of a production when it is set going and keeps them as they are
 * from then on: so they are booked when every work has said what it took.
 */
export async function noteConsumed(
  client: TrytonClient,
  name: string,
  { work, production }: Work,
  { consumed = [] }: Extract<Outbound, { kind: 'progress' }>,
): Promise<readonly NotKept[]> {
  if (consumed.length === 0 || !takesLots(client)) return [];
  const products = linksOf(await inputsOf(client, production), 'product');
  const lots = await lotsOf(
    client,
    consumed.flatMap(({ lot }) => trytonIdOf(name, 'L', lot) ?? []),
  );
  const differences: NotKept[] = [];
  const texts = consumed.flatMap((taken) => {
    const isNone = taken.quantity === 0; // taken back: only a note of it there has to go
    const lot = lots.get(trytonIdOf(name, 'L', taken.lot) ?? 0);
    const product = trytonIdOf(name, 'PR', taken.material);
    const of = lot ? linkIn(lot, 'product') : trytonIdOf(name, 'PR', taken.lot);
    const isOfProduct = product !== null && of === product;
    if (isOfProduct && products.includes(product))
      return `${taken.lot.slice(name.length + 1)} ${taken.quantity} ${taken.uom}`;
    if (isNone) return [];
    const why = isOfProduct ? 'no input of the production' : 'no such lot';
    differences.push(takenOtherwise(taken, lot && textIn(lot, 'number'), why));
    return [];
  });
  if (texts.length > 0)
    differences.push(...(await note(client, production.id, markOf(work), texts.join('; '))));
  return differences;
}

const MARK = 'lots W';
const markOf = (work: Row): string => `${MARK}${work.id}`;

interface Wanted {
  readonly product: number;
  readonly lot: Row | undefined;
  readonly taken: Taken;
}

/** What the works of a production took by their notes, each lot once. */
async function wantedFor(
  client: TrytonClient,
  name: string,
  { production }: Work,
): Promise<readonly Wanted[]> {
  const sums = new Map<string, { quantity: number; uom: string }>();
  for (const told of await notedUnder(client, production.id, MARK)) {
    for (const text of told.split('; ')) {
      const [, id = '', quantity = '', uom = ''] = /^(\w+) (\S+) ?(.*)$/.exec(text) ?? [];
      sums.set(id, { quantity: (sums.get(id)?.quantity ?? 0) + Number(quantity), uom });
    }
  }
  if (sums.size === 0) return [];
  const idOfLot = (id: string): number => trytonIdOf(name, 'L', `${name}:${id}`) ?? 0;
  const context = { locations: linksOf(await inputsOf(client, production), 'from_location') };
  const lots = await lotsOf(client, [...sums.keys()].map(idOfLot), context);
  return [...sums].flatMap(([id, { quantity, uom }]) => {
    if (quantity === 0) return [];
    const lot = lots.get(idOfLot(id));
    const product = lot ? linkIn(lot, 'product') : trytonIdOf(name, 'PR', `${name}:${id}`);
    if (typeof product !== 'number') return [];
    const material = MaterialId.parse(idOf({ name }, 'PR', product));
    return { product, lot, taken: { lot: LotId.parse(`${name}:${id}`), material, quantity, uom } };
  });
}

/** Does an input come in lots and has none yet, or has a line told of one? Then the production is not set going before its works are finished. */
export async function awaitsLots(client: TrytonClient, name: string, found: Work): Promise<boolean> {
  if (!takesLots(client)) return false;
  if ((await wantedFor(client, name, found)).length > 0) return true;
  const without = (await inputsOf(client, found.production)).filter(
    (move) => linkIn(move, 'lot') === undefined && textIn(move, 'state') !== 'done',
  );
  const products = linksOf(without, 'product');
  return products.length > 0 && (await client.ids('stock.lot', [['product', 'in', products]])).length > 0;
}

/** Brings inputs that are still in the store to what the works took. */
export async function bookConsumed(client: TrytonClient, name: string, found: Work): Promise<void> {
  if (!takesLots(client)) return;
  const { production } = found;
  const wanted = groupBy(await wantedFor(client, name, found), ({ product }) => product);
  const inputs = groupBy(await inputsOf(client, production), (move) => linkIn(move, 'product'));
  const changes: unknown[] = [];
  for (const [product, own] of wanted) {
    const moves = inputs.get(product) ?? [];
    const [first, ...others] = moves;
    const isGone = moves.some((move) => textIn(move, 'state') === 'done');
    if (!first || isGone || agree(moves, own)) continue;
    const [row] = await client.read('product.product', [['id', '=', product]], ['default_uom']);
    const values = own.map(({ lot, taken }): Values => ({
      lot: lot?.id ?? null,
      quantity: taken.quantity,
      uom: row?.['default_uom'],
    }));
    changes.push(['write', [first.id], values[0]]);
    for (const more of values.slice(1)) changes.push(['copy', [first.id], more]);
    if (others.length > 0) changes.push(['delete', others.map(({ id }) => id)]);
  }
  if (changes.length === 0) return;
  // What is set aside cannot be changed: it is let go, and set aside again with its lots.
  await client.press('production', 'wait', production.id);
  await client.write('production', production.id, { inputs: changes });
}

/** What stands in Tryton otherwise than the works took it, and what it has too little of. */
export async function compareConsumed(
  client: TrytonClient,
  name: string,
  found: Work,
): Promise<readonly NotKept[]> {
  if (!takesLots(client)) return [];
  const moves = await inputsOf(client, found.production);
  return (await wantedFor(client, name, found)).flatMap(({ product, lot, taken }) => {
    const own = moves.filter(
      (move) => linkIn(move, 'product') === product && linkIn(move, 'lot') === lot?.id,
    );
    const kept = sumOf(own);
    const gone = sumOf(own.filter((move) => textIn(move, 'state') === 'done'));
    const number = lot && textIn(lot, 'number');
    return [
      ...(isSame(taken.quantity, kept) ? [] : [takenOtherwise(taken, number, kept)]),
      ...(lot ? shortOf(taken, number, numberIn(lot, 'quantity') + gone) : []),
    ];
  });
}

const agree = (moves: readonly Row[], wanted: readonly Wanted[]): boolean =>
  moves.every((move) => wanted.some(({ lot }) => lot?.id === linkIn(move, 'lot'))) &&
  wanted.every(({ lot, taken }) =>
    isSame(taken.quantity, sumOf(moves.filter((move) => linkIn(move, 'lot') === lot?.id))),
  );

const sumOf = (moves: readonly Row[]): number =>
  moves.reduce((sum, move) => sum + numberIn(move, 'internal_quantity'), 0);

const inputsOf = (client: TrytonClient, production: Row): Promise<Row[]> =>
  client.read(
    'stock.move',
    [
      ['production_input', '=', production.id],
      ['state', '!=', 'cancelled'],
    ],
    INPUT_FIELDS,
  );

const lotsOf = async (
  client: TrytonClient,
  ids: readonly number[],
  context: Values = {},
): Promise<ReadonlyMap<number, Row>> =>
  indexBy(await client.read('stock.lot', [['id', 'in', ids]], LOT_FIELDS, { context }), ({ id }) => id);
