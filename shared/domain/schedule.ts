import { z } from 'zod';
import { Instant, MINUTE, Seconds } from '#shared/time/instant.ts';
import { EquipmentId } from './equipment.ts';
import { PersonId } from './person.ts';
import { RefusalCode } from './refusal.ts';
import { TaskId } from './task.ts';

/** One person on one need of a task, for a part of it (all of it unless colleagues relieve each other). */
export const Stint = z.object({
  person: PersonId,
  need: z.int().nonnegative(),
  start: Instant,
  end: Instant,
});
export type Stint = z.infer<typeof Stint>;

/**
 * Where and when a task stands. It occupies its unit over [start, end): first setup, from `runStart` the run.
 * A task that may pause stretches over closed time; its open seconds are setup + run.
 */
export const Assignment = z.object({
  task: TaskId,
  unit: EquipmentId,
  start: Instant,
  runStart: Instant,
  end: Instant,
  /** Setup work in open seconds. */
  setup: Seconds,
  people: z.array(Stint),
  instruments: z.array(EquipmentId),
});
export type Assignment = z.infer<typeof Assignment>;

/** Who is told ten minutes earlier or later has not been told anything else. */
export const MOVE_TOLERANCE: Seconds = 15 * MINUTE;

/** Does a task stand elsewhere than it did: on another unit, or later or earlier than anybody would overlook? */
export const isMoved = (
  before: Pick<Assignment, 'unit' | 'start'>,
  now: Pick<Assignment, 'unit' | 'start'>,
): boolean => before.unit !== now.unit || Math.abs(before.start - now.start) > MOVE_TOLERANCE;

type Crew = Pick<Assignment, 'people' | 'instruments'>;

/** Ids of who carries a task out, and with which instruments. */
export const crewOf = ({ people, instruments }: Crew): string[] => [
  ...new Set<string>([...people.map(({ person }) => person), ...instruments]),
];

/** Who of one crew is not in another. */
export function crewWithout(crew: Crew, other: Crew): string[] {
  const known = new Set(crewOf(other));
  return crewOf(crew).filter((id) => !known.has(id));
}

/** Is a task carried out by others, or with other instruments? */
export const isRestaffed = (before: Crew, now: Crew): boolean =>
  crewWithout(before, now).length + crewWithout(now, before).length > 0;

/** A task that found no place, and why. `object` is what stood in the way. */
export const Unplaced = z.object({ task: TaskId, code: RefusalCode, object: z.string(), text: z.string() });
export type Unplaced = z.infer<typeof Unplaced>;

export const Schedule = z.object({ assignments: z.array(Assignment), unplaced: z.array(Unplaced) });
export type Schedule = z.infer<typeof Schedule>;

/** The figures a planner steers by. Times in seconds; tardiness is weighted, Σ w_j T_j. */
export const Figures = z.object({
  orders: z.int(),
  lateOrders: z.int(),
  weightedTardiness: z.number(),
  tardiness: Seconds,
  setup: Seconds,
  makespanEnd: Instant,
  /** Busy over open time of the work units between now and the end of the last task, 0 … 1. */
  load: z.number(),
  unplaced: z.int(),
  /** From release to the end of the last task, over all orders. */
  flow: z.number().default(0),
  /** Work of the units in overtime. */
  overtime: Seconds.default(0),
  /** Points of machine preference. */
  penalty: z.number().default(0),
  /** Tasks that stand elsewhere than in the baseline. */
  moved: z.int().default(0),
});
export type Figures = z.infer<typeof Figures>;
