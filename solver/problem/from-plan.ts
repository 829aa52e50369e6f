import { indexBy } from '#shared/base/group.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import { type EquipmentId, downUntil, isTool } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Pin, Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import { MOVE_TOLERANCE } from '#shared/domain/schedule.ts';
import { type Relation, bindsEnd } from '#shared/domain/relation.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { type Relations, holdGroups, slices, successorsOf, topologicalOrder } from './graph.ts';
import { materialBounds } from './materials.ts';
import { NEVER, clamp } from './open-time.ts';
import { DURING, type Given, NONE, type Pool, type Problem } from './problem.ts';
import { calendarSpans, equipmentTables, peopleTables } from './resources.ts';
import { tailOf, urgencyOf } from './slack.ts';

/** Numbers for names, in the order of first appearance. */
function numbered(names: Iterable<string | undefined>): Map<string, number> {
  const index = new Map<string, number>();
  for (const name of names) if (name !== undefined && !index.has(name)) index.set(name, index.size);
  return index;
}

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
  const due = Int32Array.from(tasks, (task) => clamp(task.due - origin));
  const renewsProof = Int32Array.from(tasks, (task) => {
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
    order: Int32Array.from(tasks, (task) => orders.get(task.order) ?? 0),
    family: Int32Array.from(tasks, (task) =>
      task.family === undefined ? NONE : (families.get(task.family) ?? NONE),
    ),
    pauses: Uint8Array.from(tasks, (task) => (task.crossBreak === 'pause' ? 1 : 0)),
    release: Int32Array.from(tasks, (task) => clamp(task.release - origin)),
    lotFrom: material.from,
    lotBy: material.by,
    due,
    weight: Float64Array.from(tasks, (task) => task.weight),
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
    toolFrom: slices(
      count,
      tasks.flatMap((task, t) => task.instruments.map(() => t)),
    ),
    toolClass: Int32Array.from(
      tasks.flatMap((task) => task.instruments.map((need) => equipment.classNames.indexOf(need.class))),
    ),
    ...poolsOf(plan),
    renewsProof,
    renewsFor: Int32Array.from(tasks, (task) => Math.min(NEVER, task.renews?.validFor ?? 0)),
    takes: Int32Array.from(tasks, (task) =>
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

/** The relations of the tasks, and pins in the sequence as relations that also fix the unit. */
function relationsOf(
  plan: Plan,
  taskOf: ReadonlyMap<string, number>,
  { equipmentOf, capacity }: Pick<Problem, 'equipmentOf' | 'capacity'>,
): Relations {
  const { tasks } = plan;
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const behind = { from: 'end', minLag: 0 } as const;
  const rows = tasks.flatMap((task, owner) => {
    const links: { before: string; relation: Relation; same: number }[] = task.after.map((relation) => ({
      before: relation.task,
      relation,
      same: 0,
    }));
    const before = pins.get(task.id)?.after;
    if (before !== undefined) links.push({ before, relation: behind, same: 1 });
    return links.flatMap(({ before, relation, same }) => {
      const pred = taskOf.get(before);
      if (pred === undefined) return [];
      const zone = relation.storage ? (equipmentOf.get(relation.storage.zone) ?? NONE) : NONE;
      const isLimited = zone !== NONE && capacity[zone] < Infinity;
      return [{ owner, pred, relation, same, zone: isLimited ? zone : NONE }];
    });
  });
  const owners = rows.map((row) => row.owner);
  const predTask = Int32Array.from(rows, (row) => row.pred);
  return {
    predFrom: slices(tasks.length, owners),
    predTask,
    predFromEnd: Uint8Array.from(rows, (row) => (row.relation.from === 'end' ? 1 : 0)),
    predToEnd: Uint8Array.from(rows, (row) => (bindsEnd(row.relation) ? 1 : 0)),
    predMin: Int32Array.from(rows, (row) => clamp(row.relation.minLag)),
    predMax: Int32Array.from(rows, (row) => clamp(row.relation.maxLag ?? NEVER)),
    predShare: Float64Array.from(rows, (row) => row.relation.transfer ?? 0),
    predZone: Int32Array.from(rows, (row) => row.zone),
    predStored: Float64Array.from(rows, (row) => row.relation.storage?.quantity ?? 0),
    predSameUnit: Uint8Array.from(rows, (row) => row.same),
    predRich: Uint8Array.from(rows, ({ relation }) => (isRich(relation) ? 1 : 0)),
    hasRichRelations: rows.some(
      ({ relation, same, zone }) => isRich(relation) || zone !== NONE || same === 1,
    ),
    ...successorsOf(tasks.length, owners, predTask),
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
  return Int32Array.from(tasks, (task) => {
    const start = byTask.get(task.id)?.start;
    return start === undefined ? NEVER : start - horizon.start;
  });
}

/** Tied to a place: by the line, by a commitment, by a pin. */
export const fixedTasks = (given: Problem['given'], pinned: Int32Array): Uint8Array =>
  Uint8Array.from(pinned, (start, t) => (given[t] !== undefined || start < NEVER ? 1 : 0));

/** The shortest run of each task over its modes. */
export function shortestRuns(count: number, modes: { task: Int32Array; run: Int32Array }): Int32Array {
  const shortest = new Int32Array(count).fill(NEVER);
  for (const [m, task] of modes.task.entries()) shortest[task] = Math.min(shortest[task], modes.run[m]);
  return shortest;
}

const isRich = (relation: Relation): boolean => bindsEnd(relation) || relation.transfer !== undefined;

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

interface Modes {
  readonly from: Int32Array;
  readonly task: Int32Array;
  readonly unit: Int32Array;
  readonly run: Int32Array;
  readonly setup: Int32Array;
  readonly load: Float64Array;
  readonly penalty: Float64Array;
}

/** The modes that pins and the plant leave: a pinned unit is the only one, and the unit must hold the load. */
function modesOf(plan: Plan, { equipmentOf, capacity }: Pick<Problem, 'equipmentOf' | 'capacity'>): Modes {
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const admissible = unitsLeft(plan);
  const rows = plan.tasks.flatMap((task, t) => {
    const unit = pins.get(task.id)?.unit;
    const allowed = admissible.get(task.id);
    return task.modes.flatMap((mode) => {
      const e = equipmentOf.get(mode.unit);
      if (e === undefined) return [];
      // A renewal takes all of what it renews.
      const load = task.renews?.equipment === mode.unit ? capacity[e] : (mode.load ?? 1);
      if (load > capacity[e]) return [];
      if ((unit !== undefined && unit !== mode.unit) || allowed?.has(mode.unit) === false) return [];
      const penalty = mode.penalty ?? 0;
      return [{ t, e, run: clamp(mode.run), setup: clamp(mode.setup ?? 0), load, penalty }];
    });
  });
  return {
    from: slices(
      plan.tasks.length,
      rows.map((row) => row.t),
    ),
    task: Int32Array.from(rows, (row) => row.t),
    unit: Int32Array.from(rows, (row) => row.e),
    run: Int32Array.from(rows, (row) => row.run),
    setup: Int32Array.from(rows, (row) => row.setup),
    load: Float64Array.from(rows, (row) => row.load),
    penalty: Float64Array.from(rows, (row) => row.penalty),
  };
}

/** The units that are left to tasks which a pin in the sequence puts on the same one: those that all of them can run on. */
function unitsLeft(plan: Plan): Map<TaskId, Set<EquipmentId>> {
  const left = new Map<TaskId, Set<EquipmentId>>();
  const links = plan.pins.filter((pin) => pin.after !== undefined);
  if (links.length === 0) return left;
  const tasks = indexBy(plan.tasks, (task) => task.id);
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const unitsOf = (id: TaskId): Set<EquipmentId> => {
    const pinned = pins.get(id)?.unit;
    return pinned === undefined ? new Set(tasks.get(id)?.modes.map((mode) => mode.unit)) : new Set([pinned]);
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const { task, after } of links) {
      if (after === undefined || !tasks.has(after)) continue;
      const own = left.get(task) ?? unitsOf(task);
      const other = left.get(after) ?? unitsOf(after);
      const common = new Set([...own].filter((unit) => other.has(unit)));
      changed ||= common.size < own.size || common.size < other.size;
      left.set(task, common);
      left.set(after, common);
    }
  }
  return left;
}

/** Why no mode is left: the pin, the load, the sequence, or the plant has none of the units. */
function noUnit({ plant }: Plan, task: Task, pin: Pin | undefined): Refusal {
  const units = task.modes.map((mode) => mode.unit);
  if (pin?.unit !== undefined && !units.includes(pin.unit)) {
    return {
      code: 'WRONG_UNIT',
      object: pin.unit,
      text: `pinned to ${pin.unit}, which cannot run ${task.name}`,
    };
  }
  const equipment = plant.equipment.filter((one) => units.includes(one.id));
  const tooSmall = equipment.find(({ id, capacity = 1 }) =>
    task.modes.some((mode) => mode.unit === id && (mode.load ?? 1) > capacity),
  );
  if (tooSmall) {
    const load = task.modes.find((mode) => mode.unit === tooSmall.id)?.load ?? 1;
    return {
      code: 'CAPACITY_EXCEEDED',
      object: tooSmall.id,
      text: `${task.name} is a load of ${load} and ${tooSmall.name} holds ${tooSmall.capacity ?? 1}`,
    };
  }
  if (equipment.length > 0) {
    return {
      code: 'PINNED',
      object: pin?.after ?? task.id,
      text: `${task.name} is pinned in a sequence, and no unit can run all tasks of it`,
    };
  }
  return {
    code: 'WRONG_UNIT',
    object: task.id,
    text: `no unit of the plant can run ${task.name}; it names ${units.join(', ')}`,
  };
}

/** People needs by task, the scarcest qualification first, so that nobody takes a specialist for a common job. */
function needsOf(
  tasks: readonly Task[],
  people: Pick<Problem, 'qualifications' | 'qualified'>,
): Pick<
  Problem,
  | 'needFrom'
  | 'needIndex'
  | 'needQualification'
  | 'needCount'
  | 'needDuring'
  | 'needHandover'
  | 'needAttention'
  | 'hasSharedPeople'
> {
  const index = numbered(people.qualifications);
  const rows = tasks.flatMap((task, t) =>
    task.people
      .map((need, position) => ({ t, position, need, q: index.get(need.qualification) ?? 0 }))
      .sort((a, b) => people.qualified[a.q].people.length - people.qualified[b.q].people.length),
  );
  return {
    needFrom: slices(
      tasks.length,
      rows.map((row) => row.t),
    ),
    needIndex: Int32Array.from(rows, (row) => row.position),
    needQualification: Int32Array.from(rows, (row) => row.q),
    needCount: Int32Array.from(rows, (row) => row.need.count),
    needDuring: Uint8Array.from(rows, (row) => DURING[row.need.during]),
    needHandover: Uint8Array.from(rows, (row) => (row.need.handover ? 1 : 0)),
    needAttention: Float64Array.from(rows, (row) => row.need.attention ?? 1),
    hasSharedPeople: rows.some((row) => (row.need.attention ?? 1) < 1),
  };
}

/** Tool needs by task; the tools of a class are one pool, smaller while some of them are down. */
export function poolsOf({
  tasks,
  plant,
  horizon,
  now,
}: Plan): Pick<Problem, 'poolFrom' | 'poolOf' | 'poolCount' | 'pools'> {
  const rows = tasks.flatMap((task, t) => task.tools.map((need) => ({ t, need })));
  const index = numbered(rows.map((row) => row.need.class));
  return {
    poolFrom: slices(
      tasks.length,
      rows.map((row) => row.t),
    ),
    poolOf: Int32Array.from(rows, (row) => index.get(row.need.class) ?? 0),
    poolCount: Int32Array.from(rows, (row) => row.need.count),
    pools: [...index.keys()].map((name): Pool => {
      const tools = plant.equipment.filter((one) => isTool(one) && one.classes.some((own) => own === name));
      const counts = new Map(tools.map((one) => [one.id, one.capacity ?? 0]));
      return {
        name,
        capacity: tools.reduce((sum, one) => sum + (one.capacity ?? 0), 0),
        downs: plant.downtimes.flatMap((down) => {
          const count = counts.get(down.equipment);
          const [start, end] = [down.start - horizon.start, downUntil(down, now) - horizon.start];
          return count === undefined ? [] : [{ start: clamp(start), end: clamp(end), count }];
        }),
      };
    }),
  };
}

export function baselineOf(
  { tasks, baseline, budget, horizon }: Plan,
  equipmentOf: ReadonlyMap<string, number>,
): Pick<Problem, 'baseUnit' | 'baseStart' | 'budget' | 'moveTolerance'> {
  const before = indexBy(baseline ?? [], (place) => place.task);
  const places = tasks.map((task) => before.get(task.id));
  return {
    baseUnit: Int32Array.from(places, (place) => (place ? (equipmentOf.get(place.unit) ?? NONE) : NONE)),
    baseStart: Int32Array.from(places, (place) => (place ? clamp(place.start - horizon.start) : 0)),
    budget: budget?.moved ?? NEVER,
    moveTolerance: MOVE_TOLERANCE,
  };
}
