import type { ExecutionEvent } from '#shared/domain/execution.ts';

/**
 * What of the recorded events stands: without those that were withdrawn, what was put right of them, and the withdrawals, in
 * the same order. Everything that is folded from events is folded from these, so that it reads as if the report had never come.
 */
export function standingEvents(recorded: readonly ExecutionEvent[]): readonly ExecutionEvent[] {
  const withdrawals = recorded.filter(({ kind }) => kind === 'withdrawn');
  if (withdrawals.length === 0) return recorded;
  const withdrawn = new Set(withdrawals.map(({ withdraws }) => withdraws));
  return recorded.filter(
    ({ id, kind, corrects }) =>
      kind !== 'withdrawn' && !withdrawn.has(id) && (corrects === undefined || !withdrawn.has(corrects)),
  );
}
