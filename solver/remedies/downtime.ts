import { downUntil } from '#shared/domain/equipment.ts';
import { span, SIZES, type Kind } from './remedy.ts';

/** A unit or instrument that the order can use is back earlier. */
export const downtimeShorter: Kind = ({ plan, tasks, end }) => {
  const useful = new Set<string>(tasks.flatMap((task) => task.modes.map(({ unit }) => unit)));
  const classes = new Set<string>(tasks.flatMap((task) => task.instruments.map((need) => need.class)));
  for (const one of plan.plant.equipment) if (one.classes.some((own) => classes.has(own))) useful.add(one.id);
  return plan.plant.downtimes.flatMap((downtime) => {
    const until = downUntil(downtime, plan.now);
    const from = Math.max(plan.now, downtime.start);
    if (!useful.has(downtime.equipment) || until <= from || from >= end) return [];
    const name = plan.plant.equipment.find(({ id }) => id === downtime.equipment)?.name ?? downtime.equipment;
    const most = until - from;
    return [...SIZES.filter((size) => size < most), most].map((size) => ({
      text: `Have ${name} back ${span(size)} earlier`,
      plan: {
        ...plan,
        plant: {
          ...plan.plant,
          downtimes: plan.plant.downtimes.map((one) =>
            one === downtime ? { ...one, end: until - size } : one,
          ),
        },
      },
    }));
  });
};
