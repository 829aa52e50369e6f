import { Equipment, isInstrument } from '#shared/domain/equipment.ts';
import type { Kind } from './remedy.ts';

/** One more instrument of a class that the order needs, calibrated throughout. */
export const moreInstruments: Kind = ({ plan, tasks }) => {
  const { plant } = plan;
  const wanted = new Set(tasks.flatMap((task) => task.instruments.map((need) => need.class)));
  return [...wanted].flatMap((name) => {
    const like = plant.equipment.find((one) => isInstrument(one) && one.classes.includes(name));
    if (!like) return [];
    const one = Equipment.parse({ ...like, id: `one more ${name}`, name: `one more ${name}`, tests: [] });
    return [
      {
        text: `Have one more ${name}`,
        plan: { ...plan, plant: { ...plant, equipment: [...plant.equipment, one] } },
      },
    ];
  });
};
