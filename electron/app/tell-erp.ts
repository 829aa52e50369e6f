import type { Writer } from '#electron/store/store.ts';
import type { ExecutionEvent } from '#shared/domain/execution.ts';
import { feedOf } from '#shared/domain/feed-of.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Version } from '#shared/domain/version.ts';
import { groupBy } from '#shared/base/group.ts';
import { outboundFromEvents } from '#shared/flow/outbound-from-events.ts';
import { outboundFromSchedule } from '#shared/flow/outbound-from-schedule.ts';
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

/** Puts into the outbox how far the operation is, or that the unit is down or no longer. Part of a running command. */
export async function tellEvent(write: Writer, after: Workspace, event: ExecutionEvent): Promise<void> {
  if (after.feeds.length === 0) return;
  if (event.kind === 'downtimeStarted' || event.kind === 'downtimeEnded') {
    const last = downtimesFromEvents(after.events).findLast(({ equipment }) => equipment === event.unit);
    if (!last) return;
    const { id, equipment, start, end, reason } = last;
    return tell(write, after, [
      { kind: 'downtime', id, unit: equipment, start, reason, ...(end !== undefined && { end }) },
    ]);
  }
  const whole = event.task && after.tasks.get(wholeOf(after)(event.task));
  if (!whole) return;
  const parts = [...after.tasks.keys()].filter((task) => wholeOf(after)(task) === whole.id);
  const progress = outboundFromEvents(whole, parts, after.events);
  if (progress) await tell(write, after, [progress]);
}

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

async function tell(write: Writer, { feeds }: Workspace, messages: readonly Outbound[]): Promise<void> {
  const told = feeds.filter((feed) => feed.tells);
  const owner = (message: Outbound) =>
    feedOf(told, message.kind === 'downtime' ? message.unit : message.order)?.name;
  for (const [feed, own] of groupBy(messages, owner)) {
    if (feed !== undefined) await write.addOutbound(feed, own);
  }
}
