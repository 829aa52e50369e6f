import type { NotKept } from '#shared/domain/outbound.ts';
import { type OdooClient, OdooFailure, type OdooRow, type Values } from './client.ts';

/** Writes `values` unless they stand there already, reads again what `sent` names, and tells what was not kept. */
export async function writeWhatDiffers(
  client: OdooClient,
  model: string,
  id: number,
  sent: Values,
  values: Values = sent,
): Promise<readonly NotKept[]> {
  const before = await client.compare(model, id, sent);
  if (before.length === 0) return [];
  await client.write(model, id, values);
  return (await client.compare(model, id, sent)).map(({ field, sent: was, kept }) =>
    notKept(field, was, kept),
  );
}

export const notKept = (field: string, sent: unknown, kept: unknown): NotKept => ({
  field,
  sent: said(sent),
  kept: said(kept),
});

const said = (value: unknown): string =>
  value === undefined || value === false ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

export async function create(client: OdooClient, model: string, values: Values): Promise<number> {
  const made = await client.call(model, 'create', { vals_list: [values] });
  const [id] = Array.isArray(made) ? made : [made];
  if (typeof id !== 'number') throw new OdooFailure(`Odoo did not say which row of ${model} it made.`, true);
  return id;
}

/** The row of a message's operation. Throws where Odoo does not have it any more. */
export async function operationOf(
  client: OdooClient,
  step: string,
  fields: readonly string[],
): Promise<OdooRow> {
  const id = /^WO(\d+)$/.exec(step)?.[1];
  const [row] = id === undefined ? [] : await client.read('mrp.workorder', [['id', '=', Number(id)]], fields);
  if (!row) throw new OdooFailure(`Odoo has no work order ${step} any more.`, false);
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
    throw new OdooFailure(`Odoo has no productivity loss of category ${category}.`, false);
  return loss;
}
