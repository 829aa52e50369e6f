import type { WorklistAsk, WorklistName } from '#shared/contract/worklist.ts';
import { groupBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { QueueItem } from '#shared/domain/queue.ts';
import { type Position, worklistFromQueues } from '#shared/flow/worklist-from-queues.ts';
import { groupNameOf } from './board-view.ts';
import { openItems } from './queue-items.ts';
import type { Workspace } from './workspace.ts';

const TEAMS = {
  quality: 'Lab',
  maintenance: 'Maintenance',
  inventory: 'Warehouse',
} as const satisfies Partial<Record<OperationsType, string>>;

export type Team = keyof typeof TEAMS;
const TEAM_NAMES = Object.keys(TEAMS) as Team[];

/** The positions of a list, over the units of a screen or over all. */
export function positionsOf(
  workspace: Workspace,
  ask: WorklistAsk,
  only?: readonly EquipmentId[],
): Position[] {
  const isShown = ({ assignment }: QueueItem): boolean => only?.includes(assignment.unit) ?? true;
  const told = { ...workspace, tasks: workspace.tasks.values(), queues: [...workspace.queues.values()] };
  if ('person' in ask) {
    const stintOf = (item: QueueItem) => item.assignment.people.find(({ person }) => person === ask.person);
    return worklistFromQueues(
      told,
      (item) => isShown(item) && stintOf(item) !== undefined,
      (item) => stintOf(item)?.start ?? item.assignment.start,
    );
  }
  return worklistFromQueues(
    told,
    (item) =>
      isShown(item) &&
      item.domain === ask.domain &&
      (ask.area === undefined || areaOf(workspace, item.assignment.unit) === ask.area),
  );
}

export function titleOf({ plant }: Workspace, ask: WorklistAsk): string {
  if ('person' in ask) return plant.people.find(({ id }) => id === ask.person)?.name ?? ask.person;
  return ask.area === undefined ? TEAMS[ask.domain] : `${TEAMS[ask.domain]} · ${ask.area}`;
}

/** The lists of teams that have anything to do: one for each domain, and one for each of its areas where there are several. */
export function teamLists(workspace: Workspace, only?: readonly EquipmentId[]): WorklistName[] {
  const counts = countsOf(workspace);
  return TEAM_NAMES.flatMap((domain) => {
    const own = counts.filter((one) => one.domain === domain && (only?.includes(one.unit) ?? true));
    if (own.length === 0) return [];
    const total = (rows: readonly { items: number }[]): number =>
      rows.reduce((sum, { items }) => sum + items, 0);
    const areas = [...groupBy(own, ({ area }) => area)];
    const ofArea = areas.map(([area, rows]): WorklistName => {
      const ask = { domain, area };
      return { ask, title: titleOf(workspace, ask), items: total(rows) };
    });
    return [
      { ask: { domain }, title: TEAMS[domain], items: total(own) },
      ...(areas.length > 1 ? ofArea : []),
    ];
  });
}

/** The units on which a team's tasks may run. */
export const teamUnits = ({ plan }: Workspace): { title: string; units: EquipmentId[] }[] =>
  TEAM_NAMES.flatMap((domain) => {
    const own = plan.tasks.filter((task) => task.domain === domain);
    const units = [...new Set(own.flatMap(({ modes }) => modes.map(({ unit }) => unit)))];
    return units.length > 0 ? [{ title: TEAMS[domain], units }] : [];
  });

/** The lists that the desk may look at: those of teams, then those of everybody who is planned for anything. */
export function worklistNames(workspace: Workspace): WorklistName[] {
  const counts = new Map<PersonId, number>();
  for (const queue of workspace.queues.values())
    for (const { assignment } of openItems(workspace, queue))
      for (const person of new Set(assignment.people.map((stint) => stint.person)))
        counts.set(person, (counts.get(person) ?? 0) + 1);
  const people = workspace.plant.people
    .filter(({ id }) => counts.has(id))
    .map(({ id, name }): WorklistName => ({ ask: { person: id }, title: name, items: counts.get(id) ?? 0 }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
  return [...teamLists(workspace), ...people];
}

/** Units that were ever told tasks of a domain, with how many of them are open. */
const countsOf = onceFor((workspace: Workspace) =>
  [...workspace.queues.values()].flatMap((queue) => {
    const open = groupBy(openItems(workspace, queue), ({ domain }) => domain);
    return [...new Set(queue.items.map(({ domain }) => domain))].map((domain) => ({
      unit: queue.unit,
      area: areaOf(workspace, queue.unit),
      domain,
      items: open.get(domain)?.length ?? 0,
    }));
  }),
);

/** The area that a unit stands in. */
export function areaOf(workspace: Workspace, id: EquipmentId): string {
  const unit = workspace.equipment.get(id);
  return unit ? groupNameOf(workspace, unit) : '';
}
