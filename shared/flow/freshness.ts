import type { WorkState } from '#shared/domain/execution.ts';
import type { FreshnessLimits } from '#shared/domain/freshness.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

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
const isOlder = (age: Seconds | null, limit: Seconds): boolean => age === null || age > limit;

/** When an ERP was heard last: by an import, or over a connection that had nothing new to say. */
export const lastHeard = (
  lastImport: Instant | null,
  feeds: readonly { readonly pulled: Instant | null }[],
): Instant | null =>
  feeds.reduce<Instant | null>(
    (latest, { pulled }) => (pulled === null ? latest : Math.max(latest ?? pulled, pulled)),
    lastImport,
  );
