import { groupBy } from '#shared/base/group.ts';
import { must } from '#shared/base/must.ts';
import { type Equipment, downUntil, isInstrument, isShared, isWorkUnit } from '#shared/domain/equipment.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { onceFor } from '#shared/base/once-for.ts';
import { type CalendarId, type WorkCalendar, openTime, overtimeIn } from '#shared/time/calendar.ts';
import { type Interval, intersect, subtract } from '#shared/time/interval.ts';
import { ALWAYS, type OpenTime, openTimeOf } from './open-time.ts';
import { NONE, type Problem, SHARED } from './problem.ts';
import { slices } from './graph.ts';
import { validityOf } from './validity.ts';

type EquipmentTables = Pick<
  Problem,
  | 'equipment'
  | 'equipmentOf'
  | 'open'
  | 'overtime'
  | 'capacity'
  | 'shared'
  | 'up'
  | 'matrixOf'
  | 'setupState'
  | 'familyCount'
  | 'matrices'
  | 'meanSetup'
  | 'proofFrom'
  | 'proofs'
  | 'instrumentsOf'
  | 'classNames'
>;
type PeopleTables = Pick<Problem, 'personOf' | 'presence' | 'qualifications' | 'qualified'>;

/** Worked out once per calendar and horizon, also over many plans. */
const spansIn = onceFor((horizon: Interval) =>
  onceFor((calendar: WorkCalendar): readonly Interval[] => openTime(calendar, horizon)),
);

const overtimeOf = onceFor((horizon: Interval) =>
  onceFor((calendar: WorkCalendar): readonly Interval[] => overtimeIn(calendar, horizon)),
);

/** Open spans of each calendar within the horizon. */
export function calendarSpans(plan: Plan): (id: CalendarId | undefined) => readonly Interval[] | undefined {
  const calendars = new Map(plan.plant.calendars.map((calendar) => [calendar.id, calendar]));
  return (id) => {
    const calendar = id === undefined ? undefined : calendars.get(id);
    return calendar && spansIn(plan.horizon)(calendar);
  };
}

const relative = (spans: readonly Interval[], origin: number): OpenTime =>
  openTimeOf(spans.map((span) => ({ start: span.start - origin, end: span.end - origin })));

/** When each unit works and each instrument is up: calendar minus downtimes. */
export function openTables(
  plan: Plan,
  spansOf: ReturnType<typeof calendarSpans>,
): Pick<Problem, 'open' | 'overtime' | 'up'> {
  const { plant, horizon, now } = plan;
  const origin = horizon.start;
  const downs = groupBy(plant.downtimes, (downtime) => downtime.equipment);
  const shared = new Map<readonly Interval[], OpenTime>();
  const open: OpenTime[] = [];
  const up: OpenTime[] = [];
  const overtime: (OpenTime | undefined)[] = [];
  const calendars = new Map(plant.calendars.map((calendar) => [calendar.id, calendar]));
  for (const one of plant.equipment) {
    const down = (downs.get(one.id) ?? []).map((downtime) => ({
      start: downtime.start,
      end: downUntil(downtime, now),
    }));
    const calendar = one.calendar && calendars.get(one.calendar);
    const extra = calendar ? overtimeOf(horizon)(calendar) : [];
    overtime.push(extra.length > 0 ? relative(subtract(extra, down), origin) : undefined);
    const spans = spansOf(one.calendar) ?? intersect([horizon], [horizon]);
    if (down.length === 0) {
      let common = shared.get(spans);
      if (!common) shared.set(spans, (common = relative(spans, origin)));
      open.push(common);
      up.push(ALWAYS);
    } else {
      open.push(relative(subtract(spans, down), origin));
      up.push(relative(subtract([{ start: origin - (1 << 29), end: origin + (1 << 29) }], down), origin));
    }
  }
  return { open, overtime, up };
}

/** Units and instruments share one index space, so that a task may take either. */
export function equipmentTables(
  plan: Plan,
  spansOf: ReturnType<typeof calendarSpans>,
  families: ReadonlyMap<string, number>,
): EquipmentTables {
  const { plant, horizon } = plan;
  const origin = horizon.start;
  const equipment = plant.equipment;
  const equipmentOf = new Map(equipment.map((one, k) => [one.id as string, k]));
  const familyCount = families.size;
  const matrixIndex = new Map(plant.setupMatrices.map((matrix, k) => [matrix.id, k]));
  const matrices = plant.setupMatrices.map((matrix) => {
    const dense = new Int32Array((familyCount + 1) * familyCount).fill(matrix.standard);
    const at = (from: number, to: number): number => (from + 1) * familyCount + to;
    for (let family = 0; family < familyCount; family += 1) dense[at(family, family)] = matrix.same;
    for (const { from, to, seconds } of matrix.entries)
      dense[at(must(families.get(from), from), must(families.get(to), to))] = seconds;
    return dense;
  });
  const matrixOf = Int32Array.from(equipment, (one) =>
    one.setupMatrix === undefined || sharedOf(one) === SHARED.cumulative
      ? NONE
      : (matrixIndex.get(one.setupMatrix) ?? NONE),
  );
  const means = matrices.map((dense) => {
    let sum = 0;
    for (const seconds of dense) sum += seconds;
    return dense.length > 0 ? sum / dense.length : 0;
  });

  const results = groupBy(plant.testResults, (result) => `${result.subject}\n${result.spec}`);
  const proofs = equipment.flatMap((one, k) =>
    one.tests.map((test) => ({
      equipment: k,
      test: test as string,
      validity: validityOf(results.get(`${one.id}\n${test}`) ?? [], origin),
    })),
  );
  const classNames = [...new Set(equipment.flatMap((one) => one.classes as string[]))];
  return {
    equipment,
    equipmentOf,
    ...openTables(plan, spansOf),
    capacity: Float64Array.from(equipment, capacityOf),
    shared: Uint8Array.from(equipment, sharedOf),
    matrixOf,
    setupState: Int32Array.from(equipment, (one) =>
      one.setupState === undefined ? NONE : (families.get(one.setupState) ?? NONE),
    ),
    familyCount,
    matrices,
    meanSetup: Float64Array.from(matrixOf, (matrix) => (matrix === NONE ? 0 : (means[matrix] ?? 0))),
    proofFrom: slices(
      equipment.length,
      proofs.map((proof) => proof.equipment),
    ),
    proofs,
    classNames,
    instrumentsOf: classNames.map((name) =>
      Int32Array.from(
        equipment.flatMap((one, k) =>
          isInstrument(one) && (one.classes as string[]).includes(name) ? [k] : [],
        ),
      ),
    ),
  };
}

const capacityOf = (one: Equipment): number => one.capacity ?? (isWorkUnit(one) ? 1 : Infinity);

const sharedOf = (one: Equipment): number => {
  if (!isWorkUnit(one) || !isShared(one)) return 0;
  return one.batching === true ? SHARED.batch : SHARED.cumulative;
};

export function peopleTables(plan: Plan, spansOf: ReturnType<typeof calendarSpans>): PeopleTables {
  const { plant, horizon } = plan;
  const origin = horizon.start;
  const shared = new Map<readonly Interval[], OpenTime>();
  const presence = plant.people.map((person) => {
    const spans = spansOf(person.calendar);
    if (!spans) return ALWAYS;
    let own = shared.get(spans);
    if (!own) shared.set(spans, (own = relative(spans, origin)));
    return own;
  });
  const personOf = new Map(plant.people.map((person, k) => [person.id as string, k]));
  const specs = new Set(plant.testSpecs.filter((spec) => spec.subject === 'person').map((spec) => spec.id));
  for (const task of plan.tasks) for (const need of task.people) specs.add(need.qualification);
  const bySpec = groupBy(
    plant.testResults.filter((result) => personOf.has(result.subject)),
    (result) => result.spec,
  );
  const versatility = new Int32Array(plant.people.length);
  const tables = [...specs].map((spec) => {
    const byPerson = groupBy(bySpec.get(spec) ?? [], (result) => personOf.get(result.subject) ?? NONE);
    for (const person of byPerson.keys()) versatility[person] += 1;
    return [...byPerson].map(([person, results]) => ({ person, validity: validityOf(results, origin) }));
  });
  return {
    personOf,
    presence,
    qualifications: [...specs],
    qualified: tables.map((rows) => {
      const able = rows
        .filter((row) => row.validity.from.length > 0)
        .sort((a, b) => versatility[a.person] - versatility[b.person] || a.person - b.person);
      const crews = [...groupBy(able, (row) => presence[row.person])];
      const sorted = crews.flatMap(([, members]) => members);
      let to = 0;
      return {
        people: Int32Array.from(sorted, (row) => row.person),
        validity: sorted.map((row) => row.validity),
        crews: crews.map(([presence, members]) => ({ presence, from: to, to: (to += members.length) })),
      };
    }),
  };
}
