import { afterEach, beforeEach, expect, test } from 'vitest';
import { trytonConnector } from '#electron/erp/tryton/connector.ts';
import { trytonDate, trytonTime } from '#electron/erp/tryton/values.ts';
import { must } from '#shared/base/must.ts';
import { Outbound } from '#shared/domain/outbound.ts';
import {
  type Fault,
  type TrytonStandIn,
  putProduction,
  standInTryton,
} from '#test/support/tryton-stand-in.ts';

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
/** Something happens to the call of that number from now on. */
const at = (number: number, fault: Fault) => {
  let call = 0;
  return (): Fault => ((call += 1) === number ? fault : 'none');
};
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

test('a start is told until the work has begun, though its production has been set going in Tryton', async () => {
  const production = must(tryton.tables.get('production')?.get(1), 'The production');
  const placed = (day: number) =>
    Outbound.parse({
      kind: 'planned',
      order: 'tryton:P1',
      step: 'W10',
      unit: 'tryton:WC1',
      start: MADE + day * DAY,
      end: MADE + day * DAY + 3600,
      work: 3600,
      version: 1,
    });
  production['state'] = 'running';
  expect(await connector.push(placed(1))).toEqual({ kind: 'kept' });
  expect(production['planned_start_date']).toEqual(trytonDate('2026-11-21'));
  await connector.push(running);
  expect(await connector.push(placed(2))).toEqual({ kind: 'kept' });
  expect(production['planned_start_date']).toEqual(trytonDate('2026-11-21'));
});

test('an expired session is opened anew, once', async () => {
  expect(await connector.push(running)).toEqual({ kind: 'kept' });
  tryton.hostile = at(1, 'expired');
  expect(await connector.push(completed)).toEqual({ kind: 'kept' });
  expect(heardOf('common.db.login')).toBe(2);
});

test.each(['garbage', 'unavailable', 'trouble'] as const)(
  '%s is no answer, to be asked again, and shows no secret',
  async (fault) => {
    await connector.push(running);
    tryton.hostile = at(1, fault);
    const answer = await connector.push(completed);
    expect(answer).toMatchObject({ kind: 'later' });
    expect(JSON.stringify(answer)).not.toMatch(/hidden|session|Traceback/);
    expect(await connector.push(completed)).toEqual({ kind: 'kept' });
  },
);

test('whichever answer is lost after its effect, the message sent again has no second one', async () => {
  let lost = 0;
  for (let id = 100; ; id += 1) {
    putProduction(tryton, id, trytonTime(MADE));
    const rows = (model: string) => must(tryton.tables.get(model), model);
    rows('production.work').delete(10 * id + 1); // so that the end of the one work is the production's
    rows('stock.move').set(id, { id, production_output: id, product: 1, quantity: 5, uom: 1 });
    const message = { ...completed, order: `tryton:P${id}`, step: `W${10 * id}` } as Outbound;
    tryton.hostile = at(id - 99, 'lost');
    const first = await connector.push(message);
    tryton.hostile = () => 'none';
    expect(await connector.push(message)).toEqual({ kind: 'kept' });
    const own = (model: string, field: string, value: unknown) =>
      [...rows(model).values()].filter((row) => row[field] === value);
    expect(rows('production').get(id)).toMatchObject({ state: 'done' });
    expect(own('production.work.cycle', 'work', 10 * id)).toMatchObject([{ state: 'done' }]);
    expect(own('ir.note', 'resource', `production,${id}`)).toHaveLength(1);
    expect(rows('stock.move').get(id)).toMatchObject({ quantity: 2 });
    if (first.kind === 'kept') break; // beyond the last call of a message
    expect(first.kind).toBe('later');
    lost += 1;
  }
  expect(lost).toBeGreaterThan(15);
});

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

test('a pull that finds no trace of a change reads nothing, however often it comes; what changes or goes is seen', async () => {
  putProduction(tryton, 2, trytonTime(MADE + 60));
  const first = await connector.pullSnapshot();
  const second = await connector.pullChanges(first.cursor);
  const call = async (cursor: string) => {
    const before = tryton.heard.length;
    const pulled = await connector.pullChanges(cursor);
    return { pulled, heard: tryton.heard.slice(before), cursor: pulled.cursor };
  };
  const idle = await call(second.cursor);
  expect(idle.pulled.decoded.records).toEqual([]);
  expect(idle.pulled.there).toEqual({});
  expect(idle.cursor).toBe(second.cursor);
  expect(idle.heard.length).toBeLessThan(11);
  const stool = must(tryton.tables.get('product.product')?.get(1), 'The stool');
  Object.assign(stool, { rec_name: 'High stool', write_date: trytonTime(MADE + 90) });
  const changed = await call(idle.cursor);
  expect(changed.pulled.decoded.records.map(({ record }) => record)).toContainEqual(
    expect.objectContaining({ id: 'tryton:PR1', name: 'High stool' }),
  );
  tryton.tables.get('production.work')?.delete(21);
  tryton.tables.get('production.work')?.delete(20);
  const gone = await call(changed.cursor);
  expect(gone.pulled.there.orders).toBeDefined();
  expect((await call(gone.cursor)).pulled.there).toEqual({});
});

/** Works of one operation and product that are over, each a second after the one before. */
function pastWorks(operation: number, product: number, first: number, count: number, perUnit: number): void {
  for (let index = 0; index < count; index += 1) {
    const id = first + index;
    const over = trytonTime(MADE - 100_000 + id);
    const put = (model: string, row: object) => tryton.tables.get(model)?.set(id, { id, ...row });
    put('production', { state: 'done', product, quantity: 2, create_date: over });
    put('production.work', { production: id, operation, state: 'finished', create_date: over });
    const duration = { __class__: 'timedelta', seconds: 2 * perUnit };
    put('production.work.cycle', { work: id, state: 'done', duration, create_date: over });
  }
}

test('run times come from the newest past works of an operation, whatever another operation has been through since', async () => {
  pastWorks(1, 1, 1000, 300, 900); // long ago, and slower
  pastWorks(1, 1, 1300, 20, 60);
  pastWorks(2, 1, 2000, 6000, 5);
  must(tryton.tables.get('production.work')?.get(11), 'The second work')['operation'] = 2;
  const { decoded } = await connector.pullSnapshot();
  const routing = decoded.records.find(
    ({ record }) => record.id === 'tryton:P1' && 'steps' in record,
  )?.record;
  expect(routing).toMatchObject({
    steps: [{ modes: [{ perUnit: 60 }] }, { modes: [{ perUnit: 5 }] }],
  });
});

test.each([
  ['are not there', { hidden: ['ir.note'] }],
  ['may not be written', { readOnly: ['ir.note'] }],
])('where notes %s, scrap is told as not kept, and a wanted date is not overwritten', async (_, rights) => {
  Object.assign(tryton, rights);
  const production = must(tryton.tables.get('production')?.get(1), 'The production');
  production['planned_date'] = trytonDate('2026-12-24');
  const placed = Outbound.parse({
    kind: 'planned',
    order: 'tryton:P1',
    step: 'W11',
    unit: 'tryton:WC1',
    start: MADE + DAY,
    end: MADE + DAY + 3600,
    work: 3600,
    version: 1,
  });
  expect(await connector.push(placed)).toEqual({
    kind: 'notKept',
    differences: [{ field: 'end', sent: '2026-11-21', kept: '2026-12-24' }],
  });
  expect(production['planned_date']).toEqual(trytonDate('2026-12-24'));
  expect(await connector.push({ ...completed, scrap: 1 } as Outbound)).toEqual({
    kind: 'notKept',
    differences: [{ field: 'note', sent: 'good 2, scrap 1, rework 0', kept: '–' }],
  });
  expect(tryton.tables.get('production.work')?.get(10)).toMatchObject({ state: 'finished' });
});
