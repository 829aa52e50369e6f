import { columnsOf, isColumnOf, type RowKind } from './columns.ts';
import type { Cell, Row } from './fields.ts';
import type { RowMapping, Source } from './mapping.ts';
import type { Table, TableRow } from './table.ts';

/** A mapping that doesn't fit its file: which field, which column, why. */
export interface Flaw {
  readonly field: string;
  readonly column: string;
  readonly reason: string;
}

export interface MappedRows {
  readonly rows: readonly Row[];
  readonly flaws: readonly Flaw[];
  /** Values that the mapping has no translation for. */
  readonly refused: readonly { line: number; column: string; value: string; reason: string }[];
}

/** Lists that rows about the same record join. */
const LISTS: Partial<Record<RowKind, readonly string[]>> = {
  equipment: ['classes', 'tests'],
  people: ['classes'],
};

/** The rows of a file in our field names, by what a mapping says. */
export function rowsBy(mapping: RowMapping, table: Table): MappedRows {
  const flaws = flawsOf(mapping, table);
  if (flaws.length > 0) return { rows: [], flaws, refused: [] };
  const refused: MappedRows['refused'][number][] = [];
  const sources = Object.entries(mapping.fields).map(([field, given]): [string, readonly Source[]] => [
    field,
    Array.isArray(given) ? given : [given],
  ]);
  const rows = table.rows.map((row): Row => {
    const cells = new Map<string, Cell>();
    for (const [field, choices] of sources) {
      const cell = firstOf(choices, row);
      if (cell) cells.set(field, cell);
      else {
        const lost = choices.findLast((source) => typeof source === 'object' && 'translate' in source);
        const value =
          lost && typeof lost === 'object' && 'column' in lost ? row.cells.get(lost.column) : undefined;
        if (value !== undefined && lost && typeof lost === 'object' && 'column' in lost) {
          refused.push({
            line: row.line,
            column: lost.column,
            value,
            reason: `The mapping has no translation of it to ${field}.`,
          });
        }
      }
    }
    return { line: row.line, cells };
  });
  return { rows: mapping.distinct ? joined(rows, mapping.kind) : rows, flaws: [], refused };
}

function flawsOf({ kind, fields }: RowMapping, table: Table): Flaw[] {
  const flaws: Flaw[] = [];
  for (const field of columnsOf(kind).required) {
    if (!(field in fields))
      flaws.push({
        field,
        column: '',
        reason: `The mapping to ${kind} does not say where ${field} comes from.`,
      });
  }
  for (const [field, given] of Object.entries(fields)) {
    if (!isColumnOf(kind, field))
      flaws.push({ field, column: '', reason: `There is no field ${field} in ${kind}.` });
    for (const source of Array.isArray(given) ? given : [given]) {
      for (const column of columnsIn(source)) {
        if (table.header.includes(column)) continue;
        flaws.push({
          field: column,
          column: '',
          reason: `The column is missing from the header; ${kind} needs it for ${field}. The header has: ${table.header.join(', ').slice(0, 200)}.`,
        });
      }
    }
  }
  return flaws;
}

const PLACE = /\{([^{}]+)\}/g;

function columnsIn(source: Source): string[] {
  if (typeof source === 'string') return [source];
  if ('column' in source) return [source.column];
  return 'template' in source ? [...source.template.matchAll(PLACE)].map((found) => found[1] ?? '') : [];
}

function firstOf(sources: readonly Source[], row: TableRow): Cell | undefined {
  for (const source of sources) {
    const cell = cellFrom(source, row);
    if (cell && cell.text !== '') return cell;
  }
  return undefined;
}

function cellFrom(source: Source, { cells }: TableRow): Cell | undefined {
  if (typeof source === 'string') {
    const text = cells.get(source);
    return text === undefined ? undefined : { text, column: source };
  }
  if ('constant' in source) return { text: source.constant, column: '', unit: source.unit };
  if ('template' in source) {
    const whole = columnsIn(source).every((column) => cells.has(column));
    return whole
      ? {
          text: source.template.replaceAll(PLACE, (_, column: string) => cells.get(column) ?? ''),
          column: columnsIn(source)[0] ?? '',
        }
      : undefined;
  }
  const written = cells.get(source.column);
  const end = source.before === undefined ? undefined : (written?.indexOf(source.before) ?? -1);
  if (written === undefined || end === -1) return undefined;
  const part = written.slice(0, end).trim();
  const text = source.translate ? own(source.translate, part) : part;
  return text === undefined ? undefined : { text, column: source.column, unit: source.unit };
}

const own = (words: Readonly<Record<string, string>>, word: string): string | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

/** Rows about the same record (by its first required field) as one, their lists joined. */
function joined(rows: readonly Row[], kind: RowKind): Row[] {
  const key = columnsOf(kind).required[0] ?? 'id';
  const lists = LISTS[kind] ?? [];
  const byKey = new Map<string, { line: number; cells: Map<string, Cell> }>();
  for (const row of rows) {
    const id = row.cells.get(key)?.text ?? '';
    const known = byKey.get(id);
    if (!known) {
      byKey.set(id, { line: row.line, cells: new Map(row.cells) });
      continue;
    }
    for (const name of lists) {
      const more = row.cells.get(name);
      const before = known.cells.get(name);
      if (!more) continue;
      const items = new Set([...(before?.text.split('|') ?? []), ...more.text.split('|')]);
      known.cells.set(name, { ...more, text: [...items].join('|') });
    }
  }
  return [...byKey.values()];
}
