import { ShortLists } from './short-lists.ts';

/** Where tasks stand, a row each, in flat memory: a search reads and writes little else. */
export interface Places {
  /** NONE where the task has no place. */
  readonly unit: Int32Array;
  readonly start: Int32Array;
  readonly runStart: Int32Array;
  readonly end: Int32Array;
  readonly setup: Int32Array;
  /** need, person, start, end, need, person, … */
  readonly stints: ShortLists;
  /** The equipment that it takes besides its unit. */
  readonly tools: ShortLists;
}

/** Numbers that a stint takes in a list. */
const STINT = 4;

/** Rows of zeros, long enough for most tasks: one person, one instrument. */
export const newPlaces = (rows: number): Places => ({
  unit: new Int32Array(rows),
  start: new Int32Array(rows),
  runStart: new Int32Array(rows),
  end: new Int32Array(rows),
  setup: new Int32Array(rows),
  stints: new ShortLists(rows, STINT),
  tools: new ShortLists(rows, 1),
});

export function copyRow(to: Places, row: number, from: Places, fromRow: number): void {
  to.unit[row] = from.unit[fromRow];
  to.start[row] = from.start[fromRow];
  to.runStart[row] = from.runStart[fromRow];
  to.end[row] = from.end[fromRow];
  to.setup[row] = from.setup[fromRow];
  to.stints.copy(row, from.stints, fromRow);
  to.tools.copy(row, from.tools, fromRow);
}

export const isSameRow = (a: Places, row: number, b: Places, otherRow: number): boolean =>
  a.unit[row] === b.unit[otherRow] &&
  a.start[row] === b.start[otherRow] &&
  a.runStart[row] === b.runStart[otherRow] &&
  a.end[row] === b.end[otherRow] &&
  a.setup[row] === b.setup[otherRow] &&
  a.stints.isEqual(row, b.stints, otherRow) &&
  a.tools.isEqual(row, b.tools, otherRow);

/** The first `rows` rows, independent of what happens to the others. */
export function copyOf(places: Places, rows: number): Places {
  const copy = newPlaces(rows);
  for (let row = 0; row < rows; row += 1) copyRow(copy, row, places, row);
  return copy;
}
