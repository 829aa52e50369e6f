import { isDeepStrictEqual } from 'node:util';
import type { Difference } from '#electron/store/store.ts';
import { groupBy } from '#shared/base/group.ts';
import type { DifferenceView } from '#shared/contract/views.ts';
import { isOpen } from '#shared/domain/order.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Task } from '#shared/domain/task.ts';
import { planFromOrders } from '#shared/flow/plan-from-orders.ts';
import { HOUR, type Instant } from '#shared/time/instant.ts';
import { orderOf } from './accept-differences.ts';
import { tasksOf } from './board-view.ts';
import { when } from './edit-draft.ts';
import type { Workspace } from './workspace.ts';

/** What waits to be accepted, order by order: both values of every field, and what it would do to the plan. */
export function differenceViews(workspace: Workspace, waiting: readonly Difference[]): DifferenceView[] {
  return [...groupBy(waiting, (one) => orderOf(waiting, workspace.plant, one))].map(([id, own]) => {
    const known = workspace.plant.orders.find((order) => order.id === id);
    const change = own.find(({ kind }) => kind === 'orders');
    const next = change === undefined ? known : (change.record as Plant['orders'][number] | null);
    const routing = own.find(({ kind }) => kind === 'routings')?.record as
      | Plant['routings'][number]
      | undefined;
    const after = next ? tasksAfter(workspace, next, routing) : [];
    return {
      feed: own[0]?.feed ?? '',
      order: id,
      name: (next ?? known)?.name ?? id,
      at: Math.min(...own.map(({ at }) => at)),
      change: known ? (next && isOpen(next) ? 'changed' : 'cancelled') : 'added',
      fields: fieldsOf(workspace, known, next ?? undefined),
      impact: impactOf(workspace, known ? tasksOf(workspace, known.id) : [], after, next ?? undefined),
    };
  });
}

/** The tasks that the order would come to. */
function tasksAfter(
  { plan }: Workspace,
  order: Plant['orders'][number],
  routing: Plant['routings'][number] | undefined,
): readonly Task[] {
  const plant = {
    ...plan.plant,
    orders: [order],
    routings: routing ? [routing] : plan.plant.routings.filter(({ id }) => id === order.routing),
    testSpecs: [],
  };
  return planFromOrders({ ...plan, plant, progress: [], pins: [], frozen: [] }).tasks;
}

type AnyOrder = Plant['orders'][number];

function fieldsOf(
  workspace: Workspace,
  before: AnyOrder | undefined,
  after: AnyOrder | undefined,
): DifferenceView['fields'] {
  if (!before || !after) return [];
  const [was, is] = [
    new Map<string, unknown>(Object.entries(before)),
    new Map<string, unknown>(Object.entries(after)),
  ];
  const say = (field: string, value: unknown): string =>
    typeof value === 'number' && TIMES.has(field)
      ? when(workspace, value)
      : value === undefined
        ? '–'
        : typeof value === 'string'
          ? value
          : JSON.stringify(value);
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((field) => !isDeepStrictEqual(was.get(field), is.get(field)))
    .map((field) => ({ field, before: say(field, was.get(field)), after: say(field, is.get(field)) }));
}

const TIMES: ReadonlySet<string> = new Set(['due', 'release', 'deadline']);

/** What accepting would do to the schedule, in words. */
function impactOf(
  workspace: Workspace,
  before: readonly Task[],
  after: readonly Task[],
  order: AnyOrder | undefined,
): string[] {
  const still = new Map(after.map((task) => [task.id, task]));
  const known = new Set(before.map(({ id }) => id));
  const places = before.flatMap(({ id }) => workspace.assignments.get(id) ?? []);
  const freed = places.filter(({ task }) => !still.has(task)).length;
  const added = after.filter(({ id }) => !known.has(id)).length;
  const impact: string[] = [];
  if (freed > 0) impact.push(`${tasks(freed)} leave${freed === 1 ? 's' : ''} the board.`);
  if (added > 0) impact.push(`${tasks(added)} without a place ${added === 1 ? 'comes' : 'come'} in.`);
  let longer = 0;
  for (const { task, unit } of places) {
    const run = (one: Task | undefined) => one?.modes.find((mode) => mode.unit === unit)?.run;
    const [was, is] = [run(workspace.tasks.get(task)), run(still.get(task))];
    if (was === undefined) continue;
    if (is === undefined && still.has(task)) impact.push(`${task} may no longer stand on its unit.`);
    else if (is !== undefined) longer += is - was;
  }
  if (longer !== 0) impact.push(`The work gets ${hours(longer)} ${longer > 0 ? 'longer' : 'shorter'}.`);
  const late = lateAfter(places, longer, order);
  if (late > 0) impact.push(`As planned the order would be ${hours(late)} late.`);
  return impact.length > 0 ? impact : ['The schedule stays as it is.'];
}

function lateAfter(
  places: readonly { readonly end: Instant }[],
  longer: number,
  order: AnyOrder | undefined,
): number {
  if (!order || places.length === 0) return 0;
  return Math.max(...places.map(({ end }) => end)) + Math.max(0, longer) - order.due;
}

const tasks = (count: number): string => `${count} ${count === 1 ? 'task' : 'tasks'}`;
const hours = (seconds: number): string => `${Math.round((Math.abs(seconds) / HOUR) * 10) / 10} h`;
