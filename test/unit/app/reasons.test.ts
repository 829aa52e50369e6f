import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeReport } from '#electron/app/take-report.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { type SmallShop, instant, toldShop } from '#test/support/small-shop.ts';
import { openWindow } from '#test/support/people.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await toldShop();
});
afterEach(() => shop.remove());

const entriesOf = async (record: string, action: string) =>
  (await shop.station.store.read.ledger({ record, action, limit: 100 })).entries.toReversed();

test('[RC-01] what is on record is changed with a reason that says something: none, blanks and a short one are refused', async () => {
  shop.clock('07:00');
  const report = await shop.said('started', 'M1', 'A/mix', { person: 'anna' });
  const window = openWindow(shop);
  for (const reason of ['', '            ', 'Too short', ' Typing    '])
    expect(await window.raw('report.withdraw', { report, reason })).toMatchObject({
      error: expect.stringMatching(/^report\.withdraw: reason.*10 characters/),
    });
  const right = { report, good: 1, scrap: 0, rework: 0, lots: [] };
  expect(await window.raw('report.correct', { ...right, reason: 'Wrong' })).toMatchObject({
    error: expect.stringMatching(/10 characters/),
  });
  expect(shop.station.workspace.events).toHaveLength(1);
  done(await window.ask('report.withdraw', { report, reason: 'Wrong order' }));
});

test('[RC-02] what is said for the first time needs no reason', async () => {
  shop.clock('07:00');
  await shop.said('started', 'M1', 'A/mix', { person: 'anna' });
  await shop.said('quantityReported', 'M1', 'A/mix', { good: 1, person: 'anna' });
  const entries = await entriesOf('task A/mix', 'execution.quantityReported');
  expect(entries.map(({ reason }) => reason)).toEqual([null]);
});

test('[TS-01] nobody types a time stamp: a time to come is refused, and when a report was recorded is the station’s to say', async () => {
  shop.clock('07:00');
  const report = { id: 'from a fast clock', kind: 'started', unit: 'M1', task: 'A/mix', person: 'anna' };
  const caller = { user: 'anna', origin: 'line', key: report.id } as const;
  expect(
    await takeReport(shop.station, LineReport.parse({ ...report, at: instant('09:00') }), caller),
  ).toMatchObject({ ok: false, refusal: { code: 'TIME_AHEAD' } });
  await shop.said('started', 'M1', 'A/mix', { person: 'anna', recorded: instant('06:00') });
  expect(shop.station.workspace.events).toMatchObject([{ at: instant('07:00'), recorded: instant('07:00') }]);
});

test('[RC-03] a version that moves several tasks has an entry for each, with old and new place, one reason and one correlation', async () => {
  await shop.put('A/mix', 'M2', '07:30');
  await shop.put('B/mix', 'M1', '07:00');
  await shop.publish();
  const { entries } = await shop.station.store.read.ledger({ action: 'version.publish', limit: 100 });
  const [{ correlation } = { correlation: '' }] = entries;
  const moved = entries.filter((one) => one.field === 'published place' && one.correlation === correlation);
  expect(moved.map(({ entityId }) => entityId).sort()).toEqual(['A/mix', 'A/pack', 'B/mix']); // A's packing waits for its mixing
  expect(new Set(moved.map(({ reason }) => reason)).size).toBe(1);
  expect(moved.find(({ entityId }) => entityId === 'A/mix')).toMatchObject({
    old: { unit: 'M1', start: instant('07:00') },
    new: { unit: 'M2', start: instant('07:30') },
  });
});

test('[AT-03] a value that is changed three times shows all four in their order', async () => {
  const limits = (hours: number) => ({ imported: hours * 3600, reported: 3600 });
  const window = openWindow(shop);
  for (const hours of [20, 10, 30]) done(await window.ask('settings.freshness', limits(hours)));
  const entries = await entriesOf('settings freshness', 'settings.freshness');
  const imported = (value: unknown) => (value as { imported: number }).imported / 3600;
  expect([imported(entries[0]?.old), ...entries.map((one) => imported(one.new))]).toEqual([24, 20, 10, 30]);
});
