import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { NotKept, Outbound } from '#shared/domain/outbound.ts';
import type { Settlement } from '#shared/domain/outbox.ts';
import { TaskId } from '#shared/domain/task.ts';
import { label, nameOf, when } from './edit-draft.ts';
import type { Workspace } from './workspace.ts';

/** What a message is about, as people call it. */
export function aboutOf(workspace: Workspace, message: Outbound): string {
  if (message.kind === 'downtime') return nameOf(workspace, message.unit);
  const { order, step } = message;
  const task = workspace.tasks.get(TaskId.parse(`${order}/${step}`));
  return task ? label(task) : `${workspace.orders.get(order)?.name ?? order} · ${step}`;
}

/** Differences as the plant says them: its units by name, moments in its own time. */
const inLocalWords = (workspace: Workspace, differences: readonly NotKept[]): NotKept[] =>
  differences.map(({ field, sent, kept }) => {
    const said = (value: string): string => {
      if (field === 'unit') return nameOf(workspace, value as EquipmentId);
      return /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? when(workspace, Date.parse(value) / 1000) : value;
    };
    return { field, sent: said(sent), kept: said(kept) };
  });

/** What became of a message, with its differences as the plant says them. */
export const settlementInWords = (workspace: Workspace, settlement: Settlement): Settlement =>
  settlement.kind === 'notKept'
    ? { ...settlement, differences: inLocalWords(workspace, settlement.differences) }
    : settlement.kind === 'kept' && settlement.over
      ? { ...settlement, over: inLocalWords(workspace, settlement.over) }
      : settlement;
