import { afterEach, beforeEach, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { statusView } from '#electron/app/list-views.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { freshnessOf, heardFrom } from '#shared/flow/freshness.ts';
import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';
import { OPENS, type SmallShop, ordersCsv, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '06:00');
  await shop.put('A/pack', 'P1', '07:00');
  await shop.publish();
});
afterEach(() => shop.remove());

const later = (seconds: number) => shop.setClock(Date.parse(OPENS) + seconds * 1000);
/** As every window works it out from what the station tells. */
function freshness(task: string) {
  const { now, ...sources } = statusView(shop.station);
  const { bars, rows } = boardView(shop.station.workspace);
  const bar = bars.find((one) => one.task === task) as BoardBar;
  const reported = rows.find((row) => row.unit === bar.unit)?.reported ?? null;
  const { heard, limit } = heardFrom(bar.order, sources);
  const limits = { imported: limit, reported: sources.limits.reported };
  return freshnessOf({ imported: heard, reported, work: bar.work }, now, limits);
}

test('[U13] a waiting task is as fresh as the last import; an import of the same again makes it fresh', async () => {
  later(23 * HOUR);
  expect(freshness('A/pack')).toEqual({ imported: 23 * HOUR, reported: null, stale: null });
  later(25 * HOUR);
  expect(freshness('A/pack')).toEqual({ imported: 25 * HOUR, reported: null, stale: 'imported' });
  await shop.take({ 'orders.csv': ordersCsv('A', 'B') });
  expect(freshness('A/pack').stale).toBeNull();
  later(51 * HOUR);
  await shop.take({ 'orders.csv': ordersCsv('A', 'B') });
  expect(freshness('A/pack').stale).toBeNull();
});

test('[U13] a task that a line is at work on is as fresh as its last report, and only then', async () => {
  await shop.dispatch();
  done(await shop.report('started', 'M1', 'A/mix'));
  later(3 * HOUR);
  expect(freshness('A/mix')).toMatchObject({ reported: 3 * HOUR, stale: null });
  later(5 * HOUR);
  expect(freshness('A/mix')).toMatchObject({ reported: 5 * HOUR, stale: 'reported' });
  expect(freshness('A/pack')).toMatchObject({ reported: null, stale: null });
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 1, scrap: 0 }));
  expect(freshness('A/mix')).toMatchObject({ reported: 0, stale: null });
});

test('[U13] nothing is dispatched on what the ERP said too long ago, until it is heard again', async () => {
  later(25 * HOUR);
  const dispatch = () => shop.handlers['queue.dispatch']({}, planner());
  expect(await dispatch()).toMatchObject({
    ok: false,
    refusal: { code: 'STATUS_STALE', object: 'ERP', text: expect.stringContaining('1 d 1 h ago') },
  });
  expect(shop.told()).toEqual([]);
  await shop.take({ 'orders.csv': ordersCsv('A', 'B') });
  done(await dispatch());
});

test('how old facts may be is set, stands in the ledger and survives a restart', async () => {
  const limits = { imported: 2 * DAY, reported: 30 * MINUTE };
  done(await shop.handlers['settings.freshness'](limits, planner()));
  later(25 * HOUR);
  expect(freshness('A/pack').stale).toBeNull();
  shop = withVerbs(await shop.reopened());
  expect(statusView(shop.station).limits).toEqual(limits);
  const { entries } = await shop.handlers['ledger.list']({ limit: 5 }, planner());
  expect(entries.some(({ action }) => action === 'settings.freshness')).toBe(true);
});
