import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import { formatSpan } from '#shared/time/format.ts';
import { HOUR, type Instant, MINUTE, type Seconds } from '#shared/time/instant.ts';

/** What may be changed, the least burden first: nothing but the plan itself, then what others can give, then the promise. */
export const REMEDY_KINDS = [
  'sequence',
  'postpone',
  'downtime',
  'release',
  'lot',
  'unit',
  'instrument',
  'overtime',
  'person',
  'weight',
  'due',
] as const;
export type RemedyKind = (typeof REMEDY_KINDS)[number];

/** A late order, and the plan and schedule in which it is late. */
export interface LateOrder {
  readonly plan: Plan;
  readonly schedule: Schedule;
  readonly order: OrderId;
  /** As people call it. */
  readonly name: string;
  /** Its tasks that have not started. */
  readonly tasks: readonly Task[];
  readonly due: Instant;
  readonly end: Instant;
}

/** One single change that might make the order on time. */
export interface Candidate {
  /** In words, with numbers, as a thing to do. */
  readonly text: string;
  readonly plan: Plan;
  /** Orders whose lateness is free: it is they that give way. */
  readonly yields?: readonly OrderId[];
  /** The order itself may make others late. */
  readonly overtakes?: boolean;
}

/** The candidates of one kind, the smallest first. */
export type Kind = (late: LateOrder) => readonly Candidate[];

/** A change that was tried and is enough: the checker accepts the schedule, and the order is on time in it. */
export interface Remedy {
  readonly kind: RemedyKind;
  readonly text: string;
  readonly plan: Plan;
  readonly schedule: Schedule;
  /** Tasks that it moves. */
  readonly moved: number;
  /** Other orders that it makes late. */
  readonly lateNow: readonly OrderId[];
}

/** In whole minutes, rounded up. */
export const span = (seconds: Seconds): string => formatSpan(Math.ceil(seconds / MINUTE) * MINUTE);

/** The sizes that are tried, smallest first, in seconds. */
export const SIZES: readonly Seconds[] = [1, 2, 4, 8, 16, 24, 48, 96, 168].map((hours) => hours * HOUR);
