import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Interval,
  Interval as IntervalSchema,
  contains,
  intersect,
  overlaps,
  subtract,
  totalLength,
  union,
} from '#shared/time/interval.ts';

const span = fc
  .tuple(fc.integer({ min: -60, max: 60 }), fc.nat(20))
  .map(([start, length]) => ({ start, end: start + length }));
const real = span.map(({ start, end }) => ({ start, end: end + 1 }));
const spans = fc.array(span, { maxLength: 10 });
const instant = fc.integer({ min: -70, max: 90 });

const covers = (of: readonly Interval[], at: number): boolean =>
  of.some(({ start, end }) => start <= at && at < end);

/** Sorted, disjoint, not touching, none empty. */
function isNormal(of: readonly Interval[]): boolean {
  return of.every((one, k) => one.start < one.end && one.end < (of[k + 1]?.start ?? Infinity));
}

describe('half-open intervals as sets of instants', () => {
  test('union, difference and intersection say of every instant what logic says', () => {
    fc.assert(
      fc.property(spans, spans, instant, (a, b, at) => {
        expect(covers(union(a), at)).toBe(covers(a, at));
        expect(covers(subtract(a, b), at)).toBe(covers(a, at) && !covers(b, at));
        expect(covers(intersect(a, b), at)).toBe(covers(a, at) && covers(b, at));
      }),
    );
  });

  test('what comes out is sorted and disjoint; union and intersection leave no touching neighbours', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        expect(isNormal(union(a))).toBe(true);
        expect(isNormal(subtract(a, b))).toBe(true);
        expect(isNormal(intersect(a, b))).toBe(true);
      }),
    );
  });

  test('a set is what is left of it and what was taken from it', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        expect(union([...subtract(a, b), ...intersect(a, b)])).toEqual(union(a));
        expect(totalLength(subtract(a, b)) + totalLength(intersect(a, b))).toBe(totalLength(union(a)));
      }),
    );
  });

  test('union and intersection do not care about order, and doing them twice changes nothing', () => {
    fc.assert(
      fc.property(spans, spans, (a, b) => {
        expect(union([...a, ...b])).toEqual(union([...b, ...a]));
        expect(intersect(a, b)).toEqual(intersect(b, a));
        expect(union(union(a))).toEqual(union(a));
      }),
    );
  });

  test('overlapping means that something is in both; neighbours do not overlap', () => {
    fc.assert(
      fc.property(real, real, (a, b) => {
        expect(overlaps(a, b)).toBe(intersect([a], [b]).length > 0);
      }),
    );
    expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false);
  });

  test('containing means that nothing is left outside', () => {
    fc.assert(
      fc.property(real, real, (outer, inner) => {
        expect(contains(outer, inner)).toBe(subtract([inner], [outer]).length === 0);
      }),
    );
  });

  test('an interval that ends before it starts is refused', () => {
    expect(IntervalSchema.safeParse({ start: 5, end: 4 }).success).toBe(false);
    expect(IntervalSchema.safeParse({ start: 5, end: 5 }).success).toBe(true);
  });
});
