import { expect, test } from 'vitest';
import * as fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import { COMMA, SEMICOLON, csvOf } from '#shared/base/csv.ts';
import { workbookOf } from '#renderer/ui/workbook.ts';
import {
  type Column,
  exportOf,
  instantCell,
  matches,
  nextSorting,
  plainCells,
  sorted,
  visibleRows,
} from '#renderer/ui/rows.ts';

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
    ...plainCells(exportOf(rows.slice(0, 1), columns), 'UTC'),
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

test('a CSV of any texts and numbers reads back as it was, for either kind of spreadsheet', () => {
  const harmless = fc.string({ unit: 'grapheme' }).filter((text) => !/^[=+\-@\t\r]/.test(text));
  const cell = fc.oneof(harmless, fc.double({ noNaN: true, noDefaultInfinity: true }));
  const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1 });
  fc.assert(
    fc.property(table, fc.constantFrom(COMMA, SEMICOLON), (rows, dialect) => {
      const read: unknown = parse(csvOf(rows, dialect), {
        delimiter: dialect.separator,
        record_delimiter: '\r\n',
      });
      const told = rows.map((row) =>
        row.map((value) => (typeof value === 'number' ? String(value).replace('.', dialect.decimal) : value)),
      );
      expect(read).toEqual(told);
    }),
  );
});

test('[U17] an instant is the wall clock of the plant, also on the day with 25 hours', () => {
  const at = Date.UTC(2026, 9, 25, 0, 30) / 1000;
  const cells = plainCells([[instantCell(at), instantCell(at + 7200), instantCell(null)]], 'Europe/Berlin');
  expect(cells).toEqual([['2026-10-25 02:30:00', '2026-10-25 03:30:00', null]]);
});

test('a workbook has real dates and numbers, a frozen header, texts that are no formulas, and says where it is from', async () => {
  const origin = { plant: 'Werk Süd', zone: 'Europe/Berlin', version: 12, now: () => 1_795_600_000 };
  const table = [
    ['Order', 'Due', 'Hours'],
    ['=1+1', instantCell(Date.UTC(2026, 10, 23, 5, 0) / 1000), 1.5],
  ];
  const blob = await workbookOf('Orders: [all]', table, origin);
  const files = unzipSync(new Uint8Array(await blob.arrayBuffer()));
  const text = (name: string) => new TextDecoder().decode(files[name]);
  const sheet = text('xl/worksheets/sheet1.xml');
  // 23 Nov 2026 06:00 in Berlin as days since the end of 1899.
  expect(sheet).toContain('<v>46349.25</v>');
  expect(sheet).toContain('<v>1.5</v>');
  expect(sheet).toContain('state="frozen"');
  expect(sheet).not.toContain('<f>');
  expect(text('xl/workbook.xml')).toContain('name="Orders   all "');
  const words = text('xl/sharedStrings.xml') + text('xl/worksheets/sheet2.xml');
  expect(words).toContain('=1+1');
  expect(words).toContain('Werk Süd');
});
