import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Interval } from '#shared/time/interval.ts';
import { EquipmentId } from './equipment.ts';
import { TaskProgress } from './execution.ts';
import { Plant } from './plant.ts';
import { Refusal } from './refusal.ts';
import { Assignment } from './schedule.ts';
import { Task, TaskId } from './task.ts';

/** A planner's fixing of a task: in time, on a unit, or both. */
export const Pin = z.object({ task: TaskId, start: Instant.optional(), unit: EquipmentId.optional() });
export type Pin = z.infer<typeof Pin>;

/** What the planner weighs against what; the unit of every term is stated. */
export const Weights = z.object({
  /** Per weight × minute of tardiness. */
  tardiness: z.number().nonnegative(),
  /** Per minute of setup. */
  setup: z.number().nonnegative(),
});
export type Weights = z.infer<typeof Weights>;
export const DEFAULT_WEIGHTS: Weights = { tardiness: 10, setup: 1 };

/** Everything that a schedule is made from and judged against: the working draft. */
export const Plan = z.object({
  now: Instant,
  /** No task is placed outside. */
  horizon: Interval,
  plant: Plant,
  tasks: z.array(Task),
  /** Orders that gave no tasks, and why. */
  refused: z.array(z.object({ order: z.string(), refusal: Refusal })),
  pins: z.array(Pin),
  progress: z.array(TaskProgress),
  /** Tasks whose place is given (dispatched and committed): the solver leaves them where they are. */
  frozen: z.array(Assignment),
  weights: Weights,
});
export type Plan = z.infer<typeof Plan>;
