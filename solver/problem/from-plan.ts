import { indexBy } from '#shared/base/group.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Task } from '#shared/domain/task.ts';
import { type Relations, holdGroups, slices, successorsOf, topologicalOrder } from './graph.ts';
import { materialBounds } from './materials.ts';
import { NEVER, clamp } from './open-time.ts';
import { DURING, type Given, NONE, type Problem } from './problem.ts';
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
  for (const task of tasks) {
    const o = orders.get(task.order) ?? 0;
    orderDue[o] = clamp(task.due - origin);
    orderWeight[o] = task.weight;
  }
  const relations = relationsOf(tasks, taskOf);
  const topological = topologicalOrder(count, relations.succFrom, relations.succTask);
  const given = givenPlaces(plan);
  const modes = modesOf(plan, equipment.equipmentOf);
  const material = materialBounds(plan, (task) => given[task]?.kind === 'started');
  const flaw = tasks.map((task, t) =>
    given[t]?.kind === 'started'
      ? undefined
      : (material.flaw[t] ??
        (modes.from[t] === modes.from[t + 1]
          ? noUnit(task, plan.pins.find((pin) => pin.task === task.id)?.unit)
          : undefined)),
  );
  const ordered = new Set(topological);
  for (const [t, task] of tasks.entries()) {
    if (!ordered.has(t)) {
      flaw[t] ??= {
        code: 'PREDECESSOR_NOT_FINISHED',
        object: task.id,
        text: `${task.name} waits for itself: the relations between its tasks form a circle`,
      };
    }
  }
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const pinned = Int32Array.from(tasks, (task) => {
    const start = pins.get(task.id)?.start;
    return start === undefined ? NEVER : start - origin;
  });
  const minRun = new Int32Array(count).fill(NEVER);
  const meanRun = new Float64Array(plant.equipment.length);
  const modeCount = new Int32Array(plant.equipment.length);
  for (const [m, unit] of modes.unit.entries()) {
    const task = modes.task[m];
    minRun[task] = Math.min(minRun[task], modes.run[m]);
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
    fixed: Uint8Array.from(tasks, (_, t) => (given[t] !== undefined || pinned[t] < NEVER ? 1 : 0)),
    modeFrom: modes.from,
    modeTask: modes.task,
    modeUnit: modes.unit,
    modeRun: modes.run,
    modeSetup: modes.setup,
    ...relations,
    ...needsOf(tasks, people),
    toolFrom: slices(
      count,
      tasks.flatMap((task, t) => task.instruments.map(() => t)),
    ),
    toolClass: Int32Array.from(
      tasks.flatMap((task) => task.instruments.map((need) => equipment.classNames.indexOf(need.class))),
    ),
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
    ...equipment,
    meanRun,
    ...people,
  };
}

function relationsOf(tasks: readonly Task[], taskOf: ReadonlyMap<string, number>): Relations {
  const rows = tasks.flatMap((task, owner) =>
    task.after.flatMap((relation) => {
      const pred = taskOf.get(relation.task);
      return pred === undefined ? [] : [{ owner, pred, relation }];
    }),
  );
  const owners = rows.map((row) => row.owner);
  const predTask = Int32Array.from(rows, (row) => row.pred);
  return {
    predFrom: slices(tasks.length, owners),
    predTask,
    predFromEnd: Uint8Array.from(rows, (row) => (row.relation.from === 'end' ? 1 : 0)),
    predMin: Int32Array.from(rows, (row) => clamp(row.relation.minLag)),
    predMax: Int32Array.from(rows, (row) => clamp(row.relation.maxLag ?? NEVER)),
    ...successorsOf(tasks.length, owners, predTask),
  };
}

/** Started tasks stand where the line reported them, frozen ones where they were committed. */
function givenPlaces(plan: Plan): (Given | undefined)[] {
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
}

/** The modes that a pin and the plant leave: a pinned unit is the only one. */
function modesOf(plan: Plan, equipmentOf: ReadonlyMap<string, number>): Modes {
  const pins = indexBy(plan.pins, (pin) => pin.task);
  const rows = plan.tasks.flatMap((task, t) => {
    const unit = pins.get(task.id)?.unit;
    return task.modes.flatMap((mode) => {
      const e = equipmentOf.get(mode.unit);
      if (e === undefined || (unit !== undefined && unit !== mode.unit)) return [];
      return [{ t, e, run: clamp(mode.run), setup: clamp(mode.setup ?? 0) }];
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
  };
}

const noUnit = (task: Task, pinnedTo: string | undefined): Refusal =>
  pinnedTo === undefined
    ? {
        code: 'WRONG_UNIT',
        object: task.id,
        text: `no unit of the plant can run ${task.name}; it names ${task.modes.map((mode) => mode.unit).join(', ')}`,
      }
    : { code: 'WRONG_UNIT', object: pinnedTo, text: `pinned to ${pinnedTo}, which cannot run ${task.name}` };

/** People needs by task, the scarcest qualification first, so that nobody takes a specialist for a common job. */
function needsOf(
  tasks: readonly Task[],
  people: Pick<Problem, 'qualifications' | 'qualified'>,
): Pick<
  Problem,
  'needFrom' | 'needIndex' | 'needQualification' | 'needCount' | 'needDuring' | 'needHandover'
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
  };
}
