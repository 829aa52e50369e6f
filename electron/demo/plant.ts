import type { LocalDate } from '#shared/time/zone.ts';
import { calendarsFrom } from './calendars.ts';
import { SITE, equipmentOf, hallOf, type RawPlant } from './hall.ts';
import { setupMatricesOf } from './changeovers.ts';
import { peopleOf } from './crew.ts';
import { testResultsOf, testSpecsOf } from './proofs.ts';
import { lotsFor, materialsOf } from './materials.ts';
import { maintenanceOrders, productionOrders } from './orders.ts';
import { createRandom } from './random.ts';
import { maintenanceOf, routingOf, type Kind } from './routings.ts';

/** How large a plant: by its orders or by the tasks they make. A plan begins on the Monday `start`. */
export interface PlantSize {
  readonly orders?: number;
  readonly tasks?: number;
  readonly seed: number;
  readonly start: LocalDate;
}

/** One hall of 29 work units and 30 people makes this many orders in two weeks; each has about this many tasks. */
const ORDERS_PER_FORTNIGHT = 150;
const TASKS_PER_ORDER = 6.4;
const MAINTENANCE_SHARE = 0.08;

/**
 * Orders, halls and working days of a size. Up to four halls plan two weeks, more plan four; a plant too small for two
 * weeks of work has less time, so that it is as busy as a large one.
 */
export function dimensions({ orders, tasks }: Pick<PlantSize, 'orders' | 'tasks'>): {
  orders: number;
  halls: number;
  days: number;
} {
  const count = Math.max(
    5,
    orders ?? Math.round((tasks ?? ORDERS_PER_FORTNIGHT * TASKS_PER_ORDER) / TASKS_PER_ORDER),
  );
  const fortnights = count / ORDERS_PER_FORTNIGHT;
  const weeks = fortnights > 4 ? 4 : 2;
  const halls = Math.max(1, Math.round(fortnights / (weeks / 2)));
  const days = Math.round((weeks * 5 * count) / (halls * (weeks / 2) * ORDERS_PER_FORTNIGHT));
  return { orders: count, halls, days: Math.min(Math.max(days, 4), weeks * 5) };
}

/** A solid-dose plant in our own words: what the generated files say. Deterministic. */
export function plantOf(size: PlantSize): RawPlant {
  const random = createRandom(size.seed);
  const { orders, halls, days } = dimensions(size);
  const { start } = size;
  const all = Array.from({ length: halls }, (_, k) => hallOf(k + 1));
  const plants = all.map((hall, k) => {
    const count = Math.floor((orders * (k + 1)) / halls) - Math.floor((orders * k) / halls);
    const maintenance = Math.round(count * MAINTENANCE_SHARE);
    const makings = productionOrders(hall, { count: count - maintenance, days, start, random });
    return {
      hall,
      makings,
      maintenance: maintenanceOrders(hall, { count: maintenance, days, start }),
      lots: lotsFor(makings, { start, days, random, prefix: `L${hall.number}-` }),
    };
  });
  return {
    calendars: calendarsFrom(start),
    equipment: [
      { id: SITE, name: 'Rhein Pharma Solids', level: 'Site', classes: [], tests: [] },
      ...all.flatMap((hall) => equipmentOf(hall, random)),
    ],
    people: all.flatMap(peopleOf),
    testSpecs: all.flatMap(testSpecsOf),
    testResults: all.flatMap((hall) => testResultsOf(hall, start, random)),
    setupMatrices: all.flatMap(setupMatricesOf),
    materials: materialsOf(all),
    lots: plants.flatMap(({ lots }) => lots),
    routings: all.flatMap((hall) => [
      ...hall.products.flatMap((product) =>
        (['FULL', 'BULK', 'PACK'] satisfies Kind[]).map((kind) => routingOf(hall, product, kind)),
      ),
      ...maintenanceOf(hall),
    ]),
    orders: plants.flatMap(({ makings, maintenance }) => [
      ...makings.map(({ order }) => order),
      ...maintenance,
    ]),
    downtimes: [],
  };
}
