import { expect, test } from 'vitest';
import { formatLocal, formatSpan } from '#shared/time/format.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import { LocalTime, Zone } from '#shared/time/zone.ts';

const at = (iso: string): number => Date.parse(iso) / 1000;

test('an instant in words of the wall clock of the plant', () => {
  expect(formatLocal('Europe/Berlin', at('2026-11-24T15:00:00Z'))).toBe('Tue 24 Nov 16:00');
  expect(formatLocal('America/New_York', at('2026-11-24T04:05:00Z'))).toBe('Mon 23 Nov 23:05');
  expect(formatLocal('Europe/Berlin', at('2026-11-23T23:00:00Z'))).toBe('Tue 24 Nov 00:00');
});

test('the two hours that a night has twice read the same, an hour apart', () => {
  expect(formatLocal('Europe/Berlin', at('2026-10-25T00:30:00Z'))).toBe('Sun 25 Oct 02:30');
  expect(formatLocal('Europe/Berlin', at('2026-10-25T01:30:00Z'))).toBe('Sun 25 Oct 02:30');
});

test('a length of time in words', () => {
  expect([45, 1200, 7200, 7500, 86_400, 273_600].map(formatSpan)).toEqual([
    '45 s',
    '20 min',
    '2 h',
    '2 h 05 min',
    '1 d',
    '3 d 4 h',
  ]);
});

test('ISO 8601 without milliseconds', () => {
  expect(isoFromInstant(0)).toBe('1970-01-01T00:00:00Z');
});

test('zones and wall-clock times are checked', () => {
  expect(Zone.safeParse('Europe/Berlin').success).toBe(true);
  expect(Zone.safeParse('Middle/Earth').success).toBe(false);
  expect(LocalTime.safeParse('23:59').success).toBe(true);
  expect(LocalTime.safeParse('24:00').success).toBe(false);
});
