import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { select, toggleSelected, useBoard } from '#renderer/state/board.ts';
import { type Layout, firstSeen, lastSeen, lineOf, rowOf } from './layout.ts';
import { currentOf, useBoardUi } from './ui-state.ts';

/** A part of the board: a stretch of time over some height of its rows, in pixels of the layout. */
export interface Area {
  readonly from: Instant;
  readonly to: Instant;
  readonly top: number;
  readonly bottom: number;
}

/** The bars that an area touches, row by row. */
export function barsIn(layout: Layout, { from, to, top, bottom }: Area): BoardBar[] {
  const bars: BoardBar[] = [];
  for (const line of layout.lines) {
    if (line.kind !== 'unit' || line.top + line.height <= top || line.top >= bottom) continue;
    const last = lastSeen(line.lane, to);
    for (let index = firstSeen(line.lane, from); index < last; index += 1) {
      const bar = line.lane.bars[index];
      if (bar && bar.start < to && bar.end > from) bars.push(bar);
    }
  }
  return bars;
}

/** The bars between two: those that begin between them, in their rows and the rows between. */
export function barsBetween(layout: Layout, one: BoardBar, other: BoardBar): BoardBar[] {
  const lines = [one, other].flatMap((bar) => lineOf(layout, rowOf(layout, bar) ?? '') ?? []);
  const from = Math.min(one.start, other.start);
  const until = Math.max(one.start, other.start);
  return barsIn(layout, {
    from,
    to: until + 1,
    top: Math.min(...lines.map(({ top }) => top)),
    bottom: Math.max(...lines.map(({ top, height }) => top + height)),
  }).filter((bar) => bar.start >= from);
}

/** Selects these, beside what is selected where `more`; `current` is what keys act on. */
export function selectSeveral(tasks: readonly TaskId[], current: TaskId | null, more = false): void {
  const before = more ? useBoard.getState().selection : [];
  useBoardUi.setState({ current });
  select([...before, ...tasks]);
}

/** Ctrl or ⌘ with a click: one more or one less. The newest is the current one. */
export function toggleBar(task: TaskId): void {
  toggleSelected(task);
  const { selection } = useBoard.getState();
  selectSeveral([...selection], selection.has(task) ? task : null);
}

/** Shift with a click: all bars from the current one to this one. */
export function selectUpTo(layout: Layout, bar: BoardBar): void {
  const { selection, bars } = useBoard.getState();
  const current = currentOf(selection, useBoardUi.getState().current);
  const from = current === null ? undefined : bars.get(current);
  const between = from ? barsBetween(layout, from, bar) : [bar];
  selectSeveral(
    between.map(({ task }) => task),
    from?.task ?? bar.task,
  );
}

/** The whole order of the current task, what has no place included. */
export function selectOrder(): void {
  const { selection, bars, board } = useBoard.getState();
  const current = currentOf(selection, useBoardUi.getState().current);
  const unplaced = board?.unplaced ?? [];
  const order = current && (bars.get(current) ?? unplaced.find(({ task }) => task === current))?.order;
  if (!order) return;
  const own = [...bars.values(), ...unplaced].filter((one) => one.order === order);
  selectSeveral(
    own.map(({ task }) => task),
    current,
  );
}
