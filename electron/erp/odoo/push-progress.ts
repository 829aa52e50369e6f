import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Row, type Values, linkIn, linksIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { notKept, writeWhatDiffers } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { markOf } from './mark.ts';
import { pushConsumed } from './push-consumed.ts';
import { odooIdOf, odooTime } from './scope.ts';
import { create, lossOf, markedRow, operationOf } from './writing.ts';

type Told = Extract<Outbound, { kind: 'progress' }>;

/**
 * How far a work order is: its time logs, state and quantity, the lots that it took, and when the last one is finished, the order itself. The
 * quantity of a work order is what it has handled, good or not; scrap and rework stand in a note on the order, and
 * what the last operation scrapped is scrapped from stock when the order is finished.
 */
export async function pushProgress(
  client: OdooClient,
  name: string,
  told: Told,
): Promise<readonly NotKept[]> {
  const row = await operationOf(client, told.step, [
    'state',
    'production_id',
    'operation_id',
    'duration_expected',
    'qty_produced',
    'date_start',
    'date_finished',
  ]);
  const centre = odooIdOf(name, 'WC', told.unit);
  if (centre === null) throw new ErpFailure(`${told.unit} is no work centre of this Odoo.`, false);
  const differences: NotKept[] = [];
  for (const stretch of told.stretches) {
    const mark = markOf(`WO${row.id} ${odooTime(stretch.start)}`);
    const values: Values = {
      workorder_id: row.id,
      workcenter_id: centre,
      date_start: odooTime(stretch.start),
      date_end: stretch.end === undefined ? false : odooTime(stretch.end),
      description: `${mark}: ${stretch.person ?? ''}`,
    };
    differences.push(...(await markedRow(client, mark, values, () => lossOf(client, 'productive'))));
  }
  differences.push(...(await endWithdrawn(client, row, told)));
  const production = linkIn(row, 'production_id') ?? 0;
  await note(client, production, row.id, told);
  // Before the buttons that book components: what is not told by then Odoo takes as it has set it aside.
  const lots = () => pushConsumed(client, name, row, told);
  const consumed = await lots();
  differences.push(...(await pushState(client, row, told)));
  if (told.state !== 'completed') return [...differences, ...consumed];
  const finished = await finishOrder(client, production, told);
  return [...differences, ...(await lots()), ...finished];
}

/** Time logs of stretches that were taken back at the line: they stay with no time in them, as nothing is deleted there. */
async function endWithdrawn(client: OdooClient, row: Row, told: Told): Promise<readonly NotKept[]> {
  const model = 'mrp.workcenter.productivity';
  const own = await client.read(model, [['description', '=like', `${markOf(`WO${row.id} `)}%`]], LOG_FIELDS);
  const stands = new Set(told.stretches.map(({ start }) => odooTime(start)));
  const differences: NotKept[] = [];
  for (const log of own) {
    const start = textIn(log, 'date_start');
    if (start === undefined || stands.has(start)) continue;
    const values: Values = {
      date_end: start,
      description: `${markOf(`WO${row.id} ${start}`)}: withdrawn at the line`,
    };
    differences.push(...(await writeWhatDiffers(client, model, log.id, values)));
  }
  return differences;
}

const LOG_FIELDS = ['date_start', 'description'];

/** The state of a work order with its real times. A finished one is never opened again. */
async function pushState(client: OdooClient, row: Row, told: Told): Promise<readonly NotKept[]> {
  const model = 'mrp.workorder';
  const quantity: Values = { qty_produced: told.good + told.scrap };
  const [began] = told.stretches;
  const times: Values = began ? { date_start: odooTime(began.start) } : {};
  // Written along with times, or Odoo counts it anew from them.
  const duration: Values = { duration_expected: numberIn(row, 'duration_expected') };
  const isDone = textIn(row, 'state') === 'done';
  if (told.state !== 'completed') {
    if (isDone) return [notKept('state', told.state, 'done')];
    const state = told.state === 'waiting' ? 'ready' : 'progress';
    const sent: Values = { state, ...quantity, ...times };
    return writeWhatDiffers(client, model, row.id, sent, { ...sent, ...duration });
  }
  if (!isDone) {
    const sent: Values = { ...quantity, ...times };
    await writeWhatDiffers(client, model, row.id, sent, { ...sent, ...duration });
    // The button books components and closes time logs, but takes all of the order for nothing produced.
    if (told.good + told.scrap > 0) await client.call(model, 'button_finish', {}, [row.id]);
  }
  const finished: Values = { date_finished: odooTime(told.completed ?? 0) };
  const sent: Values = { state: 'done', ...times, ...finished };
  const stored = await writeWhatDiffers(client, model, row.id, sent, { ...sent, ...duration });
  const handled = await client.compare(model, row.id, quantity);
  return [...stored, ...handled.map(({ field, sent: was, kept }) => notKept(field, was, kept))];
}

const SCRAP_FIELDS = ['scrap_qty', 'state'];

/**
 * Finishes the order when all of its work orders are: with what the last one handled; the rest becomes a backorder. The
 * context answers beforehand what Odoo would ask in dialogs.
 */
async function finishOrder(client: OdooClient, id: number, told: Told): Promise<readonly NotKept[]> {
  const model = 'mrp.production';
  const operations = await client.read(
    'mrp.workorder',
    [['production_id', '=', id]],
    ['state', 'qty_produced', 'sequence'],
  );
  if (operations.some((row) => !['done', 'cancel'].includes(textIn(row, 'state') ?? ''))) return [];
  const last = operations
    .sort((a, b) => numberIn(a, 'sequence') - numberIn(b, 'sequence') || a.id - b.id)
    .at(-1);
  const [order] = await client.read(model, [['id', '=', id]], ORDER_FIELDS);
  if (!order || !last || textIn(order, 'state') === 'cancel') return [];
  const quantity = numberIn(last, 'qty_produced');
  if (quantity === 0) return []; // nothing came of it: whether it is cancelled or made again is a person's decision
  if (textIn(order, 'state') !== 'done') {
    if (numberIn(order, 'qty_producing') !== quantity)
      await client.write(model, id, { qty_producing: quantity });
    const tracked = (textIn(order, 'product_tracking') ?? 'none') !== 'none';
    const hasLot =
      linksIn(order, 'lot_producing_ids').length > 0 || linkIn(order, 'lot_producing_id') !== undefined;
    if (tracked && !hasLot) await client.call(model, 'action_generate_serial', {}, [id]);
    const rest = numberIn(order, 'product_qty') - quantity > 0.001;
    const context = {
      skip_backorder: true,
      skip_consumption: true,
      skip_immediate: true,
      skip_redirection: true,
      mo_ids_to_backorder: rest ? [id] : [],
    };
    await client.call(model, 'button_mark_done', { context }, [id]);
  }
  const differences = await client.compare(model, id, { state: 'done', qty_produced: quantity });
  if (differences.length > 0) return differences.map(({ field, sent, kept }) => notKept(field, sent, kept));
  if (`WO${last.id}` !== told.step) return [];
  const ended = { date_finished: odooTime(told.completed ?? 0) };
  return [...(await writeWhatDiffers(client, model, id, ended)), ...(await scrap(client, order, told))];
}

const ORDER_FIELDS = [
  'state',
  'name',
  'product_id',
  'product_uom_id',
  'product_qty',
  'qty_producing',
  'product_tracking',
  'lot_producing_ids',
  'lot_producing_id',
  'location_dest_id',
];

/** What the last operation scrapped lies in stock with the good, and goes from there. Found again by the order's mark. */
async function scrap(client: OdooClient, order: Row, told: Told): Promise<readonly NotKept[]> {
  if (told.scrap === 0) return [];
  const model = 'stock.scrap';
  const origin = markOf(told.step);
  const [known] = await client.read(model, [['origin', '=', origin]], SCRAP_FIELDS);
  const [now] = await client.read('mrp.production', [['id', '=', order.id]], ORDER_FIELDS);
  const lot = linksIn(now ?? order, 'lot_producing_ids')[0] ?? linkIn(now ?? order, 'lot_producing_id');
  const id =
    known?.id ??
    (await create(client, model, {
      origin,
      production_id: order.id,
      product_id: linkIn(order, 'product_id'),
      product_uom_id: linkIn(order, 'product_uom_id'),
      scrap_qty: told.scrap,
      location_id: linkIn(order, 'location_dest_id'),
      ...(lot !== undefined && { lot_id: lot }),
    }));
  if (textIn(known ?? { id }, 'state') !== 'done') await client.call(model, 'action_validate', {}, [id]);
  const left = await client.compare(model, id, { scrap_qty: told.scrap, state: 'done' });
  return left.map(({ field, sent, kept }) => notKept(`scrap: ${field}`, sent, kept));
}

/** Scrap and rework of an operation have no field of their own: the order's notes keep them, the last one as they are now. */
async function note(client: OdooClient, order: number, operation: number, told: Told): Promise<void> {
  const mark = `${markOf(`WO${operation}`)}:`;
  const text = `${mark} good ${told.good}, scrap ${told.scrap}, rework ${told.rework}`;
  const own = await client.read(
    'mail.message',
    [
      ['model', '=', 'mrp.production'],
      ['res_id', '=', order],
      ['body', 'ilike', mark],
    ],
    ['body'],
  );
  const last = own.toSorted((a, b) => a.id - b.id).at(-1);
  const isSaid = last ? textIn(last, 'body')?.includes(text) : told.scrap + told.rework === 0;
  if (!isSaid) await client.call('mrp.production', 'message_post', { body: text }, [order]);
}
