import { z } from 'zod';
import { Instant } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { Name } from './operations.ts';
import { Settlement } from './outbox.ts';
import { PersonId } from './person.ts';
import { TaskId } from './task.ts';

export const CaseKind = z.enum([
  'shortage',
  'downtime',
  'qualityHold',
  'rework',
  'maintenanceConflict',
  'calibrationExpiring',
  'qualificationExpiring',
  'absentPerson',
  'rushOrder',
  'cannotRun',
  'notKept',
]);
export type CaseKind = z.infer<typeof CaseKind>;

export const Owner = z.enum(['supervisor', 'planner', 'quality', 'maintenance', 'warehouse']);
export type Owner = z.infer<typeof Owner>;

/** Who has to decide. */
export const OWNERS: Readonly<Record<CaseKind, Owner>> = {
  shortage: 'warehouse',
  downtime: 'supervisor',
  qualityHold: 'quality',
  rework: 'quality',
  maintenanceConflict: 'maintenance',
  calibrationExpiring: 'maintenance',
  qualificationExpiring: 'supervisor',
  absentPerson: 'supervisor',
  rushOrder: 'planner',
  cannotRun: 'supervisor',
  notKept: 'planner',
};

/** Why something was decided; nobody decides without a reason. */
export const DecisionReason = z.string().trim().min(1).max(500);

/** What became of a case. */
export const CaseOutcome = z.object({
  /**
   * A repair was published and dispatched, it was decided whose value holds, somebody decided to wait, the cause went away by
   * itself, or its report was taken back.
   */
  kind: z.enum(['repaired', 'settled', 'waits', 'gone', 'withdrawn']),
  /** What was decided, in words. */
  text: z.string(),
  reason: z.string(),
  by: z.string(),
  at: Instant,
  /** What the decision counts on until then; a cause that still hits planned tasks afterwards is to be decided again. */
  until: Instant.nullable(),
});
export type CaseOutcome = z.infer<typeof CaseOutcome>;

/** What a line says of a task that it cannot run. */
export const Asked = z.object({
  unit: EquipmentId,
  task: TaskId,
  person: PersonId.optional(),
  reason: DecisionReason,
});
export type Asked = z.infer<typeof Asked>;

/** What an ERP was told and did not keep: the message, with both values or the ERP's reason. */
export const Unkept = z.object({ feed: z.string(), seq: z.int().positive(), settlement: Settlement });
export type Unkept = z.infer<typeof Unkept>;

/** A deviation from what is published that somebody has to decide. */
export const Case = z.object({
  id: z.int().positive(),
  /** Names the cause: of cases that are not closed no two have the same, over restarts and repeated imports. */
  key: z.string().min(1),
  kind: CaseKind,
  /** The unit, lot, person, order or task that it is about. */
  object: Name,
  /** What happened, in words. */
  text: z.string(),
  opened: Instant,
  owner: Owner,
  /** When the first task that it hits would begin: by then it must be decided. */
  deadline: Instant,
  /** What it hits, by planned start. */
  tasks: z.array(TaskId),
  asked: Asked.nullable(),
  unkept: Unkept.optional(),
  state: z.enum(['open', 'decided', 'closed']),
  outcome: CaseOutcome.nullable(),
});
export type Case = z.infer<typeof Case>;

/** Something that the record says now against what is published; where it hits nothing, nobody has to decide anything. */
export interface Cause extends Pick<Case, 'key' | 'kind' | 'object' | 'text' | 'tasks' | 'unkept'> {
  /** The planned start of the first task that it hits; null where it hits nothing. */
  readonly deadline: Instant | null;
  /** When what it hits could begin; null while nobody knows. */
  readonly free: Instant | null;
}
