import { z } from 'zod';
import { HOUR, Instant } from '#shared/time/instant.ts';
import { CalendarId } from '#shared/time/calendar.ts';
import { FamilyId, SetupMatrixId } from './changeover.ts';
import { Name } from './operations.ts';
import { TestSpecId } from './test-result.ts';

export const EquipmentId = Name.brand<'EquipmentId'>();
export type EquipmentId = z.infer<typeof EquipmentId>;
export const EquipmentClassId = Name.brand<'EquipmentClassId'>();
export type EquipmentClassId = z.infer<typeof EquipmentClassId>;

/** EquipmentLevel of ISA-95, as far as a plant's schedule knows it. */
export const EquipmentLevel = z.enum([
  'Enterprise',
  'Site',
  'Area',
  'WorkCenter',
  'WorkUnit',
  'ProcessCell',
  'Unit',
  'ProductionLine',
  'WorkCell',
  'ProductionUnit',
  'StorageZone',
  'StorageUnit',
  'EquipmentModule',
  'ControlModule',
]);
export type EquipmentLevel = z.infer<typeof EquipmentLevel>;

/** Role-based equipment of ISA-95 Part 2: an area, a work unit that carries tasks, or an instrument that tasks borrow. */
export const Equipment = z.object({
  id: EquipmentId,
  name: Name,
  level: EquipmentLevel,
  parent: EquipmentId.optional(),
  classes: z.array(EquipmentClassId),
  /** Without a calendar it is always open. */
  calendar: CalendarId.optional(),
  setupMatrix: SetupMatrixId.optional(),
  /** The family it is set up for before its first planned task. */
  setupState: FamilyId.optional(),
  /** Tests (calibrations) that must be valid over the whole of every task that uses it. */
  tests: z.array(TestSpecId),
  /**
   * Of a work unit: the sum of loads that it carries at once, 1 where nothing is said. Of a tool: how many alike there
   * are. Of a storage zone: the quantity that fits; without it there is no limit.
   */
  capacity: z.number().positive().optional(),
  /** A batch machine (oven): what it carries at once is of one family and goes in and comes out together. */
  batching: z.boolean().optional(),
});
export type Equipment = z.infer<typeof Equipment>;

const UNITS: readonly EquipmentLevel[] = ['WorkUnit', 'Unit', 'WorkCell', 'StorageUnit', 'ProductionUnit'];

/** A work unit carries one task at a time, or as many as its capacity holds, and is a row of the board. */
export const isWorkUnit = (equipment: Equipment): boolean => UNITS.includes(equipment.level);

/** An instrument (balance, pH meter) is borrowed by tasks and has no row of its own. */
export const isInstrument = (equipment: Equipment): boolean =>
  equipment.level === 'EquipmentModule' && equipment.capacity === undefined;

/** Tools (dies, fixtures) are counted, not told apart: so many of one class. */
export const isTool = (equipment: Equipment): boolean =>
  equipment.level === 'EquipmentModule' && equipment.capacity !== undefined;

/** Does the work unit carry several tasks at once, each with its load? */
export const isShared = ({ capacity = 1, batching = false }: Equipment): boolean =>
  batching || capacity !== 1;

/** A time when equipment cannot be used; without an end it is still down. Planned downtime is maintenance known beforehand. */
export const Downtime = z.object({
  id: Name.brand<'DowntimeId'>(),
  equipment: EquipmentId,
  start: Instant,
  end: Instant.optional(),
  reason: z.string(),
  planned: z.boolean(),
});
export type Downtime = z.infer<typeof Downtime>;
export const DowntimeId = Downtime.shape.id;
export type DowntimeId = z.infer<typeof DowntimeId>;

/** Nobody knows the end of an open downtime: planning assumes this much from now on, and again as time goes by. */
export const ASSUMED_DOWNTIME = 4 * HOUR;

/** When planning counts on the equipment again. */
export const downUntil = (downtime: Downtime, now: Instant): Instant =>
  downtime.end ?? Math.max(now, downtime.start) + ASSUMED_DOWNTIME;
