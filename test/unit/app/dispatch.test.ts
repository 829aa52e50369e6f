import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { type SmallShop, instant, ordersCsv, revisionOf, shopOfTwoMixers } from '#test/support/small-shop.ts';
import { pagesOf } from '#test/support/pdf-words.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await shopOfTwoMixers();
});
afterEach(() => shop.remove());

const preview = async () => {
  const { lines, ...rest } = await shop.handlers['version.preview']({}, planner());
  return {
    ...rest,
    lines: lines.map(({ unit, added, moved, dropped }) => `${unit} +${added} ~${moved} -${dropped}`),
  };
};

test('a task that moves to another unit leaves the queue it was in', async () => {
  await shop.put('A/mix', 'M2', '09:00');
  await shop.publish();
  await shop.dispatch();
  expect(shop.told()).toEqual(['M1 r2', 'M2 r2 B/mix A/mix']);
});

test('who is told of a task alone takes it from whoever had it: no task is ever in two queues', async () => {
  await shop.put('A/mix', 'M2', '09:00');
  await shop.publish();
  await shop.dispatch('M2');
  expect(shop.told()).toEqual(['M1 r2', 'M2 r2 B/mix A/mix']);
});

test('what a line has begun since stays with it, whatever the version says', async () => {
  await shop.put('A/mix', 'M2', '09:00');
  await shop.publish();
  shop.setClock(instant('07:00') * 1000);
  done(await shop.report('started', 'M1', 'A/mix', { person: 'anna' }));
  expect(await shop.handlers['queue.dispatch']({}, planner())).toMatchObject({
    ok: false,
    refusal: { code: 'NOTHING_STALE' },
  });
  expect(shop.told()).toEqual(['M1 r1 A/mix', 'M2 r1 B/mix']);
  expect(lineView(shop.station, 'M1', null)?.items[0]).toMatchObject({
    task: 'A/mix',
    position: 1,
    progress: { state: { kind: 'running' } },
  });
  done(await shop.report('completed', 'M1', 'A/mix'));
});

test('a queue that has the version is not told again', async () => {
  const again = await shop.handlers['queue.dispatch']({}, planner());
  expect(again).toMatchObject({ ok: false, refusal: { code: 'NOTHING_STALE' } });
});

test('an order that the ERP takes back is a change to publish, so that its line can be told', async () => {
  done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B') }));
  expect((await preview()).lines).toEqual(['M1 +0 ~0 -1']);
  await shop.publish();
  await shop.dispatch();
  expect(shop.told()).toEqual(['M1 r2', 'M2 r1 B/mix']);
});

test('the preview counts for each line what is new, moved and dropped against what it was told', async () => {
  expect(await preview()).toMatchObject({ number: 2, lines: [], unplaced: 2, lateOrders: 0, blocked: 0 });
  await shop.put('A/mix', 'M2', '09:00');
  await shop.put('B/mix', 'M2', '07:30');
  await shop.put('A/pack', 'P1', '11:00');
  expect(await preview()).toMatchObject({
    lines: ['M2 +1 ~1 -0', 'M1 +0 ~0 -1', 'P1 +1 ~0 -0'],
    unplaced: 1,
  });
  await shop.publish();
  await shop.dispatch();
  expect((await preview()).lines).toEqual([]);
});

test('the preview leaves out what a line has in hand or has completed', async () => {
  shop.setClock(instant('07:10') * 1000);
  done(await shop.report('started', 'M1', 'A/mix'));
  expect((await preview()).lines).toEqual([]);
  done(await shop.report('completed', 'M1', 'A/mix'));
  expect((await preview()).lines).toEqual([]);
});

test('what should have begun within the last hour may still be published, not what is older', async () => {
  await shop.put('A/pack', 'P1', '08:10');
  const publish = () => shop.handlers['version.publish']({ note: '', expected: revisionOf(shop) }, planner());
  shop.setClock(instant('08:20') * 1000);
  expect(await publish()).toMatchObject({ ok: false, refusal: { text: expect.stringContaining('A/mix') } });
  shop.setClock(instant('07:50') * 1000);
  done(await publish());
});

test('[U16] a printed list says version, revision, print time and page, has each task, and is superseded when it is', async () => {
  const print = async (paper: 'a4' | 'letter') => {
    const lists = await shop.handlers['queue.print']({ paper }, planner());
    return pagesOf(Buffer.from(lists.ok ? lists.pdf : '', 'base64'));
  };
  const [first = [], second = []] = await print('a4');
  expect(first).toContain('Version 1, revision 1');
  expect(first).toContain('Page 1 of 1');
  expect(first).toContain('A/mix');
  expect(first.join(' ')).toContain('10 each · instructions R version 1');
  expect(first.join(' ')).toMatch(/printed \w{3} \d+ \w{3} \d\d:\d\d/);
  expect(second).toContain('B/mix');
  expect(first.join(' ')).not.toContain('SUPERSEDED');

  await shop.put('A/mix', 'M1', '09:00');
  await shop.publish();
  expect((await print('letter'))[0]?.join(' ')).toContain('SUPERSEDED');
});

test('[U16] a printed list says what it changes against the one before, and marks each task that stands otherwise', async () => {
  await shop.put('B/mix', 'M1', '09:00');
  await shop.publish();
  await shop.dispatch();
  await shop.put('A/mix', 'M1', '10:00');
  await shop.publish();
  await shop.dispatch();
  const lists = await shop.handlers['queue.print']({ paper: 'a4' }, planner());
  const [first = [], second = []] = await pagesOf(Buffer.from(lists.ok ? lists.pdf : '', 'base64'));
  expect(first).toContain('Version 3, revision 3');
  expect(first.join(' ')).toContain('Against revision 2: 1 moved, 1 changed · The plan changed');
  expect(first.join(' ')).toMatch(/moved from position 1 to 2|moved from position 2 to 1/);
  expect(first.join(' ')).toMatch(/start Mon 23 Nov 07:00/);
  expect(second.join(' ')).toContain('Taken off: B · mix');
});

test('lists of lines that have been told nothing are refused in words', async () => {
  const lists = await shop.handlers['queue.print']({ paper: 'a4', units: ['M9' as never] }, planner());
  expect(lists).toMatchObject({ ok: false, text: expect.stringContaining('No line has been told') });
});
