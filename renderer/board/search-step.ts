import type { BoardBar } from '#shared/contract/views.ts';
import { useBoard } from '#renderer/state/board.ts';
import { beside } from './nearby.ts';
import { currentOf, selectOne, useBoardUi } from './ui-state.ts';

const current = () => currentOf(useBoard.getState().selection, useBoardUi.getState().current);

/** Selects the next hit of the search, or the one before. */
export function stepHit(hits: readonly BoardBar[] | null, step: 1 | -1): void {
  const next = beside(hits ?? [], current(), step);
  if (next) selectOne(next.task);
}

/** Selects the next task of the current one's order, in the order of time. */
export function stepOrder(step: 1 | -1): void {
  const { bars } = useBoard.getState();
  const task = current();
  const bar = task === null ? undefined : bars.get(task);
  if (!bar) return;
  const own = [...bars.values()].filter(({ order }) => order === bar.order);
  const next = beside(
    own.toSorted((a, b) => a.start - b.start),
    task,
    step,
  );
  if (next) selectOne(next.task);
}
