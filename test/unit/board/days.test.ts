import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';
import { instantFromLocal } from '#shared/time/zone.ts';
import { daysOf, isoWeek, snapped, stepOf, ticksOf, upperBound, upperTicksOf } from '#renderer/board/days.ts';

const BERLIN = 'Europe/Berlin';
const at = (date: string, time: string) => instantFromLocal(BERLIN, date, time);
const week = (date: string, end: string) =>
  daysOf(BERLIN, { start: at(date, '00:00'), end: at(end, '00:00') });

describe('days have their true length', () => {
  test('the day on which clocks go forward has 23 hours, the one on which they go back 25', () => {
    const spring = week('2026-03-28', '2026-03-31');
    expect(spring.dates).toEqual(['2026-03-28', '2026-03-29', '2026-03-30']);
    expect(Array.from(spring.starts, (start, day) => (spring.starts[day + 1] ?? start) - start)).toEqual([
      24 * HOUR,
      23 * HOUR,
      24 * HOUR,
      0,
    ]);
    const autumn = week('2026-10-25', '2026-10-26');
    expect((autumn.starts[1] ?? 0) - (autumn.starts[0] ?? 0)).toBe(25 * HOUR);
  });

  test('in spring no hour is called 02, in autumn two are', () => {
    const spring = ticksOf(week('2026-03-29', '2026-03-30'), 60);
    expect(spring.labels).toHaveLength(23);
    expect(spring.labels.slice(0, 4)).toEqual(['00', '01', '03', '04']);
    const autumn = ticksOf(week('2026-10-25', '2026-10-26'), 60);
    expect(autumn.labels.slice(0, 5)).toEqual(['00', '01', '02', '02', '03']);
    expect(autumn.labels).toHaveLength(25);
  });

  test('changes of shift stand at 06, 14 and 22 of the wall clock, also on the day of 23 hours', () => {
    const ticks = ticksOf(week('2026-03-29', '2026-03-30'), 480);
    expect(ticks.labels).toEqual(['06', '14', '22']);
    expect(Array.from(ticks.at)).toEqual(['06:00', '14:00', '22:00'].map((time) => at('2026-03-29', time)));
  });
});

describe('the axis', () => {
  test('the closer the view, the finer the step; at two weeks it is days', () => {
    const room = 1200;
    expect([HOUR / 2, 8 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY].map((span) => stepOf(span / room))).toEqual([
      5,
      30,
      60,
      120,
      480,
      'day',
    ]);
    expect(stepOf((120 * DAY) / room)).toBe('week');
  });

  test('minutes say hours and minutes, days their weekday, weeks their ISO number', () => {
    const days = week('2026-11-21', '2026-12-03');
    expect(ticksOf(days, 30).labels.slice(0, 3)).toEqual(['00:00', '00:30', '01:00']);
    expect(ticksOf(days, 'day').labels.slice(0, 3)).toEqual(['Sat 21', 'Sun 22', 'Mon 23']);
    expect(upperTicksOf(days, 'day').labels).toEqual([
      'Week 47 · November 2026',
      'Week 48 · November 2026',
      'Week 49 · November 2026',
    ]);
    expect(upperTicksOf(days, 'week').labels).toEqual(['November 2026', 'December 2026']);
  });

  test('ISO weeks: 1 January may belong to the last week of the year before', () => {
    expect(['2026-12-31', '2027-01-01', '2027-01-04', '2024-12-30'].map(isoWeek)).toEqual([53, 53, 1, 1]);
  });
});

describe('snapping', () => {
  const days = week('2026-03-28', '2026-03-31');

  test('goes to the nearest line of the grid, counted from local midnight', () => {
    expect(snapped(days, at('2026-03-28', '06:42') + 20, 5 * MINUTE)).toBe(at('2026-03-28', '06:40'));
    expect(snapped(days, at('2026-03-28', '06:43'), 5 * MINUTE)).toBe(at('2026-03-28', '06:45'));
  });

  test('never goes beyond the next midnight, however long the day is', () => {
    expect(snapped(days, at('2026-03-29', '23:30'), 8 * HOUR)).toBe(at('2026-03-30', '00:00'));
  });

  test('a zone a quarter of an hour off snaps to its own full hours', () => {
    const nepal = daysOf('Asia/Kathmandu', {
      start: at('2026-11-23', '00:00'),
      end: at('2026-11-25', '00:00'),
    });
    const eight = instantFromLocal('Asia/Kathmandu', '2026-11-23', '08:00');
    expect(snapped(nepal, eight + 20 * MINUTE, HOUR)).toBe(eight);
  });
});

test('upperBound finds the first greater value', () => {
  const values = Float64Array.from([1, 3, 3, 8]);
  expect([0, 1, 2, 3, 8, 9].map((value) => upperBound(values, value))).toEqual([0, 1, 1, 3, 4, 4]);
});
