import { type Row, textIn } from '#electron/erp/rows.ts';
import { type Scope, erpIdOf } from '#electron/erp/scope.ts';
import { type Instant, instantFromMillis } from '#shared/time/instant.ts';

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
export const odooIdOf = (name: string, kind: Kind, id: string): number | null => erpIdOf(name, kind, id);

/** The first of several fields that holds a time: names differ between versions. */
export function timeIn(row: Row, ...fields: readonly string[]): Instant | undefined {
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
