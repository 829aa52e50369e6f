import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Schedule } from '#shared/domain/schedule.ts';
import type { Task } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';

/** What may be changed, the least burden first: nothing but the plan itself, then what others can give, then the promise. */
export const REMEDY_KINDS = [
  'sequence',
  'postpone',
  'downtime',
  'release',
  'lot',
  'unit',
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

const MINUTES = 60;

/** `1 h 30 min`, rounded up to minutes. */
export function span(seconds: Seconds): string {
  const minutes = Math.ceil(seconds / MINUTES);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 1) return `${days} d ${hours % 24} h`;
  return [hours > 0 ? `${hours} h` : '', minutes % 60 > 0 || hours === 0 ? `${minutes % 60} min` : '']
    .filter(Boolean)
    .join(' ');
}

/** The sizes that are tried, smallest first, in seconds. */
export const SIZES: readonly Seconds[] = [1, 2, 4, 8, 16, 24, 48, 96, 168].map((hours) => hours * 3600);
