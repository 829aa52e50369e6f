import type { z } from 'zod';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { RECORDS, type RecordKind } from '#shared/domain/plant.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';
import type { SourcedRecord, SourcedReport } from '#electron/erp/decoded.ts';
import type { OdooRow } from './client.ts';

/** Where decoding collects. `name` is the connection's, with which all of its ids begin. */
export interface Scope {
  readonly name: string;
  readonly records: SourcedRecord[];
  readonly reports: SourcedReport[];
  readonly refusals: RowRefusal[];
  readonly warnings: RowRefusal[];
}

export const newScope = (name: string): Scope => ({
  name,
  records: [],
  reports: [],
  refusals: [],
  warnings: [],
});

/** The kinds of Odoo's records that have a counterpart here, by the letters that their ids begin with. */
export type Kind =
  | 'MO' // mrp.production
  | 'WO' // mrp.workorder
  | 'WC' // mrp.workcenter
  | 'P' // product.product
  | 'L' // stock.lot
  | 'IN' // stock.move of a receipt
  | 'C' // resource.calendar
  | 'LV' // resource.calendar.leaves
  | 'DT' // mrp.workcenter.productivity
  | 'MR'; // maintenance.request

/** Our id of a record of Odoo: `odoo:MO12`. */
export const idOf = (scope: Pick<Scope, 'name'>, kind: Kind, id: number): string =>
  `${scope.name}:${kind}${id}`;

/** Which record of Odoo an id of ours means; null where it is none of this connection and kind. */
export function odooIdOf(name: string, kind: Kind, id: string): number | null {
  const begin = `${name}:${kind}`;
  const rest = id.startsWith(begin) ? id.slice(begin.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : null;
}

type Place = { readonly model: string; readonly id: number };

/** Keeps what a row came to, or refuses the row with the first thing that is wrong with it. */
export function keep<Kind extends RecordKind>(
  scope: Scope,
  kind: Kind,
  place: Place,
  record: z.input<(typeof RECORDS)[Kind]>,
): void {
  const parsed = RECORDS[kind].safeParse(record);
  if (parsed.success) {
    const sourced = { kind, record: parsed.data, file: place.model, line: place.id };
    scope.records.push(sourced as unknown as SourcedRecord);
    return;
  }
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  scope.refusals.push({ file: place.model, line: place.id, field, value: '', reason: issue?.message ?? '' });
}

/** Keeps a fact of the past. */
export const report = (scope: Scope, place: Place, told: z.input<typeof ExecutionReport>): void =>
  void scope.reports.push({ report: ExecutionReport.parse(told), file: place.model, line: place.id });

export const warn = (scope: Scope, place: Place, field: string, reason: string): void =>
  void scope.warnings.push({ file: place.model, line: place.id, field, value: '', reason });

/** An empty field is `false`, whatever its type. */
export const textIn = (row: OdooRow, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

export const numberIn = (row: OdooRow, field: string): number => {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
};

/** A link: the id of the row that it points to. */
export const linkIn = (row: OdooRow, field: string): number | undefined => {
  const value = row[field];
  return typeof value === 'number' ? value : undefined;
};

export const linksIn = (row: OdooRow, field: string): readonly number[] => {
  const value = row[field];
  return Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];
};

/** The first of several fields that holds a time: names differ between versions. */
export function timeIn(row: OdooRow, ...fields: readonly string[]): Instant | undefined {
  for (const field of fields) {
    const text = textIn(row, field);
    const at = text === undefined ? Number.NaN : Date.parse(`${text.replace(' ', 'T')}Z`);
    if (!Number.isNaN(at)) return instantFromMillis(at);
  }
  return undefined;
}

/** As Odoo writes times: UTC without zone. */
export const odooTime = (at: Instant): string =>
  new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ');

/** Minutes of Odoo in whole seconds. */
export const secondsOf = (minutes: number): number => Math.round(minutes * 60);
