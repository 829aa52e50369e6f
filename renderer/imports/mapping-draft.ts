import type { KeptMapping, MappingBody, TableView } from '#shared/contract/mapping-views.ts';

/** A source of a field that the editor shows: a column with maybe a unit. What is more than that it keeps as it is. */
export interface Choice {
  /** Empty: nothing. */
  readonly column: string;
  readonly unit: string;
  readonly other: MappingBody | null;
}

/** A mapping while somebody works on it: of one table, with the other files of the kept one it belongs to. */
export interface MappingDraft {
  readonly name: string;
  readonly pattern: string;
  readonly kind: string;
  readonly decimal: '.' | ',';
  /** Forms of dates, one after the other, commas between; empty for ISO 8601. */
  readonly dates: string;
  /** Zone of times without an offset; empty for the plant's. */
  readonly zone: string;
  readonly fields: Readonly<Record<string, Choice>>;
  readonly kept: { readonly body: Body; readonly file: number } | null;
}

interface Rows {
  readonly kind: string;
  readonly fields: Readonly<Record<string, MappingBody>>;
}
interface FileEntry {
  readonly file: string;
  readonly decimal?: '.' | ',';
  readonly dates?: readonly string[];
  readonly rows: readonly Rows[];
}
interface Body {
  readonly name: string;
  readonly zone?: string;
  readonly files: readonly FileEntry[];
}

export const NO_CHOICE: Choice = { column: '', unit: '', other: null };

/** The draft that a table begins with: the kept mapping that reads it, else columns by their own names. */
export function draftFor(
  table: TableView,
  kept: readonly KeptMapping[],
  fieldsOf: (kind: string) => readonly string[],
): MappingDraft {
  const own = kept.find(({ name }) => name === table.mapping?.name);
  const body = own ? (own.body as unknown as Body) : null;
  const entry = body && table.mapping ? body.files[table.mapping.file] : undefined;
  const rows = entry?.rows[0];
  const kind = rows?.kind ?? table.kind ?? 'orders';
  return {
    name: body?.name ?? stemOf(table.name),
    pattern: entry?.file ?? patternOf(table.name),
    kind,
    decimal: entry?.decimal ?? '.',
    dates: entry?.dates?.join(', ') ?? '',
    zone: body?.zone ?? '',
    fields: rows
      ? Object.fromEntries(Object.entries(rows.fields).map(([field, source]) => [field, choiceOf(source)]))
      : fieldsByName(table.header, fieldsOf(kind)),
    kept: body && table.mapping ? { body, file: table.mapping.file } : null,
  };
}

/** Columns that are called like the field, whatever their case and their spaces. */
export function fieldsByName(header: readonly string[], fields: readonly string[]): Record<string, Choice> {
  const bare = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const found = fields.flatMap((field): [string, Choice][] => {
    const column = header.find((name) => bare(name) === bare(field));
    return column === undefined ? [] : [[field, { ...NO_CHOICE, column }]];
  });
  return Object.fromEntries(found);
}

/** `AUFK_2026-11.csv` comes again with another number. */
const patternOf = (table: string): string => table.replaceAll(/\d[\d._-]*(?=\.)/g, '*');
const stemOf = (table: string): string => table.replace(/\.[^.]*$/, '').replaceAll(/[\d._-]+$/g, '') || table;

function choiceOf(source: MappingBody): Choice {
  if (typeof source === 'string') return { ...NO_CHOICE, column: source };
  if (source !== null && typeof source === 'object' && !Array.isArray(source)) {
    const { column, unit = '', ...more } = source;
    if (typeof column === 'string' && typeof unit === 'string' && Object.keys(more).length === 0)
      return { column, unit, other: null };
  }
  return { ...NO_CHOICE, other: source };
}

const sourceOf = ({ column, unit, other }: Choice): MappingBody =>
  other ?? (unit.trim() === '' ? column : { column, unit: unit.trim() });

/** The mapping that a draft stands for; whether it is one, the station says. */
export function bodyOf({
  name,
  pattern,
  kind,
  decimal,
  dates,
  zone,
  fields,
  kept,
}: MappingDraft): MappingBody {
  const forms = dates
    .split(',')
    .map((form) => form.trim())
    .filter((form) => form !== '');
  const chosen = Object.entries(fields).filter(([, { column, other }]) => column !== '' || other !== null);
  const before = kept?.body.files[kept.file];
  const { dates: _, ...rest } = before ?? { dates: [] };
  const entry = {
    ...rest,
    file: pattern,
    decimal,
    ...(forms.length > 0 && { dates: forms }),
    rows: [
      {
        ...before?.rows[0],
        kind,
        fields: Object.fromEntries(chosen.map(([field, choice]) => [field, sourceOf(choice)])),
      },
      ...(before?.rows.slice(1) ?? []),
    ],
  };
  const files = kept ? kept.body.files.map((file, index) => (index === kept.file ? entry : file)) : [entry];
  return {
    name: name.trim(),
    ...(zone.trim() !== '' && { zone: zone.trim() }),
    files,
  } as unknown as MappingBody;
}
