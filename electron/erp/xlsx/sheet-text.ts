import { MAX_UNPACKED, NoWorkbook, type Sheet } from './workbook.ts';

/** A sheet as the CSV text that says the same: line n is row n, each cell quoted, so that nothing in it is taken for syntax. Throws `NoWorkbook` when it grows too long. */
export function textOfSheet({ name, rows }: Sheet): string {
  const last = [...rows.keys()].reduce((a, b) => Math.max(a, b), 0);
  const width = [...rows.values()].reduce((most, { length }) => Math.max(most, length), 0);
  const lines: string[] = [];
  let length = 0;
  for (let row = 1; row <= last; row += 1) {
    const cells = rows.get(row);
    if (!cells || cells.every((cell) => cell.trim() === '')) lines.push('');
    else lines.push(Array.from({ length: width }, (_, column) => quoted(cells[column] ?? '')).join(','));
    length += lines.at(-1)?.length ?? 0;
    if (length > MAX_UNPACKED)
      throw new NoWorkbook(`The sheet ${name} says more than ${MAX_UNPACKED} characters. Maybe split it.`);
  }
  return lines.join('\n');
}

/** A line break inside a cell would shift the numbers of the rows after it. */
const quoted = (cell: string): string => `"${cell.replaceAll(/[\r\n]+/g, ' ').replaceAll('"', '""')}"`;
