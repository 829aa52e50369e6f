import { expect, test } from 'vitest';
import { counted, duration, formatsOf, hours, percent, stopwatch } from '#renderer/ui/format.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;

test('[U17] times stand on the plant’s wall clock, 24 hours, also over daylight saving', () => {
  const berlin = formatsOf('Europe/Berlin');
  expect(berlin.moment(at('2026-11-23T05:40:00Z'))).toBe('Mon 23 Nov 06:40');
  expect(berlin.time(at('2026-07-01T22:05:00Z'))).toBe('00:05');
  expect(berlin.date(at('2026-12-31T23:30:00Z'))).toBe('1 Jan 2027');
  expect(berlin.stamp(at('2026-11-23T05:40:12Z'))).toBe('2026-11-23 06:40:12');
  expect([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z')].map(berlin.time)).toEqual([
    '02:30',
    '02:30',
  ]);
});

test('a time of another day says which day it is', () => {
  const { momentNear } = formatsOf('Europe/Berlin');
  const now = at('2026-11-24T01:40:00Z'); // the night shift, 02:40
  expect(momentNear(at('2026-11-23T23:05:00Z'), now)).toBe('00:05');
  expect(momentNear(at('2026-11-23T22:50:00Z'), now)).toBe('Mon 23 Nov 23:50');
});

test('lengths of time say no more than two units', () => {
  expect([20, 40 * 60, 2 * 3600 + 300, 76 * 3600].map(duration)).toEqual([
    '20 s',
    '40 min',
    '2 h 05 min',
    '3 d 4 h',
  ]);
  expect([hours(41.4 * 3600), hours(0)]).toEqual(['41 h', '0 h']);
  expect(hours(6.5 * 3600)).toMatch(/^6[.,]5 h$/); // decimals are the reader's own
  expect(stopwatch(68_400)).toBe('01:08');
});

test('one is one, many are many', () => {
  expect([counted(1, 'task'), counted(0, 'task'), counted(2, 'entry', 'entries')]).toEqual([
    '1 task',
    '0 tasks',
    '2 entries',
  ]);
  expect(percent(0.8149)).toBe('81%');
});
