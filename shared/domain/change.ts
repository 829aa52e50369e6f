import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { LotId } from './material.ts';
import { PersonId } from './person.ts';
import { TaskId } from './task.ts';

/** What happened on the shop floor, or what a hand on the board wants: a schedule is repaired after it. */
export const Change = z.discriminatedUnion('kind', [
  /** The plan has changed already, as when a line reports a downtime: whatever it no longer allows. */
  z.object({ kind: z.literal('reported') }),
  /** The task is to start there. */
  z.object({ kind: z.literal('drop'), task: TaskId, unit: EquipmentId, start: Instant }),
  z.object({ kind: z.literal('breakdown'), unit: EquipmentId, from: Instant, until: Instant }),
  z.object({ kind: z.literal('lateLot'), lot: LotId, from: Instant }),
  z.object({ kind: z.literal('absence'), person: PersonId, from: Instant, until: Instant }),
  /** The task cannot begin before then, whatever it misses. */
  z.object({ kind: z.literal('notBefore'), task: TaskId, from: Instant }),
]);
export type Change = z.infer<typeof Change>;
