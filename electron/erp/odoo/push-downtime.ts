import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { type OdooClient, OdooFailure, type Values } from './client.ts';
import { markOf } from './mark.ts';
import { odooIdOf, odooTime } from './scope.ts';
import { lossOf, markedRow } from './writing.ts';

/** A downtime is a productivity loss of the work centre: one row, found again by its mark. */
export async function pushDowntime(
  client: OdooClient,
  name: string,
  message: Extract<Outbound, { kind: 'downtime' }>,
): Promise<readonly NotKept[]> {
  const centre = odooIdOf(name, 'WC', message.unit);
  if (centre === null) throw new OdooFailure(`${message.unit} is no work centre of this Odoo.`, false);
  const description = `${markOf(message.id)}: ${message.reason}`;
  const values: Values = {
    workcenter_id: centre,
    date_start: odooTime(message.start),
    date_end: message.end === undefined ? false : odooTime(message.end),
    description,
  };
  return markedRow(client, markOf(message.id), values, () => lossOf(client, 'availability'));
}
