import { describe, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { Feed } from '#shared/domain/feed.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { AT_ANY_AGE, connectedStation, published, sent, worked } from '#test/support/erp-road.ts';
import {
  type StoolOrder,
  TRYTON_ADDRESS,
  WOOD_PER_STOOL,
  stoolPlant,
  trytonAccess,
} from '#test/support/real-tryton.ts';
import { done, planner } from '#test/support/temporary-station.ts';

const { secret, ...login } = trytonAccess();
const feed = Feed.parse({
  ...login,
  name: 'tryton',
  kind: 'tryton',
  address: TRYTON_ADDRESS ?? 'http://127.0.0.1:1',
  every: 5,
  staleAfter: AT_ANY_AGE,
});

describe.skipIf(TRYTON_ADDRESS === undefined)('the whole road on a real Tryton', () => {
  test('pull, plan, solve, publish, tell places, dispatch, execute and confirm: its productions and the ledger agree field by field', async () => {
    const stools = await stoolPlant();
    const { tryton } = stools;
    const sizes = [2, 3, 4];
    await stools.deliver(sizes.reduce((sum, size) => sum + size * WOOD_PER_STOOL, 0));
    const orders: StoolOrder[] = [];
    for (const size of sizes) orders.push(await stools.order(size));
    const { plant, feeds } = await connectedStation(feed, secret);
    const { station, handlers } = plant;
    const isOurs = (task: string) => orders.some(({ id }) => task.startsWith(`tryton:P${id}/`));
    const ours = station.workspace.plan.tasks.filter(({ id }) => isOurs(id));
    expect(ours).toHaveLength(2 * orders.length);

    await published(plant, isOurs);
    await sent(plant, 'tryton');
    const { zone } = tryton;
    const { assignments } = must(station.workspace.version, 'The version').schedule;
    const placeOf = (order: number, work: number) =>
      must(
        assignments.find(({ task }) => task === `tryton:P${order}/W${work}`),
        `A place of work ${work}`,
      );
    const workOf = async (id: number) => {
      const [row] = await tryton.read('production.work', [['id', '=', id]], ['work_center', 'state']);
      return must(row, `Work ${id}`);
    };
    const orderOf = async (id: number) => {
      const fields = [
        'state',
        'quantity',
        'planned_start_date',
        'planned_date',
        'effective_start_date',
        'effective_date',
      ];
      const [row] = await tryton.read('production', [['id', '=', id]], fields);
      return must(row, `Production ${id}`);
    };
    for (const { id, works } of orders) {
      const [turning, painting] = [placeOf(id, works[0]), placeOf(id, works[1])];
      expect(await orderOf(id)).toMatchObject({
        planned_start_date: localDateOf(zone, turning.start),
        planned_date: localDateOf(zone, painting.end),
      });
      for (const [work, { unit }] of [
        [works[0], turning],
        [works[1], painting],
      ] as const)
        expect(await workOf(work)).toMatchObject({ work_center: Number(unit.replace('tryton:WC', '')) });
    }

    // What it was told comes back as nothing new: neither a due date nor a place has changed.
    await feeds.reconcile('tryton');
    expect(await handlers['difference.list']({}, planner())).toEqual([]);
    const { entries } = await station.store.read.outbox('tryton', 100);
    expect(entries.filter(({ settlement }) => settlement?.kind !== 'kept')).toEqual([]);

    done(await handlers['queue.dispatch']({}, planner()));
    await worked(plant, isOurs);
    await sent(plant, 'tryton');
    const worksDone = [...station.workspace.progress.values()].filter(({ task }) => isOurs(task));
    expect(worksDone).toHaveLength(ours.length);
    for (const progress of worksDone) {
      const work = Number(/W(\d+)$/.exec(progress.task)?.[1]);
      expect(await workOf(work)).toMatchObject({
        state: 'done',
        work_center: Number(progress.unit.replace('tryton:WC', '')),
      });
      expect(
        await tryton.read('production.work.cycle', [['work', '=', work]], ['state', 'duration']),
      ).toMatchObject([{ state: 'done', duration: progress.worked }]);
    }
    for (const [index, { id, works }] of orders.entries()) {
      const [turned, painted] = works.map((work) =>
        must(
          worksDone.find(({ task }) => task.endsWith(`/W${work}`)),
          `Work ${work}`,
        ),
      );
      expect(await orderOf(id)).toMatchObject({
        state: 'done',
        quantity: sizes[index],
        effective_start_date: localDateOf(zone, must(turned?.actualStart, 'The start')),
        effective_date: localDateOf(zone, must(painted?.actualEnd, 'The end')),
      });
      expect(
        await tryton.read('stock.move', [['production_output', '=', id]], ['quantity', 'state']),
      ).toMatchObject([{ quantity: painted?.good, state: 'done' }]);
      expect(
        await tryton.read('stock.move', [['production_input', '=', id]], ['quantity', 'state']),
      ).toMatchObject([{ quantity: (sizes[index] ?? 0) * WOOD_PER_STOOL, state: 'done' }]);
    }
    expect(await station.store.read.outbox('tryton', 0)).toMatchObject({
      waiting: 0,
      notKept: 0,
      refused: 0,
    });

    await feeds.reconcile('tryton');
    const states = station.workspace.plant.orders
      .filter(({ id }) => orders.some((own) => id === `tryton:P${own.id}`))
      .map(({ state }) => state);
    expect(states).toEqual(orders.map(() => 'Completed'));
    expect(await handlers['difference.list']({}, planner())).toEqual([]);
    expect(await handlers['ledger.verify']({}, planner())).toMatchObject({ ok: true });
  }, 300_000);
});
