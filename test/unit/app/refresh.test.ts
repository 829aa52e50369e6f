import { afterEach, beforeEach, expect, test } from 'vitest';
import { DAY } from '#shared/time/instant.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
  done(await shop.report('started', 'M1', 'A/mix'));
});
afterEach(() => shop.remove());

const toldBy = async (work: () => Promise<void>) => {
  shop.station.tellReports();
  const before = shop.facts.length;
  await work();
  return shop.facts.slice(before);
};

test('while nothing visible changes with the time, nothing is told, but the plan knows what time it is', async () => {
  shop.setClock(instant('07:30') * 1000);
  expect(await toldBy(() => shop.station.refresh())).toEqual([]);
  expect(shop.station.workspace.plan.now).toBe(instant('07:30'));
  expect(shop.station.timetable.tryMove(...dropAt('07:20'))).toMatchObject({
    ok: false,
    refusal: { code: 'OUTSIDE_HORIZON' },
  });
});

test('a task that runs over time moves its expected end on every board', async () => {
  shop.setClock(instant('08:20') * 1000);
  expect(await toldBy(() => shop.station.refresh())).toMatchObject([
    { kind: 'board.changed', bars: [{ task: 'A/mix', actualEnd: instant('08:20') }], removed: [] },
  ]);
});

test('a new day is a new horizon: the board is read again', async () => {
  done(await shop.report('completed', 'M1', 'A/mix'));
  shop.setClock((instant('07:00') + 9 * DAY) * 1000);
  expect(await toldBy(() => shop.station.refresh())).toMatchObject([{ kind: 'board.replaced' }]);
});

const dropAt = (time: string): Parameters<typeof shop.station.timetable.tryMove> => {
  const { modes, id } = shop.station.workspace.plan.tasks.find((task) => task.order === 'B') ?? {};
  if (!id || !modes?.[1]) throw new Error('Order B has no task with two units.');
  return [id, modes[1].unit, instant(time)];
};
