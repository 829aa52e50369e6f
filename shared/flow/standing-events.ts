import type { ExecutionEvent } from '#shared/domain/execution.ts';

/**
 * What of the recorded events stands: without those that were withdrawn, what was put right of them, and the withdrawals, in
 * the same order. Everything that is folded from events is folded from these, so that it reads as if the report had never
 * come. A withdrawal that was itself withdrawn withdraws nothing.
 */
export function standingEvents(recorded: readonly ExecutionEvent[]): readonly ExecutionEvent[] {
  const withdrawals = standingWithdrawals(recorded);
  if (withdrawals.size === 0) return recorded;
  return recorded.filter(
    ({ id, kind, corrects }) =>
      kind !== 'withdrawn' && !withdrawals.has(id) && (corrects === undefined || !withdrawals.has(corrects)),
  );
}

/** The withdrawals that stand, by what they withdraw: each comes later than that, so the last one decides. */
export function standingWithdrawals(recorded: readonly ExecutionEvent[]): Map<string, ExecutionEvent> {
  const standing = new Map<string, ExecutionEvent>();
  for (const event of recorded.toReversed())
    if (event.withdraws !== undefined && !standing.has(event.id)) standing.set(event.withdraws, event);
  return standing;
}
