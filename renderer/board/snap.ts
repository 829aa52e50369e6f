import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Lane } from './layout.ts';

/** Something that a bar keeps to: where its line is seen, where the bar would start, and the neighbour behind which that is. */
export interface Snap {
  readonly line: Instant;
  readonly start: Instant;
  readonly behind: TaskId | null;
}

/**
 * What is nearest to the wished start, within `reach`: the end of a neighbour or of what comes before it, the start of a
 * shift, or a neighbour's start that it would end at. null where nothing is near.
 */
export function snapOf(
  { bars, closed }: Pick<Lane, 'bars' | 'closed'>,
  wish: { readonly task: TaskId; readonly start: Instant; readonly length: Seconds },
  before: readonly Instant[],
  reach: Seconds,
): Snap | null {
  let best: Snap | null = null;
  let nearest = reach;
  function offer(line: Instant, start: Instant, behind: TaskId | null): void {
    const away = Math.abs(start - wish.start);
    if (away > nearest || (away === nearest && best)) return;
    nearest = away;
    best = { line, start, behind };
  }
  for (const bar of bars) {
    if (bar.task === wish.task) continue;
    offer(bar.end, bar.end, bar.task);
    offer(bar.start, bar.start - wish.length, null);
  }
  for (const end of before) offer(end, end, null);
  for (let k = 1; k < closed.length; k += 2) offer(closed[k] ?? 0, closed[k] ?? 0, null);
  return best;
}
