import type { Relation } from '#shared/domain/relation.ts';
import type { Seconds } from '#shared/time/instant.ts';
import type { Element } from './xml.ts';
import { childOf, childrenOf, refuse, secondsOf, textOf, textsOf, warn, type Scope } from './fields.ts';

/** What B must keep to after A, from which end of A: bounds of the lag, as far as values of the pair gave them. */
interface Bounds {
  min?: Seconds;
  max?: Seconds;
}

/** B's run against A's start and A's end, merged over all values of the pair. */
export interface Dependency {
  readonly before: string;
  readonly after: string;
  readonly at: Element;
  readonly start: Bounds;
  readonly end: Bounds;
}

/**
 * The segment dependencies of all segments: A is the segment they stand in, B the one they name (ISA-95 Part 2,
 * SegmentDependencyType). All ten values; two of them are not for planning and are refused.
 */
export function dependenciesOf(scope: Scope, segments: readonly Element[]): Dependency[] {
  const ids = new Set(segments.map((segment) => textOf(segment, 'ID')));
  const pairs = new Map<string, Dependency>();
  for (const segment of segments) {
    const before = textOf(segment, 'ID') ?? '';
    for (const at of childrenOf(segment, 'SegmentDependency')) {
      const named = ['SegmentID', 'ProcessSegmentID', 'ProductSegmentID'].flatMap((name) =>
        textsOf(at, name),
      );
      for (const after of named) {
        if (!ids.has(after)) {
          refuse(scope, at, 'SegmentID', after, 'The definition has no such segment.');
          continue;
        }
        const key = `${before}\n${after}`;
        const pair = pairs.get(key) ?? { before, after, at, start: {}, end: {} };
        if (narrow(scope, at, pair)) pairs.set(key, pair);
      }
      if (named.length === 0) refuse(scope, at, 'SegmentID', '', 'The dependency names no segment.');
    }
  }
  return [...pairs.values()];
}

/** Narrows the bounds by one dependency; false when it bounds nothing. */
function narrow(scope: Scope, at: Element, { start, end }: Dependency): boolean {
  const value = textOf(at, 'Dependency') ?? '';
  const atLeast = (bounds: Bounds, lag: Seconds) => {
    bounds.min = Math.max(bounds.min ?? 0, lag);
    return true;
  };
  const atMost = (bounds: Bounds, lag: Seconds) => {
    bounds.max = Math.min(bounds.max ?? lag, lag);
    return true;
  };
  switch (value) {
    case 'AtStart':
      return atLeast(start, 0) && atMost(start, 0);
    case 'AfterStart':
      return atLeast(start, 0);
    case 'AfterEnd':
      return atLeast(end, 0);
    case 'NoEarlierAfterStart':
      return atLeast(start, factorOf(scope, at, value));
    case 'NoLaterAfterStart':
      return atMost(start, factorOf(scope, at, value));
    case 'NoEarlierAfterEnd':
      return atLeast(end, factorOf(scope, at, value));
    case 'NoLaterAfterEnd':
      return atMost(end, factorOf(scope, at, value));
    case 'PossibleParallel':
      return false;
    case 'NotFollow':
    case 'NotInParallel':
      refuse(scope, at, 'Dependency', value, 'This dependency cannot be planned.');
      return false;
    default:
      refuse(scope, at, 'Dependency', value, 'Is no dependency of ISA-95.');
      return false;
  }
}

function factorOf(scope: Scope, at: Element, value: string): Seconds {
  const factor = childOf(at, 'DependencyFactor');
  const text = factor && textOf(factor, 'ValueString');
  if (!factor || text === undefined) {
    refuse(scope, at, 'DependencyFactor', '', `${value} needs a factor: how long after.`);
    return 0;
  }
  const unit = textOf(factor, 'UnitOfMeasure') ?? '';
  return secondsOf(scope, { at: factor, field: 'DependencyFactor', text, unit }) ?? 0;
}

/** The relations that B's step gets from a pair. */
export function relationsFrom(scope: Scope, { at, start, end, before, after }: Dependency): Relation[] {
  if (start.min === undefined && end.min === undefined) {
    warn(
      scope,
      at,
      'Dependency',
      `${before} to ${after}`,
      'Only a latest time is given; that the one follows the other is taken for granted.',
    );
  }
  const relations: Relation[] = [];
  for (const [from, { min, max }] of [
    ['start', start],
    ['end', end],
  ] as const) {
    if (min === undefined && max === undefined) continue;
    if (max !== undefined && max < (min ?? 0)) {
      refuse(
        scope,
        at,
        'DependencyFactor',
        `${min} s to ${max} s`,
        'The latest time is before the earliest.',
      );
      continue;
    }
    relations.push({ from, minLag: min ?? 0, ...(max === undefined ? {} : { maxLag: max }) });
  }
  return relations;
}
