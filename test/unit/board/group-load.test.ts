import { expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { HOUR } from '#shared/time/instant.ts';
import { groupLoad } from '#renderer/board/group-load.ts';
import { layoutOf } from '#renderer/board/layout.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';

const board = busyBoard({ bars: 20, rows: 2 });
const [row] = board.rows;
const [bar] = board.bars;
const start = 100 * HOUR;

function loadOf(bars: readonly [number, number][], closed: readonly [number, number][]): number | null {
  const at = ([from, to]: readonly [number, number]) => ({
    start: start + from * HOUR,
    end: start + to * HOUR,
  });
  const only = { ...must(row, 'row'), closed: closed.map(at) };
  const work = bars.map((span, index) => ({
    ...must(bar, 'bar'),
    ...at(span),
    task: `t${index}` as never,
    unit: only.unit,
    actualStart: null,
    actualEnd: null,
  }));
  const layout = layoutOf({ ...board, rows: [only] }, work, {
    rowHeight: 32,
    collapsed: new Set(),
    by: 'units',
    ordersBy: 'product',
    shown: null,
  });
  const [head] = layout.lines;
  return head?.kind === 'group' ? groupLoad(head.lanes, start, start + 10 * HOUR) : null;
}

test('the load of a group is busy over open time of what is in sight; pauses over closed time are neither', () => {
  expect(loadOf([[0, 5]], [])).toBe(0.5);
  expect(
    loadOf(
      [
        [-3, 2],
        [8, 30],
      ],
      [],
    ),
  ).toBeCloseTo(0.4);
  expect(loadOf([[0, 6]], [[2, 4]])).toBe(0.5); // four of eight open hours
  expect(
    loadOf(
      [[0, 6]],
      [
        [-20, -10],
        [5, 15],
      ],
    ),
  ).toBe(1);
  expect(loadOf([], [[-1, 11]])).toBeNull();
});
