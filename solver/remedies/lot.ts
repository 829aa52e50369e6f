import { usableFrom } from '#shared/domain/material.ts';
import { span, SIZES, type Kind } from './remedy.ts';

/** A lot that the order waits for is there and released earlier. */
export const lotEarlier: Kind = ({ plan, tasks }) => {
  const pegged = new Set(
    tasks.flatMap((task) => task.materials.flatMap((need) => need.lots.map(({ lot }) => lot))),
  );
  return plan.plant.lots.flatMap((lot) => {
    const from = usableFrom(lot);
    if (!pegged.has(lot.id) || from === null || from <= plan.now) return [];
    const most = from - plan.now;
    return [...SIZES.filter((size) => size < most), most].map((size) => ({
      text: `Have lot ${lot.id} ${span(size)} earlier`,
      plan: {
        ...plan,
        plant: {
          ...plan.plant,
          lots: plan.plant.lots.map((one) =>
            one.id === lot.id ? { ...one, availableFrom: from - size } : one,
          ),
        },
      },
    }));
  });
};
