import { CsvError, parse } from 'csv-parse/sync';

/** One row of a file: its cells by header name, as written, trimmed; an empty cell counts as absent. */
export interface TableRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly TableRow[];
  /** Rows whose cells don't fit the header. */
  readonly ragged: readonly { readonly line: number; readonly cells: number }[];
}

/** Why a whole file cannot be read. */
export interface Unreadable {
  readonly line: number;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
}

export const MAX_CHARACTERS = 64 * 1024 * 1024;
const MAX_RECORD = 1024 * 1024;
const MAX_COLUMNS = 500;
const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Reads RFC 4180 text with a header row. A file with an unclosed quote is cut off somewhere, so none of it is taken. */
export function tableFrom(text: string, delimiter?: Delimiter): Table | Unreadable {
  if (text.length > MAX_CHARACTERS) {
    return unreadable(0, '', '', `The file has more than ${MAX_CHARACTERS} characters. Maybe split it.`);
  }
  let lines: { record: string[]; info: { lines: number } }[];
  try {
    lines = parse(text, {
      bom: true,
      delimiter: delimiter ?? delimiterOf(text),
      info: true,
      max_record_size: MAX_RECORD,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof lines; // `info` changes the shape, which the declarations don't follow
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const line = Number(cause['lines'] ?? 0);
    return unreadable(
      line,
      '',
      '',
      cause.code === 'CSV_QUOTE_NOT_CLOSED'
        ? 'A quote is not closed at the end of the file. Maybe the file was cut off; nothing of it is taken.'
        : `Cannot be read as CSV: ${cause.message}`,
    );
  }
  const [first, ...rest] = lines;
  if (!first) return unreadable(0, '', '', 'The file is empty.');
  const header = withoutEmptyEnd(first.record);
  if (header.length > MAX_COLUMNS) {
    return unreadable(first.info.lines, '', '', `The header has more than ${MAX_COLUMNS} columns.`);
  }
  const twice = header.find((name, index) => header.indexOf(name) !== index);
  if (twice !== undefined) {
    return unreadable(
      first.info.lines,
      twice,
      twice,
      twice === ''
        ? 'Two columns of the header have no name.'
        : `The column ${twice} stands twice in the header.`,
    );
  }
  const rows: TableRow[] = [];
  const ragged: { line: number; cells: number }[] = [];
  for (const { record, info } of rest) {
    const surplus = record.slice(header.length).some((cell) => cell !== '');
    if (surplus || record.length < header.length) {
      if (record.some((cell) => cell !== '')) ragged.push({ line: info.lines, cells: record.length });
      continue;
    }
    const cells = new Map<string, string>();
    header.forEach((name, index) => {
      const cell = record[index];
      if (cell !== undefined && cell !== '') cells.set(name, cell);
    });
    if (cells.size > 0) rows.push({ line: info.lines, cells });
  }
  return { header, rows, ragged };
}

export const isUnreadable = (read: Table | Unreadable): read is Unreadable => 'reason' in read;

/** The delimiter that the header has most of. */
function delimiterOf(text: string): Delimiter {
  const header =
    text
      .slice(0, MAX_RECORD)
      .split(/[\r\n]/)
      .find((line) => line.trim() !== '') ?? '';
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Spreadsheets leave delimiters behind the last column. */
function withoutEmptyEnd(names: readonly string[]): string[] {
  let end = names.length;
  while (end > 0 && names[end - 1] === '') end -= 1;
  return names.slice(0, end);
}

const unreadable = (line: number, field: string, value: string, reason: string): Unreadable => ({
  line,
  field,
  value: value.slice(0, 200),
  reason,
});
