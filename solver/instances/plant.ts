import type { Result } from '#shared/base/result.ts';
import type { EquipmentClassId, EquipmentId } from '#shared/domain/equipment.ts';
import type { FamilyId, SetupMatrix, SetupMatrixId } from '#shared/domain/changeover.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { DEFAULT_WEIGHTS } from '#shared/domain/weights.ts';
import { emptyPlant } from '#shared/domain/plant.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import type { TestResult, TestSpecId } from '#shared/domain/test-result.ts';
import type { CalendarId, WorkCalendar } from '#shared/time/calendar.ts';
import { NONE, type Problem } from '#solver/problem/problem.ts';
import type { Solution } from '#solver/problem/solution.ts';
import {
  type TypeOf,
  byName,
  exactly,
  list,
  orNull,
  pair,
  readAs,
  real,
  record,
  text,
  whole,
} from './form.ts';

const span = pair(whole);

/** The format `plant-1`: all times in seconds after 0, families numbered, operations numbered by their place. */
const plantFile = record({
  format: exactly('plant-1'),
  name: text,
  horizon: whole,
  objective: record({ tardiness: real, setup: real }),
  units: list(record({ id: text, group: text, initialFamily: whole, open: list(span) })),
  /** By group of units: seconds by family before and family after. */
  setup: byName(list(list(whole))),
  people: list(
    record({ id: text, shifts: list(span), qualifications: list(record({ name: text, validUntil: whole })) }),
  ),
  instruments: list(record({ id: text, class: text, calibratedUntil: whole })),
  orders: list(record({ id: whole, release: whole, due: whole, weight: real })),
  operations: list(
    record({
      id: whole,
      order: whole,
      family: whole,
      alternatives: list(record({ unit: text, duration: whole })),
      qualification: orNull(text),
      instrument: orNull(text),
    }),
  ),
  precedences: list(record({ before: whole, after: whole, minLag: whole })),
});
export type PlantInstance = TypeOf<typeof plantFile>;

export const plantFromJson = (json: unknown): Result<PlantInstance, string> => readAs(plantFile, json);

const familyName = (family: number): FamilyId => `family-${family}` as FamilyId;
const taskName = (operation: number): TaskId => `operation-${operation}` as TaskId;
const calibrationOf = (ofClass: string): TestSpecId => `calibration-${ofClass}` as TestSpecId;

/** The instance as a plan like any other: the horizon starts at instant 0 and nothing has happened yet. */
export function planFromInstance(instance: PlantInstance): Plan {
  const calendars = new Calendars();
  const units = instance.units.map((unit) => ({
    id: unit.id as EquipmentId,
    name: unit.id,
    level: 'WorkUnit' as const,
    classes: [unit.group as EquipmentClassId],
    calendar: calendars.idOf(unit.open),
    setupMatrix: unit.group as SetupMatrixId,
    setupState: familyName(unit.initialFamily),
    tests: [],
  }));
  const instruments = instance.instruments.map((one) => ({
    id: one.id as EquipmentId,
    name: one.id,
    level: 'EquipmentModule' as const,
    classes: [one.class as EquipmentClassId],
    tests: [calibrationOf(one.class)],
  }));
  const people = instance.people.map((person) => ({
    id: person.id as PersonId,
    name: person.id,
    classes: [],
    calendar: calendars.idOf(person.shifts),
  }));
  return {
    now: 0,
    horizon: { start: 0, end: instance.horizon },
    plant: {
      ...emptyPlant(),
      calendars: calendars.all,
      equipment: [...units, ...instruments],
      people,
      testResults: [
        ...instance.people.flatMap(({ id, qualifications }) =>
          qualifications.map(({ name, validUntil }) => passed(name as TestSpecId, id, validUntil)),
        ),
        ...instance.instruments.map((one) => passed(calibrationOf(one.class), one.id, one.calibratedUntil)),
      ],
      setupMatrices: Object.entries(instance.setup).map(matrixOf),
    },
    tasks: tasksOf(instance),
    refused: [],
    pins: [],
    progress: [],
    frozen: [],
    weights: { ...DEFAULT_WEIGHTS, ...instance.objective },
  };
}

/** The instance allows an end at the last valid second, a plan only before it. */
const passed = (spec: TestSpecId, subject: string, validUntil: number): TestResult => ({
  id: `${spec}/${subject}` as TestResult['id'],
  spec,
  subject,
  evaluated: 0,
  expires: validUntil + 1,
  passed: true,
});

const matrixOf = ([group, rows]: [string, number[][]]): SetupMatrix => ({
  id: group as SetupMatrixId,
  name: group,
  same: 0,
  standard: 0,
  entries: rows.flatMap((row, from) =>
    row.map((seconds, to) => ({ from: familyName(from), to: familyName(to), seconds, cleaning: false })),
  ),
});

function tasksOf({ orders, operations, precedences }: PlantInstance): Task[] {
  const after = operations.map((): Task['after'] => []);
  for (const { before, after: follows, minLag } of precedences) {
    after[follows].push({ task: taskName(before), from: 'end', minLag });
  }
  return operations.map((operation, k) => {
    const { release, due, weight } = orders[operation.order];
    return {
      id: taskName(operation.id),
      order: `order-${operation.order}` as OrderId,
      name: taskName(operation.id),
      domain: 'production',
      quantity: 1,
      uom: 'batch',
      modes: operation.alternatives.map(({ unit, duration }) => ({
        unit: unit as EquipmentId,
        run: duration,
      })),
      family: familyName(operation.family),
      crossBreak: 'none',
      people:
        operation.qualification === null
          ? []
          : [
              {
                qualification: operation.qualification as TestSpecId,
                count: 1,
                during: 'all',
                handover: false,
                attention: 1,
              },
            ],
      instruments: operation.instrument === null ? [] : [{ class: operation.instrument as EquipmentClassId }],
      tools: [],
      materials: [],
      after: after[k],
      release,
      due,
      weight,
    };
  });
}

/** Explicit open times as calendars; those with the same times share one. */
class Calendars {
  readonly all: WorkCalendar[] = [];
  readonly #known = new Map<string, CalendarId>();

  idOf(open: readonly (readonly [number, number])[]): CalendarId {
    const key = open.join(' ');
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const id = `calendar-${this.all.length}` as CalendarId;
    this.#known.set(key, id);
    this.all.push({
      id,
      name: id,
      zone: 'UTC',
      shifts: [],
      entries: open.map(([start, end]) => ({ type: 'SHIFT', interval: { start, end } })),
    });
    return id;
  }
}

/** One operation's place in the form of the instances' judge; all times in seconds after 0. */
export interface PlacedOperation {
  readonly operation: number;
  readonly unit: string;
  readonly start: number;
  readonly runStart: number;
  readonly end: number;
  readonly person: string | null;
  readonly instrument: string | null;
}

/** A solution of the plan of `instance`, as its judge reads it. Operations without a place are left out. */
export function placedOperations(
  instance: PlantInstance,
  problem: Problem,
  solution: Solution,
): PlacedOperation[] {
  const { people } = problem.plan.plant;
  return instance.operations.flatMap(({ id }, task) => {
    if (solution.unit[task] === NONE) return [];
    const person = solution.stints.length[task] > 0 ? solution.stints.at(task, 1) : undefined;
    const instrument = solution.tools.length[task] > 0 ? solution.tools.at(task, 0) : undefined;
    return [
      {
        operation: id,
        unit: problem.equipment[solution.unit[task]].id,
        start: solution.start[task],
        runStart: solution.runStart[task],
        end: solution.end[task],
        person: person === undefined ? null : people[person].id,
        instrument: instrument === undefined ? null : problem.equipment[instrument].id,
      },
    ];
  });
}
