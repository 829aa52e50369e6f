import { afterEach, beforeEach, expect, test } from 'vitest';
import { trytonConnector } from '#electron/erp/tryton/connector.ts';
import { trytonTime } from '#electron/erp/tryton/values.ts';
import { must } from '#shared/base/must.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import { type TrytonStandIn, putProduction, standInTryton } from '#test/support/tryton-stand-in.ts';

const MADE = Date.parse('2026-11-20T08:00:00Z') / 1000;
const DAY = 86_400;

let tryton: TrytonStandIn;
let connector: ReturnType<typeof trytonConnector>;
beforeEach(async () => {
  tryton = await standInTryton();
  putProduction(tryton, 1, trytonTime(MADE));
  connector = trytonConnector(
    'tryton',
    { address: tryton.address, database: 'prod', user: 'admin', secret: 'hidden' },
    () => (MADE + DAY) * 1000,
  );
});
afterEach(() => tryton.close());

const told = { kind: 'progress', order: 'tryton:P1', step: 'W10', unit: 'tryton:WC1', rework: 0 };
const running = Outbound.parse({
  ...told,
  state: 'running',
  good: 0,
  scrap: 0,
  stretches: [{ start: MADE }],
});
const completed = Outbound.parse({
  ...told,
  state: 'completed',
  good: 2,
  scrap: 0,
  stretches: [{ start: MADE, end: MADE + 600 }],
  completed: MADE + 600,
});
const heardOf = (method: string) => tryton.heard.filter((one) => one === method).length;

test.each([
  ['assign_try', 'production state', 'running', 'waiting'],
  ['run', 'production state', 'running', 'assigned'],
] as const)(
  'a button %s that silently does nothing is told with both states',
  async (button, field, sent, kept) => {
    tryton.dead = [button];
    expect(await connector.push(running)).toMatchObject({
      kind: 'notKept',
      differences: expect.arrayContaining([{ field, sent, kept }]),
    });
    tryton.dead = [];
    expect(await connector.push(running)).toEqual({ kind: 'kept' });
    expect(tryton.tables.get('production.work.cycle')?.size).toBe(1);
  },
);

test('a work whose cycle somebody else has finished is not opened again, and both states are told', async () => {
  expect(await connector.push(completed)).toEqual({ kind: 'kept' });
  expect(await connector.push(running)).toEqual({
    kind: 'notKept',
    differences: [{ field: 'work state', sent: 'running', kept: 'finished' }],
  });
});

test('an expired session is opened anew, once', async () => {
  expect(await connector.push(running)).toEqual({ kind: 'kept' });
  tryton.fault = 'expired';
  expect(await connector.push(completed)).toEqual({ kind: 'kept' });
  expect(heardOf('common.db.login')).toBe(2);
});

test.each(['garbage', 'unavailable', 'trouble'] as const)(
  '%s is no answer, to be asked again, and shows no secret',
  async (fault) => {
    await connector.push(running);
    tryton.fault = fault;
    const answer = await connector.push(completed);
    expect(answer).toMatchObject({ kind: 'later' });
    expect(JSON.stringify(answer)).not.toMatch(/hidden|session|Traceback/);
    expect(await connector.push(completed)).toEqual({ kind: 'kept' });
  },
);

test('a row that nobody has changed since it was made is as new as its making', async () => {
  putProduction(tryton, 2, trytonTime(MADE + 3600));
  const before = await connector.pullSnapshot();
  // Its write_date is empty, as Tryton leaves it.
  putProduction(tryton, 3, trytonTime(MADE + 7200));
  const { decoded, there, cursor } = await connector.pullChanges(before.cursor);
  const told = decoded.records.flatMap(({ kind, record }) => (kind === 'orders' ? record.id : []));
  // The one before is told once more, for it may have been written before it showed; the oldest is not.
  expect(told).toEqual(['tryton:P2', 'tryton:P3']);
  expect(there.orders).toEqual(['tryton:P1', 'tryton:P2', 'tryton:P3']);
  expect(JSON.parse(cursor)).toMatchObject({ at: MADE + 7200 });
});

test('a work that was deleted leaves its production changed, and a production that was deleted is not there', async () => {
  putProduction(tryton, 2, trytonTime(MADE));
  const rows = (model: string) => must(tryton.tables.get(model), model);
  putProduction(tryton, 3, trytonTime(MADE + 3600)); // so that the two are too old to be read again
  const before = await connector.pullSnapshot();
  rows('production.work').delete(11);
  rows('production').delete(2);
  for (const work of [20, 21]) rows('production.work').delete(work);
  const { decoded, there } = await connector.pullChanges(before.cursor);
  expect(
    decoded.records.flatMap(({ kind, record }) =>
      kind === 'routings' && record.id === 'tryton:P1' ? record.steps.map(({ id }) => id) : [],
    ),
  ).toEqual(['W10']);
  expect(there.orders).toEqual(['tryton:P1', 'tryton:P3']);
});
