import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { recordedIn, workspaceFrom } from '#electron/app/workspace.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';
import { type SmallShop, instant, ordersCsv, smallShop, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
});
afterEach(() => shop.remove());

const entries = async () => (await shop.station.store.read.ledger({ limit: 500 })).entries;
const clock = (time: string) => shop.setClock(instant(time) * 1000);

describe('a refused report', () => {
  test('[AT-12] leaves nothing but its entry in the ledger: who, what, where and why', async () => {
    const nobody = await shop.report('started', 'M1', 'A/mix', { person: undefined });
    expect(nobody).toMatchObject({ ok: false, refusal: { code: 'PERSON_MISSING' } });
    const refused = await shop.report('started', 'M1', 'A/mix', { person: 'ben' });
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'QUAL_MISSING' } });
    expect(shop.station.workspace.events).toEqual([]);
    expect((await entries())[0]).toMatchObject({
      action: 'execution.started',
      entityId: 'A/mix',
      new: { refused: 'started', unit: 'M1', person: 'ben', code: 'QUAL_MISSING' },
      reason: expect.stringContaining('Ben'),
    });
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });

  test('sent again it has the same answer, also after a restart, and is logged once', async () => {
    const report = ExecutionReport.parse({
      id: 'report-1',
      kind: 'started',
      unit: 'P1',
      task: 'A/pack',
    });
    const caller = { user: 'P1', origin: 'line', key: report.id } as const;
    const first = await recordExecution(shop.station, report, caller);
    expect(first).toMatchObject({ ok: false, refusal: { code: 'PREDECESSOR_NOT_FINISHED' } });
    done(await shop.report('started', 'M1', 'A/mix', { person: 'anna' }));
    done(await shop.report('completed', 'M1', 'A/mix'));
    shop = withVerbs(await shop.reopened());
    expect(await recordExecution(shop.station, report, caller)).toEqual(first);
    const logged = (await entries()).filter((entry) => entry.correlation === report.id);
    expect(logged).toHaveLength(1);
    done(await shop.report('started', 'P1', 'A/pack'));
  });
});

describe('when it happened', () => {
  test('a report that is sent again by its id is recorded once', async () => {
    const report = ExecutionReport.parse({
      id: 'report-2',
      kind: 'started',
      unit: 'M1',
      task: 'A/mix',
      person: 'anna',
    });
    const caller = { user: 'M1', origin: 'line', key: report.id } as const;
    const [first, again] = await Promise.all([
      recordExecution(shop.station, report, caller),
      recordExecution(shop.station, report, caller),
    ]);
    expect(again).toEqual(first);
    expect(shop.station.workspace.events).toHaveLength(1);
  });

  test('[TS-04] a late entry keeps both stamps', async () => {
    clock('07:30');
    done(await shop.report('started', 'M1', 'A/mix', { at: instant('07:05') }));
    expect(shop.station.workspace.events[0]).toMatchObject({
      at: instant('07:05'),
      recorded: instant('07:30'),
    });
    expect(shop.station.workspace.progress.get(TaskId.parse('A/mix'))?.actualStart).toBe(instant('07:05'));
  });

  test('more than a minute ahead is refused, less is now', async () => {
    const ahead = await shop.report('started', 'M1', 'A/mix', { at: instant('07:02') });
    expect(ahead).toMatchObject({ ok: false, refusal: { code: 'TIME_AHEAD' } });
    done(await shop.report('started', 'M1', 'A/mix', { at: instant('07:01') }));
    expect(shop.station.workspace.events[0]?.at).toBe(instant('07:00'));
  });

  test('reports of a unit come in order: one from before the last is refused', async () => {
    done(await shop.report('started', 'M1', 'A/mix'));
    clock('07:40');
    const before = await shop.report('completed', 'M1', 'A/mix', { at: instant('06:30') });
    expect(before).toMatchObject({ ok: false, refusal: { code: 'TIME_OUT_OF_ORDER' } });
    done(await shop.report('completed', 'M1', 'A/mix', { at: instant('07:35') }));
  });

  test('[R10] a clock that was set back puts nothing before what was reported', async () => {
    done(await shop.report('started', 'M1', 'A/mix'));
    clock('06:00');
    done(await shop.report('completed', 'M1', 'A/mix'));
    const { events, progress } = shop.station.workspace;
    expect(events.map((event) => event.at)).toEqual([instant('07:00'), instant('07:00')]);
    expect(progress.get(TaskId.parse('A/mix'))?.state.kind).toBe('completed');
  });
});

describe('what the ERP takes away while it runs', () => {
  beforeEach(async () => {
    done(await shop.report('started', 'M1', 'A/mix', { person: 'anna' }));
    done(await shop.take({ 'orders.csv': ordersCsv('A Cancelled', 'B') }));
  });

  test('is still completed by its line, which is then free', async () => {
    expect(shop.station.workspace.tasks.has(TaskId.parse('A/mix'))).toBe(false);
    expect(lineView(shop.station, 'M1', null)?.items.map((item) => item.task)).toEqual(['A/mix']);
    done(await shop.report('completed', 'M1', 'A/mix'));
    expect(shop.station.workspace.units.get(lineUnit('M1'))?.task).toBeNull();
  });

  test('what has not begun is shown as gone and cannot be started', async () => {
    const view = lineView(shop.station, 'P1', null);
    expect(view?.items[0]?.gates.map((gate) => gate.code)).toEqual(['NOT_SCHEDULED']);
    expect(await shop.report('started', 'P1', 'A/pack')).toMatchObject({
      ok: false,
      refusal: { code: 'NOT_SCHEDULED', text: expect.stringContaining('cancelled') },
    });
  });

  test('the next revision drops what has not begun and keeps what is in hand', async () => {
    await shop.put('B/mix', 'M1', '09:00');
    await shop.publish();
    await shop.dispatch();
    expect(shop.told()).toEqual(['M1 r2 A/mix B/mix', 'P1 r2']);
  });

  const lineUnit = (unit: string) => ExecutionReport.shape.unit.parse(unit);
});

test('an open downtime holds the board until it is closed, then its hours are known', async () => {
  done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
  expect(await shop.report('downtimeStarted', 'M1')).toMatchObject({ ok: false });
  expect(await shop.report('started', 'M1', 'A/mix')).toMatchObject({
    ok: false,
    refusal: { code: 'MAINT_BLOCKED' },
  });
  const line = lineView(shop.station, 'M1', null);
  expect(line?.items[0]?.gates.map(({ code }) => code)).toEqual(['MAINT_BLOCKED']);
  const downtimes = async () =>
    (await shop.handlers['board.read']({}, planner())).rows.find((row) => row.name === 'Mixer 1')?.downtimes;
  expect(await downtimes()).toMatchObject([{ start: instant('07:00'), end: null }]);
  clock('07:20');
  done(await shop.report('downtimeEnded', 'M1'));
  expect(await downtimes()).toMatchObject([{ start: instant('07:00'), end: instant('07:20') }]);
  done(await shop.report('started', 'M1', 'A/mix'));
});

test('a plant says what its lines may say when a unit goes down, and the line is shown just that', async () => {
  const { policy } = shop.station.workspace;
  const downtime = [{ kind: 'Press', reasons: ['Punch', 'Feeder'] }];
  expect(lineView(shop.station, 'M1', null)?.downtime).toEqual(policy.downtime);
  done(await shop.handlers['policy.save']({ ...policy, downtime }, planner()));
  expect(lineView(shop.station, 'M1', null)?.downtime).toEqual(downtime);
});

test('what is told report by report is what the whole record tells, late entries and downtimes among them', async () => {
  await shop.put('B/mix', 'M2', '07:00');
  await shop.publish();
  await shop.dispatch();
  const steps: [string, string, string, (string | undefined)?, object?][] = [
    ['07:00', 'started', 'M1', 'A/mix'],
    ['07:10', 'quantityReported', 'M1', 'A/mix', { good: 3 }],
    ['07:20', 'downtimeStarted', 'M1', undefined, { reason: 'Jam' }],
    ['07:21', 'started', 'M2', 'B/mix', { at: instant('07:05') }],
    ['07:30', 'downtimeEnded', 'M1'],
    ['07:40', 'paused', 'M2', 'B/mix', { reason: 'Break', at: instant('07:35') }],
    ['07:50', 'completed', 'M1', 'A/mix', { good: 7, scrap: 1 }],
  ];
  for (const [time, kind, unit, task, more] of steps) {
    clock(time);
    done(await shop.report(kind, unit, task, more));
    const { plan, progress, units, schedule } = shop.station.workspace;
    const anew = workspaceFrom(await recordedIn(shop.station.store), shop.station.now);
    expect(progress).toEqual(anew.progress);
    expect(units).toEqual(anew.units);
    expect(schedule).toEqual(anew.schedule);
    expect(plan.plant.downtimes).toEqual(anew.plan.plant.downtimes);
  }
});
