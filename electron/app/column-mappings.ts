import { columnsOf, kindOf, ROW_KINDS } from '#electron/erp/csv/columns.ts';
import { decodeCsv } from '#electron/erp/csv/decode.ts';
import { Mapping, mappingFor } from '#electron/erp/csv/mapping.ts';
import { isUnreadable, tableFrom } from '#electron/erp/csv/table.ts';
import { decodeBytes } from '#electron/erp/decode.ts';
import type { NamedText } from '#electron/erp/named-text.ts';
import type {
  ColumnsView,
  KeptMapping,
  MappingBody,
  MappingPreview,
  TableView,
} from '#shared/contract/mapping-views.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { formatLocal } from '#shared/time/format.ts';
import { localDateOf } from '#shared/time/zone.ts';
import type { FileBytes } from './import-files.ts';
import type { Station } from './station.ts';

const SHOWN_ROWS = 5;
const SHOWN_RECORDS = 8;
const SHOWN_REFUSALS = 50;

/** The mappings that are kept, by name. */
export async function keptMappings({ store }: Station): Promise<KeptMapping[]> {
  return [...(await store.read.mappings())].map(([name, body]) => ({
    name,
    files: Mapping.parse(body).files.map(({ file }) => file),
    body,
  }));
}

/** The tables of a CSV or XLSX file with their first rows, and what a mapping may make of them. */
export async function columnsIn(station: Station, file: FileBytes): Promise<ColumnsView> {
  const kinds = ROW_KINDS.map((kind) => ({ kind, ...columnsOf(kind) }));
  const read = decodeBytes(file.name, Buffer.from(file.base64, 'base64'));
  if (!read.ok) return { tables: [], kinds, refusals: [read.reason] };
  const mappings = (await keptMappings(station)).map(({ body }) => Mapping.parse(body));
  const refusals: ColumnsView['refusals'][number][] = [];
  const tables = read.value.texts.flatMap((text): TableView[] => {
    const mapping = mappings.find((kept) => mappingFor(kept, text.name));
    const own = mapping && mappingFor(mapping, text.name);
    const table = tableFrom(text.text, text.sheet === undefined ? own?.delimiter : ',');
    if (isUnreadable(table)) {
      const { line, field, value, reason } = table;
      refusals.push({ file: text.name, line, field, value, reason });
      return [];
    }
    const { header, rows } = table;
    return [
      {
        name: text.name,
        header,
        rows: rows.slice(0, SHOWN_ROWS).map(({ cells }) => header.map((column) => cells.get(column) ?? '')),
        kind: kindOf([text.sheet ?? '', text.name], header) ?? null,
        mapping: mapping && own ? { name: mapping.name, file: mapping.files.indexOf(own) } : null,
      },
    ];
  });
  return { tables, kinds, refusals };
}

/** What a mapping would read from one table of a file. Nothing is kept or imported. */
export function previewMapping(
  { workspace }: Station,
  {
    file,
    table,
    mapping,
  }: { readonly file: FileBytes; readonly table: string; readonly mapping: MappingBody },
): MappingPreview {
  const none = { records: 0, samples: [], refusals: [], warnings: [] };
  const parsed = Mapping.safeParse(mapping);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ...none, flaw: `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'is no mapping'}.`.trim() };
  }
  const read = decodeBytes(file.name, Buffer.from(file.base64, 'base64'));
  if (!read.ok) return { ...none, flaw: read.reason.reason };
  const text = read.value.texts.find(({ name }) => name === table);
  if (!text) return { ...none, flaw: `${file.name} has no table ${table}.` };
  if (!mappingFor(parsed.data, table))
    return {
      ...none,
      flaw: `The mapping is for files named ${parsed.data.files.map(({ file }) => file).join(', ')}, not for ${table}.`,
    };
  return previewOf(text, parsed.data, zoneOf(workspace.plant));
}

function previewOf(text: NamedText, mapping: Mapping, zone: string): MappingPreview {
  const { records, reports = [], refusals, warnings } = decodeCsv(text, { zone, mapping });
  const rows = [
    ...records.map(({ record, line }) => ({ line, id: record.id as string, says: record as object })),
    ...reports.map(({ report, line }) => ({ line, id: report.task ?? report.unit, says: report as object })),
  ];
  return {
    flaw: null,
    records: rows.length,
    samples: rows
      .slice(0, SHOWN_RECORDS)
      .map(({ line, id, says }) => ({ line, id, fields: fieldsOf(says, zone) })),
    refusals: refusals.slice(0, SHOWN_REFUSALS),
    warnings: warnings.slice(0, SHOWN_REFUSALS),
  };
}

/** Fields of records that are instants. */
const INSTANTS = new Set([
  'due',
  'release',
  'deadline',
  'start',
  'end',
  'evaluated',
  'expires',
  'availableFrom',
  'at',
]);

const fieldsOf = (record: object, zone: string): { field: string; text: string }[] =>
  Object.entries(record).map(([field, value]: [string, unknown]) => ({
    field,
    text: textOf(field, value, zone),
  }));

function textOf(field: string, value: unknown, zone: string): string {
  if (field === 'release' && value === 0) return 'at once';
  if (typeof value === 'number' && INSTANTS.has(field))
    return `${localDateOf(zone, value)}, ${formatLocal(zone, value)}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
