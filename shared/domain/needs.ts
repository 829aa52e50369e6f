import { z } from 'zod';
import { EquipmentClassId } from './equipment.ts';
import { LotId, MaterialId } from './material.ts';
import { TestSpecId } from './test-result.ts';
import { Instant } from '#shared/time/instant.ts';

/** People that a task takes. With `handover` colleagues may relieve each other at a change of shift; without it one person stays. */
export const PeopleNeed = z.object({
  qualification: TestSpecId,
  count: z.int().min(1),
  during: z.enum(['setup', 'run', 'all']),
  handover: z.boolean(),
  /** The share of each person's attention: who minds two machines gives half to each. All of it where nothing is said. */
  attention: z.number().gt(0).max(1).optional(),
});
export type PeopleNeed = z.infer<typeof PeopleNeed>;

/** One instrument of the class, held over the whole task and calibrated beyond its end. */
export const InstrumentNeed = z.object({ class: EquipmentClassId });
export type InstrumentNeed = z.infer<typeof InstrumentNeed>;

/** So many tools of the class (dies, fixtures), held over setup and run; which of them does not matter. */
export const ToolNeed = z.object({ class: EquipmentClassId, count: z.int().min(1) });
export type ToolNeed = z.infer<typeof ToolNeed>;

/** Material that must be there at the start. `lots` are the lots that planning pegged to it, first expired first out. */
export const MaterialNeed = z.object({
  material: MaterialId,
  quantity: z.number().nonnegative(),
  lots: z.array(z.object({ lot: LotId, quantity: z.number().positive() })),
});
export type MaterialNeed = z.infer<typeof MaterialNeed>;

/** What people must have been trained in since then, when it began to hold in its present version. */
export const Training = z.object({ test: TestSpecId, since: Instant });
export type Training = z.infer<typeof Training>;
