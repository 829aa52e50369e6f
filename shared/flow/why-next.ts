import { indexBy } from '#shared/base/group.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { setupLookup, type SetupMatrix } from '#shared/domain/changeover.ts';
import { usableFrom } from '#shared/domain/material.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import type { Assignment, Schedule } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { PassedOver, WhyNext } from '#shared/domain/why-next.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { lastFamilyOn } from './equipment-gates.ts';
import type { Gate } from './gate.ts';
import { gatesOf } from './gates.ts';
import { equipmentById, lotsById, tasksById } from './lookups.ts';

/** So many more urgent ones are named. */
const MOST_PASSED_OVER = 3;

export interface Row {
  readonly task: Task;
  readonly assignment: Assignment;
}

/**
 * Why each open task of one unit stands where it stands: the rule (pinned by the planner, or the plan's sequence), due date
 * with the slack to the order's planned end, the critical ratio (d − t) over the planned span of what is open, what it waits for, the
 * gates by what is known now, and the more urgent ones behind it. `open` are all rows that are not completed.
 */
export function whyNext(
  plan: Plan,
  schedule: Schedule,
  open: readonly Row[],
): (queue: readonly Row[], position: number) => WhyNext {
  const zone = zoneOf(plan.plant);
  const tasks = tasksById(plan.tasks);
  const assignments = indexBy(schedule.assignments, (assignment) => assignment.task);
  const progress = indexBy(plan.progress, (entry) => entry.task);
  const isDone = (task: TaskId): boolean => progress.get(task)?.state.kind === 'completed';
  const pinned = new Set(plan.pins.flatMap((pin) => (pin.start !== undefined || pin.unit ? pin.task : [])));
  const lots = lotsById(plan.plant.lots);
  const ends = new Map<string, Instant>();
  const left = new Map<string, number>();
  for (const { task, assignment } of open) {
    ends.set(task.order, Math.max(ends.get(task.order) ?? 0, assignment.end));
    left.set(task.order, (left.get(task.order) ?? 0) + assignment.end - assignment.runStart);
  }

  const ratioOf = (task: Task): number | null => {
    const work = left.get(task.order) ?? 0;
    return work > 0 ? Math.round(((task.due - plan.now) / work) * 10) / 10 : null;
  };
  const lastBefore = (task: Task): WhyNext['after'] => {
    const waits = task.after.flatMap((link) => {
      const before = tasks.get(link.task);
      const end = assignments.get(link.task)?.end;
      return before && end !== undefined && !isDone(before.id) ? [{ name: before.name, end }] : [];
    });
    return waits.reduce<WhyNext['after']>((last, one) => (last && last.end >= one.end ? last : one), null);
  };
  /** When it could begin at the earliest, and what keeps it until then. */
  const readyFrom = (task: Task): { until: Instant; by: 'release' | 'before' | 'material' } => {
    const material = task.materials
      .flatMap((need) => need.lots.map(({ lot }) => lots.get(lot)))
      .reduce((latest, lot) => Math.max(latest, (lot && usableFrom(lot)) ?? -Infinity), -Infinity);
    const candidates = [
      { until: task.release, by: 'release' as const },
      { until: lastBefore(task)?.end ?? -Infinity, by: 'before' as const },
      { until: material, by: 'material' as const },
    ];
    return candidates.reduce((latest, one) => (one.until > latest.until ? one : latest));
  };
  const whyLater = ({ task }: Row, queue: readonly Row[], position: number): PassedOver['why'] => {
    const { assignment } = queue[position - 1] as Row;
    const ready = readyFrom(task);
    if (ready.until > assignment.runStart) return { kind: 'notReady', ...ready };
    if (pinned.has(task.id)) return { kind: 'pinned' };
    const more = setupAt(plan, progress, queue, position, task) - assignment.setup;
    return more > 0 ? { kind: 'setup', more } : { kind: 'plan' };
  };

  return (queue, position) => {
    const { task, assignment } = queue[position - 1] as Row;
    const ratio = ratioOf(task);
    const passedOver = queue
      .slice(position)
      .map((other) => ({ other, urgency: ratioOf(other.task) }))
      .filter(({ other, urgency }) => other.task.order !== task.order && (urgency ?? Infinity) < (ratio ?? 0))
      .sort((a, b) => (a.urgency ?? 0) - (b.urgency ?? 0))
      .slice(0, MOST_PASSED_OVER)
      .map(({ other, urgency }) => ({
        task: other.task.id,
        name: `${orderNameOf(other.task)} · ${other.task.name}`,
        ratio: urgency ?? 0,
        why: whyLater(other, queue, position),
      }));
    const { refusals, passed } = gatesOf({
      plan,
      task,
      unit: assignment.unit,
      planned: assignment,
      person: null,
      progress,
      moment: 'plan',
      interval: assignment,
    });
    return {
      zone,
      rule: pinned.has(task.id) ? 'pinned' : 'sequence',
      due: task.due,
      slack: task.due - (ends.get(task.order) ?? plan.now),
      ratio,
      after: lastBefore(task),
      passedOver,
      refusals,
      passed,
    };
  };
}

const lookupOf = onceFor((matrix: SetupMatrix) => setupLookup(matrix));

/** What setup a task would need at a position of its unit's queue; nothing where its unit has no matrix. */
function setupAt(
  plan: Plan,
  progress: Gate['progress'],
  queue: readonly Row[],
  position: number,
  { family }: Task,
): Seconds {
  const { unit } = (queue[position - 1] as Row).assignment;
  const equipment = equipmentById(plan.plant.equipment).get(unit);
  const matrix = plan.plant.setupMatrices.find((one) => one.id === equipment?.setupMatrix);
  if (!matrix) return 0;
  const before = queue.slice(0, position - 1).findLast(({ task }) => task.family !== undefined);
  const from = before?.task.family ?? lastFamilyOn(plan, unit, progress) ?? equipment?.setupState;
  return lookupOf(matrix)(from, family);
}
