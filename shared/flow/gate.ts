import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskProgress } from '#shared/domain/execution.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';

export interface GateQuestion {
  readonly plan: Plan;
  readonly task: Task;
  readonly unit: EquipmentId;
  /** Its place as dispatched or planned: which people and instruments it takes. */
  readonly planned: Assignment | null;
  /** Who starts it; without somebody, the planned people are judged. */
  readonly person: PersonId | null;
  readonly progress: ReadonlyMap<TaskId, TaskProgress>;
  /** `plan` looks ahead (planning, dispatch); `setup` and `start` judge what is a fact at the start of the interval. */
  readonly moment: 'plan' | 'setup' | 'start';
  /** From the planned or intended start to the expected end. */
  readonly interval: Interval;
}

/** The question with the words to answer it. */
export interface Gate extends GateQuestion {
  readonly when: (at: Instant) => string;
  readonly nameOf: (equipment: EquipmentId) => string;
}

/** A reason against, or in words what is in order. */
export type Answer = Refusal | string;

export const against = (code: RefusalCode, object: string, text: string): Refusal => ({ code, object, text });
