import { afterEach, expect, test } from 'vitest';
import { connectOdoo } from '#electron/erp/odoo/client.ts';
import { odooConnector } from '#electron/erp/odoo/connector.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';

let odoo: OdooStandIn | undefined;
afterEach(() => odoo?.close());

const login = ({ address }: OdooStandIn) => ({ address, database: 'plant', user: 'admin', secret: 'hidden' });

test('a field that this Odoo does not have is never asked for', async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 1);
  const client = await connectOdoo(login(odoo));
  expect(await client.read('mrp.workorder', [], ['date_planned_start', 'name'])).toEqual([
    { id: 10, name: 'Step 1' },
  ]);
});

test('what Odoo stored instead of what was written comes back with both values', async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 1);
  const client = await connectOdoo(login(odoo));
  await client.write('mrp.workorder', 10, { workcenter_id: 2, name: 'Glue' });
  expect(await client.compare('mrp.workorder', 10, { workcenter_id: 1, name: 'Glue' })).toEqual([
    { field: 'workcenter_id', sent: 1, kept: 2 },
  ]);
});

test.each(['garbage', 'unavailable', 'gone'] as const)(
  '%s is no answer, to be asked again, and shows no secret',
  async (fault) => {
    odoo = await standInOdoo();
    const connector = odooConnector('odoo', login(odoo), Date.now);
    odoo.hostile = () => fault;
    const told = await connector.push(
      Outbound.parse({ kind: 'downtime', id: 'down-1', unit: 'odoo:WC1', start: 0, reason: 'Jam' }),
    );
    expect(told).toMatchObject({ kind: 'later' });
    expect(JSON.stringify(told)).not.toContain('hidden');
  },
);

test('a redirect is not followed: the secret stays with its host', async () => {
  odoo = await standInOdoo();
  const heard: string[] = [];
  const { createServer } = await import('node:http');
  const thief = createServer((request, response) => {
    heard.push(request.url ?? '');
    response.writeHead(307, { Location: `${odoo?.address}/jsonrpc` }).end();
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  const address = thief.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const failure = await connectOdoo({ ...login(odoo), address: `http://127.0.0.1:${port}` }).catch(String);
  thief.close();
  expect(heard).toContain('/jsonrpc');
  expect(failure).toContain('Nothing answers');
});

test.each([true, false])('orders of either generation of the schema come alike (old: %s)', async (old) => {
  odoo = await standInOdoo({ old });
  putOrder(odoo, 7, 2, old);
  const { decoded, there } = await odooConnector('odoo', login(odoo), Date.now).pullSnapshot();
  const routing = decoded.records.find(({ kind }) => kind === 'routings')?.record;
  const mode = (unit: number, setup?: number) => ({
    equipment: `odoo:WC${unit}`,
    fixed: 0,
    perUnit: 360,
    ...(setup !== undefined && { setup }),
  });
  expect(routing).toMatchObject({
    id: 'odoo:MO7',
    steps: [
      { id: 'WO70', after: [], modes: [mode(1, 300), mode(2)] },
      { id: 'WO71', after: [{ step: 'WO70', from: 'end' }], modes: [mode(1, 300), mode(2)] },
    ],
  });
  expect(there.orders).toEqual(['odoo:MO7']);
  expect(decoded.refusals).toEqual([]);
});

test('an Odoo of the old generation is told planned times in its own fields', async () => {
  odoo = await standInOdoo({ old: true });
  putOrder(odoo, 7, 1, true);
  const place = {
    kind: 'planned',
    order: 'odoo:MO7',
    step: 'WO70',
    unit: 'odoo:WC2',
    start: 3600,
    end: 7200,
    work: 3600,
    version: 1,
  };
  expect(await odooConnector('odoo', login(odoo), Date.now).push(Outbound.parse(place))).toEqual({
    kind: 'kept',
  });
  expect(odoo.tables.get('mrp.workorder')?.rows.get(70)).toMatchObject({
    workcenter_id: 2,
    date_planned_start: '1970-01-01 01:00:00',
    date_planned_finished: '1970-01-01 02:00:00',
    duration_expected: 60,
  });
});
