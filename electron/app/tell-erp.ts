import { hears } from '#electron/erp/connectors.ts';
import type { Writer } from '#electron/store/store.ts';
import { groupBy } from '#shared/base/group.ts';
import type { Downtime } from '#shared/domain/equipment.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { isRead, isTold, readFrom } from '#shared/domain/feed-of.ts';
import type { Feed } from '#shared/domain/feed.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import { consumedFromProgress } from '#shared/flow/consumed-from-progress.ts';
import { outboundFromEvents } from '#shared/flow/outbound-from-events.ts';
import { outboundFromSchedule, stepOf } from '#shared/flow/outbound-from-schedule.ts';
import { downtimesFromEvents } from './unit-states.ts';
import type { Workspace } from './workspace.ts';

/** Puts into the outbox where a version has put operations that stood elsewhere, or nowhere, in the one before. Part of a running command. */
export async function tellPlaces(write: Writer, workspace: Workspace, version: Version): Promise<void> {
  if (workspace.feeds.length === 0) return;
  const before = new Map(placesOf(workspace, workspace.version).map((place) => [keyOf(place), place]));
  const moved = placesOf(workspace, version).filter((place) => {
    const then = before.get(keyOf(place));
    return (
      then?.unit !== place.unit ||
      then.start !== place.start ||
      then.end !== place.end ||
      then.work !== place.work
    );
  });
  await tell(write, workspace, moved);
}

/**
 * Puts into the outbox of one that begins to be told all that holds now: the published plan, what has begun, what is down;
 * nothing of the orders in `without`. Part of a running command.
 */
export async function tellAll(
  write: Writer,
  workspace: Workspace,
  feed: Feed,
  without: ReadonlySet<string> = new Set(),
): Promise<void> {
  const ofWhole = wholeOf(workspace);
  const parts = groupBy([...workspace.tasks.keys()], ofWhole);
  const events = groupBy(workspace.events, ({ task }) => task && ofWhole(task));
  const begun = [...parts].flatMap(([id, own]) => {
    const whole = workspace.tasks.get(id);
    return (whole && progressOf(workspace, whole, own, events.get(id) ?? [])) ?? [];
  });
  const down = downtimesFromEvents(workspace.events).filter(({ end }) => end === undefined);
  const ofOrders = [...placesOf(workspace, workspace.version), ...begun];
  const told = ofOrders.filter(({ order }) => !without.has(order));
  await tell(write, workspace, [...told, ...down.map(downtimeFrom)], [feed]);
}

/** Puts into the outbox how far the operation is, or that the unit is down or no longer. Part of a running command. */
export async function tellEvent(write: Writer, after: Workspace, event: ExecutionEvent): Promise<void> {
  if (after.feeds.length === 0) return;
  if (event.kind === 'downtimeStarted' || event.kind === 'downtimeEnded') {
    const last = downtimesFromEvents(after.events).findLast(({ equipment }) => equipment === event.unit);
    if (!last) return;
    return tell(write, after, [downtimeFrom(last)]);
  }
  const whole = event.task && after.tasks.get(wholeOf(after)(event.task));
  if (!whole) return;
  const parts = [...after.tasks.keys()].filter((task) => wholeOf(after)(task) === whole.id);
  const progress = progressOf(after, whole, parts, after.events);
  if (progress) await tell(write, after, [progress]);
}

/**
 * None of each lot that reports of these tasks named and that were taken back: nothing else says that they were not taken.
 * Every message says it anew, because the one that said it first may be overtaken before it was sent.
 */
const takenBack = ({ withdrawals }: Workspace, parts: readonly TaskId[]): LotActual[] =>
  withdrawals.flatMap(({ task, lots = [] }) => (task !== undefined && parts.includes(task) ? lots : []));

/** How far an operation is by its line's reports, with the lots that it took; null for one that has not begun. */
function progressOf(
  workspace: Workspace,
  whole: Task,
  parts: readonly TaskId[],
  events: readonly ExecutionEvent[],
): Extract<Outbound, { kind: 'progress' }> | null {
  const progress = outboundFromEvents(whole, parts, events);
  if (!progress) return null;
  const own = parts.flatMap((part) => workspace.progress.get(part) ?? []);
  const consumed = consumedFromProgress([...own, { consumed: takenBack(workspace, parts) }], workspace.plant);
  return consumed.length > 0 ? { ...progress, consumed } : progress;
}

/**
 * Puts into the outbox how things stand without a report that was taken back: of what had been told, nothing is left to
 * differ in silence. Part of a running command.
 */
export async function tellWithdrawal(
  write: Writer,
  before: Workspace,
  after: Workspace,
  event: ExecutionEvent,
): Promise<void> {
  if (event.kind === 'downtimeStarted') {
    const was = downtimesFromEvents(before.events).findLast(({ equipment }) => equipment === event.unit);
    // It has no end that anybody reported: one that was never there ends as it begins.
    if (was) await tell(write, after, [downtimeFrom({ ...was, end: was.start, reason: 'Withdrawn' })]);
    return;
  }
  await tellEvent(write, after, event);
  const whole = event.task && after.tasks.get(wholeOf(after)(event.task));
  if (!whole) return;
  const parts = [...after.tasks.keys()].filter((task) => wholeOf(after)(task) === whole.id);
  if (!outboundFromEvents(whole, parts, before.events) || outboundFromEvents(whole, parts, after.events))
    return;
  const [order, step] = [whole.order, stepOf(whole)];
  const consumed = consumedFromProgress([{ consumed: takenBack(after, parts) }], after.plant);
  const none = { stretches: [], good: 0, scrap: 0, rework: 0 };
  await tell(write, after, [
    {
      kind: 'progress',
      order,
      step,
      unit: event.unit,
      state: 'waiting',
      ...none,
      ...(consumed.length > 0 && { consumed }),
    },
    ...placesOf(after, after.version).filter((place) => keyOf(place) === keyOf({ order, step })),
  ]);
}

const downtimeFrom = ({ id, equipment, start, end, reason }: Downtime): Outbound => ({
  kind: 'downtime',
  id,
  unit: equipment,
  start,
  reason,
  ...(end !== undefined && { end }),
});

const keyOf = ({ order, step }: { readonly order: string; readonly step: string }): string =>
  `${order}\n${step}`;

const wholeOf =
  ({ draft }: Workspace) =>
  (task: TaskId): TaskId =>
    draft.get(task)?.part?.of ?? task;

/** Started operations are told as progress, with real times. */
const placesOf = (workspace: Workspace, version: Version | null) =>
  version === null
    ? []
    : outboundFromSchedule(
        version.schedule.assignments.filter(({ task }) => !hasStarted(workspace.progress.get(task))),
        version.number,
        workspace.tasks,
        wholeOf(workspace),
      );

/**
 * What concerns a connection's records is told to it; everything else to those that take messages, but for what came from a
 * connection that was removed: nobody else knows its ids.
 */
async function tell(
  write: Writer,
  { feeds, formerFeeds }: Workspace,
  messages: readonly Outbound[],
  to: readonly Feed[] = feeds,
): Promise<void> {
  const known = [...feeds, ...formerFeeds];
  for (const feed of to.filter(isTold)) {
    const own = messages.filter((message) => {
      const owner = readFrom(known, message.kind === 'downtime' ? message.unit : message.order);
      return (isRead(feed) ? owner?.name === feed.name : owner === undefined) && hears(feed, message);
    });
    if (own.length > 0) await write.addOutbound(feed.name, own);
  }
}
