import { ErpFailure } from '#electron/erp/failure.ts';
import { type Row, linkIn } from '#electron/erp/rows.ts';
import type { TrytonClient } from './client.ts';
import { inSequence } from './orders.ts';
import { trytonIdOf } from './scope.ts';

/** A work with its production and all works of that, in their order. */
export interface Work {
  readonly work: Row;
  readonly production: Row;
  readonly works: readonly Row[];
}

const PRODUCTION_FIELDS = [
  'state',
  'product',
  'quantity',
  'uom',
  'planned_date',
  'planned_start_date',
  'effective_date',
  'effective_start_date',
];

/** The work that a message means. Throws where Tryton does not have it any more. */
export async function workOf(client: TrytonClient, step: string): Promise<Work> {
  const id = Number(/^W(\d+)$/.exec(step)?.[1]);
  const fields = ['production', 'work_center', 'sequence', 'state'];
  const [found] = await client.read('production.work', [['id', '=', id || null]], ['production']);
  const order = found && linkIn(found, 'production');
  const [production] = await client.read('production', [['id', '=', order ?? null]], PRODUCTION_FIELDS);
  const works = inSequence(
    await client.read('production.work', [['production', '=', order ?? null]], fields),
  );
  const work = works.find((row) => row.id === id);
  if (!work || !production) throw new ErpFailure(`Tryton has no work ${step} any more.`, false);
  return { work, production, works };
}

export function centreOf(name: string, unit: string): number {
  const centre = trytonIdOf(name, 'WC', unit);
  if (centre === null) throw new ErpFailure(`${unit} is no work centre of this Tryton.`, false);
  return centre;
}
