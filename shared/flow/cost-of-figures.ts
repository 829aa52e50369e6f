import type { Weights } from '#shared/domain/plan.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';

/**
 * The planner's weights on the figures: smaller is better. The same sum as the solver's objective over a schedule in
 * which every task has a place; what has none costs nothing here, so compare schedules with as many unplaced tasks.
 */
export const costOfFigures = (weights: Weights, figures: Figures, now: Instant): number =>
  (weights.tardiness * figures.weightedTardiness +
    weights.setup * figures.setup +
    weights.makespan * (figures.makespanEnd - now) +
    weights.flow * figures.flow +
    weights.overtime * figures.overtime) /
    MINUTE +
  weights.late * figures.lateOrders +
  weights.preference * figures.penalty +
  weights.stability * figures.moved;
