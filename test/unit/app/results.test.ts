import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { nounMessage } from '#electron/app/show-nouns.ts';
import { takeReport } from '#electron/app/take-report.ts';
import { must } from '#shared/base/must.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { LineReport } from '#shared/domain/execution.ts';
import { MessageFeed } from '#shared/domain/feed.ts';
import { TaskId } from '#shared/domain/task.ts';
import { CALIBRATED_FOR, RENEWAL, fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { type SmallShop, instant, revisionOf, withVerbs } from '#test/support/small-shop.ts';
import { done, planner } from '#test/support/temporary-station.ts';

let shop: SmallShop;
beforeEach(async () => {
  shop = await fourDomainsAtSeven();
});
afterEach(() => shop.remove());

const clock = (time: string) => shop.setClock(instant(time) * 1000);
const gates = (unit: string, task: string) =>
  must(
    lineView(shop.station, unit, null)?.items.find((item) => item.task === task),
    `${task} on ${unit}`,
  ).gates.map(({ code }) => code);
const progress = (task: string) => shop.station.workspace.progress.get(TaskId.parse(task));
const start = async (unit: string, task: string, person: string) =>
  done(await shop.report('started', unit, task, { person }));
const refused = async (kind: string, unit: string, task: string, more: object = {}) => {
  const outcome = await shop.report(kind, unit, task, more);
  return outcome.ok ? 'taken' : `${outcome.refusal.code} ${outcome.refusal.object}`;
};
const cases = async () => {
  await must(shop.cases, 'The watch over the cases').settled();
  return shop.station.workspace.cases
    .filter(({ state }) => state === 'open')
    .map(({ kind, text }) => `${kind}: ${text}`);
};
const entries = async () => (await shop.station.store.read.ledger({ limit: 500 })).entries;

const stage = async (task: string, ...lots: readonly { lot: string; quantity: number }[]) => {
  await start('F1', task, 'dora');
  done(await shop.report('staged', 'F1', task, { lots, place: 'Booth 1' }));
};
/** Stages and weighs A, and has the lab begin its assay. */
async function sampleInTheLab(): Promise<void> {
  await stage('A/stage', { lot: 'S1', quantity: 100 });
  done(await shop.report('completed', 'F1', 'A/stage'));
  clock('07:30');
  await start('B1', 'A/weigh', 'ben');
  clock('08:00');
  done(await shop.report('completed', 'B1', 'A/weigh', { good: 100, scrap: 0 }));
  done(await shop.report('sampleTaken', 'L1', 'A/test', { person: 'lea', sample: 'S-0815' }));
  await start('L1', 'A/test', 'lea');
}

describe('a pallet is staged', () => {
  test('the gate of what it feeds opens with the last lot, and says what is missing until then', async () => {
    expect(gates('B1', 'A/weigh')).toEqual(['MATERIAL_NOT_STAGED', 'PREDECESSOR_NOT_FINISHED']);
    await stage('A/stage', { lot: 'S1', quantity: 60 });
    expect(lineView(shop.station, 'B1', null)?.items[0]?.gates[0]?.text).toBe('Not staged yet: 40 kg Sugar.');
    done(
      await shop.report('staged', 'F1', 'A/stage', {
        lots: [{ lot: 'S1', quantity: 100 }],
        place: 'Booth 1',
      }),
    );
    expect(gates('B1', 'A/weigh')).toEqual(['PREDECESSOR_NOT_FINISHED']);
    done(await shop.report('completed', 'F1', 'A/stage'));
    expect(gates('B1', 'A/weigh')).toEqual([]);
    await start('B1', 'A/weigh', 'ben');
  });

  test('what stands there is told as it is: said again, it is corrected, also when the task is done', async () => {
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    done(
      await shop.report('staged', 'F1', 'A/stage', { lots: [{ lot: 'S1', quantity: 80 }], place: 'Booth 1' }),
    );
    expect(progress('A/stage')?.staged).toEqual([{ lot: 'S1', quantity: 80, place: 'Booth 1' }]);
    expect(gates('B1', 'A/weigh')).toEqual(['MATERIAL_NOT_STAGED']);
    done(
      await shop.report('staged', 'F1', 'A/stage', { lots: [{ lot: 'S2', quantity: 20 }], place: 'Booth 1' }),
    );
    expect(gates('B1', 'A/weigh')).toEqual([]);
    expect(shop.station.workspace.units.get(EquipmentId.parse('F1'))?.task).toBeNull();
  });

  test('what stands there holds its task, and holds it no more when it is taken away', async () => {
    const held = () => shop.station.workspace.commitments.get(TaskId.parse('A/weigh'));
    expect(held()).toBe('told');
    await start('F1', 'A/stage', 'dora'); // on its way
    expect(held()).toBe('staged');
    const lots = (quantity: number) => ({ lots: [{ lot: 'S1', quantity }], place: 'Booth 1' });
    done(await shop.report('staged', 'F1', 'A/stage', lots(60)));
    expect(held()).toBe('staged');
    done(await shop.report('staged', 'F1', 'A/stage', lots(0)));
    expect(held()).toBe('told');
  });

  test('a lot that is put on hold afterwards closes the gate again', async () => {
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    done(
      await shop.take({
        'lots.csv': 'id,material,quantity,disposition,uom\nS1,SUGAR,150,Restricted,kg\n',
      }),
    );
    expect(gates('B1', 'A/weigh')).toEqual(['LOT_NOT_RELEASED']);
  });

  test('a warehouse that only says “done” is believed', async () => {
    await start('F1', 'A/stage', 'dora');
    done(await shop.report('completed', 'F1', 'A/stage'));
    expect(gates('B1', 'A/weigh')).toEqual([]);
  });

  test('a report that makes no sense is refused with place, value and reason, and nothing of it is stored', async () => {
    const lots = [{ lot: 'S1', quantity: 100 }];
    expect(await refused('staged', 'F1', 'A/stage', { lots, place: 'Booth 1' })).toBe(
      'TASK_NOT_RUNNING A/stage',
    );
    await start('F1', 'A/stage', 'dora');
    expect(await refused('staged', 'F1', 'A/stage', { place: 'Booth 1' })).toBe('BAD_QUANTITY A/stage');
    expect(await refused('staged', 'F1', 'A/stage', { lots })).toBe('RESULT_MISSING A/stage');
    const there = (lot: string, quantity: number) => ({ lots: [{ lot, quantity }], place: 'Booth 1' });
    expect(await refused('staged', 'F1', 'A/stage', there('X9', 1))).toBe('WRONG_LOT X9');
    expect(await refused('staged', 'F1', 'A/stage', there('N1', 1))).toBe('WRONG_LOT N1');
    expect(await refused('staged', 'F1', 'A/stage', there('S1', 151))).toBe('BAD_QUANTITY S1');
    expect(await refused('staged', 'B1', 'A/stage', there('S1', 1))).toBe('WRONG_UNIT B1');
    expect(await refused('tested', 'F1', 'A/stage', { person: 'dora', result: { passed: true } })).toBe(
      'WRONG_REPORT A/stage',
    );
    expect(progress('A/stage')?.staged).toBeUndefined();
    expect((await entries())[0]).toMatchObject({
      entityId: 'A/stage',
      new: { refused: 'tested', unit: 'F1', code: 'WRONG_REPORT' },
    });
  });
});

describe('the lab', () => {
  test('[LOT-01] a sample that fails puts the batch on hold: the press is refused, and quality has a case', async () => {
    await sampleInTheLab();
    expect(progress('A/test')?.sample).toEqual({ at: instant('08:00'), id: 'S-0815' });
    clock('08:30');
    done(
      await shop.report('tested', 'L1', 'A/test', {
        person: 'lea',
        result: { passed: false, value: '92.1 %' },
      }),
    );
    expect(progress('A/test')?.state.kind).toBe('completed');
    expect(gates('P1', 'A/press')).toEqual(['LOT_NOT_RELEASED']);
    expect(await refused('started', 'P1', 'A/press', { person: 'paul' })).toBe('LOT_NOT_RELEASED A/test');
    expect(await cases()).toEqual(['qualityHold: A is on hold: Assay failed (92.1 %) on Mon 23 Nov 08:30']);
  });

  test('of the case the repairs let the batch wait for another test', async () => {
    await sampleInTheLab();
    clock('08:30');
    done(await shop.report('tested', 'L1', 'A/test', { person: 'lea', result: { passed: false } }));
    await cases();
    const tasks = [...shop.station.workspace.assignments.keys()];
    done(await shop.handlers['draft.pin']({ tasks, pinned: false, expected: revisionOf(shop) }, planner()));
    const { id } = must(shop.station.workspace.cases[0], 'The case of the hold');
    const { within } = await shop.handlers['case.offer']({ case: id, hours: 2 }, planner());
    if (!within.ok) throw new Error(within.refusal.text);
    done(await shop.handlers['repair.choose']({ offer: within.offer, aim: 'leastChange' }, planner()));
    const places = shop.station.proposal?.schedule.assignments ?? [];
    const press = must(
      places.find(({ task }) => task === 'A/press'),
      'The place of the press run',
    );
    expect(press.start).toBeGreaterThanOrEqual(instant('10:30'));
  });

  test('a result is somebody’s who is qualified for it', async () => {
    await sampleInTheLab();
    const result = { passed: true };
    expect(await refused('tested', 'L1', 'A/test', { result })).toBe('PERSON_MISSING L1');
    expect(await refused('tested', 'L1', 'A/test', { result, person: 'ben' })).toBe('QUAL_MISSING ben');
    expect(progress('A/test')?.tested).toBeUndefined();
  });

  test('passed, the press may start; a retest that passes lifts a hold, whatever its bench does meanwhile, also after a restart', async () => {
    await sampleInTheLab();
    clock('08:30');
    done(await shop.report('tested', 'L1', 'A/test', { person: 'lea', result: { passed: false } }));
    shop = withVerbs(await shop.reopened());
    expect(gates('P1', 'A/press')).toEqual(['LOT_NOT_RELEASED']);
    done(await shop.report('sampleTaken', 'L1', 'B/test', { person: 'lea' }));
    expect(shop.station.workspace.units.get(EquipmentId.parse('L1'))?.task).toBeNull();
    done(
      await shop.report('tested', 'L1', 'A/test', {
        person: 'lea',
        result: { passed: true, value: '99.8 %' },
      }),
    );
    expect(gates('P1', 'A/press')).toEqual([]);
    await start('P1', 'A/press', 'paul');
    expect(await cases()).toEqual([]);
    expect(await shop.station.store.verify()).toMatchObject({ ok: true });
  });

  test('a lot that fails is on hold: whoever was to take it takes another, and where there is none the start is refused', async () => {
    await sampleInTheLab();
    const fail = async (lot: string) =>
      done(await shop.report('tested', 'L1', 'A/test', { person: 'lea', result: { passed: false, lot } }));
    expect(shop.station.workspace.tasks.get(TaskId.parse('B/stage'))?.materials[0]?.lots).toEqual([
      { lot: 'S1', quantity: 50 },
      { lot: 'S2', quantity: 50 },
    ]);
    await fail('S1');
    expect(gates('F1', 'B/stage')).toEqual([]);
    expect(gates('P1', 'A/press')).toEqual([]);
    await fail('S2');
    expect(gates('F1', 'B/stage')).toContain('LOT_NOT_RELEASED');
    expect(
      await refused('tested', 'L1', 'A/test', { person: 'lea', result: { passed: true, lot: 'X9' } }),
    ).toBe('WRONG_LOT X9');
    expect(await refused('tested', 'L1', 'A/test', { person: 'lea' })).toBe('RESULT_MISSING A/test');
  });
});

describe('a calibration', () => {
  const calibrated = (more: object = {}) =>
    shop.report('calibrated', 'W1', RENEWAL, {
      person: 'max',
      calibration: { asFound: 'passed', asLeft: 'passed', certificate: 'C-4711', ...more },
    });
  const balance = async () =>
    (await shop.handlers['calibrations.list']({}, planner())).find(({ equipment }) => equipment === 'BAL');

  test('that is done makes the instrument valid by its interval, so that what comes after the old due date may be done', async () => {
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    clock('12:30');
    expect(gates('B1', 'A/weigh')).toEqual(['CAL_EXPIRED']);
    clock('10:00');
    await start('W1', RENEWAL, 'max');
    clock('11:00');
    done(await calibrated());
    expect(await balance()).toMatchObject({
      state: 'valid',
      evaluated: instant('11:00'),
      expires: instant('11:00') + CALIBRATED_FOR,
    });
    expect(shop.station.workspace.events.at(-1)).toMatchObject({
      kind: 'calibrated',
      proof: { equipment: 'BAL', test: 'weighing', expires: instant('11:00') + CALIBRATED_FOR },
    });
    shop = withVerbs(await shop.reopened());
    expect(await balance()).toMatchObject({ state: 'valid', renewal: null });
    clock('12:30');
    expect(gates('B1', 'A/weigh')).toEqual([]);
    await start('B1', 'A/weigh', 'ben');
  });

  test('[CAL-05] that fails stops what needs the instrument, plans another, and names what it measured since it was good', async () => {
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    clock('07:30');
    await start('B1', 'A/weigh', 'ben');
    clock('08:00');
    done(await shop.report('completed', 'B1', 'A/weigh', { good: 100 }));
    await stage('B/stage', { lot: 'S2', quantity: 100 });
    done(await shop.report('completed', 'F1', 'B/stage'));
    expect(gates('B1', 'B/weigh')).toEqual([]);
    await start('W1', RENEWAL, 'max');
    done(await calibrated({ asFound: 'failed', asLeft: 'failed' }));
    expect(gates('B1', 'B/weigh')).toEqual(['CAL_FAILED']);
    expect(shop.station.workspace.events.at(-1)).toMatchObject({
      impact: ['A/weigh'],
      proof: { test: 'weighing' },
    });
    expect((await entries()).find(({ action }) => action === 'execution.calibrated')?.new).toMatchObject({
      impact: ['A/weigh'],
      calibration: { certificate: 'C-4711' },
    });
    expect(shop.station.workspace.plan.tasks.filter(({ renews }) => renews).map(({ id }) => id)).toEqual([
      'CAL-BAL-weighing-failed-2026-11-23T08:00/renewal',
    ]);
    expect(await cases()).toEqual([
      'qualityHold: Balance 1 was found out of its limits on Mon 23 Nov 08:00; since it was good it measured A · Weigh',
      'calibrationExpiring: Balance 1: Calibration was failed Mon 23 Nov 08:00',
    ]);
    // Typed wrongly: the technician says it again, and the last word counts.
    clock('08:05');
    done(await calibrated());
    expect(gates('B1', 'B/weigh')).toEqual([]);
    expect(await cases()).toEqual([]);
  });

  test('is reported of a calibration only, once begun, with its certificate', async () => {
    expect(await refused('calibrated', 'W1', RENEWAL, { person: 'max' })).toBe(`TASK_NOT_RUNNING ${RENEWAL}`);
    await start('W1', RENEWAL, 'max');
    expect(await refused('calibrated', 'W1', RENEWAL, { person: 'max' })).toBe(`RESULT_MISSING ${RENEWAL}`);
    await start('F1', 'A/stage', 'dora');
    expect(
      await refused('calibrated', 'F1', 'A/stage', {
        person: 'dora',
        calibration: { asFound: 'passed', asLeft: 'passed', certificate: 'C' },
      }),
    ).toBe('WRONG_REPORT A/stage');
  });
});

describe('lots that a line consumed', () => {
  test('are kept with the completion, summed by lot, of materials that the task takes', async () => {
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    await start('B1', 'A/weigh', 'ben');
    const of = (lot: string, quantity: number) => ({ lots: [{ lot, quantity }] });
    expect(await refused('quantityReported', 'B1', 'A/weigh', { good: 1, ...of('N1', 1) })).toBe(
      'WRONG_LOT N1',
    );
    expect(await refused('quantityReported', 'B1', 'A/weigh', { good: 1, ...of('S1', 900) })).toBe(
      'BAD_QUANTITY S1',
    );
    done(await shop.report('quantityReported', 'B1', 'A/weigh', { good: 40, ...of('S1', 41) }));
    done(await shop.report('completed', 'B1', 'A/weigh', { good: 60, ...of('S1', 59.5) }));
    expect(progress('A/weigh')).toMatchObject({ good: 100, consumed: [{ lot: 'S1', quantity: 100.5 }] });
    const performance = nounMessage(shop.station, 'OperationsPerformance')?.replaceAll(/\s*\n\s*/g, '');
    expect(performance).toContain(
      '<MaterialActual><ID>S1</ID><MaterialDefinitionID>SUGAR</MaterialDefinitionID><MaterialLotID>S1</MaterialLotID><MaterialUse>Consumed</MaterialUse><Quantity><QuantityString>100.5</QuantityString><DataType>decimal</DataType><UnitOfMeasure>kg</UnitOfMeasure></Quantity></MaterialActual>',
    );
  });

  test('of a report that was taken back are told to an ERP as none', async () => {
    const feed = MessageFeed.parse({ name: 'erp', kind: 'messages', address: tmpdir(), form: 'csv' });
    done(await shop.handlers['feed.save']({ feed }, planner()));
    await stage('A/stage', { lot: 'S1', quantity: 100 });
    done(await shop.report('completed', 'F1', 'A/stage'));
    await start('B1', 'A/weigh', 'ben');
    const count = { id: 'count 0001', good: 1, lots: [{ lot: 'S1', quantity: 2 }] };
    done(await shop.report('quantityReported', 'B1', 'A/weigh', count));
    const report = LineReport.parse({ id: 'undo 0001', kind: 'withdrawn', unit: 'B1', withdraws: count.id });
    done(await takeReport(shop.station, report, { user: 'B1', origin: 'line', key: report.id }));
    const { entries } = await shop.station.store.read.outbox('erp', 50);
    const told = entries.flatMap(({ message }) =>
      message.kind === 'progress' && message.step === 'weigh' ? [message.consumed] : [],
    );
    expect(told).toContainEqual([{ lot: 'S1', material: 'SUGAR', quantity: 2, uom: 'kg' }]);
    expect(told).toContainEqual([{ lot: 'S1', material: 'SUGAR', quantity: 0, uom: 'kg' }]);
  });
});
