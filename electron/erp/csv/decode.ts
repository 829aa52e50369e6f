import { createHash } from 'node:crypto';
import { MAX_REFUSALS } from '#electron/erp/b2mml/fields.ts';
import { type Decoded, nothingDecoded } from '#electron/erp/decoded.ts';
import { type NamedText, fileOf } from '#electron/erp/named-text.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import type { Zone } from '#shared/time/zone.ts';
import { COLUMNS, columnsOf, isColumnOf, kindOf, ROW_KINDS, type RowKind } from './columns.ts';
import { decodeExecution } from './execution.ts';
import { keep, refuse, type Cell, type Row, type Scope } from './fields.ts';
import { decodeCalendars, decodeChangeovers, decodeSteps } from './groups.ts';
import { type Mapping, mappingFor, type RowMapping } from './mapping.ts';
import { isSingle, SINGLE } from './records.ts';
import { rowsBy } from './row-mapping.ts';
import { isUnreadable, tableFrom, type Table } from './table.ts';

export interface CsvContext {
  readonly zone: Zone;
  readonly mapping?: Mapping | undefined;
}

/** Reads one CSV file, by its saved mapping or in the plain form. Never throws: what is wrong is refused with its place. */
export function decodeCsv(file: NamedText, { zone, mapping }: CsvContext): Decoded {
  const ours = mapping && mappingFor(mapping, file.name);
  const message = messageOf(file.text, ours && mapping);
  const isSheet = file.sheet !== undefined;
  const table = tableFrom(file.text, isSheet ? ',' : ours?.delimiter);
  const all = (line: number, field: string, value: string, reason: string): Decoded => ({
    ...nothingDecoded(message),
    refusals: [{ file: file.name, line, field, value, reason }],
  });
  if (isUnreadable(table)) return all(table.line, table.field, table.value, table.reason);
  const kind = ours ? undefined : kindOf([file.sheet ?? '', file.name], table.header);
  if (!ours && !kind && fileOf(file.name) !== file.name) {
    const reason = 'The sheet is not read: neither its name nor its header says what it holds.';
    const warning = {
      file: file.name,
      line: 0,
      field: '',
      value: table.header.join(', ').slice(0, 200),
      reason,
    };
    return { ...nothingDecoded(message), warnings: [warning] };
  }
  if (!ours && !kind) {
    return all(
      0,
      '',
      table.header.join(', ').slice(0, 200),
      `Is no file that is known here: its name begins with none of ${ROW_KINDS.join(', ')} and its header fits none. Maybe it needs a column mapping${mapping ? `; ${mapping.name} has no pattern for it` : ''}.`,
    );
  }
  const scope: Scope = {
    file: file.name,
    zone: mapping?.zone ?? zone,
    decimal: ours?.decimal ?? '.',
    dates: isSheet ? [...(ours?.dates ?? []), 'ISO'] : (ours?.dates ?? ['ISO']),
    records: [],
    reports: [],
    refusals: table.ragged.map(({ line, cells }) => ({
      file: file.name,
      line,
      field: '',
      value: '',
      reason: `Has ${cells} cells, the header ${table.header.length}. Maybe a delimiter inside a cell is not quoted.`,
    })),
    warnings: [],
    forms: new Map(),
  };
  if (ours) for (const rows of ours.rows) decodeMapped(scope, table, rows);
  else if (kind) decodePlain(scope, table, kind);
  return {
    message,
    records: scope.records,
    reports: scope.reports,
    removed: [],
    refusals: listed(scope.refusals),
    warnings: scope.warnings,
  };
}

function decodeMapped(scope: Scope, table: Table, mapping: RowMapping): void {
  const mapped = rowsBy(mapping, table);
  for (const { field, column, reason } of mapped.flaws) refuse(scope, 1, field, column, reason);
  if (mapped.flaws.length > 0) return;
  for (const { line, column, value, reason } of mapped.refused) refuse(scope, line, column, value, reason);
  const spoilt = new Set(mapped.refused.map(({ line }) => line));
  decodeRows(scope, mapping.kind, mapped.rows, spoilt);
}

function decodePlain(scope: Scope, table: Table, kind: RowKind): void {
  const missing = columnsOf(kind).required.filter((name) => !table.header.includes(name));
  for (const name of missing) {
    refuse(
      scope,
      1,
      name,
      '',
      `The column is missing from the header of ${kind}. It has: ${table.header.join(', ').slice(0, 200)}.`,
    );
  }
  if (missing.length > 0) return;
  for (const name of table.header) {
    if (isColumnOf(kind, name)) continue;
    const known = [...COLUMNS[kind].required, ...COLUMNS[kind].optional].join(', ');
    scope.warnings.push({
      file: scope.file,
      line: 1,
      field: name,
      value: '',
      reason: `The column is not read. Known in ${kind} are ${known}.`,
    });
  }
  const rows = table.rows.map(({ line, cells }) => ({
    line,
    cells: new Map([...cells].map(([column, text]): [string, Cell] => [column, { text, column }])),
  }));
  decodeRows(scope, kind, rows, new Set());
}

/** Rows by field name become records. `spoilt` lines have been refused already, but still keep the group they belong to from going in. */
function decodeRows(scope: Scope, kind: RowKind, rows: readonly Row[], spoilt: ReadonlySet<number>): void {
  const { required } = columnsOf(kind);
  const complete = (row: Row): boolean => {
    const missing = required.filter((name) => !row.cells.has(name));
    for (const name of missing)
      if (!spoilt.has(row.line)) refuse(scope, row.line, name, '', `${name} is missing.`);
    return missing.length === 0 && !spoilt.has(row.line);
  };
  if (isSingle(kind)) {
    for (const row of rows) {
      if (!complete(row)) continue;
      const before = scope.refusals.length;
      const candidate = SINGLE[kind].from(scope, row);
      if (scope.refusals.length === before) keep(scope, SINGLE[kind].record, row, candidate);
    }
  } else if (kind === 'execution') {
    for (const row of rows) if (complete(row)) decodeExecution(scope, row);
  } else {
    const group = required[0] ?? '';
    const broken = new Map<string, number>();
    for (const row of rows) {
      const id = row.cells.get(group)?.text;
      if (!complete(row) && id !== undefined) broken.set(id, row.line);
    }
    for (const [id, line] of broken) {
      refuse(scope, line, group, id, `Is not taken because of line ${line}: it needs all of its rows.`);
    }
    const good = rows.filter((row) => !broken.has(row.cells.get(group)?.text ?? ''));
    const decoders = { steps: decodeSteps, changeovers: decodeChangeovers, calendars: decodeCalendars };
    decoders[kind](scope, good);
  }
}

/** A cell that several kinds of record are made from is refused once; a file that is wrong throughout says so a thousand times. */
function listed(refusals: readonly RowRefusal[]): RowRefusal[] {
  const byPlace = new Map<string, RowRefusal>();
  for (const refusal of refusals) {
    const key = `${refusal.line}\n${refusal.field}\n${refusal.value}\n${refusal.reason}`;
    if (!byPlace.has(key)) byPlace.set(key, refusal);
  }
  const distinct = [...byPlace.values()];
  const next = distinct[MAX_REFUSALS];
  if (!next) return distinct;
  const reason = `${distinct.length - MAX_REFUSALS} further refusals are not listed. Maybe the file is of another kind or form.`;
  return [...distinct.slice(0, MAX_REFUSALS), { ...next, field: '', value: '', reason }];
}

/** The same text read by another mapping says something else, so it is another message. */
const messageOf = (text: string, mapping: Mapping | undefined): string =>
  `sha256:${createHash('sha256')
    .update(text)
    .update(mapping ? JSON.stringify(mapping) : '')
    .digest('hex')}`;
