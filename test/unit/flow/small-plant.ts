import type { z } from 'zod';
import { Equipment } from '#shared/domain/equipment.ts';
import { Lot } from '#shared/domain/material.ts';
import { Order } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { type Plant, emptyPlant } from '#shared/domain/plant.ts';
import { Routing } from '#shared/domain/routing.ts';
import { TestResult, TestSpec } from '#shared/domain/test-result.ts';
import { planFromOrders } from '#shared/flow/plan-from-orders.ts';
import { DAY } from '#shared/time/instant.ts';
import { MONDAY, at } from '#test/factory/clock.ts';

type Loose<Schema extends z.ZodType> = Partial<z.input<Schema>>;

export const unit = (id: string, ...classes: string[]): Equipment =>
  Equipment.parse({ id, name: id, level: 'WorkUnit', classes, tests: [] });

export const instrument = (id: string, ...tests: string[]): Equipment =>
  Equipment.parse({ id, name: id, level: 'EquipmentModule', classes: ['balance'], tests });

export const order = (id: string, more: Loose<typeof Order> = {}): Order =>
  Order.parse({
    id,
    domain: 'production',
    quantity: 100,
    uom: 'kg',
    routing: 'R',
    weight: 1,
    release: MONDAY,
    due: at('Fri12:00'),
    state: 'Released',
    ...more,
  });

/** A routing of steps told as `press` (class of the same name) or with fields of their own. */
export const routing = (id: string, steps: Record<string, object>): Routing =>
  Routing.parse({
    id,
    name: id,
    version: '1',
    steps: Object.entries(steps).map(([name, more]) => ({
      id: name,
      name,
      domain: 'production',
      modes: [{ class: name, fixed: 600, perUnit: 6 }],
      crossBreak: 'none',
      people: [],
      instruments: [],
      materials: [],
      after: [],
      ...more,
    })),
  });

export const lot = (id: string, more: Loose<typeof Lot>): Lot =>
  Lot.parse({ id, material: 'sugar', quantity: 100, disposition: 'UnRestricted', ...more });

/** A test with a renewal of two hours on a bench, three days before it expires. */
export const calibration = (more: Loose<typeof TestSpec> = {}): TestSpec =>
  TestSpec.parse({
    id: 'cal',
    name: 'Calibration',
    subject: 'equipment',
    validFor: 30 * DAY,
    renewal: {
      domain: 'quality',
      class: 'bench',
      duration: 7200,
      qualification: 'metrology',
      leadTime: 3 * DAY,
    },
    ...more,
  });

export const result = (subject: string, expires: number | undefined, passed = true): TestResult =>
  TestResult.parse({
    id: `${subject} ${expires}`,
    spec: 'cal',
    subject,
    evaluated: MONDAY - 20 * DAY,
    passed,
    ...(expires === undefined ? {} : { expires }),
  });

export const planOf = (
  plant: Partial<Plant>,
  more: Partial<Parameters<typeof planFromOrders>[0]> = {},
): Plan =>
  planFromOrders({
    plant: { ...emptyPlant(), ...plant },
    now: at('07:00'),
    horizon: { start: MONDAY, end: MONDAY + 14 * DAY },
    progress: [],
    pins: [],
    frozen: [],
    weights: DEFAULT_WEIGHTS,
    ...more,
  });
