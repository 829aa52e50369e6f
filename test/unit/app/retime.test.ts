import { afterEach, beforeEach, expect, test } from 'vitest';
import { retimeDraft } from '#electron/app/retime-draft.ts';
import { must } from '#shared/base/must.ts';
import { TaskId } from '#shared/domain/task.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { type SmallShop, hourOf, instant, revisionOf, toldShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await toldShop();
});
afterEach(() => shop.remove());

const startOf = (task: string): string =>
  hourOf(must(shop.station.workspace.assignments.get(TaskId.parse(task)), task).start);
const starts = () => ['A/mix', 'A/pack', 'B/mix', 'B/pack'].map((task) => `${task} ${startOf(task)}`);
const retime = async () => {
  await shop.station.refresh();
  await retimeDraft(shop.station);
};

test('a task that began late moves what follows, in the same sequence on the same units, and nobody is told', async () => {
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  const told = shop.told();
  await retime();
  expect(starts()).toEqual(['A/mix 07:30', 'A/pack 08:30', 'B/mix 08:30', 'B/pack 09:30']);
  const { plan, schedule, version } = shop.station.workspace;
  expect(checkSchedule({ ...plan, now: instant('07:00') }, schedule)).toEqual([]);
  expect(shop.told()).toEqual(told);
  expect(version?.number).toBe(1);
  const { entries } = await shop.station.store.read.ledger({ limit: 10 });
  expect(entries.filter(({ action }) => action === 'draft.retime').map(({ entityId }) => entityId)).toEqual(
    expect.arrayContaining(['A/pack', 'B/mix', 'B/pack']),
  );
});

test('what is off by less than anybody would act on is left alone', async () => {
  shop.clock('07:04');
  done(await shop.report('started', 'M1', 'A/mix'));
  const revision = revisionOf(shop);
  await retime();
  expect(revisionOf(shop)).toBe(revision);
});

test('where a promise would be broken by it, nothing moves by itself: somebody has to decide', async () => {
  done(
    await shop.take({
      'orders.csv': [
        'id,quantity,routing,due,state',
        'A,10,R,2026-11-24T06:00:00Z,Released',
        'B,10,R,2026-11-23T09:30:00Z,Released', // ends at 09:30 as planned
      ].join('\n'),
    }),
  );
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  const before = starts().slice(1);
  await retime();
  expect(starts().slice(1)).toEqual(before);
});

test('while a proposal waits for the planner nothing moves under it', async () => {
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  const { plan, schedule } = shop.station.workspace;
  shop.station.proposal = { id: 'one', plan, schedule, rule: 'test' };
  const revision = revisionOf(shop);
  await retime();
  expect(revisionOf(shop)).toBe(revision);
});

test('[R5] whoever edits while it is being worked out goes first, and what is still off follows a minute later', async () => {
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  await shop.station.refresh();
  const retiming = retimeDraft(shop.station);
  await shop.put('B/pack', 'P1', '12:00');
  await retiming;
  expect(starts()).toEqual(['A/mix 07:30', 'A/pack 08:00', 'B/mix 08:00', 'B/pack 12:00']);
  await retime();
  expect(starts()).toEqual(['A/mix 07:30', 'A/pack 08:30', 'B/mix 08:30', 'B/pack 12:00']);
});

test('what a line reports while it is being worked out is not planned over', async () => {
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  await shop.station.refresh();
  const retiming = retimeDraft(shop.station);
  done(await shop.report('downtimeStarted', 'P1', undefined, { reason: 'Mechanical' }));
  const revision = revisionOf(shop);
  await retiming;
  expect(revisionOf(shop)).toBe(revision);
  expect(startOf('A/pack')).toBe('08:00');
});

test('a proposal that is made meanwhile is not moved under', async () => {
  shop.clock('07:30');
  done(await shop.report('started', 'M1', 'A/mix'));
  await shop.station.refresh();
  const retiming = retimeDraft(shop.station);
  const { plan, schedule } = shop.station.workspace;
  shop.station.proposal = { id: 'one', plan, schedule, rule: 'test' };
  const revision = revisionOf(shop);
  await retiming;
  expect(revisionOf(shop)).toBe(revision);
});

/** The small plant's routing, an hour of mixing for ten pieces again, but piece by piece. */
const PER_PIECE =
  'routing,step,position,equipment,perUnit,qualification\nR,mix,10,M1,6,mixing\nR,mix,10,M2,6,\nR,pack,20,P1,3,';

test('a count behind the pace moves what follows: the rest of the quantity is run at the planned rate', async () => {
  done(await shop.take({ 'steps.csv': PER_PIECE }));
  shop.clock('07:00');
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.clock('07:30');
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 2 })); // of 10, in half of the hour
  await retime();
  expect(starts()).toEqual(['A/mix 07:00', 'A/pack 08:18', 'B/mix 08:18', 'B/pack 09:18']);
});
