import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import { type Values, numberIn, textIn } from '#electron/erp/rows.ts';
import { writeWhatDiffers } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { odooIdOf, odooTime } from './scope.ts';
import { operationOf } from './writing.ts';

type Planned = Extract<Outbound, { kind: 'planned' }>;

/** The names of a work order's planned times: until Odoo 16 `date_start` was the real start only. */
async function plannedFields(client: OdooClient): Promise<{ start: string; end: string }> {
  return (await client.fieldsOf('mrp.workorder')).has('date_planned_start')
    ? { start: 'date_planned_start', end: 'date_planned_finished' }
    : { start: 'date_start', end: 'date_finished' };
}

/**
 * Times of a work order, written together with their duration: without it Odoo counts the end anew. Another work centre
 * goes first, for Odoo counts times and duration anew after it.
 */
export async function pushPlanned(
  client: OdooClient,
  name: string,
  message: Planned,
): Promise<readonly NotKept[]> {
  const { start, end } = await plannedFields(client);
  const row = await operationOf(client, message.step, [
    'state',
    'workcenter_id',
    'duration_expected',
    start,
    end,
  ]);
  const state = textIn(row, 'state');
  if (state === 'done' || state === 'cancel')
    throw new ErpFailure(
      `Work order ${row.id} is ${state === 'done' ? 'finished' : 'cancelled'} in Odoo.`,
      false,
    );
  const centre = odooIdOf(name, 'WC', message.unit);
  if (centre === null) throw new ErpFailure(`${message.unit} is no work centre of this Odoo.`, false);
  if (centre !== row['workcenter_id']) await client.write('mrp.workorder', row.id, { workcenter_id: centre });
  const minutes = message.work / MINUTE;
  const known = numberIn(row, 'duration_expected');
  const values: Values = {
    // Started work stays where it started.
    ...(state === 'progress' ? {} : { [start]: odooTime(message.start) }),
    [end]: odooTime(message.end),
    duration_expected: Math.abs(known - minutes) * MINUTE < 1 ? known : Math.round(minutes * 100) / 100,
  };
  const sent = { workcenter_id: centre, ...values };
  return writeWhatDiffers(client, 'mrp.workorder', row.id, sent, values);
}
