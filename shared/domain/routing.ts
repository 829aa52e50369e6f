import { z } from 'zod';
import { Seconds } from '#shared/time/instant.ts';
import { FamilyId } from './changeover.ts';
import { EquipmentClassId, EquipmentId } from './equipment.ts';
import { InstrumentNeed, PeopleNeed, ToolNeed, Training } from './needs.ts';
import { MaterialId } from './material.ts';
import { Name, OperationsType } from './operations.ts';
import { Relation } from './relation.ts';

export const RoutingId = Name.brand<'RoutingId'>();
export type RoutingId = z.infer<typeof RoutingId>;
export const StepId = Name.brand<'StepId'>();
export type StepId = z.infer<typeof StepId>;

/** Where a step may run and how long it takes there: `fixed` + `perUnit` × quantity, plus setup from the matrix or `setup`. */
export const StepMode = z.object({
  equipment: EquipmentId.optional(),
  class: EquipmentClassId.optional(),
  fixed: Seconds,
  perUnit: z.number().nonnegative(),
  setup: Seconds.optional(),
  /** Capacity of a shared unit that it takes: `load` + `loadPerUnit` × quantity; 1 where neither is said. */
  load: z.number().nonnegative().optional(),
  loadPerUnit: z.number().nonnegative().optional(),
  /** Points of machine preference. */
  penalty: z.number().nonnegative().optional(),
});
export type StepMode = z.infer<typeof StepMode>;

/** ISA-95 operations segment: the product-specific step. */
export const Step = z.object({
  id: StepId,
  name: Name,
  domain: OperationsType,
  modes: z.array(StepMode).min(1),
  family: FamilyId.optional(),
  /** Is how long it runs an estimate, though it is production? */
  estimated: z.boolean().optional(),
  /** May the work pause while its unit is closed (break, night, downtime) and go on after? */
  crossBreak: z.enum(['none', 'pause']),
  people: z.array(PeopleNeed),
  instruments: z.array(InstrumentNeed),
  tools: z.array(ToolNeed).optional(),
  training: Training.optional(),
  materials: z.array(z.object({ material: MaterialId, perUnit: z.number().nonnegative() })),
  after: z.array(z.object({ step: StepId, ...Relation.shape })),
});
export type Step = z.infer<typeof Step>;

/** ISA-95 operations definition: how one thing is made, tested, maintained or moved. */
export const Routing = z.object({
  id: RoutingId,
  name: Name,
  /** Of its instructions: lines are told with which they work. */
  version: z.string(),
  steps: z.array(Step).min(1),
});
export type Routing = z.infer<typeof Routing>;

/** The steps of a cycle in the routing, or null when it has none. */
export function cycleIn(steps: readonly Pick<Step, 'id' | 'after'>[]): StepId[] | null {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const state = new Map<StepId, 'open' | 'closed'>();
  for (const root of steps) {
    const path: { id: StepId; next: number }[] = [{ id: root.id, next: 0 }];
    if (state.has(root.id)) continue;
    state.set(root.id, 'open');
    while (path.length > 0) {
      const top = path.at(-1);
      if (!top) break;
      const link = byId.get(top.id)?.after[top.next];
      top.next += 1;
      if (!link) {
        state.set(top.id, 'closed');
        path.pop();
      } else if (state.get(link.step) === 'open') {
        const from = path.findIndex((entry) => entry.id === link.step);
        return path.slice(from).map((entry) => entry.id);
      } else if (!state.has(link.step) && byId.has(link.step)) {
        state.set(link.step, 'open');
        path.push({ id: link.step, next: 0 });
      }
    }
  }
  return null;
}
