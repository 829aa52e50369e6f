import { type ExecutionEvent, endsTask } from '#shared/domain/execution.ts';
import type { Outbound, Stretch } from '#shared/domain/outbound.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { stepOf } from './outbound-from-schedule.ts';
import { eventsInTime, progressFromEvents } from './progress-from-events.ts';

type Progress = Extract<Outbound, { kind: 'progress' }>;

/**
 * How far an operation is by the events of its task and its parts; null before its first start. It is completed when all
 * of its parts are.
 */
export function outboundFromEvents(
  task: Pick<Task, 'id' | 'order'>,
  parts: readonly TaskId[],
  events: readonly ExecutionEvent[],
): Progress | null {
  const own = eventsInTime(events.filter((event) => event.task !== undefined && parts.includes(event.task)));
  const stretches = stretchesIn(own);
  const progress = progressFromEvents(own);
  const unit = progress[0]?.unit;
  if (unit === undefined || stretches.length === 0) return null;
  const ends = parts.map((part) => progress.find((entry) => entry.task === part)?.actualEnd);
  const isOver = ends.every((end) => end !== undefined);
  const sum = (field: 'good' | 'scrap' | 'rework') =>
    progress.reduce((total, entry) => total + entry[field], 0);
  return {
    kind: 'progress',
    order: task.order,
    step: stepOf(task),
    unit,
    state: isOver ? 'completed' : stretches.some(({ end }) => end === undefined) ? 'running' : 'suspended',
    stretches,
    good: sum('good'),
    scrap: sum('scrap'),
    rework: sum('rework'),
    ...(isOver && { completed: Math.max(...ends) }),
  };
}

/** When it was worked on, setup included; by the start. */
function stretchesIn(events: readonly ExecutionEvent[]): Stretch[] {
  const stretches: Stretch[] = [];
  const open = new Map<TaskId, Stretch>();
  for (const { task, kind, at, person } of events) {
    if (task === undefined) continue;
    const running = open.get(task);
    if (['setupStarted', 'started', 'resumed'].includes(kind) && !running) {
      const stretch: Stretch = { start: at, ...(person !== undefined && { person }) };
      open.set(task, stretch);
      stretches.push(stretch);
    } else if ((kind === 'paused' || endsTask(kind)) && running) {
      running.end = at;
      open.delete(task);
    }
  }
  return stretches.sort((a, b) => a.start - b.start);
}
