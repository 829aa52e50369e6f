import type { z } from 'zod';
import { ExecutionReport } from '#shared/domain/execution.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { RECORDS, type RecordKind } from '#shared/domain/plant.ts';
import type { SourcedRecord, SourcedReport } from './decoded.ts';

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

/** Which row of the ERP an id of ours means (`odoo:MO12`); null where it is none of this connection and kind. */
export function erpIdOf(name: string, kind: string, id: string): number | null {
  const begin = `${name}:${kind}`;
  const rest = id.startsWith(begin) ? id.slice(begin.length) : '';
  return /^\d+$/.test(rest) ? Number(rest) : null;
}

export type Place = { readonly model: string; readonly id: number };

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
