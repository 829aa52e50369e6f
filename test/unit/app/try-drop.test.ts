import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardState } from '#electron/app/board-view.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { must } from '#shared/base/must.ts';
import { type SmallShop, instant, ordersCsv, revisionOf, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  shop.setClock(Date.parse('2026-11-23T05:30:00Z'));
  done(
    await shop.take({ 'orders.csv': ordersCsv('A', 'B').replaceAll('2026-11-24T06:00', '2026-11-23T09:00') }),
  );
  await shop.put('A/mix', 'M1', '06:00');
  await shop.put('B/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:00');
  const tasks = ['A/mix', 'B/mix', 'A/pack'].map((task) => TaskId.parse(task));
  done(await shop.handlers['draft.pin']({ tasks, pinned: false, expected: revisionOf(shop) }, planner()));
  await shop.publish();
});
afterEach(() => shop.remove());

const figuresNow = () => {
  const { figures, movedSincePublished } = boardState(shop.station.workspace);
  const { lateOrders, tardiness, weightedTardiness, setup, load } = figures;
  return { lateOrders, tardiness, weightedTardiness, setup, load, movedSincePublished };
};

test.each([
  ['A/pack', 'P1', '10:00'],
  ['B/mix', 'M2', '06:00'],
  ['A/mix', 'M1', '07:00'],
  ['A/pack', 'P1', '07:00'],
])('what a drop of %s on %s at %s promises is what the figures are after it', async (task, unit, time) => {
  const drop = { task: TaskId.parse(task), unit: EquipmentId.parse(unit), start: instant(time) };
  const before = figuresNow();
  const verdict = await shop.handlers['draft.try'](drop, planner());
  const change = must(verdict.ok ? verdict.figures : null, 'the change of figures');
  done(await shop.handlers['draft.move']({ ...drop, expected: revisionOf(shop) }, planner()));
  const after = figuresNow();
  for (const name of Object.keys(before) as (keyof typeof before)[])
    expect([name, before[name] + change[name]]).toEqual([name, expect.closeTo(after[name], 9)]);
});

test('putting a task back where it is published promises one moved task less', async () => {
  await shop.put('A/pack', 'P1', '10:00');
  const drop = { task: TaskId.parse('A/pack'), unit: EquipmentId.parse('P1'), start: instant('08:00') };
  const verdict = await shop.handlers['draft.try'](drop, planner());
  expect(verdict.ok && verdict.figures).toMatchObject({ movedSincePublished: -1, lateOrders: -1 });
});

test('a drop says what binds the task to where it stands: its line was told of it, then has seen it', async () => {
  const drop = { task: TaskId.parse('B/mix'), unit: EquipmentId.parse('M2'), start: instant('12:00') };
  const boundBy = async () => {
    const verdict = await shop.handlers['draft.try'](drop, planner());
    return verdict.ok && verdict.commitment;
  };
  expect(await boundBy()).toBe(undefined);
  await shop.dispatch();
  expect(await boundBy()).toBe('told');
  done(await shop.see('M1', 1));
  expect(await boundBy()).toBe('acknowledged');
  done(await shop.recall('M1', 'No sugar', 'B/mix'));
  expect(await boundBy()).toBe(undefined);
});
