import { afterEach, beforeEach, expect, test } from 'vitest';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A');
});
afterEach(() => shop.remove());

const predecessor = async () => {
  const inspection = await shop.handlers['task.inspect']({ task: TaskId.parse('A/pack') }, planner());
  return inspection?.needs.find(({ kind }) => kind === 'predecessor');
};

test('what comes first is in time only as long as it ends before', async () => {
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:30');
  expect(await predecessor()).toMatchObject({ ok: true, links: [{ to: 'task', id: 'A/mix' }] });
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('08:20') * 1000);
  done(await shop.report('started', 'M1', 'A/mix'));
  expect(await predecessor()).toMatchObject({ ok: false, text: expect.stringContaining('ends') });
});
