import { strFromU8, unzipSync } from 'fflate';
import { SaxesParser } from 'saxes';
import { messageOf } from '#electron/erp/b2mml/xml.ts';
import { type CellFormat, cellFormatOf, dateText, plainNumber } from './cells.ts';

/** A visible sheet of a workbook: cells as text, by row number from 1 and column number from 0. */
export interface Sheet {
  readonly name: string;
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

/** Why a workbook cannot be read. */
export class NoWorkbook extends Error {}

/** Bytes that a workbook may unpack to: a small archive can hold any amount (S7). */
export const MAX_UNPACKED = 64 * 1024 * 1024;
const MAX_COLUMNS = 500;
const PARTS =
  /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

/** Is this a ZIP archive, as XLSX files are? */
export const isArchive = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/**
 * The visible sheets of an XLSX file (ISO/IEC 29500). Formulas are not computed: their stored result counts, and an error
 * such as #N/A stands in its cell as text. Throws `NoWorkbook`.
 */
export function sheetsOf(bytes: Uint8Array): Sheet[] {
  const parts = partsOf(bytes);
  const part = (name: string): string | undefined => {
    const found = parts[name];
    return found && strFromU8(found);
  };
  const book = part('xl/workbook.xml');
  if (book === undefined)
    throw new NoWorkbook('The archive holds no workbook. Maybe it is another kind of file.');
  const { sheets, since1904 } = workbookOf(book);
  const targets = targetsOf(part('xl/_rels/workbook.xml.rels') ?? '');
  const strings = stringsOf(part('xl/sharedStrings.xml'));
  const formats = formatsOf(part('xl/styles.xml'));
  return sheets
    .filter(({ hidden }) => !hidden)
    .map(({ name, relation }) => {
      const text = part(targets.get(relation) ?? '');
      if (text === undefined)
        throw new NoWorkbook(`The sheet ${name} is missing. Maybe the file is damaged.`);
      return { name, rows: rowsOf(text, { strings, formats, since1904 }) };
    });
}

function partsOf(bytes: Uint8Array): Record<string, Uint8Array> {
  let unpacked = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.test(name)) return false;
        unpacked += originalSize;
        if (unpacked > MAX_UNPACKED)
          throw new NoWorkbook(`The workbook unpacks to more than ${MAX_UNPACKED} bytes. Maybe split it.`);
        return true;
      },
    });
  } catch (cause) {
    if (cause instanceof NoWorkbook) throw cause;
    throw new NoWorkbook('The archive is damaged. Maybe it was cut off while it was copied.', { cause });
  }
}

type Attributes = Readonly<Record<string, string>>;
interface Listener {
  readonly open?: (name: string, attributes: Attributes, above: readonly string[]) => void;
  readonly close?: (name: string, text: string, above: readonly string[]) => void;
}

/** Tells the elements of a part by name without prefix; `text` is what stands directly in one. */
function parse(source: string, { open, close }: Listener): void {
  const parser = new SaxesParser({ xmlns: true });
  const names: string[] = [];
  const texts: string[] = [];
  parser.on('error', (error) => {
    throw new NoWorkbook(`The workbook is damaged: ${messageOf(error)}.`);
  });
  parser.on('doctype', () => {
    throw new NoWorkbook('A document type is not accepted in a workbook.');
  });
  parser.on('opentag', ({ local, attributes }) => {
    const plain = Object.values(attributes).map((one): [string, string] => [one.local, one.value]);
    open?.(local, Object.fromEntries(plain), names);
    names.push(local);
    texts.push('');
  });
  const append = (text: string): void => {
    if (texts.length > 0) texts[texts.length - 1] += text;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.on('closetag', ({ local }) => {
    names.pop();
    close?.(local, texts.pop() ?? '', names);
  });
  parser.write(source).close();
}

function workbookOf(source: string) {
  const sheets: { name: string; relation: string; hidden: boolean }[] = [];
  let since1904 = false;
  parse(source, {
    open: (element, { name = '', id = '', state = 'visible', date1904 }) => {
      if (element === 'sheet') sheets.push({ name, relation: id, hidden: state !== 'visible' });
      if (element === 'workbookPr') since1904 = date1904 === '1' || date1904 === 'true';
    },
  });
  return { sheets, since1904 };
}

/** The part behind each relation of the workbook. */
function targetsOf(source: string): Map<string, string> {
  const targets = new Map<string, string>();
  if (source === '') return targets;
  parse(source, {
    open: (element, { Id, Target }) => {
      if (element !== 'Relationship' || Id === undefined || Target === undefined) return;
      targets.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

/** The shared strings, without what only says how they are pronounced. */
function stringsOf(source: string | undefined): string[] {
  const strings: string[] = [];
  if (source === undefined) return strings;
  parse(source, {
    open: (element) => void (element === 'si' && strings.push('')),
    close: (element, text, above) => {
      if (element === 't' && !above.includes('rPh')) strings[strings.length - 1] += text;
    },
  });
  return strings;
}

/** How each style shows a number. */
function formatsOf(source: string | undefined): CellFormat[] {
  const codes = new Map<string, string>();
  const formats: CellFormat[] = [];
  if (source === undefined) return formats;
  parse(source, {
    open: (element, { numFmtId = '0', formatCode }, above) => {
      if (element === 'numFmt' && formatCode !== undefined) codes.set(numFmtId, formatCode);
      if (element === 'xf' && above.at(-1) === 'cellXfs')
        formats.push(cellFormatOf(Number(numFmtId), codes.get(numFmtId)));
    },
  });
  return formats;
}

interface Meaning {
  readonly strings: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly since1904: boolean;
}

function rowsOf(source: string, meaning: Meaning): Map<number, readonly string[]> {
  const rows = new Map<number, string[]>();
  let row = 0;
  let column = -1;
  let cell: { readonly type: string; readonly style: number } = { type: 'n', style: 0 };
  let value = '';
  parse(source, {
    open: (element, { r, t = 'n', s = '0' }) => {
      if (element === 'row') {
        row = r === undefined ? row + 1 : Number(r);
        column = -1;
      }
      if (element !== 'c') return;
      column = r === undefined ? column + 1 : columnOf(r);
      cell = { type: t, style: Number(s) };
      value = '';
    },
    close: (element, text, above) => {
      if (element === 'v' || (element === 't' && above.includes('is') && !above.includes('rPh')))
        value += text;
      if (element !== 'c' || value === '') return;
      if (column >= MAX_COLUMNS || !Number.isSafeInteger(row))
        throw new NoWorkbook(`Row ${row} has more than ${MAX_COLUMNS} columns.`);
      const cells = rows.get(row) ?? [];
      if (cells.length === 0) rows.set(row, cells);
      while (cells.length < column) cells.push('');
      cells[column] = textOf(cell.type, value, meaning.formats[cell.style], meaning);
    },
  });
  return rows;
}

/** The column of a reference such as BC12, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/.exec(reference)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function textOf(type: string, value: string, format: CellFormat | undefined, meaning: Meaning): string {
  if (type === 's') return meaning.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'true' : 'false';
  const number = Number(value);
  if (type !== 'n' || !Number.isFinite(number)) return value;
  return !format || format === 'number' ? plainNumber(number) : dateText(number, format, meaning.since1904);
}
