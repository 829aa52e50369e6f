import type { Outbound } from '#shared/domain/outbound.ts';
import type { Looked } from '#electron/erp/connector.ts';
import type { OdooClient } from './client.ts';
import { OPERATION_FIELDS, amountsIn, placesIn } from './orders.ts';

/** What stands in Odoo of the operation that a message is about. */
export async function look(client: OdooClient, name: string, message: Outbound): Promise<Looked> {
  const id = message.kind === 'downtime' ? undefined : /^WO(\d+)$/.exec(message.step)?.[1];
  if (id === undefined) return {};
  const rows = await client.read('mrp.workorder', [['id', '=', Number(id)]], OPERATION_FIELDS);
  return { places: placesIn({ name }, rows), amounts: amountsIn({ name }, rows) };
}
