import { expect, test } from 'vitest';
import { sumsOf } from '#renderer/board/sums.ts';
import { must } from '#shared/base/must.ts';
import { OrderId } from '#shared/domain/order.ts';
import { HOUR } from '#shared/time/instant.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';

const [pattern] = busyBoard({ bars: 60, rows: 4 }).bars;
const A = OrderId.parse('A');
const bars = [A, A, OrderId.parse('B')].map((order, index) => ({
  ...must(pattern, 'a bar'),
  order,
  start: index * 4 * HOUR,
  runStart: (index * 4 + 1) * HOUR,
  end: (index * 4 + 3) * HOUR,
  quantity: 10,
  uom: order === A ? 'pcs' : 'kg',
  late: order === A ? HOUR : 0,
}));

test('several tasks add up: orders once, setup and run apart, quantities by unit of measure', () => {
  expect(sumsOf(bars)).toMatchObject({
    orders: 2,
    late: 1,
    setup: 3 * HOUR,
    run: 6 * HOUR,
    start: 0,
    end: 11 * HOUR,
    quantities: [
      { uom: 'pcs', amount: 20 },
      { uom: 'kg', amount: 10 },
    ],
  });
});

test('nothing comes to nothing', () => {
  expect(sumsOf([])).toEqual({
    orders: 0,
    late: 0,
    setup: 0,
    run: 0,
    units: [],
    start: null,
    end: null,
    quantities: [],
  });
});
