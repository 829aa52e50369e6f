/** A value as other programs take it; the planner's text is data, so a leading formula sign is neutralised (S7). */
export type CsvValue = string | number | boolean | null;

const FORMULA = /^[=+\-@\t\r]/;

function cell(value: CsvValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** RFC 4180: one line per row, CRLF. */
export const csvOf = (rows: readonly (readonly CsvValue[])[]): string =>
  `${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;

/** The same with a header row; the columns are those of the first row. */
export function csvFrom(rows: readonly Readonly<Record<string, CsvValue>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))]);
}
