import type { MaterialNeed } from '#shared/domain/needs.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import type { Task } from '#shared/domain/task.ts';
import { type Answer, type Gate, against } from './gate.ts';
import { lotsById, materialsById, tasksById } from './lookups.ts';
import { lotGate, rounded } from './material-gate.ts';

/** The inventory tasks that bring a task its material. */
export function stagingOf({ tasks }: Pick<Plan, 'tasks'>, task: Task): Task[] {
  const known = tasksById(tasks);
  return task.after.flatMap((link) => {
    const before = known.get(link.task);
    return before?.domain === 'inventory' && before.materials.length > 0 ? before : [];
  });
}

/**
 * What is to be staged for a task stands there, and its lots are still released. What the warehouse said of the lots counts;
 * where it only said that it is done, that does. A setup may begin before.
 */
export function stagingGate(gate: Gate): Answer[] {
  const { plan, task, progress, moment } = gate;
  if (moment !== 'start') return [];
  const lots = lotsById(plan.plant.lots);
  return stagingOf(plan, task).flatMap((staging) => {
    const own = progress.get(staging.id);
    if (!own?.staged && own?.state.kind === 'completed') return [];
    const missing = staging.materials.flatMap((need) => missingOf(gate, need, own));
    if (missing.length > 0) {
      const text = `Not staged yet: ${missing.join(', ')}.`;
      return [against('MATERIAL_NOT_STAGED', staging.id, text)];
    }
    return [
      `${staging.name}: everything is staged`,
      ...(own?.staged ?? []).flatMap(({ lot: id, quantity }) => {
        const lot = quantity > 0 ? lots.get(id) : undefined;
        return lot ? lotGate(gate, lot) : [];
      }),
    ];
  });
}

const CRUMB = 1e-6;

/** What of a need is not staged, in words; whichever lots of the material stand there. */
function missingOf({ plan }: Gate, need: MaterialNeed, own: TaskProgress | undefined): string[] {
  const lots = lotsById(plan.plant.lots);
  const staged = (own?.staged ?? [])
    .filter(({ lot }) => lots.get(lot)?.material === need.material)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  if (staged >= need.quantity - CRUMB) return [];
  const material = materialsById(plan.plant.materials).get(need.material);
  return [`${rounded(need.quantity - staged)} ${material?.uom ?? ''} ${material?.name ?? need.material}`];
}
