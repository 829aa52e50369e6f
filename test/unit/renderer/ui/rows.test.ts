import { expect, test } from 'vitest';
import { csvOf } from '#shared/base/csv.ts';
import { type Column, exportOf, matches, nextSorting, sorted, visibleRows } from '#renderer/ui/rows.ts';

interface Row {
  readonly order: string;
  readonly late: number | null;
}
const columns: readonly Column<Row>[] = [
  { id: 'order', title: 'Order', value: ({ order }) => order },
  {
    id: 'late',
    title: 'Late',
    value: ({ late }) => late,
    written: ({ late }) => (late === null ? null : `${late} h`),
  },
];
const rows: readonly Row[] = [
  { order: 'WO-10', late: 2 },
  { order: 'WO-9', late: null },
  { order: 'WO-100', late: 7 },
];
const orders = (list: readonly Row[]) => list.map(({ order }) => order);

test('numbers inside names sort by size, missing values come last either way', () => {
  expect(orders(sorted(rows, columns, { column: 'order', descending: false }))).toEqual([
    'WO-9',
    'WO-10',
    'WO-100',
  ]);
  expect(orders(sorted(rows, columns, { column: 'late', descending: true }))).toEqual([
    'WO-100',
    'WO-10',
    'WO-9',
  ]);
  expect(orders(sorted(rows, columns, { column: 'late', descending: false }))).toEqual([
    'WO-10',
    'WO-100',
    'WO-9',
  ]);
  expect(sorted(rows, columns, null)).toBe(rows);
});

test('a column sorts up, then down, then not at all', () => {
  const up = nextSorting(null, 'late');
  const down = nextSorting(up, 'late');
  expect([up, down, nextSorting(down, 'late')]).toEqual([
    { column: 'late', descending: false },
    { column: 'late', descending: true },
    null,
  ]);
});

test('every word of a search must stand somewhere, in any case', () => {
  expect(matches('press wo-10', ['WO-10', 'Press 2', null])).toBe(true);
  expect(matches('press wo-11', ['WO-10', 'Press 2', null])).toBe(false);
});

test('[S7] an export cannot run as a formula in a spreadsheet, and commas, quotes and lines stay in their cell', () => {
  const text = csvOf([
    ...exportOf(rows.slice(0, 1), columns),
    ['=HYPERLINK("http://x")', '+1'],
    ['@SUM(A1)', '-cmd'],
    ['a "b", c', 'x\ny'],
    [-5, null],
  ]);
  expect(text.split('\r\n')).toEqual([
    'Order,Late',
    'WO-10,2 h',
    `"'=HYPERLINK(""http://x"")",'+1`,
    `'@SUM(A1),'-cmd`,
    '"a ""b"", c","x\ny"',
    '-5,',
    '',
  ]);
});

test('a long list draws what is in sight and a few rows around it', () => {
  expect(visibleRows(20_000, 30, 0, 600)).toEqual({ from: 0, to: 32 });
  expect(visibleRows(20_000, 30, 30_000, 600)).toEqual({ from: 988, to: 1032 });
  expect(visibleRows(20_000, 30, 599_400, 600)).toEqual({ from: 19_968, to: 20_000 });
});
