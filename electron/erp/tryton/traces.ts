import { createHash } from 'node:crypto';
import { type Row, textIn } from '#electron/erp/rows.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { TrytonClient } from './client.ts';
import { changedAt } from './scope.ts';
import { trytonTime } from './values.ts';

/**
 * The tables whose rows change what is planned from one minute to the next: a cycle changes its work, too. The others, such
 * as operations, lead times and companies, hardly ever do.
 */
const WRITTEN = [
  'ir.note',
  'product.product',
  'product.template',
  'production',
  'production.work',
  'production.work.center',
  'stock.lot',
  'stock.move',
];

/** Those of which a deleted row leaves no other trace: with a production go its works. */
const DELETED = ['production.work', 'stock.move'];

/** What changes leave behind: a few rows and counts instead of everything that is planned with. */
export interface Traces {
  /** The newest change among them; 0 for none. */
  readonly newest: Instant;
  /** The same as long as nothing has been made, changed or deleted, for traces from the same moment on. */
  readonly since: (from: Instant) => string;
}

/** The traces of what has been made, changed or deleted, from this moment on by Tryton's clock. */
export async function tracesSince(client: TrytonClient, from: Instant): Promise<Traces> {
  const at = trytonTime(from);
  const changed = ['OR', ['write_date', '>=', at], ['create_date', '>=', at]];
  const written: { readonly model: string; readonly row: Row }[] = [];
  for (const model of WRITTEN) {
    const rows = await client.read(model, changed, ['create_date', 'write_date']);
    written.push(...rows.map((row) => ({ model, row })));
  }
  const counts: number[] = [];
  for (const model of DELETED) counts.push(await client.count(model));
  return {
    newest: written.reduce((newest, { row }) => Math.max(newest, changedAt(row)), 0),
    since: (moment) => {
      const seen = written
        .filter(({ row }) => changedAt(row) >= moment)
        .map(({ model, row }) => [model, row.id, textIn(row, 'create_date'), textIn(row, 'write_date')]);
      return createHash('sha256')
        .update(JSON.stringify([counts, seen]))
        .digest('base64');
    },
  };
}
