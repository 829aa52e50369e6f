/** Rows per statement: enough that compiling it does not count, far below SQLite's 32,766 parameters. */
const ROWS = 500;

export function* chunks<Row>(rows: readonly Row[], size = ROWS): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += size) yield rows.slice(from, from + size);
}
