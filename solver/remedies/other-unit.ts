import { isWorkUnit } from '#shared/domain/equipment.ts';
import type { Kind } from './remedy.ts';

/** A task may run on one more unit of the same class as those that it may run on, in the longest of their times. */
export const otherUnit: Kind = ({ plan, tasks }) =>
  tasks.flatMap((task) => {
    const known = new Set(task.modes.map(({ unit }) => unit));
    const classes = new Set(
      plan.plant.equipment.filter(({ id }) => known.has(id)).flatMap((unit) => unit.classes),
    );
    const run = Math.max(...task.modes.map((mode) => mode.run));
    const longest = task.modes.find((mode) => mode.run === run);
    if (!longest) return [];
    return plan.plant.equipment
      .filter(
        (unit) => isWorkUnit(unit) && !known.has(unit.id) && unit.classes.some((own) => classes.has(own)),
      )
      .map((unit) => ({
        text: `Allow ${task.id} on ${unit.name}`,
        plan: {
          ...plan,
          tasks: plan.tasks.map((one) =>
            one === task ? { ...one, modes: [...one.modes, { ...longest, unit: unit.id }] } : one,
          ),
        },
      }));
  });
