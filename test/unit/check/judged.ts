import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { placed } from '#test/factory/drawing.ts';
import { shop } from '#test/factory/shop.ts';

/** What the checker says to a schedule drawn over a shop floor: `A1 UNIT_BUSY B1` per violation, sorted. */
export function judged(
  told: string,
  schedule: string,
  change?: (plan: Plan, schedule: Schedule) => void,
): string[] {
  const plan = shop(told);
  const drawing = placed(plan, schedule);
  change?.(plan, drawing);
  return checkSchedule(plan, drawing)
    .map(({ task, code, object }) => `${task} ${code} ${object}`)
    .sort();
}
