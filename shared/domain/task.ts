import { z } from 'zod';
import { Instant, Seconds } from '#shared/time/instant.ts';
import { FamilyId } from './changeover.ts';
import { EquipmentId } from './equipment.ts';
import { InstrumentNeed, MaterialNeed, PeopleNeed, ToolNeed, Training } from './needs.ts';
import { Name, OperationsType } from './operations.ts';
import { OrderId } from './order.ts';
import { Relation } from './relation.ts';
import { TestSpecId } from './test-result.ts';

/** `<order>/<step>`: stable over every replanning of the same order. */
export const TaskId = Name.brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;

/** What the planner has split off a task: so much of its quantity is a task of its own. */
export const Part = z.object({ of: TaskId, quantity: z.number().positive() });
export type Part = z.infer<typeof Part>;

/** One admissible work unit with its own run time (p) and, without a matrix, its own setup. */
export const Mode = z.object({
  unit: EquipmentId,
  run: Seconds,
  /** What of the run does not depend on the quantity; nothing where nothing is said. */
  fixed: Seconds.optional(),
  setup: Seconds.optional(),
  /** How much of the unit's capacity it takes; 1 where nothing is said. */
  load: z.number().positive().optional(),
  /** What choosing this unit costs, in points of machine preference; 0 where nothing is said. */
  penalty: z.number().nonnegative().optional(),
});
export type Mode = z.infer<typeof Mode>;

/** By what it is made: a routing in a version. */
export const Instructions = z.object({ routing: Name, version: z.string() });
export type Instructions = z.infer<typeof Instructions>;

/** One unit of scheduled work in any of the four domains: a press run, a sample in the lab, a calibration, a pallet to stage. */
export const Task = z.object({
  id: TaskId,
  order: OrderId,
  orderName: Name.optional(),
  name: Name,
  domain: OperationsType,
  quantity: z.number(),
  uom: z.string(),
  modes: z.array(Mode).min(1),
  family: FamilyId.optional(),
  /** How long it runs is an estimate, though it is production. */
  estimated: z.boolean().optional(),
  crossBreak: z.enum(['none', 'pause']),
  people: z.array(PeopleNeed),
  instruments: z.array(InstrumentNeed),
  tools: z.array(ToolNeed).default([]),
  /** None for what the station plans by itself. */
  instructions: Instructions.optional(),
  training: Training.optional(),
  materials: z.array(MaterialNeed),
  after: z.array(z.object({ task: TaskId, ...Relation.shape })),
  release: Instant,
  due: Instant,
  deadline: Instant.optional(),
  weight: z.number().positive(),
  /** A calibration: when it ends, the test of this equipment is valid for so long again. */
  renews: z.object({ equipment: EquipmentId, test: TestSpecId, validFor: Seconds }).optional(),
});
export type Task = z.infer<typeof Task>;

/**
 * Production runs as long as its quantity and rate say, unless the ERP knows none; how long anything else runs is an
 * estimate that a planner may correct.
 */
export const hasEstimatedRun = ({ domain, estimated = false }: Pick<Task, 'domain' | 'estimated'>): boolean =>
  domain !== 'production' || estimated;
