import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { openSender } from '#electron/app/send-outbox.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { connectorOf } from '#electron/erp/connectors.ts';
import { MessageFeed } from '#shared/domain/feed.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { LineReport } from '#shared/domain/execution.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

/** Ten pieces take an hour, so that what is left follows from what was counted. */
const SIX_MINUTES_EACH =
  'routing,step,position,equipment,run,perUnit,qualification\nR,mix,10,M1,0,6,mixing\nR,pack,20,P1,30,,\n';

let shop: SmallShop;
let folder: string;
beforeEach(async () => {
  shop = await smallShop('A');
  done(await shop.take({ 'steps.csv': SIX_MINUTES_EACH }));
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await shop.dispatch();
  shop.clock('07:00');
  folder = mkdtempSync(join(tmpdir(), 'shiftwright-'));
  const feed = MessageFeed.parse({ name: 'erp', kind: 'messages', address: folder });
  done(await shop.handlers['feed.save']({ feed }, planner()));
});
afterEach(async () => {
  await shop.remove();
  rmSync(folder, { recursive: true });
});

const TASK = TaskId.parse('A/mix');
const count = () => {
  const { good, scrap, rework } = shop.station.workspace.progress.get(TASK) ?? {};
  return { good, scrap, rework };
};
const correct = (correction: object, more: object = {}) =>
  shop.report('quantityCorrected', 'M1', 'A/mix', {
    correction: { good: 0, scrap: 0, rework: 0, ...correction },
    reason: 'Typed wrongly',
    person: 'anna',
    ...more,
  });
const no = async (outcome: ReturnType<typeof correct>): Promise<string> => {
  const answer = await outcome;
  return answer.ok ? 'taken' : answer.refusal.code;
};
/** What the ERP was told last of what. */
const told = async (): Promise<Outbound[]> =>
  (await shop.station.store.read.outbox('erp', 100)).entries.map(({ message }) => message).toReversed();

test('a wrong count is put right by its difference: what is left, its expected end and what the ERP is told follow', async () => {
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.clock('07:30');
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 10, scrap: 1 }));
  const early = shop.station.workspace.assignments.get(TASK)?.end;
  shop.clock('07:40');
  // Somebody counts on before the correction arrives: nothing of it is lost.
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 1 }));
  done(await correct({ good: -9, scrap: -1, rework: 0.5 }));
  expect(count()).toEqual({ good: 2, scrap: 0, rework: 0.5 });
  // Two of ten by 07:40, when it was counted last: eight tenths of an hour are left.
  expect(early).toBe(instant('07:30'));
  expect(shop.station.workspace.assignments.get(TASK)?.end).toBe(instant('08:28'));
  expect((await told()).at(-1)).toMatchObject({ kind: 'progress', good: 2, scrap: 0, rework: 0.5 });
  const { entries } = await shop.station.store.read.ledger({
    limit: 1,
    action: 'execution.quantityCorrected',
    seals: false,
  });
  expect(entries).toMatchObject([
    { reason: 'Typed wrongly', new: { correction: { good: -9, scrap: -1, rework: 0.5 } } },
  ]);
});

test('a count that was another task’s leaves this one as never counted', async () => {
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.clock('07:30');
  const planned = shop.station.workspace.assignments.get(TASK)?.end;
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 4 }));
  done(await correct({ good: -4 }));
  expect(shop.station.workspace.progress.get(TASK)?.counted).toBeUndefined();
  expect(shop.station.workspace.assignments.get(TASK)?.end).toBe(planned);
});

test('what was completed in this shift may be put right and stays completed; the unit is not busy with it again', async () => {
  done(await shop.report('started', 'M1', 'A/mix'));
  shop.clock('07:50');
  done(await shop.report('completed', 'M1', 'A/mix', { good: 10 }));
  expect(lineView(shop.station, 'M1', null)?.counted).toMatchObject([
    { task: 'A/mix', order: 'A', progress: { good: 10, scrap: 0, rework: 0 } },
  ]);
  shop.clock('09:00');
  done(await correct({ good: -3, scrap: 3 }));
  expect(count()).toEqual({ good: 7, scrap: 3, rework: 0 });
  expect(shop.station.workspace.progress.get(TASK)?.state).toEqual({
    kind: 'completed',
    at: instant('07:50'),
  });
  const unit = shop.station.workspace.units.get(EquipmentId.parse('M1'));
  expect(unit).toMatchObject({ state: 'NO_ORDER', task: null });
  expect((await told()).at(-1)).toMatchObject({ state: 'completed', good: 7, scrap: 3 });
  shop.clock('15:51');
  expect(lineView(shop.station, 'M1', null)?.counted).toEqual([]);
  expect(await no(correct({ good: 1 }))).toBe('TASK_DONE');
});

test('a correction says who, why and by how much, of what runs at that unit, and leaves no count below nothing', async () => {
  expect(await no(correct({ good: 1 }))).toBe('NOT_SCHEDULED');
  done(await shop.report('started', 'M1', 'A/mix'));
  done(await shop.report('quantityReported', 'M1', 'A/mix', { good: 4 }));
  expect(await no(correct({ good: -5 }))).toBe('BAD_QUANTITY');
  expect(await no(correct({}))).toBe('BAD_QUANTITY');
  expect(await no(correct({ good: -1 }, { correction: undefined }))).toBe('BAD_QUANTITY');
  expect(await no(correct({ good: -1 }, { reason: ' ' }))).toBe('REASON_MISSING');
  expect(await no(correct({ good: -1 }, { person: undefined }))).toBe('PERSON_MISSING');
  expect(await no(correct({ good: -1 }, { unit: 'M2' }))).toBe('WRONG_UNIT');
  expect(count()).toEqual({ good: 4, scrap: 0, rework: 0 });
});

const say = async (kind: string, more: object = {}): Promise<LineReport> => {
  const report = LineReport.parse({ id: `${kind} ${JSON.stringify(more)}`, kind, unit: 'M1', ...more });
  done(await takeReport(shop.station, report, { user: 'M1', origin: 'line', key: report.id }));
  return report;
};
const undo = ({ id }: LineReport) => say('withdrawn', { withdraws: id });

test('what the ERP has been told is told anew when it is taken back: it never differs in silence', async () => {
  const started = await say('started', { task: 'A/mix', person: undefined }).catch(() => null);
  expect(started).toBeNull(); // mixing wants somebody qualified, so the line says who
  const begun = LineReport.parse({
    id: 'started by anna',
    kind: 'started',
    unit: 'M1',
    task: 'A/mix',
    person: 'anna',
  });
  const anna = { user: 'anna', origin: 'line' } as const;
  done(await takeReport(shop.station, begun, { ...anna, key: begun.id }));
  const taken = LineReport.parse({
    id: 'undo of anna',
    kind: 'withdrawn',
    unit: 'M1',
    withdraws: begun.id,
    person: 'anna',
  });
  done(await takeReport(shop.station, taken, { ...anna, key: taken.id }));
  const down = await say('downtimeStarted', { reason: 'Jam' });
  await undo(down);
  expect(await told()).toMatchObject([
    { kind: 'planned', order: 'A', step: 'mix' },
    { kind: 'progress', state: 'running', stretches: [{ start: instant('07:00') }] },
    { kind: 'progress', state: 'waiting', stretches: [], good: 0 },
    { kind: 'planned', order: 'A', step: 'mix', start: instant('07:00') },
    { kind: 'downtime', reason: 'Jam' },
    { kind: 'downtime', start: instant('07:00'), end: instant('07:00'), reason: 'Withdrawn' },
  ]);
  const feed = MessageFeed.parse({ name: 'erp', kind: 'messages', address: folder });
  const sender = openSender(shop.station, 'erp', connectorOf(feed, '', shop.station.clock));
  for (let tries = 0; tries < 20 && (await sender.step()) === 0; tries += 1);
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(texts.filter((text) => text.includes('<SegmentState>Waiting</SegmentState>'))).toHaveLength(1);
});
