import type { ReactNode } from 'react';
import type { CsvValue } from '#shared/base/csv.ts';
import type { Instant } from '#shared/time/instant.ts';
import { formatsOf } from './format.ts';

/** What an export writes into a cell; an instant becomes a real date in a workbook, wall clock in a CSV. */
export type Cell = CsvValue | { readonly instant: Instant };

export const instantCell = (instant: Instant | null | undefined): Cell =>
  instant === null || instant === undefined ? null : { instant };

/** One column of a table: what it says, how it sorts, and what an export writes (the sorting value unless told otherwise). */
export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** A column of controls: its title is only read out, it is not sorted by and not exported. */
  readonly isControl?: boolean;
  /** Pixels; without it the column shares what is left. */
  readonly width?: number;
  readonly align?: 'right';
  /** Sorts and exports by this. */
  readonly value: (row: Row) => CsvValue;
  /** What the cell shows; the value unless told otherwise. */
  readonly cell?: (row: Row) => ReactNode;
  /** What an export writes; the value unless told otherwise. */
  readonly written?: (row: Row) => Cell;
}

export interface Sorting {
  readonly column: string;
  readonly descending: boolean;
}

/** Texts by the reader's alphabet with numbers inside them by size; missing values last either way. */
const compareTexts = new Intl.Collator(undefined, { numeric: true }).compare;
const compare = (a: CsvValue, b: CsvValue): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareTexts(String(a), String(b));

export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sorting: Sorting | null,
): readonly Row[] {
  const column = columns.find(({ id }) => id === sorting?.column);
  if (!column || !sorting) return rows;
  const sign = sorting.descending ? -1 : 1;
  const keyed = rows.map((row) => ({ row, key: column.value(row) }));
  return keyed
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      return sign * compare(a.key, b.key);
    })
    .map(({ row }) => row);
}

/** Ascending, descending, and then as the rows came. */
export function nextSorting(sorting: Sorting | null, column: string): Sorting | null {
  if (sorting?.column !== column) return { column, descending: false };
  return sorting.descending ? null : { column, descending: true };
}

/** The rows of an export, header first. */
export function exportOf<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): Cell[][] {
  const told = columns.filter(({ isControl }) => !isControl);
  return [
    told.map(({ title }) => title),
    ...rows.map((row) => told.map(({ value, written }) => (written ?? value)(row))),
  ];
}

/** The same for a file that knows no dates: instants as the plant's clock shows them. */
export function plainCells(rows: readonly (readonly Cell[])[], zone: string): CsvValue[][] {
  const { stamp } = formatsOf(zone);
  return rows.map((row) =>
    row.map((value) => (value !== null && typeof value === 'object' ? stamp(value.instant) : value)),
  );
}

/** Every word of the search stands in one of the texts. */
export function matches(search: string, texts: readonly (string | null)[]): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const all = texts.join('\n').toLowerCase();
  return words.every((word) => all.includes(word));
}

/** The rows to draw of a long list: those in sight and some around them. */
export function visibleRows(
  total: number,
  rowHeight: number,
  top: number,
  height: number,
): { readonly from: number; readonly to: number } {
  const around = 12;
  return {
    from: Math.max(0, Math.min(total, Math.floor(top / rowHeight)) - around),
    to: Math.min(total, Math.ceil((top + height) / rowHeight) + around),
  };
}
