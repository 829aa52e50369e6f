import { type Row, textIn } from '#electron/erp/rows.ts';
import { type Scope, erpIdOf } from '#electron/erp/scope.ts';
import type { Instant } from '#shared/time/instant.ts';

/** The kinds of Tryton's records that have a counterpart here, by the letters that their ids begin with. */
export type Kind =
  | 'P' // production
  | 'W' // production.work
  | 'WC' // production.work.center
  | 'PR' // product.product
  | 'L' // stock.lot
  | 'IN' // stock.move of a receipt
  | 'C'; // company.company

/** Our id of a record of Tryton: `tryton:P12`. */
export const idOf = (scope: Pick<Scope, 'name'>, kind: Kind, id: number): string =>
  `${scope.name}:${kind}${id}`;

/** Which record of Tryton an id of ours means; null where it is none of this connection and kind. */
export const trytonIdOf = (name: string, kind: Kind, id: string): number | null => erpIdOf(name, kind, id);

export function timeIn(row: Row, field: string): Instant | undefined {
  const at = Date.parse(textIn(row, field) ?? '');
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** When a row was changed last. Until the first change that is when it was made: `write_date` is empty then. */
export const changedAt = (row: Row): Instant => timeIn(row, 'write_date') ?? timeIn(row, 'create_date') ?? 0;
