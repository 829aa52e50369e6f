import { expect, test } from 'vitest';
import { TaskId } from '#shared/domain/task.ts';
import { planner, done } from '#test/support/temporary-station.ts';
import { instant, revisionOf, smallShop } from '#test/support/small-shop.ts';

/** A shop whose published version leaves one mixer idle: mixing B after A on M1 costs an hour. */
async function published() {
  const shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '06:00');
  await shop.put('A/pack', 'P1', '07:00');
  await shop.put('B/mix', 'M1', '08:00');
  await shop.put('B/pack', 'P1', '09:00');
  const tasks = ['A/mix', 'A/pack', 'B/mix', 'B/pack'].map((id) => TaskId.parse(id));
  done(await shop.handlers['draft.pin']({ tasks, pinned: false, expected: revisionOf(shop) }, planner()));
  await shop.publish();
  return shop;
}

type Shop = Awaited<ReturnType<typeof published>>;

async function startsAfter(shop: Shop, ask: object): Promise<Record<string, number> | string> {
  const ended = shop.next('solve.ended');
  done(await shop.handlers['solve.start']({ seconds: 0.3, seed: 1, ...ask }, planner()));
  const { outcome } = await ended;
  if (outcome !== 'proposal') return outcome;
  const places = shop.station.proposal?.schedule.assignments ?? [];
  return Object.fromEntries(places.map((place) => [place.task, place.start]));
}

test('what the planner weighs this time decides what is better', async () => {
  const shop = await published();
  // By their due dates nothing is better: both orders are early.
  expect(await startsAfter(shop, {})).toBe('nothingBetter');
  const sooner = await startsAfter(shop, { weights: { flow: 1 } });
  if (typeof sooner === 'string') throw new Error(sooner);
  expect(sooner['B/mix']).toBe(sooner['A/mix']);
  expect(sooner['B/mix']).toBeLessThan(instant('07:00'));
  await shop.remove();
});

test('a disruption budget holds against the published version', async () => {
  const shop = await published();
  expect(await startsAfter(shop, { weights: { flow: 1 }, mostMoved: 0 })).toBe('nothingBetter');
  await shop.remove();
});

test('without a published version there is nothing to stay near', async () => {
  const shop = await smallShop('A');
  const reply = await shop.handlers['solve.start']({ seconds: 0.3, seed: 1, mostMoved: 3 }, planner());
  expect(reply).toMatchObject({ ok: false });
  await shop.remove();
});
