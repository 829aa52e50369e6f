import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { connectOdoo } from '#electron/erp/odoo/client.ts';

let server: Server | undefined;
afterEach(() => void server?.close());

type Ask = { params: { method: string; args: unknown[] } };

/** A server that answers as Odoo does; `answer` gives the result of one call of a model. */
async function odoo(answer: (method: string, args: unknown[]) => unknown): Promise<string> {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { params } = JSON.parse(body) as Ask;
      const result = params.method === 'login' ? 2 : answer(String(params.args[4]), params.args.slice(5));
      response.end(typeof result === 'string' ? result : JSON.stringify({ jsonrpc: '2.0', id: 1, result }));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const login = (address: string) => ({ address, database: 'plant', user: 'admin', secret: 'hidden' });

test('a field that this Odoo does not have is never asked for', async () => {
  const asked: unknown[] = [];
  const address = await odoo((method, args) => {
    if (method === 'fields_get') return { id: {}, date_start: {} };
    asked.push(args);
    return [];
  });
  const client = await connectOdoo(login(address));
  await client.read('mrp.workorder', [], ['date_planned_start', 'date_start']);
  expect(asked).toEqual([[[[]], { fields: ['date_start'], order: 'id' }]]);
});

test('what Odoo stored instead of what was written comes back with both values', async () => {
  const address = await odoo((method) => {
    if (method === 'fields_get') return { id: {}, date_finished: {}, workcenter_id: {} };
    if (method === 'write') return true;
    return [{ id: 1, date_finished: '2026-12-01 12:00:00', workcenter_id: [3, 'Drill'] }];
  });
  const client = await connectOdoo(login(address));
  const sent = { date_finished: '2026-12-01 09:00:00', workcenter_id: 3 };
  expect(await client.write('mrp.workorder', 1, sent)).toEqual([
    { field: 'date_finished', sent: '2026-12-01 09:00:00', kept: '2026-12-01 12:00:00' },
  ]);
});

test('garbage is refused with the place and without the secret', async () => {
  const address = await odoo(() => '<html>Bad gateway</html>');
  const client = await connectOdoo(login(address));
  const failure = await client.read('mrp.production', [], ['name']).catch(String);
  expect(failure).toContain('is no JSON-RPC');
  expect(failure).not.toContain('hidden');
});
