import writeExcelFile, { type Cell as SheetCell } from 'write-excel-file/universal';
import { formatsOf } from './format.ts';
import type { Origin } from './origin.ts';
import type { Cell } from './rows.ts';
import { text } from './text.ts';

const WIDEST = 60;
const DATE_WIDTH = 17;

/** Spreadsheets know no time zones: the wall clock of the plant, as if it were UTC. */
export const wallClock = (zone: string, instant: number): Date =>
  new Date(`${formatsOf(zone).stamp(instant).replace(' ', 'T')}Z`);

function sheetCell(value: Cell, zone: string): SheetCell {
  if (value === null) return null;
  if (typeof value === 'object')
    return { value: wallClock(zone, value.instant), type: Date, format: 'yyyy-mm-dd hh:mm', align: 'left' };
  // A text is written as a text, never as a formula, whatever it begins with (S7).
  if (typeof value === 'string') return { value, type: String };
  return typeof value === 'number' ? { value, type: Number } : { value, type: Boolean };
}

const textOf = (value: Cell | undefined): string =>
  value !== null && typeof value === 'object' ? '' : String(value ?? '');
const lengthOf = (value: Cell | undefined): number =>
  value !== null && typeof value === 'object' ? DATE_WIDTH : textOf(value).length;

/** A workbook of two sheets: the table with its header frozen, and where it comes from. */
export function workbookOf(
  title: string,
  table: readonly (readonly Cell[])[],
  { plant, zone, version, now }: Origin,
): Promise<Blob> {
  const [header = [], ...rows] = table;
  const head = (value: string): SheetCell => ({ value, type: String, fontWeight: 'bold' });
  const about: (readonly [string, Cell])[] = [
    [text.plant, plant],
    [text.version, version],
    [text.exported, { instant: now() }],
    [text.timeZone, zone],
    [text.lines, rows.length],
  ];
  const widths = header.map((name, column) =>
    rows.reduce((most, row) => Math.max(most, lengthOf(row[column])), lengthOf(name) + 1),
  );
  return writeExcelFile([
    {
      sheet: title.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31),
      data: [
        header.map((name) => head(textOf(name))),
        ...rows.map((row) => row.map((value) => sheetCell(value, zone))),
      ],
      columns: widths.map((width) => ({ width: Math.min(WIDEST, width + 2) })),
      stickyRowsCount: 1,
    },
    {
      sheet: text.about,
      data: about.map(([name, value]) => [head(name), sheetCell(value, zone)]),
      columns: [{ width: 14 }, { width: 32 }],
    },
  ]).toBlob();
}
