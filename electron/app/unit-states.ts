import { onceFor } from '#shared/base/once-for.ts';
import type { Downtime, EquipmentId } from '#shared/domain/equipment.ts';
import { DowntimeId } from '#shared/domain/equipment.ts';
import { type EventKind, type ExecutionEvent, type UnitState, endsTask } from '#shared/domain/execution.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { inTime } from '#shared/flow/progress-from-events.ts';
import type { Instant } from '#shared/time/instant.ts';

/** What a work unit is doing, from the last thing heard of it. */
export interface UnitNow {
  readonly state: UnitState;
  readonly since: Instant;
  /** The task in setup, running or suspended there. */
  readonly task: TaskId | null;
  readonly down: { readonly since: Instant; readonly reason: string } | null;
}

export function unitStatesOf(events: readonly ExecutionEvent[]): Map<EquipmentId, UnitNow> {
  const states = new Map<EquipmentId, UnitNow>();
  for (const event of events.toSorted(inTime))
    states.set(event.unit, unitAfter(states.get(event.unit), event));
  return states;
}

export const unitAfter = (before: UnitNow | undefined, event: ExecutionEvent): UnitNow => ({
  // What says nothing of the unit leaves it as it is, also where what was told before has been taken back since.
  state: (BESIDE.has(event.kind) ? before?.state : null) ?? event.state,
  since: event.at,
  task: taskAfter(before?.task ?? null, event),
  down:
    event.kind === 'downtimeStarted'
      ? { since: event.at, reason: event.reason ?? '' }
      : event.kind === 'downtimeEnded'
        ? null
        : (before?.down ?? null),
});

function taskAfter(before: TaskId | null, { kind, task }: ExecutionEvent): TaskId | null {
  if (kind === 'completed') return null;
  if (endsTask(kind)) return before === task ? null : before;
  return BESIDE.has(kind) ? before : (task ?? before);
}

/** What is reported of a task whether or not its unit works on it. */
export const BESIDE: ReadonlySet<EventKind> = new Set([
  'sampleTaken',
  'staged',
  'splitOff',
  'quantityCorrected',
]);

const downtimeBegunBy = onceFor(({ seq, unit, at, reason }: ExecutionEvent): Downtime => ({
  id: DowntimeId.parse(`reported ${seq}`),
  equipment: unit,
  start: at,
  reason: reason ?? 'Down',
  planned: false,
}));

/** Downtimes that the lines reported, as planning counts with them. */
export function downtimesFromEvents(events: readonly ExecutionEvent[]): Downtime[] {
  const downtimes: Downtime[] = [];
  const open = new Map<EquipmentId, number>();
  // A plant has a hundred thousand reports behind it, and after each downtime this is asked.
  const own = events.filter(({ kind }) => kind === 'downtimeStarted' || kind === 'downtimeEnded');
  for (const event of own.sort(inTime)) {
    if (event.kind === 'downtimeStarted' && !open.has(event.unit)) {
      open.set(event.unit, downtimes.length);
      downtimes.push(downtimeBegunBy(event));
    } else if (event.kind === 'downtimeEnded') {
      const index = open.get(event.unit);
      const begun = index === undefined ? undefined : downtimes[index];
      if (index !== undefined && begun) downtimes[index] = { ...begun, end: Math.max(begun.start, event.at) };
      open.delete(event.unit);
    }
  }
  return downtimes;
}
