import { indexBy } from '#shared/base/group.ts';
import { assignmentFromProgress } from '#shared/domain/actual.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import { usableFrom } from '#shared/domain/material.ts';
import type { Plan } from '#shared/domain/plan.ts';
import type { Refusal } from '#shared/domain/refusal.ts';
import type { Task } from '#shared/domain/task.ts';
import { type Relations, holdGroups, slices, successorsOf, topologicalOrder } from './graph.ts';
import { NEVER } from './open-time.ts';
import { DURING, type Given, NONE, type Problem } from './problem.ts';
import { calendarSpans, equipmentTables, peopleTables } from './resources.ts';

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
  const minRun = Int32Array.from(tasks, (_, t) =>
    Math.min(NEVER, ...modes.run.slice(modes.from[t], modes.from[t + 1])),
  );
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

const clamp = (at: number): number => Math.max(-NEVER, Math.min(NEVER, at));

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

/** From when and until when the pegged lots carry each task, or why they don't. */
function materialBounds(
  plan: Plan,
  isStarted: (task: number) => boolean,
): {
  from: Int32Array;
  by: Int32Array;
  latest: Int32Array;
  flaw: (Refusal | undefined)[];
} {
  const { tasks, plant, horizon } = plan;
  const lotOf = new Map(plant.lots.map((lot, k) => [lot.id, k]));
  const taken = new Float64Array(plant.lots.length);
  const from = new Int32Array(tasks.length).fill(-NEVER);
  const by = new Int32Array(tasks.length).fill(NONE);
  const latest = Int32Array.from(tasks, (task) =>
    clamp(Math.min(horizon.end, task.deadline ?? horizon.end) - horizon.start),
  );
  const flaw: (Refusal | undefined)[] = tasks.map(() => undefined);
  // What has started has its material; the others share what is left.
  const byTurn = [...tasks.keys()].sort((a, b) => Number(isStarted(b)) - Number(isStarted(a)) || a - b);
  for (const t of byTurn) flaw[t] = materialFlaw(t);

  function materialFlaw(t: number): Refusal | undefined {
    for (const need of tasks[t].materials) {
      let pegged = 0;
      for (const peg of need.lots) {
        const k = lotOf.get(peg.lot);
        const lot = k === undefined ? undefined : plant.lots[k];
        const usable = lot ? usableFrom(lot) : null;
        if (k === undefined || !lot || usable === null) {
          return {
            code: 'LOT_NOT_RELEASED',
            object: peg.lot,
            text: lot
              ? `lot ${lot.id} is ${lot.disposition} and nobody knows until when`
              : `lot ${peg.lot} is not in the plant`,
          };
        }
        taken[k] += peg.quantity;
        if (taken[k] > lot.quantity + 1e-6) {
          return {
            code: 'MATERIAL_MISSING',
            object: lot.id,
            text: `lot ${lot.id} holds ${lot.quantity}, but ${taken[k]} of it is promised`,
          };
        }
        pegged += peg.quantity;
        const relative = clamp(usable - horizon.start);
        if (relative > from[t]) {
          from[t] = relative;
          by[t] = k;
        }
        if (lot.expires !== undefined)
          latest[t] = Math.min(latest[t], clamp(lot.expires - horizon.start) - 1);
      }
      if (pegged < need.quantity - 1e-6) {
        return {
          code: 'MATERIAL_MISSING',
          object: need.material,
          text: `${need.quantity} of ${need.material} needed, lots promise ${pegged}`,
        };
      }
    }
    return undefined;
  }
  return { from, by, latest, flaw };
}

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

function tailOf(relations: Relations, topological: Int32Array, minRun: Int32Array): Int32Array {
  const { succFrom, succTask, succRelation, predMin, predFromEnd } = relations;
  const tail = new Int32Array(minRun.length);
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      const overlap = predFromEnd[succRelation[k]] === 1 ? 0 : minRun[task];
      const rest = predMin[succRelation[k]] + minRun[after] + tail[after] - overlap;
      tail[task] = Math.max(tail[task], Math.min(NEVER, rest));
    }
  }
  return tail;
}

/** The end that deadlines, renewals and fixed successors ask of each task; NEVER where nothing does. */
function urgencyOf(
  tasks: readonly Task[],
  relations: Relations,
  topological: Int32Array,
  minRun: Int32Array,
  fixed: { given: readonly (Given | undefined)[]; pinned: Int32Array; due: Int32Array; origin: number },
): Int32Array {
  const { succFrom, succTask, succRelation, predMin, predFromEnd } = relations;
  const urgent = Int32Array.from(tasks, (task, t) => {
    if (task.deadline !== undefined) return clamp(task.deadline - fixed.origin);
    return task.renews ? fixed.due[t] : NEVER;
  });
  for (const task of topological.toReversed()) {
    for (let k = succFrom[task]; k < succFrom[task + 1]; k += 1) {
      const after = succTask[k];
      const place = fixed.given[after]?.assignment.runStart;
      const runStart =
        place === undefined
          ? Math.min(fixed.pinned[after], urgent[after] < NEVER ? urgent[after] - minRun[after] : NEVER)
          : place - fixed.origin;
      if (runStart >= NEVER) continue;
      const lag = predMin[succRelation[k]] - (predFromEnd[succRelation[k]] === 1 ? 0 : minRun[task]);
      urgent[task] = Math.min(urgent[task], runStart - lag);
    }
  }
  return urgent;
}
