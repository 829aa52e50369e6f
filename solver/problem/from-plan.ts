import { indexBy } from '#shared/base/group.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { MOVE_TOLERANCE } from '#shared/domain/schedule.ts';
import { bytes, doubles, ints, numbered } from './columns.ts';
import { holdGroups, topologicalOrder } from './graph.ts';
import { materialBounds } from './materials.ts';
import { modesOf, noUnit, shortestRuns } from './modes.ts';
import { instrumentsOf, needsOf, poolsOf } from './needs.ts';
import { NEVER, clamp } from './open-time.ts';
import { type Given, NONE, type Problem } from './problem.ts';
import { relationsOf } from './relations.ts';
import { calendarSpans, equipmentTables, peopleTables } from './resources.ts';
import { tailOf, urgencyOf } from './slack.ts';

/** The plan as integers. What cannot be planned at any time carries its reason (`flaw`) from here on. */
export function problemFromPlan(plan: Plan): Problem {
  const { tasks, plant, horizon } = plan;
  const origin = horizon.start;
  const count = tasks.length;
  const families = numbered([
    ...plant.setupMatrices.flatMap((matrix) => matrix.entries.flatMap((entry) => [entry.from, entry.to])),
    ...plant.equipment.map((one) => one.setupState),
    ...tasks.map((task) => task.family),
  ]);
  const spansOf = calendarSpans(plan);
  const equipment = equipmentTables(plan, spansOf, families);
  const people = peopleTables(plan, spansOf);
  const taskOf = new Map(tasks.map((task, t) => [task.id, t]));
  const orders = numbered(tasks.map((task) => task.order));
  const orderDue = new Int32Array(orders.size);
  const orderWeight = new Float64Array(orders.size);
  const orderRelease = new Int32Array(orders.size).fill(NEVER);
  for (const task of tasks) {
    const o = orders.get(task.order) ?? 0;
    orderRelease[o] = Math.min(orderRelease[o], clamp(task.release - origin));
    orderDue[o] = clamp(task.due - origin);
    orderWeight[o] = task.weight;
  }
  const relations = relationsOf(plan, taskOf, equipment);
  const topological = topologicalOrder(count, relations.succFrom, relations.succTask);
  const given = givenPlaces(plan);
  const modes = modesOf(plan, equipment);
  const material = materialBounds(plan, (task) => given[task]?.kind === 'started');
  const flaw = flawsOf(plan, given, material.flaw, modes.from, topological);
  const pinned = pinnedStarts(plan);
  const minRun = shortestRuns(count, modes);
  const meanRun = new Float64Array(plant.equipment.length);
  const modeCount = new Int32Array(plant.equipment.length);
  for (const [m, unit] of modes.unit.entries()) {
    modeCount[unit] += 1;
    meanRun[unit] += (modes.run[m] - meanRun[unit]) / modeCount[unit];
  }
  const due = ints(tasks, (task) => clamp(task.due - origin));
  const renewsProof = ints(tasks, (task) => {
    if (!task.renews) return NONE;
    const { equipment: what, test } = task.renews;
    return equipment.proofs.findIndex(
      (proof) => plant.equipment[proof.equipment].id === what && proof.test === test,
    );
  });
  return {
    plan,
    origin,
    now: plan.now - origin,
    end: horizon.end - origin,
    taskCount: count,
    taskOf,
    order: ints(tasks, (task) => orders.get(task.order) ?? 0),
    family: ints(tasks, (task) => (task.family === undefined ? NONE : (families.get(task.family) ?? NONE))),
    pauses: bytes(tasks, (task) => (task.crossBreak === 'pause' ? 1 : 0)),
    release: ints(tasks, (task) => clamp(task.release - origin)),
    lotFrom: material.from,
    lotBy: material.by,
    due,
    weight: doubles(tasks, (task) => task.weight),
    latest: material.latest,
    flaw,
    given,
    pinned,
    fixed: fixedTasks(given, pinned),
    modeFrom: modes.from,
    modeTask: modes.task,
    modeUnit: modes.unit,
    modeRun: modes.run,
    modeSetup: modes.setup,
    modeLoad: modes.load,
    modePenalty: modes.penalty,
    ...relations,
    ...needsOf(tasks, people),
    ...instrumentsOf(tasks, equipment.classNames),
    ...poolsOf(plan),
    renewsProof,
    renewsFor: ints(tasks, (task) => Math.min(NEVER, task.renews?.validFor ?? 0)),
    takes: ints(tasks, (task) =>
      task.renews ? (equipment.equipmentOf.get(task.renews.equipment) ?? NONE) : NONE,
    ),
    topological,
    tail: tailOf(relations, topological, minRun),
    urgent: urgencyOf(tasks, relations, topological, minRun, { given, pinned, due, origin }),
    ...holdGroups(count, relations, NEVER, topological),
    orderCount: orders.size,
    orderDue,
    orderWeight,
    orderRelease,
    ...baselineOf(plan, equipment.equipmentOf),
    ...equipment,
    meanRun,
    ...people,
  };
}

/** Why a task cannot be planned at any time. */
export function flawsOf(
  plan: Plan,
  given: Problem['given'],
  material: Problem['flaw'],
  modeFrom: Int32Array,
  topological: Int32Array,
): (Refusal | undefined)[] {
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const ordered = new Set(topological);
  return plan.tasks.map((task, t) => {
    const isStarted = given[t]?.kind === 'started';
    if (!isStarted && material[t]) return material[t];
    if (!isStarted && modeFrom[t] === modeFrom[t + 1]) return noUnit(plan, task, pins.get(task.id));
    if (ordered.has(t)) return undefined;
    return {
      code: 'PREDECESSOR_NOT_FINISHED',
      object: task.id,
      text: `${task.name} waits for itself: the relations between its tasks form a circle`,
    };
  });
}

/** Pinned start of each task, NEVER when free. */
export function pinnedStarts({ tasks, pins, horizon }: Plan): Int32Array {
  const byTask = indexBy(pins, (pin) => pin.task);
  return ints(tasks, (task) => {
    const start = byTask.get(task.id)?.start;
    return start === undefined ? NEVER : start - horizon.start;
  });
}

/** Tied to a place: by the line, by a commitment, by a pin. */
export const fixedTasks = (given: Problem['given'], pinned: Int32Array): Uint8Array =>
  Uint8Array.from(pinned, (start, t) => (given[t] !== undefined || start < NEVER ? 1 : 0));

/** Started tasks stand where the line reported them, frozen ones where they were committed. */
export function givenPlaces(plan: Plan): (Given | undefined)[] {
  const progress = indexBy(plan.progress, (row) => row.task);
  const frozen = indexBy(plan.frozen, (row) => row.task);
  return plan.tasks.map((task): Given | undefined => {
    const committed = frozen.get(task.id);
    const own = progress.get(task.id);
    if (own && hasStarted(own)) {
      return { kind: 'started', assignment: assignmentFromProgress(task, own, committed, plan.now) };
    }
    return committed && { kind: 'frozen', assignment: committed };
  });
}

export function baselineOf(
  { tasks, baseline, budget, horizon }: Plan,
  equipmentOf: ReadonlyMap<string, number>,
): Pick<Problem, 'baseUnit' | 'baseStart' | 'budget' | 'moveTolerance'> {
  const before = indexBy(baseline ?? [], (place) => place.task);
  const places = tasks.map((task) => before.get(task.id));
  return {
    baseUnit: ints(places, (place) => (place ? (equipmentOf.get(place.unit) ?? NONE) : NONE)),
    baseStart: ints(places, (place) => (place ? clamp(place.start - horizon.start) : 0)),
    budget: budget?.moved ?? NEVER,
    moveTolerance: MOVE_TOLERANCE,
  };
}
