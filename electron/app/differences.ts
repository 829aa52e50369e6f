import type { Difference, DifferenceKind, TaskPlace } from '#shared/contract/views.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { onceFor } from '#shared/base/once-for.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Plant } from '#shared/domain/plant.ts';
import { type Assignment, crewWithout, isRestaffed } from '#shared/domain/schedule.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Workspace } from './workspace.ts';

type Places = ReadonlyMap<TaskId, Assignment>;

/** What is to be decided between two schedules of one plan: each task that stands elsewhere and has not started. */
export function differencesBetween(
  workspace: Pick<Workspace, 'plan' | 'progress'>,
  before: Places,
  after: Places,
): { differences: Difference[]; counts: Record<DifferenceKind, number> } {
  const lateBefore = lateOrders(workspace, before);
  const lateAfter = lateOrders(workspace, after);
  const counts: Record<DifferenceKind, number> = {
    moved: 0,
    reassigned: 0,
    restaffed: 0,
    new: 0,
    dropped: 0,
    lateNow: 0,
    onTimeNow: 0,
  };
  const differences: Difference[] = [];
  for (const task of workspace.plan.tasks) {
    if (hasStarted(workspace.progress.get(task.id))) continue;
    const was = before.get(task.id) ?? null;
    const is = after.get(task.id) ?? null;
    const kinds = kindsOf(was, is);
    if (kinds.length === 0) continue;
    if (!lateBefore.has(task.order) && lateAfter.has(task.order)) kinds.push('lateNow');
    if (lateBefore.has(task.order) && !lateAfter.has(task.order)) kinds.push('onTimeNow');
    for (const kind of kinds) counts[kind] += 1;
    differences.push({
      task: task.id,
      order: task.order,
      orderName: task.orderName,
      name: task.name,
      kinds,
      before: was && placeOf(was),
      after: is && placeOf(is),
      crew: was && is && kinds.includes('restaffed') ? crewBetween(workspace.plan, was, is) : null,
    });
  }
  return { differences, counts };
}

function kindsOf(was: Assignment | null, is: Assignment | null): DifferenceKind[] {
  if (!was) return is ? ['new'] : [];
  if (!is) return ['dropped'];
  if (was.unit !== is.unit) return ['reassigned'];
  if (was.start !== is.start || was.end !== is.end) return ['moved'];
  return isRestaffed(was, is) ? ['restaffed'] : [];
}

function crewBetween({ plant }: Plan, was: Assignment, is: Assignment): Difference['crew'] {
  const names = namesIn(plant);
  const named = (ids: readonly string[]): string[] => ids.map((id) => names.get(id) ?? id);
  return { before: named(crewWithout(was, is)), after: named(crewWithout(is, was)) };
}

const namesIn = onceFor(
  ({ people, equipment }: Plant) =>
    new Map<string, string>([...people, ...equipment].map(({ id, name }) => [id, name])),
);

const placeOf = ({ unit, start, end, people, instruments }: Assignment): TaskPlace => ({
  unit,
  start,
  end,
  people: people.map((stint) => ({ person: stint.person, start: stint.start, end: stint.end })),
  instruments,
});

function lateOrders({ plan }: Pick<Workspace, 'plan'>, places: Places): Set<string> {
  const late = new Set<string>();
  for (const task of plan.tasks) if ((places.get(task.id)?.end ?? 0) > task.due) late.add(task.order);
  return late;
}
