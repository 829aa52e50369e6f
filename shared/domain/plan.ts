import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { Interval } from '#shared/time/interval.ts';
import { EquipmentId } from './equipment.ts';
import { TaskProgress } from './execution.ts';
import { Plant } from './plant.ts';
import { Refusal } from './refusal.ts';
import { Assignment } from './schedule.ts';
import { Task, TaskId } from './task.ts';

/** A planner's fixing of a task: in time, on a unit, in the sequence. */
export const Pin = z.object({
  task: TaskId,
  start: Instant.optional(),
  unit: EquipmentId.optional(),
  /** It stands on the same unit as this task, somewhere behind it. */
  after: TaskId.optional(),
});
export type Pin = z.infer<typeof Pin>;

/** What the planner weighs against what; the unit of every term is stated. */
export const Weights = z.object({
  /** Per weight × minute of tardiness. */
  tardiness: z.number().nonnegative(),
  /** Per minute of setup. */
  setup: z.number().nonnegative(),
  /** Per order that ends after its due date. */
  late: z.number().nonnegative().default(0),
  /** Per minute from now to the end of the last task. */
  makespan: z.number().nonnegative().default(0),
  /** Per minute from an order's release to the end of its last task. */
  flow: z.number().nonnegative().default(0),
  /** Per minute that a unit works in overtime. */
  overtime: z.number().nonnegative().default(0),
  /** Per point of machine preference. */
  preference: z.number().nonnegative().default(0),
  /** Per task that stands elsewhere than in the baseline. */
  stability: z.number().nonnegative().default(0),
});
export type Weights = z.infer<typeof Weights>;

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
  /** The published places to stay near. */
  baseline: z.array(Assignment).optional(),
  /** Hard: so many tasks may stand elsewhere than in the baseline. */
  budget: z.object({ moved: z.int().nonnegative() }).optional(),
});
export type Plan = z.infer<typeof Plan>;
