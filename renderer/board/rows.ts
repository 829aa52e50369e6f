import { orderNameOf } from '#shared/domain/of-order.ts';
import { groupBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Board, BoardBar, BoardResource, BoardRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { isoWeek } from './days.ts';
import { boardText } from './text.ts';

/** What a row of the board stands for. */
export const ROWS_BY = ['units', 'people', 'instruments', 'orders', 'tasks'] as const;
export type RowsBy = (typeof ROWS_BY)[number];
export const GROUP_ORDERS_BY = ['product', 'week'] as const;
export type GroupOrdersBy = (typeof GROUP_ORDERS_BY)[number];

/** A row: a work unit, or a person, an instrument, an order, a task. */
export interface Row extends Omit<BoardRow, 'unit' | 'level'> {
  readonly id: string;
  /** Where a bar that is dropped here would run; null where the row does not say. */
  readonly unit: EquipmentId | null;
}

/** Rows top down with what stands on each. A bar may be on several rows, on each for a part of its time. */
export interface Arrangement {
  readonly rows: readonly Row[];
  readonly bars: ReadonlyMap<string, readonly BoardBar[]>;
}

/** Puts bars on rows. `shown` leaves out rows on which nothing of it stands. */
export function arrange(
  board: Pick<Board, 'rows' | 'people' | 'instruments' | 'zone'>,
  bars: readonly BoardBar[],
  by: RowsBy,
  ordersBy: GroupOrdersBy,
  shown: ReadonlySet<TaskId> | null,
): Arrangement {
  const all = arranged(board, bars, by, ordersBy);
  if (shown === null) return all;
  const rows = all.rows.filter((row) => all.bars.get(row.id)?.some(({ task }) => shown.has(task)));
  return { ...all, rows };
}

function arranged(
  board: Parameters<typeof arrange>[0],
  bars: readonly BoardBar[],
  by: RowsBy,
  ordersBy: GroupOrdersBy,
): Arrangement {
  switch (by) {
    case 'units':
      return { rows: board.rows.map(rowOfUnit), bars: groupBy(bars, (bar): string => bar.unit) };
    case 'people':
      return stacked(board.people.map(rowOfResource), byPerson(bars));
    case 'instruments':
      return stacked(board.instruments.map(rowOfResource), byInstrument(bars));
    case 'orders':
      return stacked(
        orderRows(board.zone, bars, ordersBy),
        groupBy(bars, (bar): string => bar.order),
      );
    case 'tasks':
      return {
        rows: bars.toSorted(byOrderAndStart).map((bar) => bareRow(bar.task, bar.name, orderNameOf(bar))),
        bars: new Map(bars.map((bar) => [bar.task, [bar]])),
      };
  }
}

const rowOfUnit = onceFor(({ level: _level, ...row }: BoardRow): Row => ({ ...row, id: row.unit }));
const rowOfResource = onceFor(({ id, name, group, closed }: BoardResource): Row => ({
  ...bareRow(id, name, group),
  closed,
}));

const bareRow = (id: string, name: string, group: string): Row => ({
  id,
  name,
  group,
  area: null,
  unit: null,
  closed: [],
  downtimes: [],
  state: 'UNSCHEDULED',
  reported: null,
});

const byOrderAndStart = (a: BoardBar, b: BoardBar): number =>
  a.due - b.due || (a.order < b.order ? -1 : a.order > b.order ? 1 : a.start - b.start);

/** The most urgent order first, in groups that are as urgent as their first. */
function orderRows(zone: string, bars: readonly BoardBar[], by: GroupOrdersBy): Row[] {
  const rows = [...groupBy(bars.toSorted(byOrderAndStart), (bar) => bar.order)].map(([order, [first]]) =>
    bareRow(
      order,
      first ? orderNameOf(first) : order,
      by === 'product' ? first?.product || boardText.noProduct : weekOf(zone, first?.due ?? 0),
    ),
  );
  return [...groupBy(rows, ({ group }) => group).values()].flat();
}

const weekOf = (zone: string, due: Instant): string => boardText.dueWeek(isoWeek(localDateOf(zone, due)));

/** Every stint where it is, stints of one person that touch as one; what is only a part of a bar is cut to it. */
function byPerson(bars: readonly BoardBar[]): Map<string, BoardBar[]> {
  const rows = new Map<string, BoardBar[]>();
  for (const bar of bars) {
    for (const [person, stints] of groupBy(bar.people, (stint): string => stint.person)) {
      const pieces: { start: Instant; end: Instant }[] = [];
      for (const { start, end } of stints.toSorted((a, b) => a.start - b.start)) {
        const last = pieces.at(-1);
        if (last && start <= last.end) last.end = Math.max(last.end, end);
        else pieces.push({ start, end });
      }
      for (const piece of pieces) push(rows, person, cutTo(bar, piece.start, piece.end));
    }
  }
  return rows;
}

function cutTo(bar: BoardBar, start: Instant, end: Instant): BoardBar {
  if (start === bar.start && end === bar.end) return bar;
  const done = bar.progress * (bar.end - bar.start) - (start - bar.start);
  const isFirst = start === bar.start;
  const isLast = end === bar.end;
  // Of what really happened a row shows its own stretch; too early belongs to the first, too late to the last.
  const from = bar.actualStart !== null && !isFirst ? Math.max(bar.actualStart, start) : bar.actualStart;
  const to = bar.actualEnd !== null && !isLast ? Math.min(bar.actualEnd, end) : bar.actualEnd;
  const happened = from !== null && (isFirst || from < end) && (to === null || isLast || to > start);
  return {
    ...bar,
    start,
    end,
    runStart: Math.min(end, Math.max(start, bar.runStart)),
    progress: Math.min(1, Math.max(0, done / (end - start))),
    actualStart: happened ? from : null,
    actualEnd: happened ? to : null,
  };
}

function byInstrument(bars: readonly BoardBar[]): Map<string, BoardBar[]> {
  const rows = new Map<string, BoardBar[]>();
  for (const bar of bars) for (const instrument of bar.instruments) push(rows, instrument, bar);
  return rows;
}

function push(rows: Map<string, BoardBar[]>, id: string, bar: BoardBar): void {
  const row = rows.get(id);
  if (row) row.push(bar);
  else rows.set(id, [bar]);
}

/** What overlaps (halves of somebody's attention, steps that run side by side) goes to further lines of the same row. */
function stacked(rows: readonly Row[], bars: ReadonlyMap<string, readonly BoardBar[]>): Arrangement {
  const stackedRows: Row[] = [];
  const stackedBars = new Map<string, BoardBar[]>();
  for (const row of rows) {
    const lines: { free: Instant; bars: BoardBar[] }[] = [{ free: -Infinity, bars: [] }];
    for (const bar of (bars.get(row.id) ?? []).toSorted((a, b) => a.start - b.start)) {
      let line = lines.find(({ free }) => free <= bar.start);
      if (!line) lines.push((line = { free: 0, bars: [] }));
      line.bars.push(bar);
      line.free = bar.end;
    }
    lines.forEach((line, index) => {
      const id = index === 0 ? row.id : `${row.id} ${index + 1}`;
      stackedRows.push(index === 0 ? row : { ...row, id, name: '' });
      stackedBars.set(id, line.bars);
    });
  }
  return { rows: stackedRows, bars: stackedBars };
}
