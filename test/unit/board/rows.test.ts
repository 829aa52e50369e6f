import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { PersonId } from '#shared/domain/person.ts';
import { HOUR } from '#shared/time/instant.ts';
import { layoutOf, lineOf, neighbour, oldPlaces, piecesOf } from '#renderer/board/layout.ts';
import { proposedBars } from '#renderer/board/proposed.ts';
import { ROWS_BY, type RowsBy, arrange } from '#renderer/board/rows.ts';
import { busyBoard, busyProposal } from '#test/e2e/board/busy-board.ts';

const board = busyBoard({ bars: 300, rows: 20 });
const LOOK = { rowHeight: 32, collapsed: new Set<string>(), ordersBy: 'product', shown: null } as const;
const by = (rows: RowsBy, bars: readonly BoardBar[] = board.bars) =>
  layoutOf(board, bars, { ...LOOK, by: rows });
const handed = must(
  board.bars.find(({ people }) => people.length === 2),
  'a task that is handed over',
);

test('a task that is handed over stands on both rows, on each for its stint, and the stints are the whole', () => {
  const pieces = piecesOf(by('people'), handed);
  expect(pieces.map(({ bar }) => [bar.start, bar.end])).toEqual(
    handed.people.map(({ start, end }) => [start, end]),
  );
  expect(new Set(pieces.map(({ row }) => row)).size).toBe(2);
  expect(pieces[0]?.bar.start).toBe(handed.start);
  expect(pieces[1]?.bar.end).toBe(handed.end);
});

test('two needs of one person at once are one stint; half an attention on two machines is two lines of the row', () => {
  const [first] = board.people;
  const person = PersonId.parse(must(first, 'a person').id);
  const twice: BoardBar = { ...handed, people: [0, 1].map(() => ({ person, start: 0, end: HOUR })) };
  const beside: BoardBar = { ...handed, task: 'other' as never, people: [{ person, start: 0, end: HOUR }] };
  const { rows, bars } = arrange(board, [twice, beside], 'people', 'product', null);
  const own = rows.filter(({ id }) => id === person || id.startsWith(`${person} `));
  expect(own.map(({ name }) => name !== '')).toEqual([true, false]);
  expect(own.map(({ id }) => bars.get(id)?.length)).toEqual([1, 1]);
});

test('an order has one row with all its tasks, grouped by product or by the week it is due', () => {
  const layout = by('orders');
  const own = board.bars.filter(({ order }) => order === handed.order);
  const onRows = new Set(own.flatMap((bar) => piecesOf(layout, bar).map(({ row }) => row)));
  for (const row of onRows) expect(row.startsWith(handed.order)).toBe(true);
  expect(groupsOf(layout)).toContain(handed.product);
  const weeks = layoutOf(board, board.bars, { ...LOOK, by: 'orders', ordersBy: 'week' });
  expect(groupsOf(weeks).every((name) => /^Due in week \d+$/.test(name))).toBe(true);
});

const groupsOf = (layout: ReturnType<typeof by>) =>
  layout.lines.flatMap((line) => (line.kind === 'group' ? [line.name] : []));

test('rows without anything that passes the filter are left out, what stands on the others stays', () => {
  const shown = new Set([handed.task]);
  const layout = layoutOf(board, board.bars, { ...LOOK, by: 'units', shown });
  const lanes = layout.lines.flatMap((line) => (line.kind === 'unit' ? [line.lane] : []));
  expect(lanes.map(({ row }) => row.unit)).toEqual([handed.unit]);
  expect(lanes[0]?.bars).toHaveLength(board.bars.filter(({ unit }) => unit === handed.unit).length);
});

describe('whatever rows stand for', () => {
  test('no two bars on one line overlap, and every bar is found where it is drawn', () => {
    assert(
      property(constantFrom(...ROWS_BY), (rows) => {
        const layout = by(rows);
        for (const line of layout.lines) {
          if (line.kind !== 'unit') continue;
          line.lane.bars.forEach((bar, index) => {
            const next = line.lane.bars[index + 1];
            expect(rows === 'units' || !next || next.start >= bar.end).toBe(true);
            expect(piecesOf(layout, bar).some(({ row }) => lineOf(layout, row) === line)).toBe(true);
          });
        }
      }),
      { numRuns: ROWS_BY.length },
    );
  });

  test.each(ROWS_BY.filter((rows) => rows !== 'instruments' && rows !== 'tasks'))(
    'right and then left is where one was: %s',
    (rows) => {
      const layout = by(rows);
      const right = neighbour(layout, handed, 'right');
      expect(right && neighbour(layout, right, 'left')?.task).toBe(handed.task);
      expect(right?.task).not.toBe(handed.task);
    },
  );
});

test('what a proposal moves has its old place wherever it stood: on its unit, its order, with everybody who had it', () => {
  const { bars, trails } = proposedBars(board, busyProposal(board));
  expect(trails.size).toBeGreaterThan(0);
  const before = new Map(board.bars.map((bar) => [bar.task, bar]));
  const layouts = ROWS_BY.map((rows) => by(rows, bars));
  for (const { bar, from } of trails.values()) {
    const was = must(before.get(bar.task), 'the bar in the draft');
    const [units, people, instruments, orders, tasks] = layouts.map((layout) => oldPlaces(layout, from));
    const { start, end } = was;
    expect(units).toEqual([{ row: was.unit, start, end }]);
    expect(people).toEqual(was.people.map(({ person, ...stint }) => ({ row: person, ...stint })));
    expect(instruments).toEqual(was.instruments.map((row) => ({ row, start, end })));
    expect(orders).toMatchObject([{ row: expect.stringContaining(bar.order), start }]);
    expect(tasks).toEqual([{ row: bar.task, start, end }]);
    expect(bar.people).not.toEqual(was.people);
  }
});

test('who has a task from others stands on their row, and it keeps its place among the units', () => {
  const was = must(
    board.bars.find(({ work, people }) => work === 'waiting' && people.length > 0),
    'a staffed task',
  );
  const other = must(
    board.people.find(({ id }) => was.people.every(({ person }) => person !== id)),
    'somebody else',
  );
  const { unit, start, end, people, instruments, task, order, name } = was;
  const place = { unit, start, end, people, instruments };
  const stints = [{ person: other.id as PersonId, start, end }];
  const { bars, trails } = proposedBars(board, {
    ...busyProposal(board),
    differences: [
      {
        task,
        order,
        name,
        kinds: ['restaffed'],
        before: place,
        after: { ...place, people: stints },
        crew: { before: ['Ada'], after: [other.name] },
      },
    ],
  });
  const layout = by('people', bars);
  expect(piecesOf(layout, was).map(({ row }) => row.split(' 2')[0])).toEqual([other.id]);
  expect(oldPlaces(layout, must(trails.get(task), 'its trail').from)).toEqual(
    people.map(({ person, ...stint }) => ({ row: person, ...stint })),
  );
  expect(bars.find((bar) => bar.task === task)).toMatchObject({ start, end, runStart: was.runStart });
});
