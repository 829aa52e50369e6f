import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CLOSED_SHOWN } from '#electron/app/workspace.ts';
import { lineView } from '#electron/app/line-view.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { must } from '#shared/base/must.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';
import { shiftRecordFrom } from '#shared/flow/handover-from-ledger.ts';
import { fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { employ, openWindow } from '#test/support/people.ts';
import { type SmallShop, instant, shopOfMixedA, withVerbs } from '#test/support/small-shop.ts';
import { answerOf, done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
afterEach(() => shop.remove());

const said = (...what: Parameters<SmallShop['said']>) => shop.said(...what);
const takeBack = (report: string, reason = 'Reported of the wrong order') =>
  shop.handlers['report.withdraw']({ report, reason }, planner());
const progress = (task: string) => shop.station.workspace.progress.get(TaskId.parse(task));
const reports = async (task: string) =>
  (await shop.handlers['report.list']({ task: TaskId.parse(task) }, planner())).reports;
const kinds = () => shop.station.workspace.events.map(({ kind }) => kind);

describe('at the desk, hours later', () => {
  let started: string;
  let counted: string;
  let completed: string;
  beforeEach(async () => {
    ({ shop, started, counted, completed } = await shopOfMixedA());
  });

  test('what a line reported of a task is seen with when, by whom and from where', async () => {
    expect(await reports('A/mix')).toMatchObject([
      { id: started, kind: 'started', at: instant('07:00'), by: 'Anna', unit: 'Mixer 1', takenBack: null },
      { kind: 'quantityReported', said: { good: 4 }, right: { good: 4 }, corrected: null, whyNot: null },
      { kind: 'completed', said: { good: 6 } },
    ]);
    expect(await reports('B/mix')).toEqual([]);
    const ask = { id: 'tool is missing', kind: 'cannotRun', unit: 'M1', task: 'B/mix', person: 'carl' };
    const report = LineReport.parse({ ...ask, reason: 'Tool or format part missing' });
    done(await takeReport(shop.station, report, { user: 'carl', origin: 'line', key: report.id }));
    const asked = { kind: 'cannotRun', by: 'Carl', unit: 'Mixer 1', reason: 'Tool or format part missing' };
    expect(await reports('B/mix')).toMatchObject([asked]);
    // Also when so much has been decided since that its case is at hand no more.
    shop.clock('10:01');
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    await must(shop.cases, 'The watch over the cases').settled();
    for (let round = 0; round < CLOSED_SHOWN; round += 1) {
      const again = LineReport.parse({
        ...ask,
        id: `packer again ${round}`,
        unit: 'P1',
        task: 'A/pack',
        reason: 'Jam',
      });
      done(await takeReport(shop.station, again, { user: 'carl', origin: 'line', key: again.id }));
      const { id } = must(shop.station.workspace.cases.at(-1), 'The case');
      const wait = { case: id, reason: 'Soon', until: instant('11:00') };
      done(await shop.handlers['case.wait'](wait, planner()));
    }
    const last = LineReport.parse({
      ...ask,
      id: 'packer at last',
      unit: 'P1',
      task: 'A/pack',
      reason: 'Jam',
    });
    done(await takeReport(shop.station, last, { user: 'carl', origin: 'line', key: last.id }));
    expect(shop.station.workspace.cases.some((one) => one.asked?.task === 'B/mix')).toBe(false);
    expect(await reports('B/mix')).toMatchObject([asked, { kind: 'started' }]);
  });

  test('[U14] a completion of the wrong order is taken back with a reason: the task runs on, and the record keeps both', async () => {
    done(await takeBack(completed));
    expect(progress('A/mix')).toMatchObject({ state: { kind: 'running', since: instant('07:00') }, good: 4 });
    expect(shop.station.workspace.assignments.get(TaskId.parse('A/mix'))?.end).toBeGreaterThanOrEqual(
      instant('10:00'),
    );
    expect(await reports('A/mix')).toMatchObject([
      { takenBack: null },
      { takenBack: null },
      {
        takenBack: {
          by: 'planner',
          at: instant('10:00'),
          reason: 'Reported of the wrong order',
          isDesk: true,
        },
      },
    ]);
    const { entries } = await shop.station.store.read.ledger({
      limit: 1,
      action: 'execution.withdrawn',
      seals: false,
    });
    expect(entries).toMatchObject([
      {
        userId: 'planner',
        entityId: 'A/mix',
        reason: 'Reported of the wrong order',
        old: { kind: 'completed' },
        new: { kind: 'withdrawn', report: completed },
      },
    ]);
    expect(shiftRecordFrom((await shop.station.store.read.ledger({ limit: 1000 })).entries).completed).toBe(
      0,
    );
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
    const before = [...shop.station.workspace.progress];
    shop = withVerbs(await shop.reopened());
    expect([...shop.station.workspace.progress]).toEqual(before);
    // The line goes on where it was, and windows and lines have been told.
    await said('completed', 'M1', 'A/mix', { good: 6, person: 'anna' });
    expect(progress('A/mix')?.state.kind).toBe('completed');
  });

  test('every window and the line hear of it at once', async () => {
    const changed = shop.next('board.changed');
    done(await takeBack(completed));
    const { bars } = await changed;
    expect(bars.find(({ task }) => task === 'A/mix')).toMatchObject({ work: 'running' });
    expect(lineView(shop.station, 'M1', null)?.items[0]).toMatchObject({
      task: 'A/mix',
      progress: { state: { kind: 'running' }, good: 4 },
    });
    const said = { what: 'A · mix', by: 'planner', reason: 'Reported of the wrong order' };
    expect(lineView(shop.station, 'M1', null)?.tookBack).toMatchObject([said]);
    expect(lineView(shop.station, 'P1', null)?.tookBack).toEqual([]);
    shop.clock('18:01');
    expect(lineView(shop.station, 'M1', null)?.tookBack).toEqual([]);
  });

  test('what stands on a report stands in the way, with what and why; taken back from the last on, it goes', async () => {
    expect(await answerOf(takeBack(started))).toBe(
      'REPORTED_SINCE: What Mixer 1 reported since (Mon 23 Nov 07:30) stands on it: A · mix is not started, so it cannot be reported on. Take that back first.',
    );
    const next = await said('started', 'M1', 'B/mix', { person: 'anna' });
    expect(await answerOf(takeBack(completed))).toMatch(
      /^REPORTED_SINCE: What Mixer 1 reported since \(Mon 23 Nov 10:00\) stands on it: A · mix is still in work on Mixer 1/,
    );
    // Of what came since, a count does not stand on the count before it.
    done(await takeBack(counted));
    expect(progress('A/mix')).toMatchObject({ state: { kind: 'completed' }, good: 6 });
    for (const report of [next, completed, started]) done(await takeBack(report));
    expect(kinds()).toEqual([]);
    expect(progress('A/mix')).toBeUndefined();
  });

  test('a report goes with all that was reported of its task since, from the last back, or nothing goes', async () => {
    const all = (report: string) =>
      shop.handlers['report.withdraw']({ report, withLater: true, reason: 'It was order B' }, planner());
    done(
      await shop.handlers['report.correct'](
        { report: counted, good: 3, scrap: 0, rework: 0, lots: [], reason: 'Counted again' },
        planner(),
      ),
    );
    const packed = await said('started', 'P1', 'A/pack');
    const before = await shop.station.store.read.events();
    expect(await answerOf(all(started))).toMatch(/^REPORTED_SINCE: Packer has begun since .* counts on it/);
    expect(await shop.station.store.read.events()).toEqual(before);
    done(await takeBack(packed));
    // What has begun on the unit since does not stand on what comes to nothing as a whole.
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    expect(await answerOf(takeBack(completed))).toMatch(/^REPORTED_SINCE: .*A · mix is still in work/);
    done(await all(started));
    expect(kinds()).toEqual(['started']);
    expect((await reports('A/mix')).map(({ takenBack }) => takenBack?.reason)).toEqual(
      Array.from({ length: 3 }, () => 'It was order B'),
    );
    expect(lineView(shop.station, 'M1', null)?.tookBack.map(({ reason }) => reason)).toEqual([
      'It was order B',
    ]);
    shop = withVerbs(await shop.reopened());
    expect(kinds()).toEqual(['started']);
    await said('completed', 'M1', 'B/mix', { good: 10, person: 'anna' });
    await said('started', 'M1', 'A/mix', { person: 'anna' });
  });

  test('a start elsewhere that passed its gates by it stands in the way', async () => {
    await said('started', 'P1', 'A/pack');
    expect(await answerOf(takeBack(completed))).toMatch(
      /^REPORTED_SINCE: Packer has begun since .* counts on it/,
    );
  });

  test('a count that was reported while the unit stood still stands on the pause', async () => {
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    const paused = await said('paused', 'M1', 'B/mix', { reason: 'Break' });
    await said('quantityReported', 'M1', 'B/mix', { good: 1 });
    expect(await answerOf(takeBack(paused))).toMatch(
      /stands on it: It would have left its unit in another state/,
    );
  });

  test('taken back twice, without a reason, or never reported: each is refused, and so in the record', async () => {
    done(await takeBack(completed));
    expect(await answerOf(takeBack(completed))).toMatch(/^NOTHING_CHANGED: This has been taken back already/);
    expect(await answerOf(takeBack('never was sent'))).toMatch(/^REPORT_UNKNOWN/);
    const window = openWindow(shop);
    const empty = await window.raw('report.withdraw', { report: started, reason: ' ' });
    expect(empty).toMatchObject({ error: expect.stringMatching(/^report\.withdraw: reason/) });
    const { entries } = await shop.station.store.read.ledger({ limit: 10, text: 'NOTHING_CHANGED' });
    expect(entries).toMatchObject([{ new: { refused: 'withdrawn', code: 'NOTHING_CHANGED' } }]);
  });

  test('a repeated command is one withdrawal', async () => {
    const ask = { report: completed, reason: 'Wrong order' };
    const caller = planner();
    const first = await shop.handlers['report.withdraw'](ask, caller);
    expect(await shop.handlers['report.withdraw'](ask, caller)).toEqual(first);
  });

  test('a count is put right: what was said stays to be seen, and taking the report back takes that with it', async () => {
    const ask = { report: counted, good: 1, scrap: 2, rework: 0, lots: [], reason: 'Counter was not reset' };
    done(await shop.handlers['report.correct'](ask, planner()));
    expect(progress('A/mix')).toMatchObject({ good: 7, scrap: 2, state: { kind: 'completed' } });
    done(await shop.handlers['report.correct']({ ...ask, good: 3, reason: 'Counted again' }, planner()));
    expect(progress('A/mix')).toMatchObject({ good: 9, scrap: 2 });
    expect((await reports('A/mix'))[1]).toMatchObject({
      said: { good: 4, scrap: 0 },
      right: { good: 3, scrap: 2 },
      corrected: { by: 'planner', reason: 'Counted again' },
    });
    expect(await answerOf(shop.handlers['report.correct']({ ...ask, good: 3 }, planner()))).toMatch(
      /^BAD_QUANTITY/,
    );
    expect(await answerOf(shop.handlers['report.correct']({ ...ask, report: started }, planner()))).toMatch(
      /^WRONG_REPORT: This report counted nothing/,
    );
    done(await takeBack(counted));
    expect(progress('A/mix')).toMatchObject({ good: 6, scrap: 0 });
    expect(await answerOf(shop.handlers['report.correct'](ask, planner()))).toMatch(
      /^WRONG_REPORT: .*taken back/,
    );
    const before = progress('A/mix');
    shop = withVerbs(await shop.reopened());
    expect(progress('A/mix')).toEqual(before);
  });

  test('what was put right of a count stands on no completion, and what the line kept while it was away is not late for it', async () => {
    const ask = { report: counted, good: 1, scrap: 0, rework: 0, lots: [], reason: 'Counted again' };
    done(await shop.handlers['report.correct'](ask, planner()));
    const unit = () => shop.station.workspace.units.get(EquipmentId.parse('M1'));
    expect(unit()).toMatchObject({ state: 'NO_ORDER', since: instant('07:50') });
    await said('downtimeStarted', 'M1', null, { reason: 'Electrical', at: instant('09:00') });
    await said('downtimeEnded', 'M1', null, { at: instant('09:30') });
    for (const { id } of shop.station.workspace.events
      .filter(({ kind }) => kind.startsWith('downtime'))
      .toReversed())
      done(await takeBack(id));
    done(await takeBack(completed));
    expect(unit()).toMatchObject({ state: 'PROD', task: 'A/mix', down: null });
    expect(progress('A/mix')).toMatchObject({ state: { kind: 'running' }, good: 1 });
    const before = unit();
    shop = withVerbs(await shop.reopened());
    expect(unit()).toEqual(before);
  });

  test('a false downtime is taken back although its case was decided: the case closes with the name', async () => {
    await shop.put('A/pack', 'P1', '11:00');
    await shop.put('B/mix', 'M1', '10:30');
    await shop.publish();
    const down = await said('downtimeStarted', 'M1', null, { reason: 'Mechanical' });
    await must(shop.cases, 'The watch over the cases').settled();
    const { id } = must(
      shop.station.workspace.cases.find(({ kind }) => kind === 'downtime'),
      'The case',
    );
    const wait = { case: id, reason: 'Fitter is on the way', until: instant('11:00') };
    done(await shop.handlers['case.wait'](wait, planner()));
    done(await takeBack(down, 'It was mixer 2'));
    expect(shop.station.workspace.cases.find((one) => one.id === id)).toMatchObject({
      state: 'closed',
      outcome: { kind: 'withdrawn', text: 'Withdrawn by planner at the desk.' },
    });
  });

  test('a rest that was given back is joined again, or refused once another line was told of it', async () => {
    await said('started', 'M1', 'B/mix', { person: 'anna' });
    const split = await said('splitOff', 'M1', 'B/mix', { rest: 4 });
    await shop.put('A/pack', 'P1', '11:00');
    await shop.put('B/mix#2', 'M2', '11:00');
    await shop.publish();
    await shop.dispatch();
    expect(await answerOf(takeBack(split))).toMatch(/^PLANNED_SINCE: .*dispatched to Mixer 2 \(r1\)/);
    done(await shop.recall('M2', 'Stays at mixer 1', 'B/mix#2'));
    // Or the next dispatch would tell mixer 2 again of what mixer 1 makes.
    expect(await answerOf(takeBack(split))).toMatch(/^PLANNED_SINCE: .*published since \(v2\)/);
    const ask = { task: TaskId.parse('B/mix'), expected: shop.station.workspace.revision };
    done(await shop.handlers['draft.join'](ask, planner()));
    await shop.publish();
    done(await takeBack(split));
    expect(progress('B/mix')?.givenBack).toBeUndefined();
    expect(shop.station.workspace.tasks.get(TaskId.parse('B/mix'))?.quantity).toBe(10);
    expect(shop.station.workspace.tasks.has(TaskId.parse('B/mix#2'))).toBe(false);
    expect(shop.wrong()).toEqual([]);
  });
});

describe('[AC-02] whose it is', () => {
  test('what a lab found is the quality unit’s to take back, what was made the planning’s; the attempt is recorded', async () => {
    shop = await fourDomainsAtSeven();
    await shop.station.refresh();
    const sample = await said('sampleTaken', 'L1', 'A/test', { person: 'lea', sample: 'S-1' });
    const started = await said('started', 'F1', 'A/stage', { person: 'dora' });
    await employ(shop, {
      paula: ['planner'],
      stefan: ['supervisor'],
      quinn: ['quality'],
      olga: ['operator'],
      mia: ['planner', 'quality'],
    });
    const at = async (user: string) => {
      const window = openWindow(shop);
      done(await window.logIn(user));
      return window;
    };
    const [paula, stefan, quinn, olga, mia] = await Promise.all(
      ['paula', 'stefan', 'quinn', 'olga', 'mia'].map(at),
    );
    const wrong = { reason: 'Wrong sample' };
    expect(await answerOf(must(paula, 'paula').ask('report.withdraw', { report: sample, ...wrong }))).toBe(
      'NOT_ALLOWED: Only quality may do this; you are planner.',
    );
    expect(await answerOf(must(quinn, 'quinn').ask('report.withdraw', { report: started, ...wrong }))).toBe(
      'NOT_ALLOWED: Only planner or supervisor may do this; you are quality.',
    );
    expect(await must(olga, 'olga').raw('report.withdraw', { report: started, ...wrong })).toMatchObject({
      code: 'NOT_ALLOWED',
    });
    const listed = await must(paula, 'paula').ask('report.list', { task: TaskId.parse('A/test') });
    expect(listed.reports).toMatchObject([{ whyNot: 'Only quality may do this; you are planner.' }]);
    expect(await answerOf(must(stefan, 'stefan').ask('report.withdraw', { report: started, ...wrong }))).toBe(
      'done',
    );
    expect(await answerOf(must(mia, 'mia').ask('report.withdraw', { report: sample, ...wrong }))).toBe(
      'done',
    );
    const { entries } = await shop.station.store.read.ledger({
      limit: 10,
      action: 'execution.withdrawn',
      seals: false,
    });
    expect(entries.map(({ userName, role, new: said }) => [userName, role, said])).toMatchObject([
      ['Mia Person', 'quality', { kind: 'withdrawn' }],
      ['Stefan Person', 'supervisor', { kind: 'withdrawn' }],
      ['Quinn Person', 'quality', { refused: 'withdrawn', code: 'NOT_ALLOWED' }],
      ['Paula Person', 'planner', { refused: 'withdrawn', code: 'NOT_ALLOWED' }],
    ]);
  });
});
