import { groupBy, indexBy } from '#shared/base/group.ts';
import { type Equipment, type EquipmentId, isInstrument, isWorkUnit } from '#shared/domain/equipment.ts';
import type { OrderId } from '#shared/domain/order.ts';
import type { Plan } from '#shared/domain/plan.ts';
import { type Plant, zoneOf } from '#shared/domain/plant.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { type TestResult, type TestSpec, latestResult } from '#shared/domain/test-result.ts';
import { DAY, type Instant, type Seconds, isoFromInstant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { localDateOf } from '#shared/time/zone.ts';

interface UnitsByName {
  readonly inClass: ReadonlyMap<string, readonly EquipmentId[]>;
}

/** Validity of a test that does not expire, in a form that can be added to. */
const LASTING = 100 * 365 * DAY;

/**
 * One task for every test of an instrument or work unit that expires inside the horizon, has expired, has failed or was
 * never done. Its order carries the date of the proof it replaces (`CAL-BAL-02-weighing-2026-12-01`), so that a later
 * renewal of the same test is another task.
 */
export function renewalTasks(
  plant: Plant,
  units: UnitsByName,
  now: Instant,
  horizon: Interval,
): { tasks: Task[]; refused: Plan['refused'] } {
  const specs = indexBy(plant.testSpecs, (spec) => spec.id);
  const results = groupBy(plant.testResults, (result) => `${result.subject}\n${result.spec}`);
  const zone = zoneOf(plant);
  const tasks: Task[] = [];
  const refused: Plan['refused'] = [];
  for (const equipment of plant.equipment) {
    if (!isInstrument(equipment) && !isWorkUnit(equipment)) continue;
    for (const test of equipment.tests) {
      const spec = specs.get(test);
      if (!spec?.renewal) continue;
      const latest = latestResult(results.get(`${equipment.id}\n${test}`) ?? [], now);
      const ends = latest?.passed ? (latest.expires ?? Infinity) : -Infinity;
      if (ends > horizon.end) continue;
      const proof = latest ? proofName(latest, zone, ends > now ? ends : latest.expires) : 'first';
      const order = `CAL-${equipment.id}-${test}-${proof}` as OrderId;
      const modes = benchesFor(equipment, spec.renewal.class, units);
      if (modes.length === 0) {
        refused.push({
          order,
          refusal: {
            code: 'WRONG_UNIT',
            object: equipment.id,
            text: `${spec.name} of ${equipment.name} finds no work unit of class ${spec.renewal.class} that carries it out.`,
          },
        });
        continue;
      }
      const release = ends > -Infinity ? ends - spec.renewal.leadTime : (latest?.evaluated ?? horizon.start);
      const asked = { ...spec, renewal: spec.renewal };
      tasks.push(renewalOf(order, equipment, asked, modes, latest, { release, ends, now }));
    }
  }
  return { tasks, refused };
}

/** A test that failed is repeated on the same day: it is named by the minute as well. */
const proofName = (latest: TestResult, zone: string, ends: Instant | undefined): string =>
  latest.passed
    ? localDateOf(zone, ends ?? latest.evaluated)
    : `failed-${isoFromInstant(latest.evaluated).slice(0, 16)}`;

/** A work unit that carries the class itself is tested where it stands; everything else goes to a unit of the class. */
const benchesFor = (equipment: Equipment, name: string, units: UnitsByName): readonly EquipmentId[] =>
  isWorkUnit(equipment) && equipment.classes.some((own) => own === name)
    ? [equipment.id]
    : (units.inClass.get(name) ?? []);

function renewalOf(
  order: OrderId,
  equipment: Equipment,
  { id: test, name, renewal, validFor }: TestSpec & { renewal: NonNullable<TestSpec['renewal']> },
  benches: readonly EquipmentId[],
  latest: TestResult | undefined,
  // Released in the past where that is so: were it now, what was planned for a minute ago would have become too early.
  { release, ends, now }: { readonly release: Instant; readonly ends: Instant; readonly now: Instant },
): Task {
  const expired = ends <= now;
  const task: Task = {
    id: `${order}/renewal` as TaskId,
    order,
    name: `${name} ${equipment.name}`,
    domain: renewal.domain,
    quantity: 1,
    uom: '',
    modes: benches.map((unit) => ({ unit, run: Math.max(1, renewal.duration) })),
    crossBreak: 'none',
    people: renewal.qualification
      ? [{ qualification: renewal.qualification, count: 1, during: 'all', handover: false }]
      : [],
    instruments: [],
    tools: [],
    materials: [],
    after: [],
    release,
    due: expired ? now : ends,
    weight: 1,
    renews: { equipment: equipment.id, test, validFor: validFor ?? validityOf(latest) },
  };
  // Past the point where it can still be in time it is late, not impossible.
  if (!expired && Math.max(now, release) + renewal.duration <= ends) task.deadline = ends;
  return task;
}

const validityOf = (latest: TestResult | undefined): Seconds =>
  latest?.expires === undefined ? LASTING : Math.max(1, latest.expires - latest.evaluated);
