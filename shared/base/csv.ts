/** A value as other programs take it; the planner's text is data, so a leading formula sign is neutralised (S7). */
export type CsvValue = string | number | boolean | null;

/** How the spreadsheets of a country read a file: what stands between cells, and before the decimals. */
export interface CsvDialect {
  readonly separator: ',' | ';';
  readonly decimal: '.' | ',';
}

/** RFC 4180. */
export const COMMA: CsvDialect = { separator: ',', decimal: '.' };
/** As spreadsheets expect it where decimals have a comma. */
export const SEMICOLON: CsvDialect = { separator: ';', decimal: ',' };

const FORMULA = /^[=+\-@\t\r]/;

function cell(value: CsvValue, { decimal }: CsvDialect): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value).replace('.', decimal);
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line per row, CRLF. */
export const csvOf = (rows: readonly (readonly CsvValue[])[], dialect = COMMA): string =>
  `${rows.map((row) => row.map((value) => cell(value, dialect)).join(dialect.separator)).join('\r\n')}\r\n`;

/** The same with a header row; the columns are those of the first row. */
export function csvFrom(rows: readonly Readonly<Record<string, CsvValue>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return csvOf([columns, ...rows.map((row) => columns.map((column) => row[column] ?? null))]);
}
