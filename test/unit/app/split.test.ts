import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import {
  type SmallShop,
  hourOf,
  instant,
  ordersCsv,
  revisionOf,
  smallShop,
  withVerbs,
} from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  // Two minutes to set out, then six minutes a piece: ten pieces are 62 minutes.
  await shop.take({
    'steps.csv': [
      'routing,step,position,equipment,run,perUnit,qualification',
      'R,mix,10,M1,2,6,mixing',
      'R,mix,10,M2,2,6,',
      'R,pack,20,P1,30,0,',
    ].join('\n'),
  });
});
afterEach(() => shop.remove());

const task = (id: string) => TaskId.parse(id);
const expected = () => revisionOf(shop);
const told = () =>
  [...shop.station.workspace.assignments.values()]
    .map((one) => `${one.task} ${one.unit} ${hourOf(one.start)}-${hourOf(one.end)}`)
    .sort();
const quantities = () =>
  Object.fromEntries(
    shop.station.workspace.plan.tasks
      .filter(({ id }) => id.startsWith('A/mix'))
      .map((one) => [one.id, one.quantity]),
  );
const split = (id: string, quantity: number) =>
  shop.handlers['draft.split']({ task: task(id), quantity, expected: expected() }, planner());
const join = (id: string) => shop.handlers['draft.join']({ task: task(id), expected: expected() }, planner());
const undo = async () => done(await shop.handlers['draft.undo']({ expected: expected() }, planner()));

describe('a task is split', () => {
  beforeEach(async () => {
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('A/pack', 'P1', '08:30');
  });

  test('and not published: no line is told of it, and none is asked to be', async () => {
    await shop.publish();
    await shop.dispatch();
    done(await split('A/mix', 4));
    const queue = () =>
      shop.station.workspace.queues
        .get(EquipmentId.parse('M1'))
        ?.items.map((one) => [one.task, one.quantity]);
    const pending = async () =>
      (await shop.handlers['queue.list']({}, planner())).flatMap(({ pending: changes }) => changes);
    expect(await pending()).toEqual([]);
    shop = withVerbs(await shop.reopened());
    expect(await pending()).toEqual([]);
    expect(queue()).toEqual([['A/mix', 10]]);
    await shop.publish();
    await shop.dispatch();
    expect(queue()).toEqual([
      ['A/mix', 6],
      ['A/mix#2', 4],
    ]);
  });

  test('by quantity: both parts have their share of the work, what follows waits for both, the checker agrees', async () => {
    done(await split('A/mix', 4));
    expect(quantities()).toEqual({ 'A/mix': 6, 'A/mix#2': 4 });
    expect(told()).toEqual(['A/mix M1 07:00-07:38', 'A/mix#2 M1 07:38-08:04', 'A/pack P1 08:30-09:00']);
    const pack = shop.station.workspace.tasks.get(task('A/pack'));
    expect(pack?.after.map((relation) => relation.task)).toEqual(['A/mix', 'A/mix#2']);
    expect(shop.wrong()).toEqual([]);
  });

  test('at a time: what is not done by then is split off, in whole pieces', async () => {
    const ask = { task: task('A/mix'), at: instant('07:32'), expected: expected() };
    expect(done(await shop.handlers['draft.split'](ask, planner())).part).toBe('A/mix#2');
    expect(quantities()).toEqual({ 'A/mix': 5, 'A/mix#2': 5 });
  });

  test('a part is moved like any task, also beside the other on another unit', async () => {
    done(await split('A/mix', 4));
    await shop.put('A/mix#2', 'M2', '07:00');
    expect(told()).toContain('A/mix#2 M2 07:00-07:26');
    expect(shop.wrong()).toEqual([]);
  });

  test('it survives a restart and an import, and lines are told of both parts', async () => {
    done(await split('A/mix', 4));
    const before = told();
    shop = await shop.reopened();
    expect(told()).toEqual(before);
    done(await shop.take({ 'orders.csv': ordersCsv('A', 'B', 'C') }));
    expect(told()).toEqual(before);
    await shop.publish();
    await shop.dispatch();
    expect(shop.told()).toContain('M1 r1 A/mix A/mix#2');
  });

  test('an order that becomes smaller than its part is whole again', async () => {
    done(await split('A/mix', 4));
    const smaller = ordersCsv('A', 'B').replace('A,10', 'A,3');
    done(await shop.take({ 'orders.csv': smaller }));
    expect(quantities()).toEqual({ 'A/mix': 3 });
    expect(shop.station.workspace.draft.has(task('A/mix#2'))).toBe(false);
  });

  test('what the line reported stays with the task; the rest is split off while it runs, and joined again', async () => {
    await shop.publish();
    await shop.dispatch();
    shop.clock('07:00');
    done(await shop.report('started', 'M1', 'A/mix'));
    shop.clock('07:20');
    done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 3 }));
    expect(await split('A/mix', 8)).toMatchObject({ ok: false, refusal: { code: 'BAD_QUANTITY' } });
    done(await split('A/mix', 4));
    expect(quantities()).toEqual({ 'A/mix': 6, 'A/mix#2': 4 });
    expect(shop.station.workspace.progress.get(task('A/mix'))?.good).toBe(3);
    await undo();
    expect(quantities()).toEqual({ 'A/mix': 10 });
  });

  test('nothing is left over or split twice: refused in words', async () => {
    expect(await split('A/mix', 10)).toMatchObject({
      ok: false,
      refusal: {
        code: 'BAD_QUANTITY',
        object: 'A/mix',
        text: expect.stringContaining('both parts need some'),
      },
    });
    expect(await join('A/mix')).toMatchObject({ ok: false, refusal: { code: 'NOTHING_CHANGED' } });
  });

  test('joined it stands where it did, whole', async () => {
    const before = told();
    done(await split('A/mix', 4));
    done(await split('A/mix#2', 1));
    expect(quantities()).toEqual({ 'A/mix': 6, 'A/mix#2': 3, 'A/mix#3': 1 });
    done(await join('A/mix#3'));
    expect(told()).toEqual(before);
    expect(shop.wrong()).toEqual([]);
  });
});

test('the solver places every part, and what it finds is accepted', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  done(await split('A/mix', 4));
  await shop.solve();
  done(await shop.handlers['proposal.accept']({ expected: expected() }, planner()));
  expect(shop.station.workspace.schedule.unplaced).toEqual([]);
  expect(quantities()).toEqual({ 'A/mix': 6, 'A/mix#2': 4 });
  expect(shop.wrong()).toEqual([]);
});

test('[U5] undo after splitting and joining is identity', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M1', '08:10');
  const step = fc.record({
    join: fc.boolean(),
    of: fc.constantFrom('A/mix', 'A/mix#2', 'B/mix'),
    quantity: fc.integer({ min: 1, max: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(step, fc.boolean(), async ({ join: joins, of, quantity }, keep) => {
      const { draft: before, plan } = shop.station.workspace;
      const outcome = await (joins ? join(of) : split(of, quantity));
      if (outcome.ok && keep) return;
      if (outcome.ok) await undo();
      expect(new Map(shop.station.workspace.draft)).toEqual(new Map(before));
      expect(shop.station.workspace.plan.tasks).toEqual(plan.tasks);
    }),
    { numRuns: 40 },
  );
});
