import { assertNever } from '#shared/base/must.ts';
import { type Equipment, isWorkUnit } from '#shared/domain/equipment.ts';
import type { Order } from '#shared/domain/order.ts';
import type { RecordKind } from '#shared/domain/plant.ts';
import { type Routing, type Step, cycleIn } from '#shared/domain/routing.ts';
import type { TestResult } from '#shared/domain/test-result.ts';
import { type WorkCalendar, openTime } from '#shared/time/calendar.ts';
import { DAY, type Instant } from '#shared/time/instant.ts';
import { subtract, union } from '#shared/time/interval.ts';
import type { SourcedRecord } from './decoded.ts';
import type { World } from './world.ts';

/** What stands against a record: the field and value at fault. A `warning` lets it in all the same. */
export interface Objection {
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  readonly warning?: boolean;
  /** The record that it would take, where it is one that is missing. */
  readonly lacks?: { readonly kind: RecordKind; readonly id: string };
}

/** Does the record fit the rest of the plant? */
export function checkRecord(sourced: SourcedRecord, world: World): Objection[] {
  switch (sourced.kind) {
    case 'calendars':
      return checkCalendar(sourced.record);
    case 'equipment':
      return checkEquipment(sourced.record, world);
    case 'people':
      return known(world, 'calendars', 'calendar', sourced.record.calendar);
    case 'testSpecs':
    case 'setupMatrices':
    case 'materials':
      return [];
    case 'testResults':
      return checkResult(sourced.record, world);
    case 'lots':
      return known(world, 'materials', 'material', sourced.record.material);
    case 'routings':
      return checkRouting(sourced.record, world);
    case 'orders':
      return checkOrder(sourced.record, world);
    case 'downtimes':
      return [
        ...known(world, 'equipment', 'equipment', sourced.record.equipment),
        ...(sourced.record.end !== undefined && sourced.record.end < sourced.record.start
          ? [no('end', String(sourced.record.end), 'The end of the downtime is before its start.')]
          : []),
      ];
    default:
      return assertNever(sourced);
  }
}

export const WORDS: Record<RecordKind, string> = {
  calendars: 'Calendar',
  equipment: 'Equipment',
  people: 'Person',
  testSpecs: 'Test',
  testResults: 'Test result',
  setupMatrices: 'Setup matrix',
  materials: 'Material',
  lots: 'Lot',
  routings: 'Routing',
  orders: 'Order',
  downtimes: 'Downtime',
};

const no = (field: string, value: string, reason: string): Objection => ({ field, value, reason });

/** An objection when the named record is neither in the plant nor in this import. */
function known(world: World, kind: RecordKind, field: string, id: string | undefined): Objection[] {
  if (id === undefined || world.get(kind, id)) return [];
  const refusal = world.refusalOf(kind, id);
  const reason =
    refusal === undefined
      ? `${WORDS[kind]} ${id} is not there. Maybe it has not been imported yet or was refused.`
      : `${WORDS[kind]} ${id} was refused: ${refusal}`;
  return [{ ...no(field, id, reason), lacks: { kind, id } }];
}

function checkCalendar(calendar: WorkCalendar): Objection[] {
  return isEverOpen(calendar)
    ? []
    : [
        no(
          'shifts',
          calendar.id,
          `Calendar ${calendar.id} has no open time: nothing could ever be planned in it.`,
        ),
      ];
}

/** Either a dated entry opens it, or its shifts do in a week that no entry touches. */
function isEverOpen({ shifts, entries, ...calendar }: WorkCalendar): boolean {
  const spans = (opening: boolean) =>
    entries.flatMap(({ type, interval }) =>
      ['SHIFT', 'OVERTIME'].includes(type) === opening ? interval : [],
    );
  if (subtract(union(spans(true)), union(spans(false))).length > 0) return true;
  if (shifts.length === 0) return false;
  const after: Instant = entries.reduce((last, { interval }) => Math.max(last, interval.end), 0);
  return openTime({ ...calendar, shifts, entries: [] }, { start: after, end: after + 8 * DAY }).length > 0;
}

function checkEquipment(equipment: Equipment, world: World): Objection[] {
  return [
    ...known(world, 'calendars', 'calendar', equipment.calendar),
    ...known(world, 'setupMatrices', 'setupMatrix', equipment.setupMatrix),
    ...equipment.tests.flatMap((test) => known(world, 'testSpecs', 'tests', test)),
  ];
}

function checkResult({ spec, subject, expires, evaluated }: TestResult, world: World): Objection[] {
  const test = world.get('testSpecs', spec);
  if (!test) return known(world, 'testSpecs', 'spec', spec);
  return [
    ...known(world, test.subject === 'person' ? 'people' : 'equipment', 'subject', subject),
    ...(expires !== undefined && expires < evaluated
      ? [no('expires', String(expires), 'The result expires before it was evaluated.')]
      : []),
  ];
}

function checkRouting(routing: Routing, world: World): Objection[] {
  const steps = new Set(routing.steps.map((step) => step.id));
  if (steps.size < routing.steps.length) {
    const twice = routing.steps.find(
      (step, index) => routing.steps.findIndex(({ id }) => id === step.id) < index,
    );
    return [no('step', twice?.id ?? '', `Routing ${routing.id} has the step ${twice?.id} twice.`)];
  }
  for (const step of routing.steps) {
    const lost = step.after.find((link) => !steps.has(link.step));
    if (lost)
      return [
        no(
          'after',
          lost.step,
          `Step ${step.id} follows step ${lost.step}, which routing ${routing.id} does not have.`,
        ),
      ];
  }
  const circle = cycleIn(routing.steps);
  if (circle) {
    const way = [...circle, circle[0]].join(' → ');
    return [no('after', way, `The steps of routing ${routing.id} wait for each other in a circle: ${way}.`)];
  }
  return routing.steps.flatMap((step) => checkStep(step, world));
}

function checkStep(step: Step, world: World): Objection[] {
  return [
    ...step.modes.flatMap((mode) => {
      if (mode.equipment !== undefined) {
        const unit = world.get('equipment', mode.equipment);
        return unit && !isWorkUnit(unit)
          ? [
              no(
                'equipment',
                unit.id,
                `Step ${step.id}: ${unit.id} is of level ${unit.level} and carries no tasks.`,
              ),
            ]
          : known(world, 'equipment', 'equipment', mode.equipment);
      }
      return mode.class === undefined || world.hasUnitIn(mode.class)
        ? []
        : [
            no(
              'class',
              mode.class,
              `Step ${step.id}: no work unit is in class ${mode.class}. Maybe the equipment has not been imported yet.`,
            ),
          ];
    }),
    ...step.people.flatMap((need) => known(world, 'testSpecs', 'qualification', need.qualification)),
    ...known(world, 'testSpecs', 'training', step.training?.test),
    ...step.instruments.flatMap((need) =>
      world.hasInstrumentIn(need.class)
        ? []
        : [no('instruments', need.class, `Step ${step.id}: no instrument is in class ${need.class}.`)],
    ),
    ...(step.tools ?? []).flatMap((need) =>
      world.hasToolIn(need.class)
        ? []
        : [no('tools', need.class, `Step ${step.id}: no tool with a capacity is in class ${need.class}.`)],
    ),
    ...step.materials.flatMap((need) => known(world, 'materials', 'materials', need.material)),
    ...step.after.flatMap((link) => known(world, 'equipment', 'storage', link.storage?.zone)),
  ];
}

function checkOrder(order: Order, world: World): Objection[] {
  const refusal = world.refusalOf('routings', order.routing);
  if (refusal !== undefined) {
    return [no('routing', order.routing, `Routing ${order.routing} was refused: ${refusal}`)];
  }
  const routing = world.get('routings', order.routing);
  const homeless = routing?.steps.find((step) =>
    step.modes.every((mode) => mode.equipment === undefined && mode.class === undefined),
  );
  return [
    ...known(world, 'routings', 'routing', order.routing),
    ...known(world, 'equipment', 'equipment', order.equipment),
    ...(homeless && order.equipment === undefined
      ? [
          no(
            'equipment',
            '',
            `Step ${homeless.id} of routing ${order.routing} leaves the unit to the order, and the order names none.`,
          ),
        ]
      : []),
    ...known(world, 'materials', 'product', order.product).map((objection) => ({
      ...objection,
      warning: true,
    })),
  ];
}
