import { decodeB2mml } from '#electron/erp/b2mml/decode.ts';
import { decodeCsv, type CsvContext } from '#electron/erp/csv/decode.ts';
import { Mapping } from '#electron/erp/csv/mapping.ts';
import { type Result, ok, refused } from '#shared/base/result.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { type Decoded, nothingDecoded } from './decoded.ts';
import type { NamedText } from './named-text.ts';
import { textOfSheet } from './xlsx/sheet-text.ts';
import { NoWorkbook, isArchive, sheetsOf } from './xlsx/workbook.ts';

/** What a file of an ERP says, in our words: B2MML when it looks like XML, else CSV. Never throws. */
export function decodeFile(file: NamedText, context: CsvContext): Decoded {
  if (file.sheet !== undefined) return decodeCsv(file, context);
  const begin = file.text
    .slice(0, 1000)
    .replace(/^\u{FEFF}/u, '')
    .trimStart();
  if (begin.startsWith('<')) return decodeB2mml(file, context);
  if (begin.startsWith('{') || begin.startsWith('[')) return notData(file);
  return decodeCsv(file, context);
}

function notData(file: NamedText): Decoded {
  const reason = isMapping(file.text)
    ? 'Is a column mapping, not data. Maybe it was meant to be kept: then import the CSV files with it.'
    : 'Is neither B2MML nor CSV.';
  return {
    ...nothingDecoded(`not data: ${file.name}`),
    refusals: [{ file: file.name, line: 0, field: '', value: '', reason }],
  };
}

function isMapping(text: string): boolean {
  try {
    return Mapping.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

export const MAX_BYTES = 128 * 1024 * 1024;

/** What the bytes of a file say. */
export interface Texts {
  readonly texts: readonly NamedText[];
  readonly warnings: readonly RowRefusal[];
}

/**
 * The texts of a file's bytes: of a workbook (XLSX) its sheets, else one in UTF-8 or, by its mark, UTF-16. What is neither
 * is read as Windows-1252, the habit of old exports, with a warning; a file with NUL bytes is no text.
 */
export function decodeBytes(name: string, bytes: Uint8Array): Result<Texts, RowRefusal> {
  const say = (reason: string): RowRefusal => ({ file: name, line: 0, field: '', value: '', reason });
  if (bytes.length > MAX_BYTES)
    return refused(say(`The file has more than ${MAX_BYTES} bytes. Maybe split it.`));
  if (isArchive(bytes)) return decodeWorkbook(name, bytes, say);
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  try {
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? refused(say(NO_TEXT)) : ok({ texts: [{ name, text }], warnings: [] });
  } catch {
    if (utf16) return refused(say('Is marked as UTF-16, but is not. Maybe the file was cut off.'));
    if (bytes.includes(0)) return refused(say(NO_TEXT));
    const text = new TextDecoder('windows-1252').decode(bytes);
    const warning = 'Is not UTF-8; it was read as Windows-1252. Maybe check names with accents.';
    return ok({ texts: [{ name, text }], warnings: [say(warning)] });
  }
}

function decodeWorkbook(
  name: string,
  bytes: Uint8Array,
  say: (reason: string) => RowRefusal,
): Result<Texts, RowRefusal> {
  try {
    const [first, ...others] = sheetsOf(bytes)
      .filter(({ rows }) => rows.size > 0)
      .map((sheet) => ({ sheet: sheet.name, text: textOfSheet(sheet) }));
    if (!first) return refused(say('The workbook has no visible sheet with anything in it.'));
    const further = others.map(({ sheet, text }) => ({ name: `${name} [${sheet}]`, sheet, text }));
    return ok({ texts: [{ ...first, name }, ...further], warnings: [] });
  } catch (cause) {
    if (!(cause instanceof NoWorkbook)) throw cause;
    return refused(say(cause.message));
  }
}

const NO_TEXT =
  'Holds NUL bytes, so it is no text. Maybe it is an old spreadsheet (XLS): save it as XLSX, or as CSV in UTF-8.';
