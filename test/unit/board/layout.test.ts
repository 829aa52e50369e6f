import { array, assert, integer, nat, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Board, BoardBar } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';
import {
  type Lane,
  type Look,
  barAt,
  createLayouter,
  firstSeen,
  groupsOf,
  indexIn,
  lastSeen,
  layoutOf,
  lineAt,
  neighbour,
  unitBeside,
} from '#renderer/board/layout.ts';
import { proposedBars } from '#renderer/board/proposed.ts';
import { busyBoard, busyProposal } from '#test/e2e/board/busy-board.ts';
import { must } from '#shared/base/must.ts';

const LOOK: Look = {
  rowHeight: 32,
  collapsed: new Set(),
  by: 'units',
  ordersBy: 'product',
  shown: null,
};
const board = busyBoard({ bars: 300, rows: 20 });
const layout = layoutOf(board, board.bars, LOOK);
const laneWith = (bars: number): Lane =>
  must(
    [...layout.lanes.values()].find((lane) => lane.bars.length >= bars),
    'a full lane',
  );

test('every area has a head and every work unit a row, one below the other without gaps', () => {
  expect(layout.lines.filter(({ kind }) => kind === 'unit')).toHaveLength(board.rows.length);
  expect(layout.lines[0]).toMatchObject({ kind: 'group', name: 'Dispensing', lanes: [{}, {}], top: 0 });
  layout.lines.reduce((bottom, line) => {
    expect(line.top).toBe(bottom);
    return line.top + line.height;
  }, 0);
  for (const line of layout.lines) {
    expect(lineAt(layout, line.top)).toBe(line);
    expect(lineAt(layout, line.top + line.height - 1)).toBe(line);
  }
  expect(lineAt(layout, layout.height)).toBeNull();
});

test('a collapsed area keeps its head and its bars, but shows no rows', () => {
  const folded = layoutOf(board, board.bars, { ...LOOK, collapsed: new Set(['Press hall']) });
  const units = layout.lines.length - folded.lines.length;
  expect(units).toBe(board.rows.filter(({ group }) => group === 'Press hall').length);
  expect(folded.lanes.size).toBe(layout.lanes.size);
});

test('production lines stand in their areas: each folds for itself, an area with all its lines', () => {
  const inLine = new Map([
    ['Granulation', 'Wet'],
    ['Press hall', 'Dry'],
  ]);
  const plant: Board = {
    ...board,
    rows: board.rows.map((row) => {
      const line = inLine.get(row.group);
      return line ? { ...row, area: 'Solids', group: line } : row;
    }),
  };
  const heads = (...collapsed: string[]) =>
    layoutOf(plant, board.bars, { ...LOOK, collapsed: new Set(collapsed) }).lines.flatMap((line) =>
      line.kind === 'group' ? `${line.isInner ? '- ' : ''}${line.name} ${line.lanes.length}` : [],
    );
  const count = (group: string) => board.rows.filter((row) => row.group === group).length;
  const both = count('Granulation') + count('Press hall');
  const solids = [`Solids ${both}`, `- Wet ${count('Granulation')}`, `- Dry ${count('Press hall')}`];
  expect(heads()).toEqual(expect.arrayContaining(solids));
  expect(heads('Solids').filter((head) => head.startsWith('- '))).toEqual([]);
  const folded = layoutOf(plant, board.bars, { ...LOOK, collapsed: new Set(['Solids · Dry']) });
  expect(heads('Solids · Dry')).toEqual(heads());
  expect(layout.lines.filter(({ kind }) => kind === 'unit').length - count('Press hall')).toBe(
    folded.lines.filter(({ kind }) => kind === 'unit').length,
  );
  const row = must(
    [...folded.lanes.values()].find((lane) => lane.row.group === 'Dry')?.row,
    'a unit of the line',
  );
  expect(groupsOf(row)).toEqual(['Solids', 'Solids · Dry']);
});

test('what is seen of a lane is exactly what overlaps the view, whatever bars overlap each other', () => {
  const sample = must(board.bars[0], 'a bar');
  assert(
    property(
      array(tuple(nat(500), integer({ min: 1, max: 200 })), { maxLength: 40 }),
      nat(600),
      integer({ min: 1, max: 200 }),
      (spans, from, length) => {
        const bars = spans.map(([start, duration], index): BoardBar => ({
          ...sample,
          task: `t${index}` as BoardBar['task'],
          start,
          end: start + duration,
          actualStart: null,
          actualEnd: null,
        }));
        const lane = must(layoutOf(board, bars, LOOK).lanes.get(sample.unit), 'lane');
        const to = from + length;
        const range = lane.bars.slice(firstSeen(lane, from), lastSeen(lane, to));
        const overlapping = bars.filter((bar) => bar.start < to && bar.end > from);
        expect(range).toEqual(expect.arrayContaining(overlapping));
        expect(range.every((bar) => bar.start < to)).toBe(true);
      },
    ),
  );
});

test('a row is frozen to the end of what has begun there or is held; what is done or only planned holds nothing', () => {
  const sample = must(board.bars[0], 'a bar');
  const on = (task: string, start: number, change: Partial<BoardBar>): BoardBar => ({
    ...sample,
    task: task as BoardBar['task'],
    start,
    end: start + 10,
    frozen: false,
    work: 'waiting',
    ...change,
  });
  const untilOf = (...bars: BoardBar[]) => layoutOf(board, bars, LOOK).lanes.get(sample.unit)?.frozenUntil;
  const done = on('done', 0, { work: 'completed', frozen: true });
  expect(untilOf(done, on('planned', 50, {}))).toBe(-Infinity);
  expect(untilOf(done, on('runs', 10, { work: 'running' }), on('planned', 50, {}))).toBe(20);
  expect(untilOf(on('told', 30, { frozen: true }), on('runs', 10, { work: 'running' }))).toBe(40);
});

test('a changed bar costs only its own lane; the others stay the same objects', () => {
  const lay = createLayouter();
  const before = lay(board, board.bars, LOOK);
  const [bar] = board.bars;
  const moved = { ...must(bar, 'a bar'), start: must(bar, 'a bar').start + HOUR };
  const next: Board = { ...board, bars: board.bars.map((one) => (one.task === moved.task ? moved : one)) };
  const after = lay(next, next.bars, LOOK);
  const changed = [...after.lanes].filter(([unit, lane]) => before.lanes.get(unit) !== lane);
  expect(changed.map(([unit]) => unit)).toEqual([moved.unit]);
});

describe('finding a bar', () => {
  test('by time, and next to it within the slack only', () => {
    const lane = laneWith(3);
    for (const bar of lane.bars) expect(barAt(lane, bar.start, 0)).toBe(bar);
    const last = must(lane.bars.at(-1), 'last bar');
    expect(barAt(lane, last.end + 10, 20)).toBe(last);
    expect(barAt(lane, last.end + 30, 20)).toBeNull();
  });

  test('by task', () => {
    const lane = laneWith(3);
    lane.bars.forEach((bar, index) => expect(indexIn(lane, bar.task, bar.start)).toBe(index));
  });
});

describe('arrow keys', () => {
  test('left and right walk a row to its ends and back', () => {
    const lane = laneWith(4);
    const first = must(lane.bars[0], 'first bar');
    expect(neighbour(layout, first, 'left')).toBeNull();
    const second = must(neighbour(layout, first, 'right'), 'second bar');
    expect(second).toBe(lane.bars[1]);
    expect(neighbour(layout, second, 'left')).toBe(first);
  });

  test('down goes to the bar of the next row that is nearest in time', () => {
    const bar = must(laneWith(4).bars[2], 'third bar');
    const below = must(neighbour(layout, bar, 'down'), 'bar below');
    const line = must(layout.lineOfRow.get(bar.unit), 'line');
    expect(must(layout.lineOfRow.get(below.unit), 'line below')).toBeGreaterThan(line);
    const middle = (bar.start + bar.end) / 2;
    const distance = (other: BoardBar) => Math.max(other.start - middle, middle - other.end, 0);
    const lane = must(layout.lanes.get(below.unit), 'lane below');
    expect(distance(below)).toBe(Math.min(...lane.bars.map(distance)));
  });

  test('a held bar goes from unit to unit over the heads of areas, and stops at the ends', () => {
    const units = board.rows.map(({ unit }) => unit);
    expect(units.reduce((unit) => unitBeside(layout, unit, 1), must(units[0], 'first'))).toBe(units.at(-1));
    expect(unitBeside(layout, must(units[0], 'first'), -1)).toBe(units[0]);
  });
});

test('a proposal moves exactly its bars, remembers where they stood, and marks what it drops', () => {
  const proposal = busyProposal(board);
  const [gone, ...moved] = proposal.differences;
  const dropping = { ...proposal, differences: [{ ...must(gone, 'one'), after: null }, ...moved] };
  const shown = proposedBars(board, dropping);
  expect(shown.bars).toHaveLength(board.bars.length);
  expect([...shown.dropped]).toEqual([gone?.task]);
  expect(shown.trails.size).toBe(moved.length);
  for (const { task, before, after } of moved) {
    expect(shown.bars.find((bar) => bar.task === task)).toMatchObject(must(after, 'place'));
    expect(shown.trails.get(task)?.from).toMatchObject(must(before, 'place'));
  }
  const kept = shown.bars.filter((bar) => board.bars.includes(bar));
  expect(kept).toHaveLength(board.bars.length - moved.length);
});

test('a task without a bar gets one where the proposal places it', () => {
  const tray = must(board.unplaced[0], 'an unplaced task');
  const { unit } = must(board.rows[0], 'a row');
  const after = { unit, start: board.now, end: board.now + HOUR, people: [], instruments: [] };
  const { task, order, name } = tray;
  const proposal = busyProposal({ ...board, bars: [] });
  const shown = proposedBars(board, {
    ...proposal,
    differences: [{ task, order, name, kinds: ['new'], before: null, after, crew: null }],
  });
  expect(shown.bars.at(-1)).toMatchObject({ task, order, name, ...after, work: 'waiting' });
  expect(shown.added.has(task)).toBe(true);
});
