import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import type { Values } from '#electron/erp/rows.ts';
import type { OdooClient } from './client.ts';
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
  if (centre === null) throw new ErpFailure(`${message.unit} is no work centre of this Odoo.`, false);
  const mark = markOf(`WC${centre} ${odooTime(message.start)}`);
  const values: Values = {
    workcenter_id: centre,
    date_start: odooTime(message.start),
    date_end: message.end === undefined ? false : odooTime(message.end),
    description: `${mark}: ${message.reason}`,
  };
  return markedRow(client, mark, values, () => lossOf(client, 'availability'));
}
