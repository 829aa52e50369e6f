import { indexBy } from '#shared/base/group.ts';
import { PatchedMap } from '#shared/base/patched-map.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import { type ExecutionEvent, hasStarted } from '#shared/domain/execution.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { nextProgress, progressFromEvents } from '#shared/flow/progress-from-events.ts';
import type { Instant } from '#shared/time/instant.ts';
import { downtimesFromEvents, unitAfter, unitStatesOf } from './unit-states.ts';
import { type Workspace, begunIn, boundIn, withDraft, workspaceFrom } from './workspace.ts';

/** The workspace after further reports. */
export const withEvents = (
  workspace: Workspace,
  added: readonly ExecutionEvent[],
  now: Instant,
  revision: number,
): Workspace => {
  const events = [...workspace.events, ...added];
  const told = isLast(workspace, added) ? oneStepOn(workspace, added) : undefined;
  return afterEvents({ ...workspace, events, revision }, added, now, told);
};

/** The workspace as if one report had never come. */
export const withoutEvent = (workspace: Workspace, event: ExecutionEvent, now: Instant): Workspace =>
  afterEvents({ ...workspace, events: eventsWithout(workspace, event) }, [event], now);

/** The workspace with reports that stand again, each where it was. */
export const withEventsAgain = (
  workspace: Workspace,
  again: readonly ExecutionEvent[],
  now: Instant,
): Workspace => afterEvents({ ...workspace, events: eventsWith(workspace, again) }, again, now);

export const eventsWith = (
  { events }: Pick<Workspace, 'events'>,
  again: readonly ExecutionEvent[],
): ExecutionEvent[] => [...events, ...again].sort((a, b) => a.seq - b.seq);

/** Those that stand without that one, and without what was put right of it. */
export const eventsWithout = (
  { events }: Pick<Workspace, 'events'>,
  { id: gone }: ExecutionEvent,
): ExecutionEvent[] => events.filter(({ id, corrects }) => id !== gone && corrects !== gone);

type Told = Pick<Workspace, 'progress' | 'units'>;

const toldBy = (events: readonly ExecutionEvent[]): Told => ({
  progress: indexBy(progressFromEvents(events), ({ task }) => task),
  units: unitStatesOf(events),
});

/** Progress, units and downtimes anew, over the same tasks unless lots or calibrations are others by the events that came or went. */
function afterEvents(
  workspace: Workspace,
  changed: readonly ExecutionEvent[],
  now: Instant,
  told?: Told,
): Workspace {
  const { events } = workspace;
  if (changed.some(({ proof, result }) => proof !== undefined || result?.lot !== undefined))
    return workspaceFrom(workspace, now, workspace);
  const { progress, units } = told ?? toldBy(events);
  const plan = { ...workspace.plan, now, progress: [...progress.values()] };
  if (changed.some(({ kind }) => kind === 'downtimeStarted' || kind === 'downtimeEnded')) {
    const downtimes = [...workspace.plant.downtimes, ...downtimesFromEvents(events)];
    plan.plant = { ...plan.plant, downtimes };
  }
  const after = { ...workspace, plan, progress, units };
  return (told && withPlaces(workspace, after)) ?? withDraft(after, workspace.draft);
}

/**
 * The same draft with what is in work where it is by now, and what has ended since where it ended: of ten thousand places a
 * report moves a few. Null where it begins a task that had no place.
 */
function withPlaces(before: Workspace, after: Workspace): Workspace | null {
  const { draft, tasks } = after;
  const begun = begunIn(after, draft);
  const places = new Map<TaskId, Assignment>();
  for (const own of begun.values()) {
    const task = tasks.get(own.task);
    const isAsItWas = own.state.kind === 'completed' && before.progress.get(own.task) === own;
    if (!task || !hasStarted(own) || isAsItWas) continue;
    if (!before.assignments.has(own.task)) return null;
    const now = assignmentFromProgress(
      task,
      own,
      draft.get(own.task)?.assignment ?? undefined,
      after.plan.now,
    );
    places.set(own.task, now);
  }
  const { schedule } = before;
  return {
    ...after,
    ...boundIn(after, begun),
    schedule: {
      ...schedule,
      assignments: schedule.assignments.map((place) => places.get(place.task) ?? place),
    },
    assignments: new PatchedMap(before.assignments, places),
  };
}

/** Whether all that was reported before happened before. */
const isLast = ({ units }: Workspace, added: readonly ExecutionEvent[]): boolean => {
  const latest = Math.max(-Infinity, ...[...units.values()].map(({ since }) => since));
  return added.every(({ at }) => at >= latest);
};

/** What is reported in its turn is told by itself: a plant has a hundred thousand reports behind it. */
function oneStepOn(workspace: Workspace, added: readonly ExecutionEvent[]): Told {
  const progress = new Map(workspace.progress);
  const units = new Map(workspace.units);
  for (const event of added) {
    const next = nextProgress(event.task && progress.get(event.task), event);
    if (next) progress.set(next.task, next);
    units.set(event.unit, unitAfter(units.get(event.unit), event));
  }
  return { progress, units };
}
