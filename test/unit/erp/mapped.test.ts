import { afterEach, beforeEach, expect, test } from 'vitest';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import type { FieldMap } from '#electron/erp/mapped.ts';
import type { Pulled } from '#electron/erp/connector.ts';
import { must } from '#shared/base/must.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';

let odoo: OdooStandIn;
beforeEach(async () => {
  odoo = await standInOdoo();
  // What this plant has added to its orders.
  Object.assign(must(odoo.tables.get('mrp.production'), 'Orders').fields, {
    x_promised: { type: 'date', string: 'Promised' },
    x_not_before: { type: 'datetime', string: 'Not before' },
    x_class: { type: 'selection', string: 'Class' },
    x_job: { type: 'char', string: 'Job number' },
  });
  putOrder(odoo, 1, 1);
});
afterEach(() => odoo.close());

const access = (address: string) => ({ address, database: 'plant', user: 'admin', secret: 'hidden' });
const connector = (fields: FieldMap) => odooConnector('odoo', access(odoo.address), Date.now, fields);
const row = () => must(odoo.tables.get('mrp.production')?.rows.get(1), 'The order');
const orderIn = ({ decoded }: Pulled) =>
  must(
    decoded.records.flatMap((one) => (one.kind === 'orders' ? one.record : []))[0],
    'The order as it is read',
  );

const MAPPED: FieldMap = { due: 'x_promised', release: 'x_not_before', weight: 'x_class', name: 'x_job' };

test('an order is read from the fields that the plant has added, and a test says which there are', async () => {
  Object.assign(row(), {
    x_promised: '2026-12-20',
    x_not_before: '2026-12-01 06:30:00',
    x_class: '3',
    x_job: 'J-4711',
  });
  expect(orderIn(await connector(MAPPED).pullSnapshot())).toMatchObject({
    name: 'J-4711',
    weight: 3,
    release: Date.parse('2026-12-01T06:30:00Z') / 1000,
    // A date is kept until its end.
    due: Date.parse('2026-12-21T00:00:00Z') / 1000,
  });
  expect((await connector({}).probe()).fields).toEqual(
    expect.arrayContaining([
      { name: 'x_promised', label: 'Promised', kind: 'time' },
      { name: 'x_job', label: 'Job number', kind: 'text' },
    ]),
  );
});

test('an empty field leaves it at what the ERP itself says; one that cannot be read, or is gone, is told', async () => {
  const plain = orderIn(await connector({}).pullSnapshot());
  Object.assign(row(), { x_promised: false, x_not_before: false, x_class: 'low', x_job: false });
  const { decoded, ...pulled } = await connector({ ...MAPPED, name: 'x_removed' }).pullSnapshot();
  expect(orderIn({ decoded, ...pulled })).toEqual(plain);
  expect(decoded.warnings.map(({ field, reason }) => `${field}: ${reason}`)).toEqual(
    expect.arrayContaining([
      "x_class: “low” is no number above 0: the ERP's own counts.",
      "x_removed: There is no such field for an order's name: the ERP's own counts.",
    ]),
  );
});

test('with another field everything is read anew, with the same ones only what changed', async () => {
  row()['x_promised'] = '2026-12-20';
  const { cursor } = await connector({}).pullSnapshot();
  const anew = await connector({ due: 'x_promised' }).pullChanges(cursor);
  expect(orderIn(anew).due).toBe(Date.parse('2026-12-21T00:00:00Z') / 1000);
  let { cursor: next } = anew;
  for (let look = 0; look < 3; look += 1)
    ({ cursor: next } = await connector({ due: 'x_promised' }).pullChanges(next));
  const idle = await connector({ due: 'x_promised' }).pullChanges(next);
  expect(idle.decoded.records).toEqual([]);
});
