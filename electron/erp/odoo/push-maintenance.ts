import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { HOUR, type Instant } from '#shared/time/instant.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import type { Values } from '#electron/erp/rows.ts';
import { writeWhatDiffers } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';
import { odooIdOf, odooTime } from './scope.ts';

type Told<Kind extends Outbound['kind']> = Extract<Outbound, { kind: Kind }>;

/** When a maintenance request is to be carried out. */
export async function pushMaintenance(
  client: OdooClient,
  name: string,
  { order, start, end }: Told<'planned'>,
): Promise<readonly NotKept[]> {
  return writeWhatDiffers(
    client,
    'maintenance.request',
    requestOf(name, order),
    await timesOf(client, start, end),
  );
}

/** A request knows no progress but its end: the first stage that counts as done, with the real times. */
export async function pushMaintained(
  client: OdooClient,
  name: string,
  { order, state, stretches, completed }: Told<'progress'>,
): Promise<readonly NotKept[]> {
  const [first] = stretches;
  if (state !== 'completed' || completed === undefined || !first) return [];
  const [stage] = await client.ids('maintenance.stage', [['done', '=', true]]);
  if (stage === undefined)
    throw new ErpFailure('Odoo has no stage of maintenance that counts as done.', false);
  const values = { stage_id: stage, ...(await timesOf(client, first.start, completed)) };
  return writeWhatDiffers(client, 'maintenance.request', requestOf(name, order), values);
}

const requestOf = (name: string, order: string): number => odooIdOf(name, 'MR', order) ?? 0;

/** The newest Odoo counts the duration from the end. */
async function timesOf(client: OdooClient, start: Instant, end: Instant): Promise<Values> {
  const hasEnd = (await client.fieldsOf('maintenance.request')).has('schedule_end');
  return {
    schedule_date: odooTime(start),
    ...(hasEnd ? { schedule_end: odooTime(end) } : { duration: (end - start) / HOUR }),
  };
}
