import { describe, expect, test, vi } from 'vitest';
import type { Pulled } from '#electron/erp/connector.ts';
import { connectOdoo } from '#electron/erp/odoo/client.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import type { Plant, RecordKind } from '#shared/domain/plant.ts';
import { endOfDate } from '#shared/time/zone.ts';
import { pushedThroughLosses } from '#test/support/lost-answers.ts';
import {
  ODOO_ADDRESS,
  drawers,
  lotsOf,
  make,
  odooAccess,
  ownField,
  realConnector,
  realOdoo,
} from '#test/support/real-odoo.ts';

const at = (text: string): number => Date.parse(text) / 1000;

const recordOf = <Kind extends RecordKind>(pulled: Pulled, kind: Kind, id: string) =>
  pulled.decoded.records.find((sourced) => sourced.kind === kind && sourced.record.id === id)?.record as
    | Plant[Kind][number]
    | undefined;

// `npm run test:erp` starts the Odoo that these talk to; without one they are skipped.
describe.skipIf(ODOO_ADDRESS === undefined)('a real Odoo', () => {
  test('is spoken with over both generations of its API', async () => {
    expect(await realConnector().probe()).toMatchObject({ product: 'Odoo 19.0', api: '/jsonrpc' });
    const key = process.env['ODOO_KEY'];
    expect(await realConnector(key).probe()).toMatchObject({ api: '/json/2' });
  });

  test('refuses a wrong password without repeating it', async () => {
    const failure = await connectOdoo(odooAccess('no such secret')).catch(String);
    expect(failure).toContain('refused admin');
    expect(failure).not.toContain('no such secret');
  });

  test('without a duration it stores another end, and both are told', async () => {
    const odoo = await realOdoo();
    const { operations } = await drawers(odoo, 2);
    const id = must(operations[0], 'An operation');
    const dates = { date_start: '2026-12-05 08:00:00', date_finished: '2026-12-05 17:00:00' };
    await odoo.write('mrp.workorder', id, dates);
    expect(await odoo.compare('mrp.workorder', id, dates)).toMatchObject([
      { field: 'date_finished', sent: '2026-12-05 17:00:00' },
    ]);
  });

  test.each([undefined, process.env['ODOO_KEY']])(
    'keeps places that come with their duration, also on another unit',
    async (key) => {
      const odoo = await realOdoo();
      const { order, operations } = await drawers(odoo, 2);
      const connector = realConnector(key);
      for (const [index, operation] of operations.entries()) {
        const start = at('2026-12-01T08:00:00Z') + index * 14_400;
        const place = Outbound.parse({
          kind: 'planned',
          order: `odoo:MO${order}`,
          step: `WO${operation}`,
          unit: 'odoo:WC3',
          start,
          end: start + 10_800,
          work: 7200,
          version: 1,
        });
        expect(await connector.push(place)).toEqual({ kind: 'kept' });
        expect((await connector.look(place)).places).toMatchObject([
          { unit: 'odoo:WC3', start: { start }, end: { end: start + 10_800 } },
        ]);
      }
      expect(
        await odoo.read(
          'mrp.workorder',
          [['production_id', '=', order]],
          ['workcenter_id', 'date_start', 'date_finished', 'duration_expected'],
        ),
      ).toMatchObject([
        {
          workcenter_id: 3,
          date_start: '2026-12-01 08:00:00',
          date_finished: '2026-12-01 11:00:00',
          duration_expected: 120,
        },
        {
          workcenter_id: 3,
          date_start: '2026-12-01 12:00:00',
          date_finished: '2026-12-01 15:00:00',
          duration_expected: 120,
        },
        {
          workcenter_id: 3,
          date_start: '2026-12-01 16:00:00',
          date_finished: '2026-12-01 19:00:00',
          duration_expected: 120,
        },
      ]);
    },
  );

  test('takes progress once however often it is told, finishes the order and keeps the rest as a backorder', async () => {
    const odoo = await realOdoo();
    const { order, operations } = await drawers(odoo, 4);
    const connector = realConnector();
    let start = at('2026-11-20T08:00:00Z');
    for (const operation of operations) {
      const scrap = operation === operations.at(-1) ? 1 : 0;
      const told = {
        kind: 'progress',
        order: `odoo:MO${order}`,
        step: `WO${operation}`,
        unit: 'odoo:WC3',
        rework: 0,
      };
      const running = { ...told, state: 'running', good: 0, scrap: 0, stretches: [{ start }] };
      const done = {
        ...told,
        state: 'completed',
        good: 3 - scrap,
        scrap,
        stretches: [
          { start, end: start + 600 },
          { start: start + 900, end: start + 1200 },
        ],
        completed: start + 1200,
      };
      for (const message of [running, running, done, done]) {
        expect(await connector.push(Outbound.parse(message))).toEqual({ kind: 'kept' });
      }
      start += 3600;
    }
    const finished = await odoo.read(
      'mrp.workorder',
      [['production_id', '=', order]],
      ['state', 'qty_produced', 'date_start', 'date_finished', 'duration'],
    );
    expect(finished).toMatchObject([
      {
        state: 'done',
        qty_produced: 3,
        duration: 15,
        date_start: '2026-11-20 08:00:00',
        date_finished: '2026-11-20 08:20:00',
      },
      {
        state: 'done',
        qty_produced: 3,
        duration: 15,
        date_start: '2026-11-20 09:00:00',
        date_finished: '2026-11-20 09:20:00',
      },
      {
        state: 'done',
        qty_produced: 3,
        duration: 15,
        date_start: '2026-11-20 10:00:00',
        date_finished: '2026-11-20 10:20:00',
      },
    ]);
    const [made] = await odoo.read(
      'mrp.production',
      [['id', '=', order]],
      ['state', 'qty_produced', 'date_finished', 'name'],
    );
    expect(made).toMatchObject({ state: 'done', qty_produced: 3, date_finished: '2026-11-20 10:20:00' });
    expect(
      await odoo.read('stock.scrap', [['production_id', '=', order]], ['scrap_qty', 'state']),
    ).toMatchObject([{ scrap_qty: 1, state: 'done' }]);
    // The backorder renames the order that it comes from.
    const [first] = String(made?.['name']).split('-');
    expect(
      await odoo.read('mrp.production', [['name', '=', `${first}-002`]], ['product_qty', 'state']),
    ).toMatchObject([{ product_qty: 1, state: 'confirmed' }]);
  });

  test('books the lots that lines took, once however often it is told, and none by itself', async () => {
    const odoo = await realOdoo();
    const { order, operations, components } = await drawers(odoo, 4);
    const [black, box] = [must(components[0], 'Drawers'), must(components[1], 'Cases')];
    const lots = await lotsOf(odoo, black, { front: 3, back: 5, unused: 50 });
    const cases = await lotsOf(odoo, box, { case: 4, spare: 40 });
    const [first, second, last] = operations;
    const took = (product: number, lot: number, quantity: number) => ({
      lot: `odoo:L${lot}`,
      material: `odoo:P${product}`,
      quantity,
      uom: 'Units',
    });
    const done = (step: number | undefined, at: number, consumed: object[]) =>
      Outbound.parse({
        kind: 'progress',
        order: `odoo:MO${order}`,
        step: `WO${step}`,
        unit: 'odoo:WC3',
        state: 'completed',
        good: 3,
        scrap: 0,
        rework: 0,
        stretches: [{ start: at, end: at + 600 }],
        completed: at + 600,
        consumed,
      });
    const start = at('2026-11-20T08:00:00Z');
    const messages = [
      // While it runs a line says one lot; when it is done, another beside it.
      {
        ...done(first, start, [took(black, lots.front, 2)]),
        state: 'running' as const,
        completed: undefined,
      },
      done(first, start, [took(black, lots.front, 2), took(black, lots.back, 1)]),
      done(second, start + 3600, [took(black, lots.front, 1), took(box, cases.case, 2)]),
      done(last, start + 7200, [took(box, cases.case, 1)]),
    ];
    for (const message of messages.map((one) => Outbound.parse(one))) {
      const connector = realConnector();
      expect(await pushedThroughLosses(() => connector.push(message))).toEqual({ kind: 'kept' });
      expect(await connector.push(message)).toEqual({ kind: 'kept' });
    }
    expect(await realConnector().push(must(messages[1], 'The first'))).toEqual({ kind: 'kept' });
    const lines = await odoo.read(
      'stock.move.line',
      [
        ['move_id.raw_material_production_id', '=', order],
        ['state', '=', 'done'],
      ],
      ['lot_id', 'workorder_id', 'quantity', 'state'],
    );
    const told = lines.map(
      (line) => `${String(line['workorder_id'])} ${String(line['lot_id'])}: ${String(line['quantity'])}`,
    );
    expect(told.sort()).toEqual(
      [
        `${first} ${lots.front}: 2`,
        `${first} ${lots.back}: 1`,
        `${second} ${lots.front}: 1`,
        `${second} ${cases.case}: 2`,
        `${last} ${cases.case}: 1`,
      ].sort(),
    );
    const left = await odoo.read(
      'stock.quant',
      [
        ['lot_id', 'in', [...Object.values(lots), ...Object.values(cases)]],
        ['location_id.usage', '=', 'internal'],
      ],
      ['lot_id', 'quantity'],
    );
    expect(Object.fromEntries(left.map((quant) => [quant['lot_id'], quant['quantity']]))).toMatchObject({
      [lots.back]: 4,
      [lots.unused]: 50,
      [cases.case]: 1,
      [cases.spare]: 40,
    });
  });

  test('a lot that it does not have, of another product, or has too little of is told with both values', async () => {
    const odoo = await realOdoo();
    const { order, operations, components } = await drawers(odoo, 2);
    const [black, box] = [must(components[0], 'Drawers'), must(components[1], 'Cases')];
    const lots = await lotsOf(odoo, black, { scarce: 1 });
    const others = await lotsOf(odoo, box, { other: 9 });
    const took = (lot: string, quantity: number) => ({
      lot,
      material: `odoo:P${black}`,
      quantity,
      uom: 'Units',
    });
    const message = Outbound.parse({
      kind: 'progress',
      order: `odoo:MO${order}`,
      step: `WO${operations[0]}`,
      unit: 'odoo:WC3',
      state: 'running',
      good: 0,
      scrap: 0,
      rework: 0,
      stretches: [{ start: at('2026-11-20T08:00:00Z') }],
      consumed: [took(`odoo:L${lots.scarce}`, 2), took('LOT-7', 1), took(`odoo:L${others.other}`, 1)],
    });
    const expected = {
      kind: 'notKept',
      differences: expect.arrayContaining([
        { field: expect.stringContaining('there of scarce'), sent: '2 Units', kept: '1 Units' },
        { field: 'taken of LOT-7', sent: '1 Units', kept: 'no such lot' },
        { field: expect.stringContaining('taken of other'), sent: '1 Units', kept: 'no such lot' },
      ]),
    };
    expect(await realConnector().push(message)).toEqual(expected);
    expect(await realConnector().push(message)).toEqual(expected);
    const taken = await odoo.read(
      'stock.move.line',
      [
        ['move_id.raw_material_production_id', '=', order],
        ['picked', '=', true],
      ],
      ['lot_id', 'quantity'],
    );
    expect(taken).toMatchObject([{ lot_id: lots.scarce, quantity: 2 }]);
    await odoo.call('mrp.production', 'action_cancel', {}, [order]);
  });

  test('takes a downtime as one loss, with its end when it has one', async () => {
    const odoo = await realOdoo();
    const down = {
      kind: 'downtime',
      id: 'down-1234',
      unit: 'odoo:WC3',
      start: at('2026-11-21T08:00:00Z'),
      reason: 'Jam',
    };
    const ended = { ...down, end: down.start + 900 };
    for (const message of [down, down, ended, ended]) {
      expect(await realConnector().push(Outbound.parse(message))).toEqual({ kind: 'kept' });
    }
    expect(
      await odoo.read(
        'mrp.workcenter.productivity',
        [['description', 'like', 'Shiftwright WC3 2026-11-21']],
        ['date_end', 'loss_type'],
      ),
    ).toMatchObject([{ date_end: '2026-11-21 08:15:00', loss_type: 'availability' }]);
  });

  test('a message for an operation that is gone is refused for good', async () => {
    const gone = {
      kind: 'planned',
      order: 'odoo:MO1',
      step: 'WO999999',
      unit: 'odoo:WC1',
      start: 0,
      end: 60,
      work: 60,
      version: 1,
    };
    expect(await realConnector().push(Outbound.parse(gone))).toEqual({
      kind: 'refused',
      reason: 'Odoo has no work order WO999999 any more.',
    });
  });

  test('gives orders with alternatives, setup, capacity, leaves and maintenance in our words', async () => {
    const odoo = await realOdoo();
    const fast = await make(odoo, 'mrp.workcenter', {
      name: 'Fast assembly',
      time_efficiency: 200,
      time_start: 10,
      time_stop: 5,
    });
    await odoo.write('mrp.workcenter', 1, { alternative_workcenter_ids: [[6, 0, [fast]]] });
    const { order, operations } = await drawers(odoo, 2);
    const [centre] = await odoo.read(
      'mrp.workcenter',
      [['id', '=', fast]],
      ['resource_id', 'resource_calendar_id'],
    );
    const leave = await make(odoo, 'resource.calendar.leaves', {
      name: 'Overhaul',
      resource_id: centre?.['resource_id'],
      calendar_id: centre?.['resource_calendar_id'],
      date_from: '2026-12-07 07:00:00',
      date_to: '2026-12-07 16:00:00',
      time_type: 'leave',
    });
    const centreField = { field_description: 'Work centre', ttype: 'many2one', relation: 'mrp.workcenter' };
    await ownField(odoo, 'maintenance.equipment', 'x_centre', centreField);
    const machine = await make(odoo, 'maintenance.equipment', { name: 'Press', x_centre: fast });
    const request = await make(odoo, 'maintenance.request', {
      name: 'Oil',
      equipment_id: machine,
      schedule_date: '2026-12-03 08:00:00',
      schedule_end: '2026-12-03 10:00:00',
    });
    const pulled = await realConnector().pullSnapshot();
    const steps = recordOf(pulled, 'routings', `odoo:MO${order}`)?.steps ?? [];
    expect(steps.map((step) => [step.id, step.after.map((link) => link.step)])).toEqual([
      [`WO${operations[0]}`, []],
      [`WO${operations[1]}`, [`WO${operations[0]}`]],
      [`WO${operations[2]}`, [`WO${operations[1]}`]],
    ]);
    // An hour a piece where it stands; half of it, ten minutes of setup and five of cleaning on the alternative.
    expect(steps[1]?.modes).toEqual([
      { equipment: 'odoo:WC1', fixed: 0, perUnit: 3600 },
      { equipment: `odoo:WC${fast}`, fixed: 300, perUnit: 1800, setup: 600 },
    ]);
    expect(recordOf(pulled, 'downtimes', `odoo:LV${leave}`)).toMatchObject({
      equipment: `odoo:WC${fast}`,
      planned: true,
      start: at('2026-12-07T07:00:00Z'),
    });
    expect(recordOf(pulled, 'orders', `odoo:MR${request}`)).toMatchObject({
      domain: 'maintenance',
      equipment: `odoo:WC${fast}`,
      due: at('2026-12-03T10:00:00Z'),
    });
    expect(pulled.decoded.refusals).toEqual([]);
  });

  test('an order is read from fields that the plant has added, and a test of the connection names them', async () => {
    const odoo = await realOdoo();
    const { order } = await drawers(odoo, 1);
    await ownField(odoo, 'mrp.production', 'x_promised', { field_description: 'Promised', ttype: 'date' });
    await odoo.write('mrp.production', order, { x_promised: '2026-12-18' });
    const connector = odooConnector('odoo', odooAccess(), Date.now, { due: 'x_promised' });
    expect((await connector.probe()).fields).toContainEqual({
      name: 'x_promised',
      label: 'Promised',
      kind: 'time',
    });
    const pulled = await connector.pullSnapshot();
    const [calendar] = pulled.decoded.records.flatMap((one) => (one.kind === 'calendars' ? one.record : []));
    expect(recordOf(pulled, 'orders', `odoo:MO${order}`)).toMatchObject({
      due: endOfDate(must(calendar, 'Working times').zone, '2026-12-18'),
    });
  });

  test('is read no further where nothing has left a trace, and where stock has or a loss is deleted, it is', async () => {
    const odoo = await realOdoo();
    const { components } = await drawers(odoo, 1);
    const connector = realConnector();
    let { cursor } = await connector.pullSnapshot();
    const calls = vi.spyOn(globalThis, 'fetch');
    const look = async () => {
      calls.mockClear();
      const pulled = await connector.pullChanges(cursor);
      ({ cursor } = pulled);
      return { ...pulled, calls: calls.mock.calls.length };
    };
    const settle = async () => {
      await look();
      await look();
      const idle = await look();
      expect([idle.decoded.records, idle.there]).toEqual([[], {}]);
      return idle.calls;
    };
    expect(await settle()).toBeLessThanOrEqual(17);
    const product = must(components[0], 'A component');
    const { front } = await lotsOf(odoo, product, { front: 3 });
    expect(recordOf(await look(), 'lots', `odoo:L${front}`)).toMatchObject({ quantity: 3 });
    const start = { date_start: '2026-11-20 08:00:00', date_end: '2026-11-20 09:00:00' };
    const [loss_id] = await odoo.ids('mrp.workcenter.productivity.loss', [
      ['loss_type', '=', 'availability'],
    ]);
    const loss = await make(odoo, 'mrp.workcenter.productivity', { workcenter_id: 1, loss_id, ...start });
    expect((await look()).there.downtimes).toContain(`odoo:DT${loss}`);
    await settle();
    await odoo.call('mrp.workcenter.productivity', 'unlink', {}, [loss]);
    expect((await look()).there.downtimes).not.toContain(`odoo:DT${loss}`);
    calls.mockRestore();
  });

  test('tells what changed since, and what was deleted by its absence', async () => {
    const odoo = await realOdoo();
    const [kept, dropped] = [await drawers(odoo, 1), await drawers(odoo, 1)];
    const before = await realConnector().pullSnapshot();
    expect(before.there.orders).toContain(`odoo:MO${dropped.order}`);
    await odoo.write('mrp.production', kept.order, { priority: '1' });
    await odoo.call('mrp.production', 'action_cancel', {}, [dropped.order]);
    await odoo.call('mrp.production', 'unlink', {}, [dropped.order]);
    const changes = await realConnector().pullChanges(before.cursor);
    expect(recordOf(changes, 'orders', `odoo:MO${kept.order}`)).toMatchObject({ weight: 5 });
    expect(changes.there.orders).not.toContain(`odoo:MO${dropped.order}`);
    await odoo.call('mrp.workorder', 'unlink', {}, [must(kept.operations[2], 'The last operation')]);
    const shorter = await realConnector().pullChanges(changes.cursor);
    expect(recordOf(shorter, 'routings', `odoo:MO${kept.order}`)?.steps).toHaveLength(2);
  });
});
