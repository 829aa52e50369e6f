import { groupBy } from '#shared/base/group.ts';
import type { Inspection, NeedLink, NeedState } from '#shared/contract/views.ts';
import { type EquipmentId, isTool } from '#shared/domain/equipment.ts';
import type { Lot, LotId } from '#shared/domain/material.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { barOf, commentsByTask, productOf } from './board-view.ts';
import { dependenciesOf, slackOf } from './dependencies.ts';
import { label, nameOf, when } from './edit-draft.ts';
import { itemsOf } from './queue-items.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** What the inspector shows: the task, its needs with their state, why it stands there and why it is late. */
export function inspectTask(station: Station, id: TaskId): Inspection | null {
  const { workspace } = station;
  const task = workspace.tasks.get(id);
  const order = task && workspace.orders.get(task.order);
  if (!task) return null;
  const bar = barOf(workspace, id);
  return {
    bar,
    task: id,
    order: task.order,
    orderName: task.orderName,
    name: task.name,
    domain: task.domain,
    product: productOf(workspace, task.order),
    quantity: task.quantity,
    uom: task.uom,
    orderDue: task.due,
    orderState: order?.state ?? 'Released',
    needs: needsOf(workspace, task),
    whyHere: bar ? station.timetable.whyHere(id) : { text: '', tasks: [] },
    whyLate: bar && bar.late > 0 ? station.timetable.whyLate(id) : [],
    told: toldOf(workspace, id),
    alternatives: task.modes.map((mode) => ({
      unit: mode.unit,
      name: nameOf(workspace, mode.unit),
      run: mode.run,
    })),
    predecessors: task.after.map((link) => link.task),
    successors: workspace.plan.tasks
      .filter((other) => other.after.some((link) => link.task === id))
      .map((other) => other.id),
    dependencies: dependenciesOf(workspace, task),
    comments: commentsByTask(workspace.comments).get(id) ?? [],
    unplaced: workspace.schedule.unplaced.find((entry) => entry.task === id) ?? null,
  };
}

function toldOf(workspace: Workspace, id: TaskId): Inspection['told'] {
  const found = itemsOf(workspace.queues).get(id);
  if (!found) return null;
  const { unit, item } = found;
  const { position, why, card = null } = item;
  return { revision: workspace.queues.get(unit)?.revision ?? 0, position, why, card };
}

function needsOf(workspace: Workspace, task: Task): NeedState[] {
  const needs = [
    ...predecessorsOf(workspace, task),
    ...peopleOf(workspace, task),
    ...instrumentsOf(workspace, task),
    ...toolsOf(workspace, task),
    ...lotsOf(workspace, task),
  ];
  const told = new Set<string>(needs.flatMap(({ links }) => links.map(({ id }) => id)));
  return [
    ...needs,
    ...gatesNotPassed(workspace, task).filter(({ links }) => !links.some(({ id }) => told.has(id))),
  ];
}

/** What has to come first: finished, or planned so that the relation holds. */
function predecessorsOf(workspace: Workspace, task: Task): NeedState[] {
  const own = workspace.assignments.get(task.id);
  return task.after.flatMap((link) => {
    const id = link.task;
    const before = workspace.tasks.get(id);
    if (!before) return [];
    const place = workspace.assignments.get(id);
    const isDone = workspace.progress.get(id)?.state.kind === 'completed';
    return {
      kind: 'predecessor' as const,
      what: 'first',
      links: [{ to: 'task' as const, id, name: label(before) }],
      ok: isDone || (place !== undefined && (own === undefined || slackOf(link, place, own) >= 0)),
      text: isDone ? 'finished' : place ? `ends ${when(workspace, place.end)}` : 'has no place',
    };
  });
}

function peopleOf(workspace: Workspace, task: Task): NeedState[] {
  const assignment = workspace.assignments.get(task.id);
  const specs = new Map(workspace.plant.testSpecs.map((spec) => [spec.id, spec.name]));
  const people = new Map(workspace.plant.people.map((person) => [person.id, person.name]));
  const stints = groupBy(assignment?.people ?? [], (stint) => stint.need);
  return task.people.map((need, index) => {
    const who = [...new Set((stints.get(index) ?? []).map(({ person }) => person))];
    const idle = assignment !== undefined && need.during === 'setup' && assignment.setup === 0;
    const met = who.length >= need.count;
    return {
      kind: 'person',
      what: `${need.count > 1 ? `${need.count} × ` : ''}${specs.get(need.qualification) ?? need.qualification}`,
      links: who.map((id) => ({ to: 'person', id, name: people.get(id) ?? id })),
      ok: idle || met,
      text: idle ? 'no setup, nobody needed' : met ? 'planned' : 'nobody planned',
    };
  });
}

function instrumentsOf(workspace: Workspace, task: Task): NeedState[] {
  const assignment = workspace.assignments.get(task.id);
  return task.instruments.map((need, index) => {
    const id = assignment?.instruments[index];
    return {
      kind: 'instrument',
      what: need.class,
      links: id ? [{ to: 'instrument', id, name: nameOf(workspace, id) }] : [],
      ok: id !== undefined,
      text: id ? 'planned' : 'none planned',
    };
  });
}

function toolsOf(workspace: Workspace, task: Task): NeedState[] {
  const isPlaced = workspace.assignments.has(task.id);
  return task.tools.map((need) => {
    const pools = workspace.plant.equipment.filter((one) => isTool(one) && one.classes.includes(need.class));
    const there = pools.reduce((sum, pool) => sum + (pool.capacity ?? 0), 0);
    return {
      kind: 'tool',
      what: `${need.count > 1 ? `${need.count} × ` : ''}${need.class}`,
      links: pools.map(({ id, name }) => ({ to: 'tool', id, name })),
      ok: isPlaced && there >= need.count,
      text: isPlaced ? `planned, of ${there}` : `of ${there}`,
    };
  });
}

function lotsOf(workspace: Workspace, task: Task): NeedState[] {
  const lots = new Map(workspace.plan.plant.lots.map((lot) => [lot.id, lot]));
  const users = (id: LotId): TaskId[] =>
    workspace.plan.tasks.flatMap((one) =>
      one.materials.some((need) => need.lots.some(({ lot }) => lot === id)) ? one.id : [],
    );
  return task.materials.flatMap((need): NeedState[] => {
    if (need.lots.length === 0)
      return [{ kind: 'lot', what: need.material, links: [], ok: false, text: 'no lot' }];
    return need.lots.map(({ lot: id }) => ({
      kind: 'lot',
      what: need.material,
      links: [{ to: 'lot', id, name: id, tasks: users(id) }],
      ...lotState(workspace, lots.get(id)),
    }));
  });
}

function lotState(workspace: Workspace, lot: Lot | undefined): Pick<NeedState, 'ok' | 'text'> {
  if (!lot) return { ok: false, text: 'unknown lot' };
  const state = lot.disposition === 'UnRestricted' ? 'released' : lot.disposition;
  const waits = lot.availableFrom !== undefined && lot.availableFrom > workspace.plan.now;
  const text = waits ? `${state}, expected ${when(workspace, lot.availableFrom ?? 0)}` : state;
  return { ok: lot.disposition === 'UnRestricted' && !waits, text };
}

/** What would refuse a start as planned. */
function gatesNotPassed(workspace: Workspace, task: Task): NeedState[] {
  const assignment = workspace.assignments.get(task.id);
  if (!assignment) return [];
  const { refusals } = gatesOf({
    plan: workspace.plan,
    task,
    unit: assignment.unit,
    planned: assignment,
    person: null,
    progress: workspace.progress,
    moment: 'plan',
    interval: { start: assignment.start, end: assignment.end },
  });
  return refusals.map(({ code, object, text }) => ({
    kind: 'gate',
    what: code,
    links: linksTo(workspace, object),
    ok: false,
    text,
  }));
}

/** The object of a refusal, where it can be gone to. */
function linksTo(workspace: Workspace, object: string): NeedLink[] {
  const task = workspace.tasks.get(object as TaskId);
  if (task) return [{ to: 'task', id: object, name: label(task) }];
  const equipment = workspace.equipment.get(object as EquipmentId);
  return equipment ? [{ to: 'instrument', id: object, name: equipment.name }] : [];
}
