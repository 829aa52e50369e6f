import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { QueueRow } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Queue, QueueItem } from '#shared/domain/queue.ts';
import type { Version } from '#shared/domain/version.ts';
import { queuesFromSchedule } from '#shared/flow/queues-from-schedule.ts';
import type { Instant } from '#shared/time/instant.ts';
import { heardFrom, isOlder } from '#shared/flow/freshness.ts';
import { formatSpan } from '#shared/time/format.ts';
import { unacknowledged } from './acknowledge-job.ts';
import { feedAges } from './feed-state.ts';
import { groupNameOf, workUnitsOf } from './board-view.ts';
import { itemsOf, openItems, unitInHand } from './queue-items.ts';
import { type SignAsk, type Signer, sign, signed } from './sign.ts';
import { Refused, type Station, type Work } from './station.ts';
import { type Workspace, withDraft } from './workspace.ts';

/** Tells the lines: each unit's part of the published version as the next revision of its queue. */
export const dispatchQueues = (
  station: Station,
  ask: DispatchAsk & { readonly sign?: SignAsk | undefined },
  caller: Caller,
): Promise<Outcome<{ queues: number; items: number }>> =>
  signed(station, 'dispatch', ask.sign, caller, (signer) =>
    station.command(caller, 'queue.dispatch', dispatching(station, ask, signer)),
  );

interface DispatchAsk {
  readonly units?: readonly EquipmentId[] | undefined;
}

export const dispatching =
  (station: Station, ask: DispatchAsk, signer: Signer | null): Work<{ queues: number; items: number }> =>
  async (write, workspace) => {
    const { version } = workspace;
    if (!version)
      throw new Refused(
        'NOT_PUBLISHED',
        'version',
        'Nothing is published yet. Publish the plan first, then dispatch it.',
      );
    const fresh = itemsByUnit(workspace, version, station.now);
    const queues: Queue[] = [];
    for (const unit of ask.units ? withGivers(workspace, fresh, ask.units) : lines(workspace)) {
      const told = workspace.queues.get(unit);
      const next: Queue = {
        unit,
        revision: (told?.revision ?? 0) + 1,
        version: version.number,
        dispatched: station.now,
        items: fresh.get(unit) ?? [],
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
    mustBeFresh(station, queues);
    for (const queue of queues) {
      const entityId = `${queue.unit} r${queue.revision}`;
      await write.addQueue(queue);
      if (signer) await sign(station, write, signer, { entity: 'queue', entityId });
      await write.log({
        entity: 'queue',
        entityId,
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
  };

/** A line is told nothing that rests on lots, people and calibrations of which nobody has heard for too long. */
function mustBeFresh(station: Station, queues: readonly Queue[]): void {
  const { lastImport, limits } = station.workspace;
  const sources = { lastImport, limits, feeds: feedAges(station) };
  for (const { order } of queues.flatMap(({ items }) => items)) {
    const { source, heard, limit } = heardFrom(order, sources);
    const age = heard === null ? null : station.now - heard;
    if (!isOlder(age, limit)) continue;
    const last = age === null ? 'never' : `${formatSpan(age)} ago`;
    const remedy =
      source === null
        ? 'Import anew; how old they may be stands in the settings.'
        : 'Reconcile it under Connections; how old they may be stands there.';
    throw new Refused(
      'STATUS_STALE',
      source ?? 'ERP',
      `What ${source ?? 'the ERP'} says was last heard ${last}, and nothing is dispatched on facts older than ${formatSpan(limit)}. ${remedy}`,
    );
  }
}

const lines = (workspace: Workspace): EquipmentId[] => workUnitsOf(workspace).map((unit) => unit.id);

/**
 * What each line is to be told. What a line has in hand stays with it, whatever the version says: the operator must be
 * able to complete it.
 */
function itemsByUnit(workspace: Workspace, version: Version, now: Instant): Map<EquipmentId, QueueItem[]> {
  const assignments = version.schedule.assignments.map((planned) =>
    unitInHand(workspace, planned.task) ? (workspace.assignments.get(planned.task) ?? planned) : planned,
  );
  const schedule = { ...version.schedule, assignments };
  const fresh = new Map(
    queuesFromSchedule(workspace.plan, schedule, version.number, now).map(({ unit, items }) => [unit, items]),
  );
  const known = new Set([...fresh.values()].flatMap((items) => items.map((item) => item.task)));
  for (const [unit, told] of workspace.queues) {
    const kept = told.items.filter(({ task }) => unitInHand(workspace, task) === unit && !known.has(task));
    if (kept.length === 0) continue;
    const items = [...kept, ...(fresh.get(unit) ?? [])];
    fresh.set(
      unit,
      items.map((item, index) => ({ ...item, position: index + 1 })),
    );
  }
  return fresh;
}

/** The lines asked for and those that hand a task over to one of them: no task is ever in two queues. */
function withGivers(
  workspace: Workspace,
  fresh: ReadonlyMap<EquipmentId, readonly QueueItem[]>,
  units: readonly EquipmentId[],
): Set<EquipmentId> {
  const told = itemsOf(workspace.queues);
  const all = new Set(units);
  // A set that grows while it is walked is walked to its end.
  for (const unit of all) for (const { task } of fresh.get(unit) ?? []) all.add(told.get(task)?.unit ?? unit);
  return all;
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
      unacknowledged: unacknowledged(workspace, unit.id),
      current: workspace.units.get(unit.id)?.task ?? null,
    };
  });
}
