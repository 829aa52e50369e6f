import { describe, expect, test } from 'vitest';
import { indexBy } from '#shared/base/group.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { Version } from '#shared/domain/version.ts';
import { TaskProgress } from '#shared/domain/execution.ts';
import { Assignment } from '#shared/domain/schedule.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { causesFromRecord } from '#shared/flow/causes/causes-from-record.ts';
import { situationOf } from '#shared/flow/causes/situation.ts';
import { progressFromEvents } from '#shared/flow/progress-from-events.ts';
import { impactOfCause } from '#shared/flow/impact-of-cause.ts';
import { at } from '#test/factory/clock.ts';
import { reports } from './reports.ts';
import { calibration, lot, order, planOf, result, routing, unit } from './small-plant.ts';

/** `A/press on M1 09:00 to 11:00` as it was published. */
const place = (task: string, on: string, from: string, to: string) =>
  Assignment.parse({
    task,
    unit: on,
    start: at(from),
    runStart: at(from),
    end: at(to),
    setup: 0,
    people: [],
    instruments: [],
  });

function causes(plan: Plan, ...places: Assignment[]) {
  const schedule = { assignments: places, unplaced: [] };
  const version = Version.parse({
    number: 1,
    published: plan.now,
    publisher: 'planner',
    note: '',
    schedule,
    begun: [],
    figures: figuresFromSchedule(plan, schedule),
  });
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const progress = indexBy(plan.progress, (one) => one.task);
  return causesFromRecord(situationOf(plan, version, tasks, progress));
}

describe('[U19] a lot', () => {
  const plant = (more: Parameters<typeof lot>[1]) => ({
    equipment: [unit('M1', 'press')],
    routings: [routing('R', { press: { materials: [{ material: 'sugar', perUnit: 1 }] } })],
    orders: [order('A')],
    lots: [lot('L1', more)],
  });
  const seen = (more: Parameters<typeof lot>[1]) =>
    causes(planOf(plant(more)), place('A/press', 'M1', '09:00', '11:00')).map(
      ({ kind, object, tasks }) => `${kind} ${object} ${tasks.join(' ')}`,
    );

  test('that is released hits nobody', () => expect(seen({})).toEqual([]));
  test('on hold hits what is to take it', () =>
    expect(seen({ disposition: 'Restricted' })).toEqual(['qualityHold L1 A/press']));
  test('that comes too late is a shortage', () =>
    expect(seen({ availableFrom: at('10:00') })).toEqual(['shortage L1 A/press']));
  test('that comes in time is none', () => expect(seen({ availableFrom: at('08:00') })).toEqual([]));
  test('of which there is too little is a shortage of the material', () =>
    expect(seen({ quantity: 5 })).toEqual(['shortage sugar A/press']));
});

describe('[U19] a calibration', () => {
  const plan = (expires: string, passed = true) =>
    planOf({
      equipment: [{ ...unit('M1', 'press'), tests: [calibration().id] }],
      testSpecs: [calibration({ renewal: undefined })],
      testResults: [result('M1', at(expires), passed)],
      routings: [routing('R', { press: {} })],
      orders: [order('A')],
    });
  const seen = (expires: string, passed = true) =>
    causes(plan(expires, passed), place('A/press', 'M1', '09:00', '11:00')).map(({ key, text }) => [
      key,
      text,
    ]);

  test('that is valid over the whole task hits nobody', () => expect(seen('12:00')).toEqual([]));
  test('that expires before the task ends hits it', () =>
    expect(seen('10:00')).toEqual([
      ['calibration M1 cal', expect.stringMatching(/M1: Calibration expires Mon 23 Nov/)],
    ]));
  test('that was failed hits it', () => expect(seen('12:00', false)).toHaveLength(1));

  test('[CAL-04] that expires while a task runs longer than planned is somebody’s to decide, by when it expires', () => {
    const running = (now: string, state: object = { kind: 'running', since: at('09:00') }) => {
      const begun = plan('11:30');
      const progress = TaskProgress.parse({
        task: 'A/press',
        unit: 'M1',
        state,
        actualStart: at('09:00'),
        actualRunStart: at('09:00'),
        worked: 0,
        good: 0,
        scrap: 0,
        rework: 0,
      });
      return causes(
        { ...begun, now: at(now), progress: [progress] },
        place('A/press', 'M1', '09:00', '11:00'),
      ).map(({ key, tasks, deadline }) => [key, tasks, deadline]);
    };
    const hit = [['calibration M1 cal', ['A/press'], at('11:30')]];
    expect(running('10:00')).toEqual([]); // as planned it ends before
    expect(running('11:30')).toEqual(hit);
    expect(running('12:00')).toEqual(hit);
    expect(running('12:00', { kind: 'suspended', since: at('11:00'), reason: 'Jam' })).toEqual([]);
  });
});

describe('[U19] a rush order', () => {
  const plant = (
    rush: Parameters<typeof order>[1],
    steps: Record<string, object>,
    press = unit('M1', 'press'),
  ) =>
    planOf({
      equipment: [press, unit('P1', 'pack'), unit('W1', 'stage')],
      routings: [routing('R', { press: {} }), routing('RUSH', steps)],
      orders: [order('A'), order('Z', { routing: 'RUSH', ...rush })],
    });
  // Seven o'clock; A is published on the press until eleven, a press run takes 20 minutes.
  const seen = (...of: Parameters<typeof plant>) =>
    causes(plant(...of), place('A/press', 'M1', '07:00', '11:00')).map(({ key }) => key);
  const press = { press: {} };

  test('that fits before it is due is none, one that must wait for what is published is', () => {
    expect(seen({ due: at('11:20') }, press)).toEqual([]);
    expect(seen({ due: at('11:19') }, press)).toEqual(['rush Z']);
  });
  test('that is due after the horizon of cases is planned anew before anybody has to decide', () =>
    expect(seen({ due: at('Fri12:00') }, press)).toEqual([]));
  test('is one too where its first step only fetches material', () =>
    expect(
      seen(
        { due: at('11:00') },
        { stage: { domain: 'inventory' }, press: { after: [{ step: 'stage', from: 'end', minLag: 0 }] } },
      ),
    ).toEqual(['rush Z']));
  test('fits beside others in a unit that holds several', () => {
    const oven = { ...unit('M1', 'press'), capacity: 8 };
    expect(seen({ due: at('07:20') }, press, oven)).toEqual([]);
  });
  test('whose steps need only end one after the other fits while they overlap', () => {
    const pack = { after: [{ step: 'stage', from: 'end', to: 'end', minLag: 0 }] };
    expect(seen({ due: at('07:20') }, { stage: {}, pack })).toEqual([]);
  });
  test('that a line has begun with is in already', () => {
    const plan = plant({ due: at('08:00') }, press);
    const begun = progressFromEvents(reports('07:00 started Z/press'));
    expect(causes({ ...plan, progress: begun }, place('A/press', 'M1', '07:00', '11:00'))).toEqual([]);
  });
});

describe('what nobody deciding would come to, at least', () => {
  const plan = planOf({
    equipment: [unit('M1', 'press'), unit('P1', 'pack')],
    routings: [routing('R', { press: {}, pack: { after: [{ step: 'press', from: 'end', minLag: 0 }] } })],
    orders: [order('A', { due: at('13:00'), weight: 2 }), order('B', { due: at('23:00') })],
  });
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const places = [
    place('A/press', 'M1', '08:00', '10:00'),
    place('B/press', 'M1', '10:00', '12:00'),
    place('A/pack', 'P1', '11:00', '12:00'),
    place('B/pack', 'P1', '13:00', '14:00'),
  ];
  const press = plan.tasks.filter(({ id }) => id === 'A/press').map(({ id }) => id);

  test('the delay goes on to what follows in the order and on the unit, and names the promise that it breaks', () => {
    const impact = impactOfCause(tasks, places, press, at('11:00'));
    expect(impact.atRisk).toEqual([{ order: 'A', due: at('13:00'), end: at('15:00'), wasLate: false }]);
    expect(impact.cost).toBe(2 * (at('15:00') - at('13:00')));
  });
  test('where nobody knows until when, no end is told', () => {
    const impact = impactOfCause(tasks, places, press, null);
    expect(impact.atRisk).toContainEqual({ order: 'A', due: at('13:00'), end: null, wasLate: false });
    expect(impact.cost).toBe(0);
  });
  test('a delay that is over before the task begins costs nothing', () =>
    expect(impactOfCause(tasks, places, press, at('08:00'))).toEqual({ orders: ['A'], atRisk: [], cost: 0 }));
});
