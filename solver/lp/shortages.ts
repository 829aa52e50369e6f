import type { Plan } from '#shared/domain/plan.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TestSpecId } from '#shared/domain/test-result.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { problemFromPlan } from '#solver/problem/from-plan.ts';
import { roughCut } from './rough-cut.ts';

/** Work that is due by an instant and that no schedule can have done by then. */
export interface Shortage {
  /** Units that work for each other, or the one qualification that is short. */
  readonly units: readonly EquipmentId[];
  readonly qualification: TestSpecId | undefined;
  readonly until: Instant;
  readonly short: Seconds;
  /** Everything that is due by then, and what can be done by then. */
  readonly due: Seconds;
  readonly capacity: Seconds;
}

/** Less is rounding. */
const LEAST = 60;

/** Where and from when on the plan's due dates ask for more than there is, the earliest first; `edges` as in `roughCut`, but as instants. */
export function shortagesOf(plan: Plan, edges: readonly Instant[]): Shortage[] {
  const problem = problemFromPlan(plan);
  const cuts = roughCut(
    problem,
    edges.map((edge) => edge - problem.origin),
  );
  const shortages = cuts.flatMap((cut) => {
    let [due, capacity] = [0, 0];
    return Array.from(cut.short, (short, k): Shortage => {
      due += cut.due[k];
      capacity += cut.capacity[k];
      return {
        units: cut.units.map((unit) => problem.equipment[unit].id),
        qualification:
          cut.qualification === undefined
            ? undefined
            : (problem.qualifications[cut.qualification] as TestSpecId),
        until: cut.edges[k + 1] + problem.origin,
        short,
        due,
        capacity,
      };
    });
  });
  return shortages
    .filter(({ short }) => short >= LEAST)
    .sort((a, b) => a.until - b.until || b.short - a.short);
}
