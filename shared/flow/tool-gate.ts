import { type Equipment, isTool } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { ToolNeed } from '#shared/domain/needs.ts';
import type { Task } from '#shared/domain/task.ts';
import { overlaps } from '#shared/time/interval.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { tasksById } from './lookups.ts';

/**
 * The tools and instruments that it takes are not in another task that is in work: what is paused keeps them. Looking ahead,
 * the schedule has shared them out.
 */
export function toolGate(gate: Gate): Answer[] {
  if (gate.moment === 'plan' || gate.task.tools.length + (gate.planned?.instruments.length ?? 0) === 0)
    return [];
  const others = inWork(gate);
  return [...gate.task.tools.map((need) => countedGate(gate, need, others)), ...borrowedGate(gate, others)];
}

function inWork({ plan, progress, task: { id } }: Gate): Task[] {
  const tasks = tasksById(plan.tasks);
  return [...progress.values()].flatMap((own) =>
    own.task !== id && hasStarted(own) && own.state.kind !== 'completed' ? (tasks.get(own.task) ?? []) : [],
  );
}

/** Of counted tools enough are left; those that are down are none. */
function countedGate({ plan, interval, task }: Gate, need: ToolNeed, others: readonly Task[]): Answer {
  const { equipment, downtimes } = plan.plant;
  const isDown = ({ id }: Equipment): boolean =>
    downtimes.some(
      (one) =>
        one.equipment === id &&
        overlaps(
          { start: interval.start, end: interval.start + 1 },
          { start: one.start, end: one.end ?? Infinity },
        ),
    );
  const there = equipment
    .filter((one) => isTool(one) && one.classes.includes(need.class) && !isDown(one))
    .reduce((sum, { capacity = 0 }) => sum + capacity, 0);
  const takers = others.filter(({ tools }) => tools.some((one) => one.class === need.class));
  const taken = takers
    .flatMap(({ tools }) => tools.filter((one) => one.class === need.class))
    .reduce((sum, { count }) => sum + count, 0);
  const free = Math.max(0, there - taken);
  if (free >= need.count) return `${need.class}: ${free} of ${there} free`;
  const who = takers.map(({ name, id }) => `${name} (${id})`).join(', ');
  const text = `${need.count} of ${need.class} needed, ${free} of ${there} free${who === '' ? '' : `; in work with ${who}`}.`;
  return against('TOOL_MISSING', task.id, text);
}

/** The instruments that it was planned with; what is in work has those that it was planned with. */
function borrowedGate({ plan, planned, nameOf }: Gate, others: readonly Task[]): Answer[] {
  const ids = new Set<string>(others.map(({ id }) => id));
  const places = plan.frozen.filter(({ task }) => ids.has(task));
  return (planned?.instruments ?? []).map((instrument) => {
    const holder = places.find(({ instruments }) => instruments.includes(instrument));
    if (!holder) return `${nameOf(instrument)} is free`;
    const text = `${nameOf(instrument)} is in work with ${holder.task}.`;
    return against('TOOL_MISSING', instrument, text);
  });
}
