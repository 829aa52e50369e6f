import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { takeReport } from '#electron/app/take-report.ts';
import { must } from '#shared/base/must.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { TaskId } from '#shared/domain/task.ts';
import { shiftRecordFrom } from '#shared/flow/handover-from-ledger.ts';
import { RENEWAL, fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { type SmallShop, instant, shopOfTwoOrders, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
afterEach(() => shop.remove());

const TABLET = 'screen-1 Tablet at mixer 1';
/** What a line says at one of its screens. */
function say(kind: string, unit: string, task: string | null, more: object = {}, workstation = TABLET) {
  const report = LineReport.parse({
    id: `report ${randomUUID()}`,
    kind,
    unit,
    ...(task !== null && { task }),
    ...more,
  });
  const caller = {
    user: report.person ?? unit,
    origin: 'line',
    key: report.id,
    by: { workstation, userName: report.person },
  } as const;
  return { report, told: takeReport(shop.station, report, caller) };
}
async function said(...what: Parameters<typeof say>): Promise<LineReport> {
  const { report, told } = say(...what);
  done(await told);
  return report;
}
/** Takes it back as the same person at the same screen, unless the test says otherwise. */
const undo = ({ id, unit, person }: LineReport, more: object = {}, workstation = TABLET) =>
  say('withdrawn', unit, null, { withdraws: id, ...(person && { person }), ...more }, workstation).told;
const no = async (outcome: ReturnType<typeof undo>): Promise<string> => {
  const answer = await outcome;
  return answer.ok ? 'taken back' : `${answer.refusal.code}: ${answer.refusal.text}`;
};
const settled = () => must(shop.cases, 'The watch over the cases').settled();
const kinds = () => shop.station.workspace.events.map(({ kind }) => kind);
const progress = (task: string) => shop.station.workspace.progress.get(TaskId.parse(task));

const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Everything that follows from what lines reported. */
async function reading() {
  await settled();
  const { events, progress: all, units, plan, schedule, commitments, cases, draft } = shop.station.workspace;
  const { lots, testResults, downtimes } = plan.plant;
  return {
    events,
    progress: byKey(all),
    units: byKey(units),
    tasks: plan.tasks,
    lots,
    testResults,
    downtimes,
    schedule,
    commitments: byKey(commitments),
    draft: byKey(draft),
    cases: cases.filter(({ state }) => state !== 'closed').map(({ key, state }) => `${key} ${state}`),
  };
}

describe('at the mixer', () => {
  beforeEach(async () => {
    shop = await shopOfTwoOrders();
    shop.clock('07:00');
    await shop.station.refresh();
  });

  const handover = async () =>
    shiftRecordFrom((await shop.station.store.read.ledger({ limit: 1000 })).entries);
  const start = () => said('started', 'M1', 'A/mix', { person: 'anna' });

  test('[U14] a start by a slip of the hand is taken back: both stay in the record, and nothing follows from them', async () => {
    const before = await reading();
    const started = await start();
    expect(progress('A/mix')?.state.kind).toBe('running');
    done(await undo(started));
    expect(await reading()).toEqual(before);
    const recorded = await shop.station.store.read.events();
    expect(recorded.map(({ kind, withdraws }) => [kind, withdraws])).toEqual([
      ['started', undefined],
      ['withdrawn', started.id],
    ]);
    const { entries } = await shop.station.store.read.ledger({
      limit: 1,
      action: 'execution.withdrawn',
      seals: false,
    });
    expect(entries).toMatchObject([
      {
        userId: 'anna',
        workstation: TABLET,
        entityId: 'A/mix',
        old: { kind: 'started' },
        new: { report: started.id },
      },
    ]);
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
    shop = withVerbs(await shop.reopened());
    expect(await reading()).toEqual(before);
    await start();
    expect(progress('A/mix')?.state.kind).toBe('running');
  });

  test('[R1] fifty taps, a lost answer and a restart in between are one withdrawal', async () => {
    const started = await start();
    const same = say('withdrawn', 'M1', 'A/mix', { withdraws: started.id, person: 'anna' });
    const caller = {
      user: 'anna',
      origin: 'line',
      key: same.report.id,
      by: { workstation: TABLET },
    } as const;
    const answers = await Promise.all([
      same.told,
      ...Array.from({ length: 49 }, () => takeReport(shop.station, same.report, caller)),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    shop = withVerbs(await shop.reopened());
    expect(await takeReport(shop.station, same.report, caller)).toEqual(answers[0]);
    // Another id is another wish, which is fulfilled already.
    expect(await no(undo(started))).toBe('taken back');
    const recorded = await shop.station.store.read.events();
    expect(recorded.filter(({ kind }) => kind === 'withdrawn')).toHaveLength(1);
  });

  test('[R9] a line that was away sends both, and how soon it was taken back is what counts', async () => {
    shop.clock('09:30');
    const started = await said('started', 'M1', 'A/mix', { person: 'anna', at: instant('07:01') });
    expect(await no(undo(started, { at: instant('07:01') + 9 }))).toBe('taken back');
    expect(kinds()).toEqual([]);
  });

  test('too late is refused with how long it could be, also when the line kept it for too long', async () => {
    const started = await start();
    shop.setClock((instant('07:00') + 31) * 1000);
    expect(await no(undo(started))).toMatch(
      /^TOO_LATE: Mixer 1 reported this Mon 23 Nov 07:00; it can be taken back for 30 seconds\./,
    );
    shop.clock('15:30');
    expect(await no(undo(started, { at: instant('07:00') + 5 }))).toMatch(/^TOO_LATE/);
    expect(await no(undo(started, { at: instant('15:40') }))).toMatch(/^TIME_AHEAD/);
    expect(kinds()).toEqual(['started']);
  });

  test('another person, another screen and another unit take nothing back', async () => {
    const started = await start();
    expect(await no(undo(started, { person: 'carl' }))).toMatch(
      /^SAID_BY_ANOTHER: This was reported by anna at screen-1/,
    );
    expect(await no(undo(started, {}, 'screen-2 Tablet at packer'))).toMatch(/^SAID_BY_ANOTHER/);
    expect(await no(undo({ ...started, unit: EquipmentId.parse('P1') }))).toMatch(/^WRONG_UNIT/);
    expect(await no(undo({ ...started, id: 'never was sent' }))).toMatch(/^REPORT_UNKNOWN/);
    expect(kinds()).toEqual(['started']);
  });

  test('what was reported since, on the task or the unit, stands in the way', async () => {
    const started = await start();
    const paused = await said('paused', 'M1', 'A/mix', { reason: 'Break' });
    expect(await no(undo(started))).toMatch(/^REPORTED_SINCE: Mixer 1 has reported something since/);
    done(await undo(paused));
    done(await undo(started));
    expect(kinds()).toEqual([]);
  });

  test('a start elsewhere that passed its gates by it stands in the way', async () => {
    await start();
    shop.clock('07:50');
    const completed = await said('completed', 'M1', 'A/mix', { good: 10, person: 'anna' });
    await said('started', 'P1', 'A/pack');
    expect(await no(undo(completed))).toMatch(
      /^REPORTED_SINCE: Packer has begun since \(Mon 23 Nov 07:50\) and counts on it\. .*mix/i,
    );
    expect(progress('A/mix')?.state.kind).toBe('completed');
  });

  test('the shift hands over what stands: no completion that was taken back', async () => {
    await start();
    shop.clock('07:50');
    const completed = await said('completed', 'M1', 'A/mix', { good: 1, person: 'anna' });
    expect((await handover()).completed).toBe(1);
    done(await undo(completed));
    expect((await handover()).completed).toBe(0);
    await said('completed', 'M1', 'A/mix', { good: 10, person: 'anna' });
    expect((await handover()).completed).toBe(1);
  });

  describe('a rest that was given back', () => {
    const giveBack = () => said('splitOff', 'M1', 'A/mix', { rest: 4 });
    const quantities = () =>
      shop.station.workspace.plan.tasks
        .filter(({ id }) => id.startsWith('A/mix'))
        .map(({ id, quantity }) => `${id} ${quantity}`);

    test('stays here after all, in every scenario, and undo at the desk does not split it again', async () => {
      const expected = shop.station.workspace.revision;
      done(await shop.handlers['scenario.branch']({ name: 'Rush', expected }, planner()));
      const before = await reading();
      const split = await giveBack();
      expect(quantities()).toEqual(['A/mix 6', 'A/mix#2 4']);
      done(await undo(split));
      expect(await reading()).toEqual(before);
      expect(quantities()).toEqual(['A/mix 10']);
      for (const { id } of shop.station.workspace.scenarios)
        expect([...(await shop.station.store.read.draft(id)).keys()]).not.toContain('A/mix#2');
      expect(shop.station.workspace.undo).toBeNull();
      shop = withVerbs(await shop.reopened());
      expect(await reading()).toEqual(before);
    });

    test('of a task that runs goes back to it, also when the desk has planned it elsewhere', async () => {
      await start();
      const split = await giveBack();
      await shop.put('A/mix#2', 'M2', '09:00');
      done(await undo(split));
      expect(quantities()).toEqual(['A/mix 10']);
      expect(shop.wrong()).toEqual([]);
    });

    test('is the other line’s once that was told of it or has begun it', async () => {
      const split = await giveBack();
      await shop.put('A/mix#2', 'M2', '07:00');
      await shop.publish();
      await shop.dispatch();
      expect(await no(undo(split))).toBe(
        'PLANNED_SINCE: The rest, A/mix#2, has been dispatched to Mixer 2 (r1). The desk recalls it first.',
      );
      await said('started', 'M2', 'A/mix#2', { person: 'anna' });
      expect(await no(undo(split))).toBe('PLANNED_SINCE: The rest, A/mix#2, has begun at Mixer 2.');
      expect(quantities()).toEqual(['A/mix 6', 'A/mix#2 4']);
    });

    test('that the desk has split further is not joined unseen, and what it has joined is taken back as it is', async () => {
      const split = await giveBack();
      const ask = { task: TaskId.parse('A/mix#2'), expected: shop.station.workspace.revision };
      done(await shop.handlers['draft.split']({ ...ask, quantity: 1 }, planner()));
      expect(await no(undo(split))).toMatch(/^PLANNED_SINCE: .*split further since/);
      const now = { ...ask, expected: shop.station.workspace.revision };
      done(await shop.handlers['draft.join'](now, planner()));
      expect(await no(undo(split))).toBe('taken back');
      expect(quantities()).toEqual(['A/mix 10']);
      expect(progress('A/mix')?.givenBack).toBeUndefined();
    });
  });

  describe('with a case', () => {
    const down = () => said('downtimeStarted', 'M1', null, { reason: 'Mechanical' });
    const cases = async () => {
      await settled();
      return shop.station.workspace.cases.map(({ kind, state, outcome }) =>
        [kind, state, outcome?.kind ?? '', outcome?.by ?? ''].join(' ').trim(),
      );
    };

    test('that nobody has decided it closes as withdrawn, with the name', async () => {
      const report = await down();
      expect(await cases()).toEqual(['downtime open']);
      done(await undo(report));
      expect(await cases()).toEqual(['downtime closed withdrawn M1']);
      expect(shop.station.workspace.cases[0]?.outcome?.text).toBe('Withdrawn by M1 at the line.');
    });

    test('that somebody has decided it is refused, with who and what', async () => {
      const report = await down();
      await settled();
      const ask = { case: 1, reason: 'Fitter is on the way', until: instant('09:00') };
      done(await shop.handlers['case.wait'](ask, planner()));
      expect(await no(undo(report))).toBe(
        'CASE_DECIDED: planner has decided already what is to be done: Wait until Mon 23 Nov 09:00 (Fitter is on the way). Speak with them.',
      );
      expect(shop.station.workspace.units.get(EquipmentId.parse('M1'))?.down).not.toBeNull();
    });

    test('an end of a downtime that is taken back leaves the case as it was decided', async () => {
      await down();
      await settled();
      const ask = { case: 1, reason: 'Fitter is on the way', until: instant('09:00') };
      done(await shop.handlers['case.wait'](ask, planner()));
      const ended = await said('downtimeEnded', 'M1', null);
      expect(await cases()).toEqual(['downtime closed waits planner']);
      done(await undo(ended));
      expect(await cases()).toEqual(['downtime decided waits planner']);
      expect((await handover()).decided).toHaveLength(1);
    });

    test('an end of a downtime that is taken back asks again what nobody had decided', async () => {
      await down();
      await settled();
      const ended = await said('downtimeEnded', 'M1', null);
      expect(await cases()).toEqual(['downtime closed gone station']);
      done(await undo(ended));
      expect(await cases()).toEqual(['downtime open']);
    });

    test('what can be run after all is no question any more', async () => {
      const asked = await said('cannotRun', 'M1', 'A/mix', { reason: 'Tool missing' });
      expect(await no(undo(asked, {}, 'screen-2'))).toMatch(/^SAID_BY_ANOTHER/);
      done(await undo(asked));
      expect(await cases()).toEqual(['cannotRun closed withdrawn M1']);
      expect(await no(undo(asked))).toBe('taken back');
      const again = await said('cannotRun', 'M1', 'A/mix', { reason: 'Tool missing' });
      const ask = { case: 2, reason: 'Tool comes at nine', until: instant('09:00') };
      done(await shop.handlers['case.wait'](ask, planner()));
      expect(await no(undo(again))).toMatch(/^CASE_DECIDED: planner .*Tool comes at nine/);
      // Said once more it is a new question; taken back, what was decided stands.
      const third = await said('cannotRun', 'M1', 'A/mix', { reason: 'Still missing' });
      expect((await cases()).slice(1)).toEqual(['cannotRun closed waits planner', 'cannotRun open']);
      done(await undo(third));
      expect((await cases()).slice(1)).toEqual([
        'cannotRun decided waits planner',
        'cannotRun closed withdrawn M1',
      ]);
    });
  });
});

describe('[U5] every kind of report, taken back, is as if it had never come', () => {
  /** What comes before, and the report that is taken back. */
  const STORIES: readonly (readonly [
    before: readonly Parameters<typeof say>[],
    last: Parameters<typeof say>,
  ])[] = [
    [[], ['setupStarted', 'F1', 'A/stage', { person: 'dora' }]],
    [[], ['started', 'F1', 'A/stage', { person: 'dora' }]],
    [[], ['downtimeStarted', 'F1', null, { reason: 'Electrical' }]],
    [[['downtimeStarted', 'F1', null, { reason: 'Electrical' }]], ['downtimeEnded', 'F1', null]],
    [[['started', 'F1', 'A/stage', { person: 'dora' }]], ['paused', 'F1', 'A/stage', { reason: 'Break' }]],
    [
      [
        ['started', 'F1', 'A/stage', { person: 'dora' }],
        ['paused', 'F1', 'A/stage', { reason: 'Break' }],
      ],
      ['resumed', 'F1', 'A/stage'],
    ],
    [
      [['started', 'F1', 'A/stage', { person: 'dora' }]],
      ['quantityReported', 'F1', 'A/stage', { good: 40, scrap: 2, rework: 1 }],
    ],
    [
      [
        ['started', 'F1', 'A/stage', { person: 'dora' }],
        ['quantityReported', 'F1', 'A/stage', { good: 40, scrap: 2 }],
      ],
      [
        'quantityCorrected',
        'F1',
        'A/stage',
        { correction: { good: -36, scrap: -2, rework: 0 }, reason: 'Typed wrongly', person: 'dora' },
      ],
    ],
    [
      [['started', 'F1', 'A/stage', { person: 'dora' }]],
      ['staged', 'F1', 'A/stage', { lots: [{ lot: 'S1', quantity: 100 }], place: 'Booth 1' }],
    ],
    [[['started', 'F1', 'A/stage', { person: 'dora' }]], ['completed', 'F1', 'A/stage', { good: 100 }]],
    [[], ['splitOff', 'B1', 'A/weigh', { rest: 40 }]],
    [[], ['sampleTaken', 'L1', 'A/test', { person: 'lea', sample: 'S-1' }]],
    [
      [
        ['started', 'F1', 'A/stage', { person: 'dora' }],
        ['staged', 'F1', 'A/stage', { lots: [{ lot: 'S1', quantity: 100 }], place: 'Booth 1' }],
        ['completed', 'F1', 'A/stage'],
        ['started', 'B1', 'A/weigh', { person: 'ben' }],
        ['completed', 'B1', 'A/weigh', { good: 100, lots: [{ lot: 'S1', quantity: 100 }] }],
        ['started', 'L1', 'A/test', { person: 'lea' }],
      ],
      ['tested', 'L1', 'A/test', { person: 'lea', result: { passed: false, lot: 'S1' } }],
    ],
    [
      [['started', 'W1', RENEWAL, { person: 'max' }]],
      [
        'calibrated',
        'W1',
        RENEWAL,
        { person: 'max', calibration: { asFound: 'failed', asLeft: 'passed', certificate: 'C-1' } },
      ],
    ],
  ];
  beforeEach(async () => {
    shop = await fourDomainsAtSeven();
    await shop.station.refresh();
  });

  test.for(STORIES)('%#', async ([before, last]) => {
    for (const report of before) await said(...report);
    await shop.station.refresh();
    const was = await reading();
    const report = await said(...last);
    expect(await reading()).not.toEqual(was);
    done(await undo(report));
    expect(await reading()).toEqual(was);
    await shop.station.refresh();
    expect(await reading()).toEqual(was);
    shop = withVerbs(await shop.reopened());
    expect(await reading()).toEqual(was);
  });
});
