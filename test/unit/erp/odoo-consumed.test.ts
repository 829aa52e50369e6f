import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { must } from '#shared/base/must.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';

/** An order of ten drawers takes glue, which comes in lots: 8 kg of Monday's lie there, 5 are set aside for it. */
describe.each([{ old: true }, { old: false }])(
  'the lots that a line took, in an Odoo (old: $old)',
  ({ old }) => {
    let odoo: OdooStandIn;
    const rows = (model: string) => must(odoo.tables.get(model), model).rows;
    const [GLUE, STORE, MONDAY, TUESDAY] = [7, 3, 71, 72];
    const taken = old ? 'qty_done' : 'quantity';
    const lotModel = old ? 'stock.production.lot' : 'stock.lot';

    beforeEach(async () => {
      odoo = await standInOdoo({ old });
      putOrder(odoo, 1, 2, old);
      rows('stock.move').set(4, {
        id: 4,
        product_id: GLUE,
        raw_material_production_id: 1,
        state: 'assigned',
        has_tracking: 'lot',
        location_id: STORE,
      });
      rows('stock.move.line').set(1, { id: 1, move_id: 4, lot_id: TUESDAY, ...(old ? {} : { quantity: 5 }) });
      for (const [id, name, quantity] of [
        [MONDAY, 'Monday', 8],
        [TUESDAY, 'Tuesday', 5],
      ] as const) {
        rows(lotModel).set(id, { id, name, product_id: GLUE });
        rows('stock.quant').set(id, { id, product_id: GLUE, lot_id: id, location_id: STORE, quantity });
      }
    });
    afterEach(() => odoo.close());

    const push = (step: number, ...lots: readonly [string, number][]) => {
      const access = { address: odoo.address, database: 'plant', user: 'admin', secret: 'hidden' };
      const consumed = lots.map(([lot, quantity]) => ({
        lot,
        material: `odoo:P${GLUE}`,
        quantity,
        uom: 'kg',
      }));
      const told = { kind: 'progress', order: 'odoo:MO1', step: `WO${step}`, unit: 'odoo:WC1', good: 0 };
      const more = { scrap: 0, rework: 0, state: 'running', stretches: [], consumed };
      return odooConnector('odoo', access, Date.now).push(Outbound.parse({ ...told, ...more }));
    };
    const lines = () =>
      [...rows('stock.move.line').values()]
        .map((line) => `WO${String(line['workorder_id'])} ${String(line['lot_id'])}: ${String(line[taken])}`)
        .sort();

    test('take the place of what was set aside, and grow with what is told', async () => {
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([`WO10 ${MONDAY}: 2`]);
      expect(await push(10, [`odoo:L${MONDAY}`, 3], [`odoo:L${TUESDAY}`, 1])).toEqual({ kind: 'kept' });
      expect(await push(11, [`odoo:L${MONDAY}`, 1])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([`WO10 ${MONDAY}: 3`, `WO10 ${TUESDAY}: 1`, `WO11 ${MONDAY}: 1`]);
      // Or a newer Odoo counts it anew.
      expect(rows('stock.move').get(4)?.['manual_consumption']).toBe(old ? undefined : true);
    });

    test('are let go when the report is taken back, and the component is counted by Odoo again', async () => {
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toEqual({ kind: 'kept' });
      expect(await push(10, [`odoo:L${MONDAY}`, 0], ['LOT-7', 0])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([]);
      expect(rows('stock.move').get(4)?.['manual_consumption']).toBe(old ? undefined : false);
    });

    test('that turn out to be another lot are put right: the wrong one is let go, the right one taken', async () => {
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toEqual({ kind: 'kept' });
      expect(await push(10, [`odoo:L${MONDAY}`, 0], [`odoo:L${TUESDAY}`, 2])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([`WO10 ${TUESDAY}: 2`]);
      expect(await push(10, [`odoo:L${MONDAY}`, 0], [`odoo:L${TUESDAY}`, 0])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([]);
      expect(rows('stock.move').get(4)?.['manual_consumption']).toBe(old ? undefined : false);
    });

    test('are not doubled when nobody hears that they were booked', async () => {
      let isHeard = true;
      // The answer to the very write is lost, and Odoo is away for a moment.
      odoo.hostile = () => {
        const isBooked = odoo.effects.has('stock.move.write 4');
        return isBooked && isHeard ? ((isHeard = false), 'gone') : 'none';
      };
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toMatchObject({ kind: 'later' });
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toEqual({ kind: 'kept' });
      expect(lines()).toEqual([`WO10 ${MONDAY}: 2`]);
      expect(odoo.effects.get('stock.move.write 4')).toBe(1);
    });

    test('that Odoo has too little of, does not know or does not track are told with both values', async () => {
      expect(await push(10, [`odoo:L${MONDAY}`, 9], ['LOT-7', 1])).toEqual({
        kind: 'notKept',
        differences: [
          { field: 'taken of LOT-7', sent: '1 kg', kept: 'no such lot' },
          { field: 'there of Monday', sent: '9 kg', kept: '8 kg' },
        ],
      });
      Object.assign(must(rows('stock.move').get(4), 'The move'), { has_tracking: 'none' });
      expect(await push(11, [`odoo:L${TUESDAY}`, 1], [`odoo:L${MONDAY}`, 2])).toMatchObject({
        differences: expect.arrayContaining([
          {
            field: 'taken of Tuesday',
            sent: '1 kg',
            kept: 'taken without a lot: the product is not tracked',
          },
        ]),
      });
      expect(lines()).toContainEqual(`WO11 false: 3`);
    });

    test('of a component that is booked already are compared and not changed', async () => {
      Object.assign(must(rows('stock.move').get(4), 'The move'), { state: 'done' });
      expect(await push(10, [`odoo:L${MONDAY}`, 2])).toMatchObject({
        differences: [{ field: 'taken of Monday', sent: '2 kg', kept: '0 kg' }],
      });
      expect(odoo.effects.get('stock.move.write 4')).toBeUndefined();
    });
  },
);
