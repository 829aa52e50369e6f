import type { Cause } from '#shared/domain/case.ts';
import { downUntil } from '#shared/domain/equipment.ts';
import { overlaps } from '#shared/time/interval.ts';
import { type Situation, causeOf } from './situation.ts';

/** Units that are down, or planned to be, while published tasks want them. Maintenance that is a task itself is no downtime. */
export function causesFromDowntimes({ plan, planned, when, nameOf }: Situation): Cause[] {
  return plan.plant.downtimes.flatMap((downtime) => {
    const { id, equipment, reason, start, end } = downtime;
    const until = downUntil(downtime, plan.now);
    if (until <= plan.now) return [];
    const hit = planned.filter(({ place, begun }) => {
      const rest = begun ? { start: plan.now, end: Math.max(place.end, plan.now + 1) } : place;
      return place.unit === equipment && overlaps(rest, { start: Math.max(start, plan.now), end: until });
    });
    const name = nameOf(equipment);
    const text = downtime.planned
      ? `${name} is to be maintained from ${when(start)} to ${when(until)}: ${reason}`
      : `${name} is down since ${when(start)}${end === undefined ? '' : ` until ${when(end)}`}: ${reason}`;
    const kind = downtime.planned ? 'maintenanceConflict' : 'downtime';
    return causeOf({ key: `downtime ${id}`, kind, object: equipment, text, free: until }, hit);
  });
}
