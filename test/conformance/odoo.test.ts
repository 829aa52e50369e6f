import { expect, test } from 'vitest';
import { connectOdoo } from '#electron/erp/odoo/client.ts';

const address = process.env['ODOO_ADDRESS'];
const connected = () =>
  connectOdoo({ address: address ?? '', database: 'plant', user: 'admin', secret: 'admin' });

// `npm run test:erp` starts the Odoo that these talk to; without one they are skipped.
test.skipIf(address === undefined)(
  'a real Odoo keeps planned dates that come with their duration',
  async () => {
    const odoo = await connected();
    const [order] = await odoo.read('mrp.workorder', [['state', '=', 'ready']], ['name']);
    const dates = { date_start: '2026-12-01 08:00:00', date_finished: '2026-12-01 11:00:00' };
    expect(await odoo.write('mrp.workorder', order?.id ?? 0, { ...dates, duration_expected: 180 })).toEqual(
      [],
    );
  },
);

test.skipIf(address === undefined)(
  'without a duration a real Odoo stores another end, and both are told',
  async () => {
    const odoo = await connected();
    const [order] = await odoo.read('mrp.workorder', [['production_id.name', '=', 'WH/MO/00003']], ['name']);
    const dates = { date_start: '2026-12-05 08:00:00', date_finished: '2026-12-05 17:00:00' };
    expect(await odoo.write('mrp.workorder', order?.id ?? 0, dates)).toMatchObject([
      { field: 'date_finished', sent: '2026-12-05 17:00:00' },
    ]);
  },
);

test.skipIf(address === undefined)('a wrong password is refused without being repeated', async () => {
  const failure = await connectOdoo({
    address: address ?? '',
    database: 'plant',
    user: 'admin',
    secret: 'no such secret',
  }).catch(String);
  expect(failure).toContain('refused admin');
  expect(failure).not.toContain('no such secret');
});
