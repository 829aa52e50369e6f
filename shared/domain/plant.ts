import { z } from 'zod';
import { WorkCalendar } from '#shared/time/calendar.ts';
import { SetupMatrix } from './changeover.ts';
import { Downtime, Equipment } from './equipment.ts';
import { Lot, Material } from './material.ts';
import { Order } from './order.ts';
import { Person } from './person.ts';
import { Routing } from './routing.ts';
import { TestResult, TestSpec } from './test-result.ts';

/** What other systems own and this one only reads: master data, the state of resources, orders. */
export const Plant = z.object({
  calendars: z.array(WorkCalendar),
  equipment: z.array(Equipment),
  people: z.array(Person),
  testSpecs: z.array(TestSpec),
  testResults: z.array(TestResult),
  setupMatrices: z.array(SetupMatrix),
  materials: z.array(Material),
  lots: z.array(Lot),
  routings: z.array(Routing),
  orders: z.array(Order),
  downtimes: z.array(Downtime),
});
export type Plant = z.infer<typeof Plant>;

/** The kinds of record a plant is made of, with their schemas: one table for store, importer and screens. */
export const RECORDS = {
  calendars: WorkCalendar,
  equipment: Equipment,
  people: Person,
  testSpecs: TestSpec,
  testResults: TestResult,
  setupMatrices: SetupMatrix,
  materials: Material,
  lots: Lot,
  routings: Routing,
  orders: Order,
  downtimes: Downtime,
} as const satisfies Record<keyof Plant, z.ZodType>;

export type RecordKind = keyof Plant;
export const RECORD_KINDS = Object.keys(RECORDS) as RecordKind[];

export const emptyPlant = (): Plant => ({
  calendars: [],
  equipment: [],
  people: [],
  testSpecs: [],
  testResults: [],
  setupMatrices: [],
  materials: [],
  lots: [],
  routings: [],
  orders: [],
  downtimes: [],
});

/** The plant's wall clock: the zone of its first calendar. */
export const zoneOf = (plant: Plant): string => plant.calendars[0]?.zone ?? 'UTC';
