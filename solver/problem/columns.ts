/**
 * Columns of a table from its rows. Plain loops: `Int32Array.from` with a function walks an iterator, which takes many
 * times as long, and a large plan has some thirty columns.
 */
type Of<Row> = (row: Row, k: number) => number;

export const ints = <Row>(rows: readonly Row[], of: Of<Row>): Int32Array<ArrayBuffer> =>
  fill(new Int32Array(rows.length), rows, of);

export const bytes = <Row>(rows: readonly Row[], of: Of<Row>): Uint8Array<ArrayBuffer> =>
  fill(new Uint8Array(rows.length), rows, of);

export const doubles = <Row>(rows: readonly Row[], of: Of<Row>): Float64Array<ArrayBuffer> =>
  fill(new Float64Array(rows.length), rows, of);

function fill<Column extends Int32Array | Uint8Array | Float64Array, Row>(
  column: Column,
  rows: readonly Row[],
  of: Of<Row>,
): Column {
  for (let k = 0; k < rows.length; k += 1) column[k] = of(rows[k], k);
  return column;
}

/** Numbers for names, in the order of first appearance. */
export function numbered(names: Iterable<string | undefined>): Map<string, number> {
  const index = new Map<string, number>();
  for (const name of names) if (name !== undefined && !index.has(name)) index.set(name, index.size);
  return index;
}
