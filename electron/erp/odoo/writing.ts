import type { NotKept } from '#shared/domain/outbound.ts';
import { ErpFailure } from '#electron/erp/failure.ts';
import type { Row, Values } from '#electron/erp/rows.ts';
import { writeWhatDiffers } from '#electron/erp/stored.ts';
import type { OdooClient } from './client.ts';

export async function create(client: OdooClient, model: string, values: Values): Promise<number> {
  const made = await client.call(model, 'create', { vals_list: [values] });
  const [id] = Array.isArray(made) ? made : [made];
  if (typeof id !== 'number') throw new ErpFailure(`Odoo did not say which row of ${model} it made.`, true);
  return id;
}

/** The row of a message's operation. Throws where Odoo does not have it any more. */
export async function operationOf(client: OdooClient, step: string, fields: readonly string[]): Promise<Row> {
  const id = /^WO(\d+)$/.exec(step)?.[1];
  const [row] = id === undefined ? [] : await client.read('mrp.workorder', [['id', '=', Number(id)]], fields);
  if (!row) throw new ErpFailure(`Odoo has no work order ${step} any more.`, false);
  return row;
}

/** Brings the time log with this mark to these values: makes it where it is not there yet, changes it where it differs. */
export async function markedRow(
  client: OdooClient,
  mark: string,
  values: Values,
  loss: () => Promise<number>,
): Promise<readonly NotKept[]> {
  const model = 'mrp.workcenter.productivity';
  const [row] = await client.ids(model, [['description', '=like', `${mark}:%`]]);
  const id = row ?? (await create(client, model, { ...values, loss_id: await loss() }));
  return writeWhatDiffers(client, model, id, values);
}

/** The first loss of a category that people may choose. */
export async function lossOf(client: OdooClient, category: 'availability' | 'productive'): Promise<number> {
  const [loss] = await client.ids('mrp.workcenter.productivity.loss', [['loss_type', '=', category]]);
  if (loss === undefined)
    throw new ErpFailure(`Odoo has no productivity loss of category ${category}.`, false);
  return loss;
}
