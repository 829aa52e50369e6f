import { z } from 'zod';
import { Instant, type Seconds } from './instant.ts';

/** `start` belongs to it, `end` does not, so neighbours never overlap. */
export const Interval = z
  .object({ start: Instant, end: Instant })
  .refine((span) => span.start <= span.end, { error: 'end is before start' });
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

export const overlaps = (a: Interval, b: Interval): boolean => a.start < b.end && b.start < a.end;

export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

export const lengthOf = (span: Interval): Seconds => span.end - span.start;

export const totalLength = (spans: readonly Interval[]): Seconds =>
  spans.reduce((sum, span) => sum + lengthOf(span), 0);

/** Sorted, disjoint, with touching spans joined and empty ones dropped. */
export function union(spans: readonly Interval[]): Interval[] {
  const sorted = spans.filter((span) => span.start < span.end).sort((a, b) => a.start - b.start);
  const joined: { start: Instant; end: Instant }[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ start: span.start, end: span.end });
  }
  return joined;
}

/** What of `spans` is not covered by `holes`; sorted and disjoint. */
export function subtract(spans: readonly Interval[], holes: readonly Interval[]): Interval[] {
  const cuts = union(holes);
  const left: Interval[] = [];
  let first = 0;
  for (const span of union(spans)) {
    let from = span.start;
    while (first < cuts.length && (cuts[first]?.end ?? 0) <= span.start) first += 1;
    for (let k = first; k < cuts.length; k += 1) {
      const cut = cuts[k];
      if (!cut || cut.start >= span.end) break;
      if (from < cut.start) left.push({ start: from, end: cut.start });
      from = Math.max(from, cut.end);
    }
    if (from < span.end) left.push({ start: from, end: span.end });
  }
  return left;
}

/** What `a` and `b` have in common; sorted and disjoint. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left = union(a);
  const right = union(b);
  const common: Interval[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const one = left[i];
    const other = right[j];
    if (!one || !other) break;
    const start = Math.max(one.start, other.start);
    const end = Math.min(one.end, other.end);
    if (start < end) common.push({ start, end });
    if (one.end < other.end) i += 1;
    else j += 1;
  }
  return common;
}
