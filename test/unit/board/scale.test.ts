import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';
import { type Scale, fitted, gridOf, instantAt, levelOf, scrollKeeping, xOf } from '#renderer/board/scale.ts';

const scale: Scale = { origin: 1_000_000, secondsPerPixel: 72 };

test('time and pixels are each other’s inverse', () => {
  for (const at of [1_000_000, 1_086_400, 3_000_007]) expect(instantAt(scale, xOf(scale, at))).toBe(at);
});

test('zooming keeps the instant under the pointer', () => {
  const after = { ...scale, secondsPerPixel: 20 };
  const scroll = scrollKeeping(scale, after, 500, 300);
  expect(instantAt(after, scroll + 300)).toBe(instantAt(scale, 800));
});

test('the view shows between a quarter of an hour and eight weeks', () => {
  expect(fitted(1, 1000) * 1000).toBe(15 * MINUTE);
  expect(fitted(1000 * DAY, 1000) * 1000).toBe(56 * DAY);
});

describe('snapping follows the zoom', () => {
  test('five minutes up to a day in sight, coarser beyond, never finer than the hand', () => {
    const grids = [8 * HOUR, DAY, 3 * DAY, 7 * DAY, 14 * DAY].map((span) => gridOf(span / 1200) / MINUTE);
    expect(grids).toEqual([5, 5, 15, 60, 120]);
  });
});

test('a button shows as pressed when the view stands at its level', () => {
  const planned = { start: 0, end: 20 * DAY };
  expect(levelOf(DAY / 1200, 1200, planned)).toBe('day');
  expect(levelOf(fitted(20.4 * DAY, 1200), 1200, planned)).toBe('fit');
  expect(levelOf(DAY / 1000, 1200, planned)).toBeNull();
});
