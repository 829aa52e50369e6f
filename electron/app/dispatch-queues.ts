import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue } from '#shared/domain/queue.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import { groupNameOf, workUnitsOf } from './board-view.ts';
import { Refused, type Station } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** Tells the lines: each unit's part of the published version as the next revision of its queue. */
export function dispatchQueues(
  station: Station,
  ask: { units?: readonly EquipmentId[] | undefined },
  caller: Caller,
): Promise<Outcome<{ queues: number; items: number }>> {
  return station.command(caller, 'queue.dispatch', async (write, workspace) => {
    const { version } = workspace;
    if (!version)
      throw new Refused(
        'NOT_PUBLISHED',
        'version',
        'Nothing is published yet. Publish the plan first, then dispatch it.',
      );
    const fresh = new Map(
      queuesFromSchedule(workspace.plan, version.schedule, version.number, station.now).map((queue) => [
        queue.unit,
        queue,
      ]),
    );
    const units = ask.units ?? workUnitsOf(workspace).map((unit) => unit.id);
    const queues: Queue[] = [];
    for (const unit of units) {
      const told = workspace.queues.get(unit);
      const next: Queue = {
        unit,
        revision: (told?.revision ?? 0) + 1,
        version: version.number,
        dispatched: station.now,
        items: fresh.get(unit)?.items ?? [],
      };
      const nothingToSay = !told && next.items.length === 0;
      if (nothingToSay || told?.version === version.number) continue;
      queues.push(next);
    }
    if (queues.length === 0) {
      throw new Refused(
        'NOTHING_STALE',
        `v${version.number}`,
        `Every line already has version ${version.number}.`,
      );
    }
    for (const queue of queues) {
      await write.addQueue(queue);
      await write.log({
        entity: 'queue',
        entityId: `${queue.unit} r${queue.revision}`,
        field: 'items',
        old: workspace.queues.get(queue.unit)?.items.map((item) => item.task) ?? null,
        new: queue.items.map((item) => item.task),
        reason: null,
      });
    }
    const told = new Map([...workspace.queues, ...queues.map((queue) => [queue.unit, queue] as const)]);
    const revision = await write.revision();
    return {
      detail: { queues: queues.length, items: queues.reduce((sum, queue) => sum + queue.items.length, 0) },
      workspace: withDraft({ ...workspace, queues: told, revision }, workspace.draft),
      facts: () => [
        { kind: 'queues.dispatched', units: queues.map((queue) => queue.unit) },
        { kind: 'board.replaced', revision },
      ],
    };
  });
}

export function queueRows(workspace: Workspace): QueueRow[] {
  const version = workspace.version?.number ?? null;
  const planned = new Set<EquipmentId>(
    workspace.version?.schedule.assignments.map((assignment) => assignment.unit),
  );
  return workUnitsOf(workspace).map((unit) => {
    const queue = workspace.queues.get(unit.id);
    return {
      unit: unit.id,
      name: unit.name,
      group: groupNameOf(workspace, unit),
      revision: queue?.revision ?? null,
      version: queue?.version ?? null,
      dispatched: queue?.dispatched ?? null,
      items: queue ? openItems(workspace, queue).length : 0,
      stale: version !== null && (queue ? queue.version !== version : planned.has(unit.id)),
      current: workspace.units.get(unit.id)?.task ?? null,
    };
  });
}

/** What of a queue is still to be done. */
export const openItems = (workspace: Workspace, queue: Queue): Queue['items'] =>
  queue.items.filter((item) => workspace.progress.get(item.task)?.state.kind !== 'completed');

/** The queue item of a task, on whichever unit it was dispatched to. */
export function dispatchedItem(workspace: Workspace, task: TaskId): Queue['items'][number] | null {
  for (const queue of workspace.queues.values()) {
    const item = queue.items.find((entry) => entry.task === task);
    if (item) return item;
  }
  return null;
}
