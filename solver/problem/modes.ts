import { indexBy } from '#shared/base/group.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { Pin, Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { doubles, ints } from './columns.ts';
import { slices } from './graph.ts';
import { NEVER, clamp } from './open-time.ts';
import type { Problem } from './problem.ts';

interface Modes {
  readonly from: Int32Array;
  readonly task: Int32Array;
  readonly unit: Int32Array;
  readonly run: Int32Array;
  readonly setup: Int32Array;
  readonly load: Float64Array;
  readonly penalty: Float64Array;
}

/** The modes that pins and the plant leave: a pinned unit is the only one, and the unit must hold the load. */
export function modesOf(
  plan: Plan,
  { equipmentOf, capacity }: Pick<Problem, 'equipmentOf' | 'capacity'>,
): Modes {
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const admissible = unitsLeft(plan);
  const rows: { t: number; e: number; run: number; setup: number; load: number; penalty: number }[] = [];
  for (const [t, task] of plan.tasks.entries()) {
    const unit = pins.get(task.id)?.unit;
    const allowed = admissible.get(task.id);
    for (const mode of task.modes) {
      const e = equipmentOf.get(mode.unit);
      if (e === undefined) continue;
      // A renewal takes all of what it renews.
      const load = task.renews?.equipment === mode.unit ? capacity[e] : (mode.load ?? 1);
      if (load > capacity[e]) continue;
      if ((unit !== undefined && unit !== mode.unit) || allowed?.has(mode.unit) === false) continue;
      const { run, setup = 0, penalty = 0 } = mode;
      rows.push({ t, e, run: clamp(run), setup: clamp(setup), load, penalty });
    }
  }
  return {
    from: slices(
      plan.tasks.length,
      rows.map((row) => row.t),
    ),
    task: ints(rows, (row) => row.t),
    unit: ints(rows, (row) => row.e),
    run: ints(rows, (row) => row.run),
    setup: ints(rows, (row) => row.setup),
    load: doubles(rows, (row) => row.load),
    penalty: doubles(rows, (row) => row.penalty),
  };
}

/** The shortest run of each task over its modes. */
export function shortestRuns(count: number, modes: { task: Int32Array; run: Int32Array }): Int32Array {
  const shortest = new Int32Array(count).fill(NEVER);
  for (const [m, task] of modes.task.entries()) shortest[task] = Math.min(shortest[task], modes.run[m]);
  return shortest;
}

/** The units that are left to tasks which a pin in the sequence puts on the same one: those that all of them can run on. */
function unitsLeft(plan: Plan): Map<TaskId, Set<EquipmentId>> {
  const left = new Map<TaskId, Set<EquipmentId>>();
  const links = plan.pins.filter((pin) => pin.after !== undefined);
  if (links.length === 0) return left;
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const unitsOf = (id: TaskId): Set<EquipmentId> => {
    const pinned = pins.get(id)?.unit;
    return pinned === undefined ? new Set(tasks.get(id)?.modes.map((mode) => mode.unit)) : new Set([pinned]);
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const { task, after } of links) {
      if (after === undefined || !tasks.has(after)) continue;
      const own = left.get(task) ?? unitsOf(task);
      const other = left.get(after) ?? unitsOf(after);
      const common = new Set([...own].filter((unit) => other.has(unit)));
      changed ||= common.size < own.size || common.size < other.size;
      left.set(task, common);
      left.set(after, common);
    }
  }
  return left;
}

/** Why no mode is left: the pin, the load, the sequence, or the plant has none of the units. */
export function noUnit({ plant }: Plan, task: Task, pin: Pin | undefined): Refusal {
  const units = task.modes.map((mode) => mode.unit);
  if (pin?.unit !== undefined && !units.includes(pin.unit)) {
    return {
      code: 'WRONG_UNIT',
      object: pin.unit,
      text: `pinned to ${pin.unit}, which cannot run ${task.name}`,
    };
  }
  const equipment = plant.equipment.filter((one) => units.includes(one.id));
  const tooSmall = equipment.find(({ id, capacity = 1 }) =>
    task.modes.some((mode) => mode.unit === id && (mode.load ?? 1) > capacity),
  );
  if (tooSmall) {
    const load = task.modes.find((mode) => mode.unit === tooSmall.id)?.load ?? 1;
    return {
      code: 'CAPACITY_EXCEEDED',
      object: tooSmall.id,
      text: `${task.name} is a load of ${load} and ${tooSmall.name} holds ${tooSmall.capacity ?? 1}`,
    };
  }
  if (equipment.length > 0) {
    return {
      code: 'PINNED',
      object: pin?.after ?? task.id,
      text: `${task.name} is pinned in a sequence, and no unit can run all tasks of it`,
    };
  }
  return {
    code: 'WRONG_UNIT',
    object: task.id,
    text: `no unit of the plant can run ${task.name}; it names ${units.join(', ')}`,
  };
}
