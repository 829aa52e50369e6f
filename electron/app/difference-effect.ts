import type { StagedChange } from '#electron/erp/stage.ts';
import { advise } from '#electron/solving/advise.ts';
import type { Ask } from '#shared/contract/calls.ts';
import type { DifferenceEffect } from '#shared/contract/views.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { indexBy } from '#shared/base/group.ts';
import { figuresFromSchedule } from '#shared/flow/figures-from-schedule.ts';
import { changesFrom, orderOf } from './accept-differences.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { repaired } from './offer-repairs.ts';
import type { Station } from './station.ts';
import { START_GRACE, type Workspace, workspaceFrom } from './workspace.ts';

/** So many of the tasks that would move are named. */
const EXAMPLES = 5;

/** Tries what waits of an order on the schedule: all that it breaks is put right with the least change, in a thread. Nothing is stored. */
export async function effectOf(
  station: Station,
  { order }: Ask<'difference.effect'>,
): Promise<DifferenceEffect> {
  station.trial?.giving.abort();
  const own = (station.trial = { order, giving: new AbortController() });
  const { workspace, now } = station;
  const all = await station.store.read.differences();
  const asked = all.filter((one) => orderOf(all, workspace.plant, one) === order);
  if (asked.length === 0) return { ok: false, text: 'This change is not waiting any more.' };
  const trial = workspaceFrom({ ...workspace, plant: plantWith(workspace.plant, changesFrom(asked)) }, now);
  const advice = await advise(
    {
      kind: 'repair',
      plan: { ...trial.plan, now },
      schedule: trial.schedule,
      since: now - START_GRACE,
      change: { kind: 'reported' },
      aims: ['leastChange'],
      newcomers: [...trial.tasks.values()].flatMap((task) => (task.order === order ? task.id : [])),
    },
    own.giving.signal,
  );
  if (station.trial === own) station.trial = null;
  if (advice.kind === 'refused') return { ok: false, text: advice.refusal.text };
  if (advice.kind !== 'repairs')
    return { ok: false, text: `No trial was made: ${advice.kind === 'failed' ? advice.text : advice.kind}.` };
  const [piece] = advice.repairs;
  if (!piece)
    return {
      ok: false,
      text: 'No schedule near the present one keeps every rule with it. Solve after accepting.',
    };
  const schedule = repaired(trial, piece);
  const after = indexBy(schedule.assignments, ({ task }) => task);
  return {
    ok: true,
    before: figuresFromSchedule(workspace.plan, workspace.schedule),
    after: figuresFromSchedule(trial.plan, schedule),
    promise: promiseOf(trial, after, order),
    ...movesBetween(workspace, trial, after),
    ...promisesBetween(workspace, trial, after),
  };
}

/** Nobody waits for the trial of this order any more. */
export function giveUpEffect({ trial }: Station, { order }: Ask<'difference.giveUp'>): null {
  if (trial?.order === order) trial.giving.abort();
  return null;
}

function plantWith(plant: Plant, changes: readonly StagedChange[]): Plant {
  const next: Record<string, readonly { readonly id: string }[]> = { ...plant };
  for (const { kind, put, remove } of changes) {
    const records: readonly { readonly id: string }[] = next[kind] ?? [];
    const fresh = indexBy(put, ({ id }): string => id);
    const known = new Set(records.map(({ id }) => id));
    next[kind] = [
      ...records.flatMap((record) => (remove.includes(record.id) ? [] : (fresh.get(record.id) ?? record))),
      ...put.filter(({ id }) => !known.has(id)),
    ];
  }
  return next as unknown as Plant;
}

type Places = ReadonlyMap<TaskId, Assignment>;

function movesBetween(workspace: Workspace, trial: Workspace, after: Places) {
  const spot = ({ unit, start }: Assignment): string => `${nameOf(trial, unit)}, ${when(trial, start)}`;
  const moved: { name: string; before: string; after: string }[] = [];
  let placed = 0;
  let dropped = 0;
  for (const task of trial.tasks.values()) {
    if (hasStarted(trial.progress.get(task.id))) continue;
    const [was, is] = [workspace.assignments.get(task.id), after.get(task.id)];
    if (was && is) {
      if (was.unit !== is.unit || was.start !== is.start)
        moved.push({ name: label(task), before: spot(was), after: spot(is) });
    } else if (is) placed += 1;
    else if (was) dropped += 1;
  }
  return { moved: moved.length, examples: moved.slice(0, EXAMPLES), placed, dropped };
}

function promiseOf(trial: Workspace, after: Places, id: string) {
  const tasks = trial.plan.tasks.filter((task) => task.order === id);
  const [first] = tasks;
  if (!first) return null;
  const ends = tasks.flatMap(
    (task) => after.get(task.id)?.end ?? trial.progress.get(task.id)?.actualEnd ?? [],
  );
  const end = ends.length < tasks.length ? null : Math.max(...ends);
  return {
    end: end === null ? null : when(trial, end),
    due: when(trial, first.due),
    late: end === null || end > first.due,
  };
}

/** Orders that are late in the one and not in the other, each by what it is due in it. */
function promisesBetween(workspace: Workspace, trial: Workspace, after: Places) {
  const [late, lateThen] = [lateOrders(workspace, workspace.assignments), lateOrders(trial, after)];
  const still = new Set(trial.plan.tasks.map(orderNameOf));
  return {
    lateNow: [...lateThen].filter((name) => !late.has(name)),
    // One that is cancelled promises nothing any more.
    onTimeNow: [...late].filter((name) => !lateThen.has(name) && still.has(name)),
  };
}

const lateOrders = ({ plan }: Workspace, places: Places): ReadonlySet<string> =>
  new Set(
    plan.tasks.flatMap((task) => ((places.get(task.id)?.end ?? 0) > task.due ? orderNameOf(task) : [])),
  );
