import { expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { HOUR } from '#shared/time/instant.ts';
import { subtract, totalLength } from '#shared/time/interval.ts';
import { daysOf } from '#renderer/board/days.ts';
import { type Look, layoutOf } from '#renderer/board/layout.ts';
import { shiftLoadOf } from '#renderer/board/shift-load.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';

const board = busyBoard({ bars: 600, rows: 20 });
const LOOK: Look = { rowHeight: 32, collapsed: new Set(), by: 'units', ordersBy: 'product', shown: null };
const layout = layoutOf(board, board.bars, LOOK);
const days = daysOf(board.zone, layout.range);
const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

test('the shifts of a row carry all of its work and no more, closed time left out', () => {
  for (const lane of layout.lanes.values()) {
    const { busy, open, edges } = shiftLoadOf(lane, days);
    const worked = lane.bars.map((bar) => totalLength(subtract([bar], lane.row.closed)));
    expect(sum(busy)).toBeCloseTo(sum(worked), 6);
    const whole = { start: edges[0] ?? 0, end: edges.at(-1) ?? 0 };
    expect(sum(open)).toBeCloseTo(totalLength(subtract([whole], lane.row.closed)), 6);
    busy.forEach((seconds, k) => expect(seconds).toBeLessThanOrEqual((open[k] ?? 0) + 1e-6));
  }
});

test('two bars at the same time are more than a shift can carry, and a late order marks its shifts', () => {
  const bar = must(
    board.bars.find(({ work, end, due }) => work === 'waiting' && end < due),
    'a bar in time',
  );
  const twice = [bar, { ...bar, task: 'twin' as typeof bar.task, due: bar.end - HOUR }];
  const lane = must(layoutOf(board, twice, LOOK).lanes.get(bar.unit), 'its row');
  const { busy, late } = shiftLoadOf(lane, days);
  expect(sum(busy)).toBeCloseTo(2 * totalLength(subtract([bar], lane.row.closed)), 6);
  expect(late.includes(1)).toBe(true);
  expect([...late].filter((mark, k) => mark === 1 && busy[k] === 0)).toEqual([]);
});

test('as long as nothing changes on a row its load is not reckoned again', () => {
  const [lane] = layout.lanes.values();
  expect(shiftLoadOf(must(lane, 'a row'), days)).toBe(shiftLoadOf(must(lane, 'a row'), days));
});
