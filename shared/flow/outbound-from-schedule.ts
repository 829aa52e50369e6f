import { groupBy } from '#shared/base/group.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import { StepId } from '#shared/domain/routing.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';

type Planned = Extract<Outbound, { kind: 'planned' }>;

/** The step of a task `<order>/<step>`. */
export const stepOf = ({ id, order }: Pick<Task, 'id' | 'order'>): StepId =>
  StepId.parse(id.slice(order.length + 1));

/**
 * Where a version puts the operations of these tasks, one message for each. An operation in parts goes from the first
 * start to the last end, on the unit of its first part. `wholeOf` names the task that a part was split off.
 */
export function outboundFromSchedule(
  assignments: readonly Assignment[],
  version: number,
  tasks: ReadonlyMap<TaskId, Task>,
  wholeOf: (task: TaskId) => TaskId,
): Planned[] {
  return [...groupBy(assignments, ({ task }) => wholeOf(task))].flatMap(([whole, places]) => {
    const task = tasks.get(whole);
    const [first] = places.toSorted((a, b) => a.start - b.start);
    if (!task || !first) return [];
    return {
      kind: 'planned',
      order: task.order,
      step: stepOf(task),
      unit: first.unit,
      start: first.start,
      end: Math.max(...places.map(({ end }) => end)),
      work: places.reduce((sum, place) => sum + workOf(place, tasks.get(place.task)), 0),
      version,
    };
  });
}

/** Setup and run in open seconds. */
const workOf = ({ unit, setup, runStart, end }: Assignment, task: Task | undefined): number =>
  setup + (task?.modes.find((mode) => mode.unit === unit)?.run ?? end - runStart);
