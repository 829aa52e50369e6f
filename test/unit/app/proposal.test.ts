import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR } from '#shared/time/instant.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, instant, ordersCsv, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  const ended = shop.next('solve.ended');
  done(await shop.handlers['solve.start']({ seconds: 0.5, seed: 1 }, planner()));
  await ended;
});
afterEach(() => shop.remove());

const accept = (...tasks: string[]) =>
  shop.handlers['proposal.accept'](
    {
      expected: revisionOf(shop),
      ...(tasks.length > 0 && { tasks: tasks.map((task) => TaskId.parse(task)) }),
    },
    planner(),
  );
const placed = () => [...shop.station.workspace.assignments.keys()].sort();

test('a part that works alone is accepted, one that does not is refused with what belongs together', async () => {
  expect(await accept('A/pack')).toMatchObject({
    ok: false,
    refusal: { text: expect.stringContaining('Accept the tasks that belong together') },
  });
  expect(placed()).toEqual([]);
  expect(shop.station.proposal).not.toBeNull();
  expect(done(await accept('A/mix', 'A/pack')).changed).toBe(2);
  expect(placed()).toEqual(['A/mix', 'A/pack']);
});

test('a choice of nothing that differs changes nothing', async () => {
  expect(await accept('Z/mix')).toMatchObject({ ok: false, refusal: { code: 'NOTHING_CHANGED' } });
});

test('what the ERP took away meanwhile gets no place; the rest is judged against the plan as it is now', async () => {
  done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B', 'C') }));
  done(await accept());
  expect(placed()).toEqual(['B/mix', 'B/pack']);
  expect([...shop.station.workspace.draft.keys()].every((task) => !task.startsWith('A'))).toBe(true);
});

test('what no longer fits is refused: solve again', async () => {
  const unit = shop.station.proposal?.schedule.assignments.find(({ task }) => task === 'A/mix')?.unit ?? '';
  done(
    await shop.take({
      'downtimes.csv': `equipment,start,end,reason\n${unit},2026-11-23T06:00:00Z,2026-11-23T20:00:00Z,Overhaul\n`,
    }),
  );
  expect(await accept()).toMatchObject({
    ok: false,
    refusal: { text: expect.stringMatching(/A\/mix.*Solve again/) },
  });
  expect(placed()).toEqual([]);
});

test('a proposal that was left lying until its tasks should have begun is refused', async () => {
  shop.setClock((instant('06:00') + 2 * HOUR) * 1000);
  expect(await accept()).toMatchObject({
    ok: false,
    refusal: { text: expect.stringContaining('Solve again') },
  });
});

test('undo takes an accepted proposal back as one step', async () => {
  done(await accept());
  expect(placed()).toHaveLength(4);
  const undone = await shop.handlers['draft.undo']({ expected: revisionOf(shop) }, planner());
  expect(done(undone).label).toBe('Accept the proposal');
  expect(placed()).toEqual([]);
});

test('a solver that fails is told in words, leaves the last proposal and can be started again', async () => {
  const before = shop.station.proposal;
  const { workspace } = shop.station;
  const [task] = workspace.plan.tasks;
  // What no worker can be sent: a plan that cannot be cloned.
  Object.assign(workspace.plan, { weights: { ...workspace.plan.weights, broken: () => task } });
  const ended = shop.next('solve.ended');
  done(await shop.handlers['solve.start']({ seconds: 0.5, seed: 1 }, planner()));
  expect(await ended).toMatchObject({
    outcome: 'failed',
    text: expect.stringMatching(/No schedule: the solver could not start: .+/),
  });
  expect(shop.station).toMatchObject({ proposal: before, solving: null });
});
