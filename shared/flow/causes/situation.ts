import type { Cause } from '#shared/domain/case.ts';
import { type ExecutionEvent, type TaskProgress, hasStarted } from '#shared/domain/execution.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { TestResult } from '#shared/domain/test-result.ts';
import type { Version } from '#shared/domain/version.ts';
import { formatLocal } from '#shared/time/format.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';

/** What begins later than this is planned anew before it needs a supervisor's decision. */
export const CASE_HORIZON = 3 * DAY;

/** A published place of a task that is still to be done. */
export interface Planned {
  readonly task: Task;
  readonly place: Assignment;
  readonly begun: boolean;
}

/** What is published, held against what the record says now. */
export interface Situation {
  readonly plan: Plan;
  readonly version: Version;
  /** By planned start, up to the horizon of cases. */
  readonly planned: readonly Planned[];
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
  readonly events: readonly ExecutionEvent[];
  readonly when: (at: Instant) => string;
  readonly nameOf: (id: string) => string;
}

export function situationOf(
  plan: Plan,
  version: Version,
  tasks: ReadonlyMap<TaskId, Task>,
  progress: ReadonlyMap<TaskId, TaskProgress>,
  events: readonly ExecutionEvent[] = [],
): Situation {
  const names = new Map<string, string>(
    [...plan.plant.equipment, ...plan.plant.people].map(({ id, name }) => [id, name]),
  );
  const planned: Planned[] = [];
  for (const place of version.schedule.assignments) {
    const task = tasks.get(place.task);
    const own = progress.get(place.task);
    if (!task || place.start >= plan.now + CASE_HORIZON || own?.state.kind === 'completed') continue;
    planned.push({ task, place, begun: hasStarted(own) });
  }
  return {
    plan,
    version,
    progress,
    events,
    planned: planned.sort((a, b) => a.place.start - b.place.start),
    when: (at) => formatLocal(zoneOf(plan.plant), at),
    nameOf: (id) => names.get(id) ?? id,
  };
}

export const causeOf = (
  what: Pick<Cause, 'key' | 'kind' | 'object' | 'text' | 'free'>,
  hit: readonly Planned[],
): Cause => ({ ...what, tasks: hit.map(({ task }) => task.id), deadline: hit[0]?.place.start ?? null });

/** What is wrong with a calibration or qualification, from its latest result. */
export function proofText({ plan, when }: Situation, name: string, latest: TestResult | undefined): string {
  if (!latest) return `${name} is not on record`;
  if (!latest.passed) return `${name} was failed ${when(latest.evaluated)}`;
  const { expires = Infinity } = latest;
  return `${name} ${expires <= plan.now ? 'expired' : 'expires'} ${when(latest.expires ?? plan.now)}`;
}
