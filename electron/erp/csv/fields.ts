import { knownUnits, quantityUnit, secondsFrom } from '#electron/erp/b2mml/units.ts';
import type { SourcedRecord, SourcedReport } from '#electron/erp/decoded.ts';
import { flawsIn } from '#electron/erp/flaws.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { RECORDS, type RecordKind } from '#shared/domain/plant.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Zone } from '#shared/time/zone.ts';
import { type DateFormat, type Moment, momentFrom } from './dates.ts';

/** What the decoding of one file gathers, and how its cells are to be read. */
export interface Scope {
  readonly file: string;
  readonly zone: Zone;
  readonly decimal: '.' | ',';
  readonly dates: readonly DateFormat[];
  readonly records: SourcedRecord[];
  readonly reports: SourcedReport[];
  readonly refusals: RowRefusal[];
  readonly warnings: RowRefusal[];
  /** How each column writes its times, and the line that showed it. */
  readonly forms: Map<string, { readonly form: Moment['form']; readonly line: number }>;
}

/** What one field says: its text, the column it came from (for messages) and the unit of a bare number. */
export interface Cell {
  readonly text: string;
  readonly column: string;
  readonly unit?: string | undefined;
}

export interface Row {
  readonly line: number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Adds a refusal; what it returns stands for the value that could not be read. */
export function refuse(scope: Scope, line: number, field: string, value: string, reason: string): undefined {
  scope.refusals.push({ file: scope.file, line, field, value: value.slice(0, 200), reason });
}

const refuseCell = (scope: Scope, row: Row, cell: Cell, reason: string): undefined =>
  refuse(scope, row.line, cell.column, cell.text, reason);

export const textIn = (row: Row, field: string): string | undefined => row.cells.get(field)?.text;

/** Items between bars: `A|B`. */
export const listIn = (row: Row, field: string): string[] =>
  (textIn(row, field) ?? '')
    .split('|')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

const plain = (scope: Scope, text: string): string => (scope.decimal === ',' ? text.replace(',', '.') : text);

export function numberIn(scope: Scope, row: Row, field: string): number | undefined {
  const cell = row.cells.get(field);
  return cell && numberOf(scope, row, cell, cell.text);
}

function numberOf(scope: Scope, row: Row, cell: Cell, text: string): number | undefined {
  const written = plain(scope, text);
  if (!NUMBER.test(written)) {
    const comma = /^[+-]?\d+,\d+$/.test(text)
      ? ' Maybe it has a decimal comma: then a mapping must say so.'
      : '';
    return refuseCell(scope, row, cell, `Is no number.${comma}`);
  }
  const number = Number(written);
  return Number.isFinite(number) ? number : refuseCell(scope, row, cell, 'Is too large a number.');
}

/** Seconds, maybe a fraction: ISO 8601 (`PT30M`), a number with a unit (`90 s`) or a bare number, which means minutes unless a mapping says else. */
export function durationIn(scope: Scope, row: Row, field: string): number | undefined {
  const cell = row.cells.get(field);
  if (!cell) return undefined;
  const [, number, unit] = /^([+-]?[\d.,eE+-]*\d)\s*([^\d\s]*)$/.exec(cell.text) ?? [];
  const seconds =
    number === undefined
      ? secondsFrom(cell.text, '')
      : secondsFrom(plain(scope, number), unit || (cell.unit ?? 'min'));
  if (typeof seconds === 'string') return refuseCell(scope, row, cell, seconds);
  return Number.isSafeInteger(Math.round(seconds))
    ? seconds
    : refuseCell(scope, row, cell, 'Is too long a duration.');
}

export function secondsIn(scope: Scope, row: Row, field: string): Seconds | undefined {
  const seconds = durationIn(scope, row, field);
  return seconds === undefined ? undefined : Math.round(seconds);
}

/** An instant. Within a column either all times carry an offset or none does: a mixture would be two clocks in one list. */
export function instantIn(
  scope: Scope,
  row: Row,
  field: string,
  day: 'begin' | 'end' = 'begin',
): Instant | undefined {
  const cell = row.cells.get(field);
  if (!cell) return undefined;
  const moment = momentFrom(cell.text, scope.dates, scope.zone, day);
  if (!moment)
    return refuseCell(scope, row, cell, `Is no date or time of the form ${formNames(scope.dates)}.`);
  const first = scope.forms.get(cell.column);
  if (!first) scope.forms.set(cell.column, { form: moment.form, line: row.line });
  else if ((first.form === 'exact') !== (moment.form === 'exact')) {
    const reason =
      first.form === 'exact'
        ? `Has no offset from UTC, but line ${first.line} of the same column has one. Maybe two systems with two time zones wrote this file.`
        : `Has an offset from UTC, but line ${first.line} of the same column has none. Maybe two systems with two time zones wrote this file.`;
    return refuseCell(scope, row, cell, reason);
  }
  return moment.at;
}

const formNames = (formats: readonly DateFormat[]): string =>
  formats.map((format) => (format === 'ISO' ? '2026-11-23T06:00:00+01:00' : format)).join(' or ');

const TRUE = /^(true|yes|y|ja|j|x|passed|pass|ok)$/i;
const FALSE = /^(false|no|n|nein|failed|fail|nok)$/i;

/** A yes or no; a number above nothing is a yes. */
export function booleanIn(scope: Scope, row: Row, field: string): boolean | undefined {
  const cell = row.cells.get(field);
  if (!cell) return undefined;
  if (TRUE.test(cell.text)) return true;
  if (FALSE.test(cell.text)) return false;
  return NUMBER.test(cell.text)
    ? Number(cell.text) > 0
    : refuseCell(scope, row, cell, 'Says neither yes nor no (true, false, 1, 0).');
}

/** A quantity in the unit we keep (kg, L, m, each, …), the unit in the value (`5 g`), in its own column or `each`. */
export function quantityIn(
  scope: Scope,
  row: Row,
  field: string,
  uomField = 'uom',
): { quantity: number; uom: string } | undefined {
  const cell = row.cells.get(field);
  if (!cell) return undefined;
  const [, written, own] = /^(.*\d)\s*([^\d\s]*)$/.exec(cell.text) ?? [];
  const quantity = numberOf(scope, row, cell, written ?? cell.text);
  const uom = row.cells.get(uomField);
  const unit = uomFrom(
    scope,
    row,
    own ? { ...cell, text: own } : (uom ?? { ...cell, text: cell.unit ?? 'each' }),
  );
  if (quantity === undefined || !unit) return undefined;
  return { quantity: Number((quantity * unit.factor).toPrecision(12)), uom: unit.uom };
}

export function uomFrom(scope: Scope, row: Row, cell: Cell): { uom: string; factor: number } | undefined {
  return (
    quantityUnit(cell.text) ??
    refuseCell(scope, row, cell, `The unit of measure is unknown. Known are ${knownUnits}.`)
  );
}

/** Keeps a candidate as a record, or says which of its fields is wrong. Fields that are undefined are absent. */
export function keep(scope: Scope, kind: RecordKind, row: Row, candidate: object): void {
  const compacted = compact(candidate);
  const read = RECORDS[kind].safeParse(compacted);
  if (read.success) {
    scope.records.push({ kind, record: read.data, file: scope.file, line: row.line } as SourcedRecord);
    return;
  }
  for (const { field: path, value, reason } of flawsIn(compacted, read.error)) {
    const field = path.slice(path.lastIndexOf('.') + 1);
    const cell = row.cells.get(field);
    refuse(scope, row.line, cell?.column ?? path, cell?.text ?? value, `${reason}.`);
  }
}

function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (value === null || typeof value !== 'object') return value;
  const present: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) present[name] = compact(field);
  return present;
}
