import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  WorkCalendar,
  finishOf,
  openSeconds,
  openTime,
  overtimeIn,
  shiftsOf,
} from '#shared/time/calendar.ts';
import { HOUR } from '#shared/time/instant.ts';
import { type Interval, lengthOf, totalLength, union } from '#shared/time/interval.ts';
import { addDays, endOfDate, instantFromLocal, localDateOf, weekdayOf } from '#shared/time/zone.ts';

/** A calendar of one daily shift. */
const daily = (zone: string, from: string, to: string, more: object = {}): WorkCalendar =>
  WorkCalendar.parse({
    id: 'c',
    name: 'c',
    zone,
    shifts: [{ name: 's', days: [1, 2, 3, 4, 5, 6, 7], from, to, ...more }],
    entries: [],
  });

/** The hours of the turn that begins on a date. */
function hoursOf(zone: string, from: string, to: string, date: string): number {
  const start = instantFromLocal(zone, date, from);
  const turns = shiftsOf(daily(zone, from, to), { start: start - HOUR, end: start + 24 * HOUR });
  const turn = turns.find((one) => one.start === start);
  return turn ? lengthOf(turn) / HOUR : Number.NaN;
}

describe('[R10] shifts over a change of the clock', () => {
  test('the Berlin night shift 22–06 lasts 9 hours when the clock goes back, 7 when it goes forward', () => {
    expect(hoursOf('Europe/Berlin', '22:00', '06:00', '2026-10-24')).toBe(9);
    expect(hoursOf('Europe/Berlin', '22:00', '06:00', '2027-03-27')).toBe(7);
    expect(hoursOf('Europe/Berlin', '22:00', '06:00', '2026-11-23')).toBe(8);
  });

  test('on Lord Howe Island the clock goes back by half an hour', () => {
    expect(hoursOf('Australia/Lord_Howe', '22:00', '06:00', '2027-04-03')).toBe(8.5);
    expect(hoursOf('Australia/Lord_Howe', '22:00', '06:00', '2026-10-03')).toBe(7.5);
  });

  test('a plant that is open round the clock is open all 25 or 23 hours of the day', () => {
    for (const [date, hours] of [
      ['2026-10-25', 25],
      ['2027-03-28', 23],
      ['2026-11-23', 24],
    ] as const) {
      const day = {
        start: instantFromLocal('Europe/Berlin', date, '00:00'),
        end: instantFromLocal('Europe/Berlin', addDays(date, 1), '00:00'),
      };
      const open = openTime(daily('Europe/Berlin', '06:00', '06:00'), day);
      expect([open, totalLength(open) / HOUR]).toEqual([[day], hours]);
    }
  });

  test('a time that the clock skips is moved forward, one that it repeats is the first', () => {
    const utc = (date: string, time: string): string =>
      new Date(instantFromLocal('Europe/Berlin', date, time) * 1000).toISOString();
    expect(utc('2027-03-28', '02:30')).toBe('2027-03-28T01:30:00.000Z');
    expect(utc('2026-10-25', '02:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  test('a date without a time ends with its last second at the site', () => {
    expect(new Date(endOfDate('Europe/Berlin', '2026-03-02') * 1000).toISOString()).toBe(
      '2026-03-02T23:00:00.000Z',
    );
  });

  test('dates and weekdays are those of the wall', () => {
    const lateEvening = Date.parse('2026-11-22T23:30:00Z') / 1000;
    expect(localDateOf('Europe/Berlin', lateEvening)).toBe('2026-11-23');
    expect(localDateOf('America/New_York', lateEvening)).toBe('2026-11-22');
    expect(weekdayOf('2026-11-23')).toBe(1);
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});

describe('open time of a calendar', () => {
  const berlin = (date: string, time: string): number => instantFromLocal('Europe/Berlin', date, time);
  const monday = { start: berlin('2026-11-23', '00:00'), end: berlin('2026-11-24', '00:00') };
  const hours = (spans: readonly Interval[]): string[] =>
    spans.map((span) => `${(span.start - monday.start) / HOUR}–${(span.end - monday.start) / HOUR}`);

  test('breaks are closed, also those after midnight of a night shift', () => {
    const day = daily('Europe/Berlin', '06:00', '14:00', { breaks: [{ from: '10:00', to: '10:30' }] });
    expect(hours(openTime(day, monday))).toEqual(['6–10', '10.5–14']);
    const night = daily('Europe/Berlin', '22:00', '06:00', { breaks: [{ from: '02:00', to: '02:30' }] });
    expect(hours(openTime(night, monday))).toEqual(['0–2', '2.5–6', '22–24']);
  });

  test('the shift that began the day before reaches into the horizon', () => {
    expect(hours(openTime(daily('Europe/Berlin', '22:00', '06:00'), monday))).toEqual(['0–6', '22–24']);
  });

  test('weekdays are those on which the shift begins', () => {
    const sundayNight = daily('Europe/Berlin', '22:00', '06:00', { days: [7] });
    expect(hours(openTime(sundayNight, monday))).toEqual(['0–6']);
  });

  test('overtime opens, and of two entries the closing one wins', () => {
    const entry = (type: string, from: string, to: string): object => ({
      type,
      interval: { start: berlin('2026-11-23', from), end: berlin('2026-11-23', to) },
    });
    const calendar = WorkCalendar.parse({
      ...daily('Europe/Berlin', '06:00', '14:00'),
      entries: [entry('OVERTIME', '14:00', '18:00'), entry('HOLIDAY', '12:00', '16:00')],
    });
    expect(hours(openTime(calendar, monday))).toEqual(['6–12', '16–18']);
  });

  test('nothing is open without a shift', () => {
    expect(openTime({ ...daily('Europe/Berlin', '06:00', '14:00'), shifts: [] }, monday)).toEqual([]);
  });
});

describe('work over open time', () => {
  const spans = fc
    .array(fc.tuple(fc.nat(1000), fc.integer({ min: 1, max: 60 })), { maxLength: 12 })
    .map((rows) => union(rows.map(([start, length]) => ({ start, end: start + length }))));

  test('what is finished has had exactly its work, and not a second earlier', () => {
    fc.assert(
      fc.property(spans, fc.nat(1000), fc.integer({ min: 1, max: 400 }), (open, start, work) => {
        const end = finishOf(open, start, work);
        const had = (until: number): number => openSeconds(open, { start, end: until });
        const found = end === null ? [had(2000) < work] : [had(end) === work, had(end - 1) === work - 1];
        expect(found).not.toContain(false);
      }),
    );
  });

  test('no work is finished when it begins, or when time next opens', () => {
    const open = [{ start: 10, end: 20 }];
    expect(finishOf(open, 12, 0)).toBe(12);
    expect(finishOf(open, 5, 0)).toBe(10);
    expect(finishOf(open, 20, 0)).toBeNull();
  });
});

test('overtime is what only overtime opens: not what a shift covers, not what is closed', () => {
  const zone = 'UTC';
  const at = (hour: number): number => instantFromLocal(zone, '2026-11-23', '00:00') + hour * HOUR;
  const calendar = daily(zone, '06:00', '14:00');
  const [shift] = calendar.shifts;
  const extra = {
    ...calendar,
    shifts: shift ? [shift, { ...shift, from: '13:00', to: '16:00', overtime: true }] : [],
    entries: [
      { type: 'OVERTIME' as const, interval: { start: at(4), end: at(7) } },
      { type: 'CLOSED' as const, interval: { start: at(15), end: at(16) } },
    ],
  };
  const day = { start: at(0), end: at(24) };
  expect(overtimeIn(extra, day)).toEqual([
    { start: at(4), end: at(6) },
    { start: at(14), end: at(15) },
  ]);
  expect(overtimeIn(calendar, day)).toEqual([]);
});
