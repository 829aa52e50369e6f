import type { WorkState } from '#shared/domain/execution.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import { feedOf } from '#shared/domain/feed-of.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** What the station says of where its facts come from. */
export interface Sources {
  readonly lastImport: Instant | null;
  readonly limits: FreshnessLimits;
  readonly feeds: readonly {
    readonly name: string;
    readonly pulled: Instant | null;
    readonly staleAfter: Seconds;
  }[];
}

/** When the facts behind one task were heard; null for never. */
export interface FactsBehind {
  readonly imported: Instant | null;
  /** By the line on whose unit it stands. */
  readonly reported: Instant | null;
  readonly work: WorkState['kind'];
}

export interface Freshness {
  readonly imported: Seconds | null;
  /** Null where no line is at work on it: then its silence says nothing. */
  readonly reported: Seconds | null;
  /** Which of the two is too old, what the gates rest on first; null where both may be relied on. */
  readonly stale: 'imported' | 'reported' | null;
}

export function freshnessOf(facts: FactsBehind, now: Instant, limits: FreshnessLimits): Freshness {
  const age = (heard: Instant | null): Seconds | null => (heard === null ? null : Math.max(0, now - heard));
  const imported = age(facts.imported);
  const isAtWork = facts.work === 'setup' || facts.work === 'running';
  const reported = isAtWork ? age(facts.reported) : null;
  const stale =
    facts.work !== 'completed' && isOlder(imported, limits.imported)
      ? 'imported'
      : isAtWork && isOlder(reported, limits.reported)
        ? 'reported'
        : null;
  return { imported, reported, stale };
}

/** What was never heard is older than everything. */
export const isOlder = (age: Seconds | null, limit: Seconds): boolean => age === null || age > limit;

/** When an order was heard of: over the connection that its id names (`source`), or else by an import. */
export function heardFrom(
  order: string,
  { lastImport, limits, feeds }: Sources,
): { readonly source: string | null; readonly heard: Instant | null; readonly limit: Seconds } {
  const feed = feedOf(feeds, order);
  return feed
    ? { source: feed.name, heard: feed.pulled, limit: feed.staleAfter }
    : { source: null, heard: lastImport, limit: limits.imported };
}
