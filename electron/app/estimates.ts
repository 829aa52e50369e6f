import { orderNameOf } from '#shared/domain/of-order.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { remainingOf } from '#shared/domain/actual.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import { type Task, type TaskId, hasEstimatedRun } from '#shared/domain/task.ts';
import { indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Draft, Place } from '#shared/edit/draft.ts';
import type { Seconds } from '#shared/time/instant.ts';
import type { Workspace } from './workspace.ts';

/** Why a planner may not say how long the task runs; null where it is an estimate. */
export function whyNoEstimate({ draft, progress }: Workspace, task: Task): Refusal | null {
  const label = `${orderNameOf(task)} · ${task.name}`;
  const no = (code: Refusal['code'], text: string): Refusal => ({ code, object: task.id, text });
  if (!hasEstimatedRun(task))
    return no(
      'WRONG_DURATION',
      `${label} runs as long as its quantity and rate say. Split it, or move it to a faster unit.`,
    );
  if (hasStarted(progress.get(task.id)))
    return no('TASK_STARTED', `${label} has started: how long it takes is what the line reports.`);
  if (splitIn(draft).has(task.id))
    return no('WRONG_DURATION', `${label} is split: join it before you say how long it runs.`);
  return null;
}

/** A task's estimate as a bar shows it: what it runs now, and what its routing says. */
export function estimateOf(
  workspace: Workspace,
  task: Task,
  { unit }: Pick<Assignment, 'unit'>,
): BoardBar['estimate'] {
  if (whyNoEstimate(workspace, task)) return null;
  const run = task.modes.find((mode) => mode.unit === unit)?.run;
  const routing = routedRun(workspace, task.id, unit);
  return run === undefined || routing === undefined
    ? null
    : { run, routing, pauses: task.crossBreak === 'pause' };
}

/** The place with the planner's estimate, or without one where that is what the routing says. */
export function withEstimate(
  workspace: Workspace,
  place: Place & { readonly assignment: Assignment },
  estimate: Seconds,
): Place {
  const { task, unit } = place.assignment;
  const { estimate: _old, ...rest } = place;
  return estimate === routedRun(workspace, task, unit) ? rest : { ...rest, estimate };
}

/** Tasks of which a part was split off, and the parts. */
const splitIn = onceFor(
  (draft: Draft) => new Set([...draft].flatMap(([task, { part }]) => (part ? [task, part.of] : []))),
);
const byId = onceFor((tasks: readonly Task[]) => indexBy(tasks, (task) => task.id));

const routedRun = ({ whole }: Workspace, id: TaskId, unit: Assignment['unit']): Seconds | undefined =>
  byId(whole)
    .get(id)
    ?.modes.find((mode) => mode.unit === unit)?.run;

/** What was said of a begun task as its bar shows it, with when it would end by that. */
export function remainingShown(
  { draft, plan }: Workspace,
  { id }: Task,
  { end }: Pick<Assignment, 'end'>,
): BoardBar['remaining'] {
  const said = draft.get(id)?.remaining;
  const own = said && plan.progress.find(({ task }) => task === id);
  if (!said || !own || own.state.kind === 'completed') return null;
  const { at, run, reason } = said;
  return {
    at,
    run,
    until: end,
    holds: remainingOf(own) !== undefined,
    ...(reason !== undefined && { reason }),
  };
}
