import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Downtime } from '#shared/domain/equipment.ts';
import { WorkCalendar } from '#shared/time/calendar.ts';
import { unitStateAfter } from '#shared/flow/unit-state.ts';
import {
  type Elements,
  type StateSpan,
  elementsOf,
  operationTimeOf,
  timelineFromEvents,
} from '#shared/flow/unit-timeline.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { at, clock } from '#test/factory/clock.ts';
import { reports } from './reports.ts';

const SHIFT = { start: at('06:00'), end: at('14:00') };

/** 06:00 to 14:00 with the two planned stops of vector 6.1. */
const calendar = WorkCalendar.parse({
  id: 'early',
  name: 'early',
  zone: 'Europe/Berlin',
  shifts: [
    {
      name: 'early',
      days: [1, 2, 3, 4, 5],
      from: '06:00',
      to: '14:00',
      breaks: [{ from: '12:25', to: '12:55' }],
    },
  ],
  entries: [],
});
const maintenance = Downtime.parse({
  id: 'PM',
  equipment: 'M1',
  start: at('09:30'),
  end: at('10:00'),
  reason: 'PM',
  planned: true,
});

const VECTOR_6_1 = reports(`
  06:00 setupStarted A1
  06:25 started A1
  08:05 paused A1 reason=Minor
  08:20 resumed A1
  09:30 completed A1
  10:30 setupStarted B1
  10:55 started B1
  12:00 paused B1 reason=Mechanical
  12:55 resumed B1
  14:00 completed B1`);

const minutes = (elements: Elements): Record<string, number> =>
  Object.fromEntries(Object.entries(elements).map(([name, seconds]) => [name, seconds / MINUTE]));

const lines = (timeline: readonly StateSpan[]): string[] =>
  timeline.map((span) => `${clock(span.start)} ${span.state}`);

describe('time elements of a work unit (ISO 22400-2)', () => {
  const timeline = timelineFromEvents(VECTOR_6_1, operationTimeOf(calendar, [maintenance], SHIFT));

  test('[vector 6.1] the states of the shift', () => {
    expect(lines(timeline)).toEqual([
      '06:00 SETUP',
      '06:25 PROD',
      '08:05 DELAY',
      '08:20 PROD',
      '09:30 PLANNED_DOWN',
      '10:00 NO_ORDER',
      '10:30 SETUP',
      '10:55 PROD',
      '12:00 DELAY',
      '12:25 PLANNED_DOWN',
      '12:55 PROD',
    ]);
  });

  test('[vector 6.1] the elements of the shift', () => {
    expect(minutes(elementsOf(timeline, SHIFT))).toEqual({
      POT: 480,
      PDOT: 60,
      PBT: 420,
      ADOT: 30,
      ADET: 40,
      AUST: 50,
      APT: 300,
      AUPT: 350,
      AUBT: 390,
      outside: 0,
    });
  });

  test('[vector 6.1] the window cut', () => {
    const cut = minutes(elementsOf(timeline, { start: at('06:00'), end: at('10:00') }));
    expect(cut).toMatchObject({ PBT: 210, AUST: 25, APT: 170, ADET: 15, ADOT: 0, PDOT: 30 });
  });

  test('outside the shift nothing is scheduled', () => {
    const window = { start: at('05:00'), end: at('15:00') };
    const day = timelineFromEvents(VECTOR_6_1, operationTimeOf(calendar, [maintenance], window));
    expect(lines(day)[0]).toBe('05:00 UNSCHEDULED');
    expect(lines(day).at(-1)).toBe('14:00 UNSCHEDULED');
    expect(minutes(elementsOf(day, window))).toEqual(minutes(elementsOf(timeline, SHIFT)));
  });

  test('what began before the window is known in it', () => {
    const later = timelineFromEvents(
      VECTOR_6_1,
      operationTimeOf(calendar, [], { start: at('07:00'), end: at('08:10') }),
    );
    expect(lines(later)).toEqual(['07:00 PROD', '08:05 DELAY']);
  });

  test('work that runs through a break is production, shown as outside the busy time', () => {
    const through = timelineFromEvents(
      reports('12:00 started A1\n13:00 completed A1'),
      operationTimeOf(calendar, [], SHIFT),
    );
    expect(minutes(elementsOf(through, SHIFT))).toMatchObject({ APT: 60, PDOT: 30, outside: 30 });
  });

  test('a breakdown with an order is delay, without one it is down time', () => {
    const broken = reports(`
      06:00 started A1
      07:00 downtimeStarted reason=Mechanical
      07:30 downtimeEnded
      08:00 completed A1
      08:30 downtimeStarted reason=Electrical
      09:00 downtimeEnded`);
    const states = timelineFromEvents(
      broken,
      operationTimeOf(undefined, [], { start: at('06:00'), end: at('09:30') }),
    );
    expect(lines(states)).toEqual(['06:00 PROD', '07:00 DELAY', '07:30 PROD', '08:00 NO_ORDER']);
  });

  test('two tasks at once: the most productive state counts', () => {
    const both = reports('06:00 started A1\n07:00 setupStarted B1\n08:00 completed A1\n09:00 completed B1');
    const states = timelineFromEvents(both, operationTimeOf(undefined, [], SHIFT));
    expect(lines(states)).toEqual(['06:00 PROD', '08:00 SETUP', '09:00 NO_ORDER']);
  });
});

describe('invariants of the time model', () => {
  const kinds = [
    'setupStarted',
    'started',
    'paused',
    'resumed',
    'completed',
    'downtimeStarted',
    'downtimeEnded',
  ];
  const event = fc.tuple(
    fc.integer({ min: 0, max: 719 }),
    fc.constantFrom(...kinds),
    fc.constantFrom('A1', 'B1'),
  );
  const history = fc.array(event, { maxLength: 12 }).map((rows) =>
    reports(
      rows
        .map(([minute, kind, task]) => {
          const time = `${String(5 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
          return `${time} ${kind} ${kind.startsWith('downtime') ? '' : task}`;
        })
        .join('\n'),
    ),
  );
  const window = { start: at('04:00'), end: at('18:00') };
  const timelineOf = (events: ReturnType<typeof reports>): StateSpan[] =>
    timelineFromEvents(events, operationTimeOf(calendar, [maintenance], window));

  test('every instant carries exactly one state: no gap, no overlap', () => {
    fc.assert(
      fc.property(history, (events) => {
        const timeline = timelineOf(events);
        expect(timeline[0]?.start).toBe(window.start);
        expect(timeline.at(-1)?.end).toBe(window.end);
        for (const [k, span] of timeline.entries()) {
          expect(span.start).toBeLessThan(span.end);
          expect(timeline[k + 1]?.start ?? window.end).toBe(span.end);
        }
      }),
    );
  });

  test('[invariant 1] APT + AUST + ADET + ADOT + PDOT = POT when no work lies outside', () => {
    fc.assert(
      fc.property(history, (events) => {
        const { POT, PDOT, PBT, APT, AUST, ADET, ADOT, AUPT, AUBT, outside } = elementsOf(
          timelineOf(events),
          window,
        );
        expect(APT + AUST + ADET + ADOT + PDOT).toBe(POT + outside);
        expect([PBT, AUPT, AUBT]).toEqual([POT - PDOT, APT + AUST, APT + AUST + ADET]);
      }),
    );
  });

  test('[invariant 4] the elements of two parts add up to those of the whole', () => {
    fc.assert(
      fc.property(history, fc.integer({ min: window.start, max: window.end }), (events, middle) => {
        const timeline = timelineOf(events);
        const left = elementsOf(timeline, { start: window.start, end: middle });
        const right = elementsOf(timeline, { start: middle, end: window.end });
        const whole = elementsOf(timeline, window);
        for (const name of Object.keys(whole) as (keyof Elements)[]) {
          expect(left[name] + right[name]).toBe(whole[name]);
        }
      }),
    );
  });
});

describe('the state of a unit after one report', () => {
  const idle = { task: undefined, unit: undefined };
  const inWork = { state: 'DELAY', task: 'A1', down: null } as const;

  test('setup, production, delay, no order', () => {
    expect(unitStateAfter({ kind: 'setupStarted' }, idle)).toBe('SETUP');
    expect(unitStateAfter({ kind: 'started' }, idle)).toBe('PROD');
    expect(unitStateAfter({ kind: 'paused' }, idle)).toBe('DELAY');
    expect(unitStateAfter({ kind: 'completed' }, idle)).toBe('NO_ORDER');
  });

  test('a breakdown is delay only while an order is in work', () => {
    expect(unitStateAfter({ kind: 'downtimeStarted' }, idle)).toBe('NO_ORDER');
    expect(unitStateAfter({ kind: 'downtimeStarted' }, { task: undefined, unit: inWork })).toBe('DELAY');
    expect(unitStateAfter({ kind: 'downtimeEnded' }, idle)).toBe('NO_ORDER');
    expect(unitStateAfter({ kind: 'downtimeEnded' }, { task: undefined, unit: inWork })).toBe('PROD');
  });

  test('a quantity changes nothing', () => {
    expect(unitStateAfter({ kind: 'quantityReported' }, { task: undefined, unit: inWork })).toBe('DELAY');
  });
});
