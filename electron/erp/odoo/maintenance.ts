import { HOUR } from '#shared/time/instant.ts';
import { type Row, linkIn, numberIn, textIn } from '#electron/erp/rows.ts';
import { type Scope, keep } from '#electron/erp/scope.ts';
import type { OdooClient } from './client.ts';
import { idOf, timeIn } from './scope.ts';

export const REQUEST_FIELDS = [
  'name',
  'equipment_id',
  'stage_id',
  'archive',
  'priority',
  'schedule_date',
  'duration',
  'create_date',
  'write_date',
];

/** Field by which maintenance names a work centre: the plain Odoo has none, its Enterprise modules and studio fields do. */
export async function linkToCentre(client: OdooClient, model: string): Promise<string | undefined> {
  const fields = await client.fieldsOf(model);
  return [...fields].find(
    ([, field]) => field.type === 'many2one' && field.relation === 'mrp.workcenter',
  )?.[0];
}

/**
 * Maintenance of work centres is work like any other: an order for one piece of equipment, of one step. A request that
 * nobody has given a date and a duration cannot be planned; one for equipment that is no work centre takes nothing from it.
 */
export function decodeMaintenance(
  scope: Scope,
  requests: readonly Row[],
  done: ReadonlySet<number>,
  centreOf: (request: Row) => number | undefined,
): void {
  for (const request of requests) {
    const place = { model: 'maintenance.request', id: request.id };
    const [centre, start] = [centreOf(request), timeIn(request, 'schedule_date')];
    const seconds = Math.round(numberIn(request, 'duration') * HOUR);
    if (centre === undefined || start === undefined || seconds <= 0) continue;
    const id = idOf(scope, 'MR', request.id);
    keep(scope, 'routings', place, {
      id,
      name: textIn(request, 'name') ?? id,
      version: '1',
      steps: [
        {
          id: 'MR',
          name: textIn(request, 'name') ?? id,
          domain: 'maintenance',
          modes: [{ equipment: idOf(scope, 'WC', centre), fixed: seconds, perUnit: 0 }],
          crossBreak: 'pause',
          people: [],
          instruments: [],
          materials: [],
          after: [],
        },
      ],
    });
    keep(scope, 'orders', place, {
      id,
      name: textIn(request, 'name'),
      domain: 'maintenance',
      quantity: 1,
      uom: '',
      routing: id,
      weight: 1 + Number(textIn(request, 'priority') ?? '0'),
      release: timeIn(request, 'create_date') ?? start,
      due: start + seconds,
      equipment: idOf(scope, 'WC', centre),
      state: stateOf(request, done),
    });
  }
}

function stateOf(request: Row, done: ReadonlySet<number>): 'Cancelled' | 'Completed' | 'Released' {
  if (request['archive'] === true) return 'Cancelled';
  return done.has(linkIn(request, 'stage_id') ?? 0) ? 'Completed' : 'Released';
}
