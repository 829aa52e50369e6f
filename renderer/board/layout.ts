import { groupBy } from '#shared/base/group.ts';
import type { Board, BoardBar, TaskPlace } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { boundariesOf } from './closed-time.ts';
import { upperBound } from './days.ts';
import { type GroupOrdersBy, type Row, type RowsBy, arrange } from './rows.ts';

/** The bars of one row in the order of their start, with what drawing asks of them again and again. */
export interface Lane {
  readonly row: Row;
  readonly bars: readonly BoardBar[];
  /** Where each bar begins to be seen: planned or actual, whatever is earlier. Ascending. */
  readonly starts: Float64Array;
  /** The latest end among this bar and all before it: ascending too, so that the first visible bar is found by halving. */
  readonly reach: Float64Array;
  /** Closed time as start, end, start, end … */
  readonly closed: Float64Array;
  /** The end of the last bar that has begun or is held where it is; -Infinity without one. */
  readonly frozenUntil: Instant;
  /** "order · step", written when first drawn. */
  readonly labels: (string | undefined)[];
  /** The quantity with its unit, written when first drawn. */
  readonly amounts: (string | undefined)[];
  /** The label cut to `cutAt` letters, kept while the width stays. */
  readonly cuts: (string | undefined)[];
  readonly cutAt: Uint16Array;
  /** The bars as they came, to see whether anything changed. */
  readonly source: readonly BoardBar[];
}

/** One line of the board, top down: the head of an area, of a production line in it, or a row. */
export type Line =
  | {
      readonly kind: 'group';
      /** What is folded by it: its name within its area. */
      readonly key: string;
      readonly name: string;
      readonly isInner: boolean;
      readonly lanes: readonly Lane[];
      readonly collapsed: boolean;
      readonly top: number;
      readonly height: number;
    }
  | { readonly kind: 'unit'; readonly lane: Lane; readonly top: number; readonly height: number };

/** A task, or a part of it, on one row. */
export interface Piece {
  readonly row: string;
  readonly bar: BoardBar;
}

/** How rows are chosen and arranged. */
export interface Look {
  readonly rowHeight: number;
  readonly collapsed: ReadonlySet<string>;
  readonly by: RowsBy;
  readonly ordersBy: GroupOrdersBy;
  /** Rows without any of these are left out; null shows all. */
  readonly shown: ReadonlySet<TaskId> | null;
}

export interface Layout {
  readonly lines: readonly Line[];
  /** `top` of every line, to find the first visible one by halving. */
  readonly tops: Float64Array;
  readonly height: number;
  readonly by: RowsBy;
  /** By the ids of rows; those of collapsed groups have a lane but no line. */
  readonly lineOfRow: ReadonlyMap<string, number>;
  readonly lanes: ReadonlyMap<string, Lane>;
  /** On which rows a task stands, in the order of time; null where that is its unit. */
  readonly pieces: ReadonlyMap<TaskId, readonly Piece[]> | null;
  /** From the first to the last thing on the board. */
  readonly range: Interval;
  /** From the first start to the last end of a bar; the range when there is none. */
  readonly planned: Interval;
}

export const GROUP_HEIGHT = 28;

/** It has begun, or its line counts on it: a machine leaves it where it is. */
export const isLocked = ({ frozen, work }: BoardBar): boolean =>
  work !== 'completed' && (frozen || work !== 'waiting');

const seenFrom = (bar: BoardBar): Instant => Math.min(bar.start, bar.actualStart ?? Infinity);
const seenTo = (bar: BoardBar): Instant => Math.max(bar.end, bar.actualEnd ?? -Infinity);

/** Places rows and bars. Lanes in which nothing changed are taken over from `previous`. */
export function layoutOf(
  board: Board,
  bars: readonly BoardBar[],
  look: Look,
  previous: Layout | null = null,
): Layout {
  const arrangement = arrange(board, bars, look.by, look.ordersBy, look.shown);
  const lines: Line[] = [];
  const lanes = new Map<string, Lane>();
  const lineOfRow = new Map<string, number>();
  let top = 0;
  /** A head over what stands below it, unless it is folded. */
  function addGroup(
    name: string,
    key: string,
    isInner: boolean,
    own: readonly Lane[],
    add: () => void,
  ): void {
    const collapsed = look.collapsed.has(key);
    lines.push({ kind: 'group', key, name, isInner, lanes: own, collapsed, top, height: GROUP_HEIGHT });
    top += GROUP_HEIGHT;
    if (!collapsed) add();
  }
  function addRows(own: readonly Lane[]): void {
    for (const lane of own) {
      lineOfRow.set(lane.row.id, lines.length);
      lines.push({ kind: 'unit', lane, top, height: look.rowHeight });
      top += look.rowHeight;
    }
  }
  for (const row of arrangement.rows) {
    lanes.set(row.id, laneOf(row, arrangement.bars.get(row.id) ?? [], previous?.lanes.get(row.id)));
  }
  for (const [name, own] of groupBy(lanes.values(), ({ row }) => row.area ?? row.group)) {
    addGroup(name, name, false, own, () => {
      addRows(own.filter(({ row }) => row.area === null));
      const inLines = own.filter(({ row }) => row.area !== null);
      for (const [line, ofLine] of groupBy(inLines, ({ row }) => row.group)) {
        addGroup(line, innerKey(name, line), true, ofLine, () => addRows(ofLine));
      }
    });
  }
  const planned = plannedOf(lanes.values()) ?? board.horizon;
  return {
    lines,
    tops: Float64Array.from(lines, (line) => line.top),
    height: top,
    by: look.by,
    lineOfRow,
    lanes,
    pieces: look.by === 'units' ? null : piecesOn(lanes),
    planned,
    range: {
      start: Math.min(board.horizon.start, planned.start),
      end: Math.max(board.horizon.end, planned.end),
    },
  };
}

const innerKey = (area: string, line: string): string => `${area} · ${line}`;

/** What a row can be folded into, the outermost first. */
export const groupsOf = ({ area, group }: Row): readonly string[] =>
  area === null ? [group] : [area, innerKey(area, group)];

/** A layout that remembers the last one, so that a changed board costs what changed. */
export function createLayouter(): (board: Board, bars: readonly BoardBar[], look: Look) => Layout {
  let previous: Layout | null = null;
  return (board, bars, look) => (previous = layoutOf(board, bars, look, previous));
}

function piecesOn(lanes: ReadonlyMap<string, Lane>): Map<TaskId, Piece[]> {
  const pieces = new Map<TaskId, Piece[]>();
  for (const [row, { bars }] of lanes) {
    for (const bar of bars) {
      const own = pieces.get(bar.task);
      if (own) own.push({ row, bar });
      else pieces.set(bar.task, [{ row, bar }]);
    }
  }
  for (const own of pieces.values()) own.sort((a, b) => a.bar.start - b.bar.start);
  return pieces;
}

function laneOf(row: Row, source: readonly BoardBar[], previous: Lane | undefined): Lane {
  if (previous && same(previous.source, source)) {
    return previous.row === row ? previous : { ...previous, row, closed: boundariesOf(row.closed) };
  }
  const starts = new Float64Array(source.length);
  const bars = inOrder(source, starts);
  const reach = new Float64Array(bars.length);
  let latest = -Infinity;
  let frozenUntil = -Infinity;
  for (let index = 0; index < reach.length; index += 1) {
    const bar = bars[index];
    if (!bar) break;
    latest = Math.max(latest, seenTo(bar));
    reach[index] = latest;
    if (isLocked(bar)) frozenUntil = Math.max(frozenUntil, bar.end);
  }
  return {
    row,
    bars,
    starts,
    reach,
    frozenUntil,
    closed: previous?.row === row ? previous.closed : boundariesOf(row.closed),
    labels: [],
    amounts: [],
    cuts: [],
    cutAt: new Uint16Array(bars.length),
    source,
  };
}

/** The bars in the order in which they are seen, with `starts` told. Mostly they come so, and a look is cheaper than a sort. */
function inOrder(bars: readonly BoardBar[], starts: Float64Array): readonly BoardBar[] {
  let last = -Infinity;
  for (const [index, bar] of bars.entries()) {
    const at = seenFrom(bar);
    if (at < last)
      return inOrder(
        bars.toSorted((a, b) => seenFrom(a) - seenFrom(b)),
        starts,
      );
    starts[index] = at;
    last = at;
  }
  return bars;
}

const same = (a: readonly BoardBar[], b: readonly BoardBar[]): boolean =>
  a.length === b.length && a.every((bar, index) => bar === b[index]);

function plannedOf(lanes: Iterable<Lane>): Interval | null {
  let start = Infinity;
  let end = -Infinity;
  for (const { starts, reach } of lanes) {
    start = Math.min(start, starts[0] ?? Infinity);
    end = Math.max(end, reach.at(-1) ?? -Infinity);
  }
  return start < end ? { start, end } : null;
}

/** The bars of a lane that may be seen in [from, to): indices [first, last). */
export const firstSeen = (lane: Lane, from: Instant): number => upperBound(lane.reach, from);
export const lastSeen = (lane: Lane, to: Instant): number => upperBound(lane.starts, to - 1);

/** The line at height `y`, or none below the last. */
export function lineAt(layout: Layout, y: number): Line | null {
  if (y < 0 || y >= layout.height) return null;
  return layout.lines[upperBound(layout.tops, y) - 1] ?? null;
}

const NOWHERE: readonly Piece[] = [];

/** Where a bar is seen: on its unit's row, or on the rows of everybody who works on it. */
export const piecesOf = (layout: Layout, bar: BoardBar): readonly Piece[] =>
  layout.pieces ? (layout.pieces.get(bar.task) ?? NOWHERE) : [{ row: bar.unit, bar }];

/** Where a stretch of time on a unit is seen: on the row of its task where rows are orders or tasks, as the first stint of a person. */
export function pieceAt(
  layout: Layout,
  place: Pick<BoardBar, 'unit' | 'start' | 'end'> & { readonly task?: TaskId },
): { readonly row: string; readonly bar: Pick<BoardBar, 'start' | 'end'> } | undefined {
  if (!layout.pieces) return { row: place.unit, bar: place };
  const piece = place.task && layout.pieces.get(place.task)?.[0];
  return piece && isWhole(layout.by) ? { row: piece.row, bar: place } : piece;
}

/** Whether a row has whole tasks, which keep their row when they stand at another time. */
export const isWhole = (by: RowsBy): boolean => by === 'units' || by === 'orders' || by === 'tasks';

/** The line of a row; null when it is not there or its group is collapsed. */
export const lineOf = (layout: Layout, row: string): Line | null =>
  layout.lines[layout.lineOfRow.get(row) ?? -1] ?? null;

/** The row on which a place stands: its unit's, or the first of the task's. */
export const rowOf = (
  layout: Layout,
  place: { readonly unit: EquipmentId; readonly task?: TaskId },
): string | undefined => (layout.pieces ? place.task && layout.pieces.get(place.task)?.[0]?.row : place.unit);

/** A stretch of time on a row where something stood. */
export interface OldPlace extends Interval {
  readonly row: string;
}

/** Where a place that a task has left is seen: on its unit's row, the task's own, or those of everybody who had it. */
export function oldPlaces(layout: Layout, place: TaskPlace & { readonly task: TaskId }): readonly OldPlace[] {
  const { start, end } = place;
  switch (layout.by) {
    case 'people':
      return place.people.map((stint) => ({ row: stint.person, start: stint.start, end: stint.end }));
    case 'instruments':
      return place.instruments.map((row) => ({ row, start, end }));
    default: {
      const row = rowOf(layout, place);
      return row === undefined ? [] : [{ row, start, end }];
    }
  }
}

/** The bar at an instant; `slack` seconds around bars too thin to hit, the nearest of them wins. */
export function barAt(lane: Lane, at: Instant, slack: number): BoardBar | null {
  let best: BoardBar | null = null;
  let distance = slack;
  const last = lastSeen(lane, at + slack + 1);
  for (let index = firstSeen(lane, at - slack - 1); index < last; index += 1) {
    const bar = lane.bars[index];
    if (!bar) break;
    if (bar.start <= at && at < bar.end) return bar;
    const away = at < bar.start ? bar.start - at : at - bar.end;
    if (away <= distance) {
      best = bar;
      distance = away;
    }
  }
  return best;
}

/** Where a bar stands in its lane; -1 when it is not there. */
export function indexIn(lane: Lane, task: TaskId, start: Instant): number {
  for (let index = upperBound(lane.starts, start) - 1; index >= 0; index -= 1) {
    if (lane.bars[index]?.task === task) return index;
  }
  return -1;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The bar that an arrow key goes to; null at the end of the row or of the board. */
export function neighbour(layout: Layout, bar: BoardBar, direction: Direction): BoardBar | null {
  const piece = piecesOf(layout, bar)[0];
  const lane = piece && layout.lanes.get(piece.row);
  const line = piece && layout.lineOfRow.get(piece.row);
  if (!lane || line === undefined) return null;
  if (direction === 'left' || direction === 'right') {
    const step = direction === 'left' ? -1 : 1;
    return lane.bars[indexIn(lane, bar.task, seenFrom(piece.bar)) + step] ?? null;
  }
  const step = direction === 'up' ? -1 : 1;
  const middle = (bar.start + bar.end) / 2;
  for (let index = line + step; index >= 0 && index < layout.lines.length; index += step) {
    const other = layout.lines[index];
    if (other?.kind === 'unit' && other.lane.bars.length > 0) return barAt(other.lane, middle, Infinity);
  }
  return null;
}

/** The unit above or below in the order of the board; collapsed areas are passed over. */
export function unitBeside(layout: Layout, unit: EquipmentId, step: 1 | -1): EquipmentId {
  const line = layout.lineOfRow.get(unit);
  if (line === undefined) return unit;
  for (let index = line + step; index >= 0 && index < layout.lines.length; index += step) {
    const other = layout.lines[index];
    if (other?.kind === 'unit') return other.lane.row.unit ?? unit;
  }
  return unit;
}
