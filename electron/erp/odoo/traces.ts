import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Row, textIn } from '#electron/erp/rows.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { OdooClient } from './client.ts';
import { odooTime, timeIn } from './scope.ts';
import { lotModel } from './stock.ts';

/**
 * The tables whose rows change what is planned from one minute to the next. The others, such as calendars, capacities and
 * units of measure, hardly ever do.
 */
const WRITTEN = [
  'mrp.production',
  'mrp.workorder',
  'mrp.workcenter',
  'mrp.workcenter.productivity',
  'product.product',
  'product.template',
  'stock.move',
  'stock.move.line',
  'stock.quant',
  'resource.calendar.leaves',
  'maintenance.request',
];

/** Those of which a deleted row leaves no other trace: with an order go its work orders; what is reserved is written where it lies. */
const DELETED = [
  'mrp.workorder',
  'mrp.workcenter.productivity',
  'stock.move',
  'resource.calendar.leaves',
  'maintenance.request',
];

/** What changes leave behind: a few rows and counts instead of everything that is planned with. */
export interface Traces {
  /** The newest change among them; 0 for none. */
  readonly newest: Instant;
  /** The same as long as nothing has been made, changed or deleted, for traces from the same moment on. */
  readonly since: (from: Instant) => string;
}

/** The traces of what has been made, changed or deleted, from this moment on by Odoo's clock. */
export async function tracesSince(client: OdooClient, from: Instant): Promise<Traces> {
  const changed = [['write_date', '>=', odooTime(from)]];
  const written: { readonly model: string; readonly row: Row }[] = [];
  for (const model of [...WRITTEN, await lotModel(client)]) {
    if (!(await client.fieldsOf(model)).has('write_date')) continue;
    const rows = await client.read(model, changed, ['write_date']);
    written.push(...rows.map((row) => ({ model, row })));
  }
  const counts: number[] = [];
  for (const model of DELETED) counts.push(await countOf(client, model));
  const changedAt = (row: Row): Instant => timeIn(row, 'write_date') ?? 0;
  return {
    newest: written.reduce((newest, { row }) => Math.max(newest, changedAt(row)), 0),
    since: (moment) => {
      const seen = written
        .filter(({ row }) => changedAt(row) >= moment)
        .map(({ model, row }) => [model, row.id, textIn(row, 'write_date')]);
      return createHash('sha256')
        .update(JSON.stringify([counts, seen]))
        .digest('base64');
    },
  };
}

async function countOf(client: OdooClient, model: string): Promise<number> {
  if ((await client.fieldsOf(model)).size === 0) return 0;
  const told = z.int().safeParse(await client.call(model, 'search_count', { domain: [] }));
  if (!told.success)
    throw new ErpFailure(`Odoo answered with something else than the number of rows of ${model}.`, true);
  return told.data;
}
