import { describe, expect, test } from 'vitest';
import type { Pulled } from '#electron/erp/connector.ts';
import { connectTryton } from '#electron/erp/tryton/client.ts';
import { trytonConnector } from '#electron/erp/tryton/connector.ts';
import { trytonDate, trytonSpan } from '#electron/erp/tryton/values.ts';
import { endOfDate, instantFromLocal } from '#shared/time/zone.ts';
import { must } from '#shared/base/must.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import type { Plant, RecordKind } from '#shared/domain/plant.ts';
import { pushedThroughLosses } from '#test/support/lost-answers.ts';
import {
  type StoolOrder,
  type StoolPlant,
  TRYTON_ADDRESS,
  WOOD_PER_STOOL,
  connectorOfGroups,
  realConnector,
  stoolPlant,
  trytonAccess,
} from '#test/support/real-tryton.ts';

const at = (text: string): number => Date.parse(text) / 1000;

const recordOf = <Kind extends RecordKind>(pulled: Pulled, kind: Kind, id: string) =>
  pulled.decoded.records.find((sourced) => sourced.kind === kind && sourced.record.id === id)?.record as
    | Plant[Kind][number]
    | undefined;

const placed = (order: StoolOrder, work: number, unit: number, start: number, end: number) =>
  Outbound.parse({
    kind: 'planned',
    order: `tryton:P${order.id}`,
    step: `W${work}`,
    unit: `tryton:WC${unit}`,
    start,
    end,
    work: 3600,
    version: 1,
  });

/** What a line says of a work: begun at a moment, and over after ten minutes, five of pause and five more. */
function worked(order: StoolOrder, work: number, unit: number, start: number, good: number, scrap = 0) {
  const told = {
    kind: 'progress',
    order: `tryton:P${order.id}`,
    step: `W${work}`,
    unit: `tryton:WC${unit}`,
    rework: 0,
  };
  const nothing = { good: 0, scrap: 0 };
  const first = { start, end: start + 600 };
  const stretches = [first, { start: start + 900, end: start + 1200 }];
  return {
    running: Outbound.parse({ ...told, ...nothing, state: 'running', stretches: [{ start }] }),
    suspended: Outbound.parse({ ...told, ...nothing, state: 'suspended', stretches: [first] }),
    completed: Outbound.parse({
      ...told,
      good,
      scrap,
      state: 'completed',
      stretches,
      completed: start + 1200,
    }),
  };
}

const connector = realConnector();
const KEPT = { kind: 'kept' };

const rowOf = async ({ tryton }: StoolPlant, model: string, id: number, fields: readonly string[]) =>
  (await tryton.read(model, [['id', '=', id]], fields))[0];

const cyclesOf = ({ tryton }: StoolPlant, work: number) =>
  tryton.read('production.work.cycle', [['work', '=', work]], ['state', 'duration']);

// `npm run test:erp` starts the Tryton that these talk to; without one they are skipped.
// Each makes its own plant there, which takes a busy machine a while.
describe.skipIf(TRYTON_ADDRESS === undefined)('a real Tryton', { timeout: 180_000 }, () => {
  test('says what it is, and what it does not have', async () => {
    await stoolPlant();
    const { product, api, without } = await connector.probe();
    expect(product).toMatch(/^Tryton 6\.0/);
    expect(api).toBe('JSON-RPC');
    expect(without.join('\n')).toContain('run times');
    expect(without.join('\n')).not.toContain('stock_lot');
  });

  test('refuses a wrong password without repeating it', async () => {
    const failure = await connectTryton(trytonAccess('no such secret')).catch(String);
    expect(failure).toContain('refused admin');
    expect(failure).not.toContain('no such secret');
  });

  test('keeps the days of the first start and the last end, and the work centres', async () => {
    const plant = await stoolPlant();
    const order = await plant.order(2);
    const [turning, painting] = order.works;
    // Days are those of the company's zone.
    const local = (date: string, time: string) => instantFromLocal(plant.tryton.zone, date, time);
    const messages = [
      // The end is told first: Tryton refuses one without a start.
      placed(order, painting, plant.booth, local('2026-12-03', '08:00'), local('2026-12-03', '23:59')),
      placed(order, turning, plant.lathes[1], local('2026-12-02', '00:01'), local('2026-12-02', '03:00')),
    ];
    for (const message of [...messages, ...messages]) expect(await connector.push(message)).toEqual(KEPT);
    expect(await rowOf(plant, 'production', order.id, ['planned_start_date', 'planned_date'])).toMatchObject({
      planned_start_date: '2026-12-02',
      planned_date: '2026-12-03',
    });
    expect(await rowOf(plant, 'production.work', turning, ['work_center'])).toMatchObject({
      work_center: plant.lathes[1],
    });
    const [seen, ...others] =
      (await connector.look(must(messages[1], 'Turning'))).places?.filter(
        ({ step }) => step === `W${turning}`,
      ) ?? [];
    expect(others).toEqual([]);
    expect(seen).toMatchObject({
      unit: `tryton:WC${plant.lathes[1]}`,
      start: { start: local('2026-12-02', '00:00'), end: local('2026-12-03', '00:00') },
    });
  });

  test('a production stays due when it was wanted, though its planned date is that of the plan by now', async () => {
    const plant = await stoolPlant();
    const wanted = {
      planned_date: trytonDate('2026-12-24'),
      planned_start_date: trytonDate('2026-12-20'),
    };
    const order = await plant.order(2, wanted);
    const due = endOfDate(plant.tryton.zone, '2026-12-24');
    const orderNow = async () => recordOf(await connector.pullSnapshot(), 'orders', `tryton:P${order.id}`);
    expect(await orderNow()).toMatchObject({ due });
    for (const day of ['03', '04']) {
      const start = instantFromLocal(plant.tryton.zone, `2026-12-${day}`, '08:00');
      const message = placed(order, order.works[1], plant.booth, start, start + 3600);
      expect(await connector.push(message)).toEqual(KEPT);
    }
    expect(await rowOf(plant, 'production', order.id, ['planned_date'])).toMatchObject({
      planned_date: '2026-12-04',
    });
    expect(await orderNow()).toMatchObject({ due });
  });

  test('needs no more than a user of production and stock, and says what another may not', async () => {
    const plant = await stoolPlant();
    await plant.deliver(WOOD_PER_STOOL);
    const order = await plant.order(1);
    const { running } = worked(order, order.works[0], plant.lathes[0], at('2025-11-20T08:00:00Z'), 1);
    const stranger = await connectorOfGroups(plant.tryton);
    expect(await stranger.push(running)).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('not allowed'),
    });
    const planner = await connectorOfGroups(plant.tryton, 'Production', 'Stock');
    const pulled = await planner.pullSnapshot();
    expect(recordOf(pulled, 'orders', `tryton:P${order.id}`)).toMatchObject({ quantity: 1 });
    expect(recordOf(pulled, 'lots', `tryton:PR${plant.wood}`)).toMatchObject({ quantity: WOOD_PER_STOOL });
    const [turning, painting] = order.works;
    const [start, end] = [at('2025-12-02T08:00:00Z'), at('2025-12-02T09:00:00Z')];
    const done = [
      worked(order, turning, plant.lathes[1], start, 1).completed,
      worked(order, painting, plant.booth, start, 1).completed,
    ];
    for (const message of [placed(order, turning, plant.lathes[1], start, end), ...done])
      expect(await planner.push(message)).toEqual(KEPT);
    expect(await rowOf(plant, 'production', order.id, ['state'])).toMatchObject({ state: 'done' });
  });

  test('a work centre of another category is refused in its own words', async () => {
    const plant = await stoolPlant();
    const order = await plant.order(1);
    const [start, end] = [at('2025-12-02T08:00:00Z'), at('2025-12-02T09:00:00Z')];
    const answer = await connector.push(placed(order, order.works[0], plant.booth, start, end));
    expect(answer).toMatchObject({ kind: 'refused', reason: expect.stringContaining('Work Center') });
  });

  test('takes progress once however often it is told, and finishes the production with what the last work made', async () => {
    const plant = await stoolPlant();
    await plant.deliver(4 * WOOD_PER_STOOL);
    const order = await plant.order(4);
    const start = at('2025-11-20T08:00:00Z');
    const turned = worked(order, order.works[0], plant.lathes[0], start, 4);
    const painted = worked(order, order.works[1], plant.booth, start + 86_400, 3, 1);
    for (const { running, suspended, completed } of [turned, painted]) {
      for (const message of [running, running, suspended, suspended, completed, completed])
        expect(await connector.push(message)).toEqual(KEPT);
    }
    expect(
      await rowOf(plant, 'production', order.id, ['state', 'effective_start_date', 'effective_date']),
    ).toMatchObject({
      state: 'done',
      effective_start_date: '2025-11-20',
      effective_date: '2025-11-21',
    });
    for (const work of order.works)
      expect(await cyclesOf(plant, work)).toMatchObject([{ state: 'done', duration: 900 }]);
    const { tryton } = plant;
    expect(
      await tryton.read('stock.move', [['production_output', '=', order.id]], ['quantity', 'state']),
    ).toMatchObject([{ quantity: 3, state: 'done' }]);
    const notes = await tryton.read('ir.note', [['resource', '=', `production,${order.id}`]], ['message']);
    expect(notes.map((row) => row['message'])).toEqual([
      `Shiftwright W${order.works[0]}: good 4, scrap 0, rework 0`,
      `Shiftwright W${order.works[1]}: good 3, scrap 1, rework 0`,
    ]);
  });

  test('a paused work keeps its production from being finished', async () => {
    const plant = await stoolPlant();
    await plant.deliver(WOOD_PER_STOOL);
    const order = await plant.order(1);
    const start = at('2025-11-20T08:00:00Z');
    const turned = worked(order, order.works[0], plant.lathes[0], start, 1);
    const painted = worked(order, order.works[1], plant.booth, start, 1);
    for (const message of [turned.running, turned.suspended, painted.running, painted.completed])
      expect(await connector.push(message)).toEqual(KEPT);
    expect(await rowOf(plant, 'production', order.id, ['state'])).toMatchObject({ state: 'running' });
    expect(await connector.push(turned.completed)).toEqual(KEPT);
    expect(await rowOf(plant, 'production', order.id, ['state'])).toMatchObject({ state: 'done' });
  });

  test('a button that does nothing is told with both states, and again when the wood has come', async () => {
    const plant = await stoolPlant();
    const order = await plant.order(1);
    const { running } = worked(order, order.works[0], plant.lathes[0], at('2025-11-20T08:00:00Z'), 1);
    expect(await connector.push(running)).toEqual({
      kind: 'notKept',
      differences: [{ field: 'production state', sent: 'running', kept: 'waiting' }],
    });
    // Nothing was forced: the wood that is not there has not been taken.
    const inputs = [['production_input', '=', order.id]];
    expect(await plant.tryton.read('stock.move', inputs, ['state'])).toMatchObject([{ state: 'draft' }]);
    await plant.deliver(WOOD_PER_STOOL);
    expect(await connector.push(running)).toEqual(KEPT);
    expect(await cyclesOf(plant, order.works[0])).toHaveLength(1);
    expect(await plant.tryton.read('stock.move', inputs, ['state'])).toMatchObject([{ state: 'done' }]);
  });

  test('takes the lots that lines took when all works are finished, once however often they are told', async () => {
    const plant = await stoolPlant();
    const { tryton, wood, lathes, booth } = plant;
    const lotOf = async (number: string, quantity: number) => {
      const lot = await tryton.create('stock.lot', { number, product: wood });
      await plant.deliver(quantity, { lot });
      return lot;
    };
    const [oak, ash] = [await lotOf('Oak', 10), await lotOf('Ash', 10)];
    await lotOf('Unused', 50);
    const order = await plant.order(2);
    const took = (lot: number, quantity: number) => ({
      lot: `tryton:L${lot}`,
      material: `tryton:PR${wood}`,
      quantity,
      uom: 'u',
    });
    const start = at('2025-11-20T08:00:00Z');
    const turned = worked(order, order.works[0], lathes[0], start, 2);
    const painted = worked(order, order.works[1], booth, start + 7200, 2);
    const inputs = () =>
      tryton.read('stock.move', [['production_input', '=', order.id]], ['lot', 'quantity', 'state']);
    const pushed = async (...messages: readonly Outbound[]) => {
      for (const message of messages)
        for (const again of [message, message]) expect(await connector.push(again)).toEqual(KEPT);
    };
    await pushed(
      turned.running,
      Outbound.parse({ ...turned.completed, consumed: [took(oak, 4), took(ash, 1)] }),
      painted.running,
    );
    // Until the last work is finished all of it lies in the store.
    expect(await inputs()).toMatchObject([{ lot: null, state: 'assigned' }]);
    const last = Outbound.parse({ ...painted.completed, consumed: [took(oak, 2)] });
    expect(await pushedThroughLosses(() => connector.push(last))).toEqual(KEPT);
    await pushed(last);
    expect(await inputs()).toMatchObject([
      { lot: oak, quantity: 6, state: 'done' },
      { lot: ash, quantity: 1, state: 'done' },
    ]);
    expect(await rowOf(plant, 'production', order.id, ['state'])).toMatchObject({ state: 'done' });
  });

  test('a lot that it does not have, or has too little of, is told with both values', async () => {
    const plant = await stoolPlant();
    const { tryton, wood, lathes, booth } = plant;
    const oak = await tryton.create('stock.lot', { number: 'Oak', product: wood });
    await plant.deliver(4, { lot: oak });
    await plant.deliver(50);
    const order = await plant.order(2);
    const start = at('2025-11-20T08:00:00Z');
    const turned = worked(order, order.works[0], lathes[0], start, 2).completed;
    const painted = worked(order, order.works[1], booth, start + 7200, 2).completed;
    const took = (lot: string, quantity: number) => ({
      lot,
      material: `tryton:PR${wood}`,
      quantity,
      uom: 'u',
    });
    const consumed = [took(`tryton:L${oak}`, 6), took('LOT-7', 1)];
    const unknown = { field: 'taken of LOT-7', sent: '1 u', kept: 'no such lot' };
    expect(await connector.push(Outbound.parse({ ...turned, consumed }))).toEqual({
      kind: 'notKept',
      differences: [unknown],
    });
    const expected = {
      kind: 'notKept',
      differences: [{ field: 'there of Oak', sent: '6 u', kept: '4 u' }],
    };
    expect(await connector.push(painted)).toEqual(expected);
    expect(await connector.push(painted)).toEqual(expected);
    await plant.deliver(2, { lot: oak });
    expect(await connector.push(painted)).toEqual(KEPT);
    expect(
      await tryton.read('stock.move', [['production_input', '=', order.id]], ['lot', 'quantity', 'state']),
    ).toMatchObject([{ lot: oak, quantity: 6, state: 'done' }]);
  });

  test('a work that is gone, and a downtime, are refused for good', async () => {
    const plant = await stoolPlant();
    const order = { id: 1, works: [1, 2] } as const;
    const [start, end] = [at('2025-12-02T08:00:00Z'), at('2025-12-02T09:00:00Z')];
    expect(await connector.push(placed(order, 999_999, plant.booth, start, end))).toEqual({
      kind: 'refused',
      reason: 'Tryton has no work W999999 any more.',
    });
    const down = { kind: 'downtime', id: 'd', unit: `tryton:WC${plant.booth}`, start: 0, reason: 'Jam' };
    expect(await connector.push(Outbound.parse(down))).toEqual({
      kind: 'refused',
      reason: 'Tryton has no place for downtimes.',
    });
  });

  test('gives productions with alternatives, run times estimated by what was past when they were made, and what they need', async () => {
    const plant = await stoolPlant();
    const { tryton, stool, wood, lathes, booth } = plant;
    await tryton.create('production.lead_time', { product: stool, lead_time: trytonSpan(4 * 3600) });
    const first = await plant.order(2);
    const modesOf = async ({ id }: StoolOrder) =>
      recordOf(await connector.pullSnapshot(), 'routings', `tryton:P${id}`)?.steps.map(({ modes }) => modes);
    const onLathes = (mode: object) => lathes.map((lathe) => ({ equipment: `tryton:WC${lathe}`, ...mode }));
    const byLeadTime = [
      onLathes({ fixed: 7200, perUnit: 0 }),
      [{ equipment: `tryton:WC${booth}`, fixed: 7200, perUnit: 0 }],
    ];
    expect(await modesOf(first)).toEqual(byLeadTime);

    await plant.deliver(5 * WOOD_PER_STOOL);
    const start = at('2025-11-20T08:00:00Z');
    const { completed } = worked(first, first.works[0], lathes[0], start, 2);
    expect(await connector.push(completed)).toEqual(KEPT);
    await new Promise((resolve) => setTimeout(resolve, 1100)); // Tryton's clock counts seconds
    const second = await plant.order(3);
    // Fifteen minutes for two stools; painting has no past yet.
    expect(await modesOf(second)).toEqual([onLathes({ fixed: 0, perUnit: 450 }), byLeadTime[1]]);
    // What is past now was not when the first one was made: its plan does not move with every finished work.
    expect(await modesOf(first)).toEqual(byLeadTime);

    const pulled = await connector.pullSnapshot();
    const [turning, painting] = recordOf(pulled, 'routings', `tryton:P${second.id}`)?.steps ?? [];
    expect(turning).toMatchObject({
      id: `W${second.works[0]}`,
      estimated: true,
      after: [],
      materials: [{ material: `tryton:PR${wood}`, perUnit: WOOD_PER_STOOL }],
    });
    expect(painting).toMatchObject({ after: [{ step: `W${second.works[0]}`, from: 'end' }] });
    expect(pulled.decoded.warnings.map(({ reason }) => reason)).toContain(
      'Turn has no run time in Tryton: it is estimated from its past cycles.',
    );
    // What lies in the store: what the first one took has left it.
    expect(recordOf(pulled, 'lots', `tryton:PR${wood}`)).toMatchObject({ quantity: 3 * WOOD_PER_STOOL });
    expect(pulled.decoded.refusals).toEqual([]);
  });

  test('what is set aside for a production, or with it, is still there for it', async () => {
    const plant = await stoolPlant();
    const lot = await plant.tryton.create('stock.lot', { number: 'Oak 7', product: plant.wood });
    await plant.deliver(10, { lot });
    const order = await plant.order(2, {});
    const woodNow = async () => {
      const pulled = await connector.pullSnapshot();
      return [
        recordOf(pulled, 'lots', `tryton:L${lot}`)?.quantity,
        recordOf(pulled, 'lots', `tryton:PR${plant.wood}`)?.quantity,
      ];
    };
    expect(await woodNow()).toEqual([10, undefined]);
    const [input] = await plant.tryton.ids('stock.move', [['production_input', '=', order.id]]);
    await plant.tryton.write('stock.move', must(input, 'The wood'), { lot });
    const { running, completed } = worked(
      order,
      order.works[0],
      plant.lathes[0],
      at('2025-11-20T08:00:00Z'),
      2,
    );
    await plant.tryton.press('production', 'assign_try', order.id);
    expect(await woodNow()).toEqual([10, undefined]);
    // The wood leaves the store when the production is run, and is used up when the first work is finished.
    expect(await connector.push(running)).toEqual(KEPT);
    expect(await woodNow()).toEqual([10, undefined]);
    expect(await connector.push(completed)).toEqual(KEPT);
    expect(await woodNow()).toEqual([4, undefined]);
  });

  test('an order is read from another field than its own, and a test of the connection names those that there are', async () => {
    const plant = await stoolPlant();
    const { id } = await plant.order(1, { reference: 'J-4711' });
    const mapped = trytonConnector('tryton', trytonAccess(), Date.now, { name: 'reference' });
    expect((await mapped.probe()).fields).toContainEqual({
      name: 'reference',
      label: 'Reference',
      kind: 'text',
    });
    expect(recordOf(await mapped.pullSnapshot(), 'orders', `tryton:P${id}`)).toMatchObject({
      name: 'J-4711',
    });
  });

  test('is read no further where nothing has left a trace, and where a name or a delivery has, it is', async () => {
    const plant = await stoolPlant();
    const order = await plant.order(1);
    const first = await connector.pullSnapshot();
    const second = await connector.pullChanges(first.cursor);
    const idle = await connector.pullChanges(second.cursor);
    expect([idle.decoded.records, idle.there, idle.cursor]).toEqual([[], {}, second.cursor]);
    await plant.deliver(7);
    const delivered = await connector.pullChanges(idle.cursor);
    expect(recordOf(delivered, 'lots', `tryton:PR${plant.wood}`)).toMatchObject({ quantity: 7 });
    const [product] = await plant.tryton.read('product.product', [['id', '=', plant.stool]], ['template']);
    await plant.tryton.write('product.template', Number(product?.['template']), { name: 'High stool' });
    const renamed = await connector.pullChanges(delivered.cursor);
    expect(recordOf(renamed, 'materials', `tryton:PR${plant.stool}`)).toMatchObject({ name: 'High stool' });
    await plant.tryton.press('production', 'draft', order.id);
    const gone = await connector.pullChanges(renamed.cursor);
    expect(gone.there.orders).not.toContain(`tryton:P${order.id}`);
    expect((await connector.pullChanges(gone.cursor)).there).toEqual({});
  });

  test('tells what changed since, and what lost its works or was deleted by its absence', async () => {
    const plant = await stoolPlant();
    const [kept, back, gone] = [await plant.order(1), await plant.order(1), await plant.order(1)];
    const before = await connector.pullSnapshot();
    const idOf = ({ id }: StoolOrder) => `tryton:P${id}`;
    for (const order of [kept, back, gone]) expect(before.there.orders).toContain(idOf(order));
    await plant.tryton.write('production', kept.id, { reference: 'Urgent' });
    await plant.tryton.press('production', 'draft', back.id);
    await plant.tryton.press('production', 'cancel', gone.id);
    await plant.tryton.call('production', 'delete', [gone.id]);
    const changes = await connector.pullChanges(before.cursor);
    expect(recordOf(changes, 'orders', idOf(kept))?.name).toContain('[Urgent]');
    expect(changes.there.orders).toContain(idOf(kept));
    expect(changes.there.orders).not.toContain(idOf(back));
    expect(changes.there.orders).not.toContain(idOf(gone));
    expect(recordOf(changes, 'orders', idOf(back))).toBeUndefined();
  });
});
