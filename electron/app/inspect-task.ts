import { groupBy } from '#shared/base/group.ts';
import type { Inspection, NeedState } from '#shared/contract/views.ts';
import type { Task, TaskId } from '#shared/domain/task.ts';
import { gatesOf } from '#shared/flow/gates.ts';
import { barOf, commentsByTask } from './board-view.ts';
import { dependenciesOf } from './dependencies.ts';
import { nameOf, when } from './edit-draft.ts';
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
    orderDue: task.due,
    orderState: order?.state ?? 'Released',
    needs: needsOf(workspace, task),
    whyHere: bar ? station.timetable.whyHere(id) : '',
    whyLate: bar && bar.late > 0 ? station.timetable.whyLate(id) : [],
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

function needsOf(workspace: Workspace, task: Task): NeedState[] {
  const assignment = workspace.assignments.get(task.id);
  const specs = new Map(workspace.plant.testSpecs.map((spec) => [spec.id, spec.name]));
  const people = new Map(workspace.plant.people.map((person) => [person.id, person.name]));
  const lots = new Map(workspace.plant.lots.map((lot) => [lot.id, lot]));
  const stints = groupBy(assignment?.people ?? [], (stint) => stint.need);
  const needs: NeedState[] = [];
  for (const [index, need] of task.people.entries()) {
    const who = [
      ...new Set((stints.get(index) ?? []).map((stint) => people.get(stint.person) ?? stint.person)),
    ];
    const idle = assignment !== undefined && need.during === 'setup' && assignment.setup === 0;
    needs.push({
      what: `${need.count > 1 ? `${need.count} × ` : ''}${specs.get(need.qualification) ?? need.qualification}`,
      who: who.join(', '),
      ok: idle || who.length >= need.count,
      text: idle ? 'no setup, nobody needed' : who.length >= need.count ? 'planned' : 'nobody planned',
    });
  }
  for (const [index, need] of task.instruments.entries()) {
    const instrument = assignment?.instruments[index];
    needs.push({
      what: need.class,
      who: instrument ? nameOf(workspace, instrument) : '',
      ok: instrument !== undefined,
      text: instrument ? 'planned' : 'none planned',
    });
  }
  for (const need of task.materials) {
    for (const { lot: id } of need.lots) {
      const lot = lots.get(id);
      const ok = lot?.disposition === 'UnRestricted' && (lot.availableFrom ?? 0) <= workspace.plan.now;
      const text = lot
        ? `${lot.disposition === 'UnRestricted' ? 'released' : lot.disposition}${lot.availableFrom && lot.availableFrom > workspace.plan.now ? `, expected ${when(workspace, lot.availableFrom)}` : ''}`
        : 'unknown lot';
      needs.push({ what: need.material, who: id, ok, text });
    }
    if (need.lots.length === 0) needs.push({ what: need.material, who: '', ok: false, text: 'no lot' });
  }
  if (assignment) {
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
    for (const refusal of refusals) {
      if (!needs.some((need) => need.who === refusal.object))
        needs.push({ what: refusal.code, who: refusal.object, ok: false, text: refusal.text });
    }
  }
  return needs;
}
