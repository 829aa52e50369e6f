import { indexBy } from '#shared/base/group.ts';
import {
  type Equipment,
  type EquipmentClassId,
  type EquipmentId,
  isWorkUnit,
} from '#shared/domain/equipment.ts';
import { hasStarted, type TaskProgress } from '#shared/domain/execution.ts';
import { type Order, isOpen } from '#shared/domain/order.ts';
import type { Pin, Plan, Weights } from '#shared/domain/plan.ts';
import type { Plant } from '#shared/domain/plant.ts';
import type { Refusal, RefusalCode } from '#shared/domain/refusal.ts';
import { type Routing, type Step, type StepId, type StepMode, cycleIn } from '#shared/domain/routing.ts';
import type { Assignment } from '#shared/domain/schedule.ts';
import type { Mode, Task, TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { pegLots } from './peg-lots.ts';
import { renewalTasks } from './renewal-tasks.ts';

export interface Orders {
  readonly plant: Plant;
  readonly now: Instant;
  readonly horizon: Interval;
  readonly progress: TaskProgress[];
  readonly pins: Pin[];
  readonly frozen: Assignment[];
  readonly weights: Weights;
}

/** The work units that a renewal or a step may choose from. */
export interface UnitsByName {
  readonly byId: ReadonlyMap<EquipmentId, Equipment>;
  readonly inClass: ReadonlyMap<EquipmentClassId, readonly EquipmentId[]>;
}

/** The first arrow: open orders become tasks of all four domains, expiring calibrations become renewals. What gives no tasks is `refused`. */
export function planFromOrders(orders: Orders): Plan {
  const { plant, now, horizon } = orders;
  const units = unitsByName(plant);
  const routings = indexBy(plant.routings, (routing) => routing.id);
  const flaws = new Map(plant.routings.map((routing) => [routing.id, flawOf(routing)]));
  const choices = new Map<Step, Choice[]>();
  const drafts: Task[] = [];
  const refused: Plan['refused'] = [];
  const known = new Set<TaskId>();
  for (const order of plant.orders) {
    if (!isOpen(order)) continue;
    const routing = routings.get(order.routing);
    const made = routing
      ? (flaws.get(routing.id) ?? tasksOfOrder(order, routing, units, choices))
      : no(
          'NO_ROUTING',
          order.routing,
          `Routing ${order.routing} is not there. Maybe it has not been imported yet.`,
        );
    const twin = Array.isArray(made) ? made.find((task) => known.has(task.id)) : undefined;
    if (!Array.isArray(made)) refused.push({ order: order.id, refusal: made });
    else if (twin) {
      refused.push({
        order: order.id,
        refusal: no(
          'BAD_ROUTING',
          twin.id,
          `There is already a task ${twin.id}. Maybe two orders have the same name.`,
        ),
      });
    } else {
      for (const task of made) {
        known.add(task.id);
        drafts.push(task);
      }
    }
  }
  const renewals = renewalTasks(plant, units, now, horizon);
  const started = new Set(orders.progress.filter(hasStarted).map((entry) => entry.task));
  const tasks = [...pegLots(drafts, plant.lots, started, now), ...renewals.tasks];
  for (const task of renewals.tasks) known.add(task.id);
  return {
    now,
    horizon,
    plant,
    tasks,
    refused: [...refused, ...renewals.refused],
    pins: orders.pins
      .filter((pin) => known.has(pin.task))
      .map(({ after, ...pin }) => (after !== undefined && known.has(after) ? { ...pin, after } : pin)),
    progress: orders.progress,
    frozen: orders.frozen.filter((assignment) => known.has(assignment.task)),
    weights: orders.weights,
  };
}

/** Seconds of `fixed` + `perUnit` × quantity in whole seconds; nothing takes no time at all. */
export const runOf = (mode: { fixed: Seconds; perUnit: number }, quantity: number): Seconds =>
  Math.max(1, Math.round(mode.fixed + mode.perUnit * quantity));

/** What an order takes of a shared unit's capacity, never nothing. */
const loadOf = ({ load = 0, loadPerUnit = 0 }: StepMode, quantity: number): number =>
  load + loadPerUnit * quantity || 1;

function unitsByName(plant: Plant): UnitsByName {
  const byId = new Map<EquipmentId, Equipment>();
  const inClass = new Map<EquipmentClassId, EquipmentId[]>();
  for (const unit of plant.equipment) {
    if (!isWorkUnit(unit)) continue;
    byId.set(unit.id, unit);
    for (const name of unit.classes) {
      const members = inClass.get(name);
      if (members) members.push(unit.id);
      else inClass.set(name, [unit.id]);
    }
  }
  return { byId, inClass };
}

/** What makes a routing unusable for every order, or nothing. */
function flawOf(routing: Routing): Refusal | undefined {
  const steps = new Set<StepId>();
  for (const step of routing.steps) {
    if (steps.has(step.id)) {
      return no('BAD_ROUTING', routing.id, `Routing ${routing.id} has the step ${step.id} twice.`);
    }
    steps.add(step.id);
  }
  for (const step of routing.steps) {
    const lost = step.after.find((link) => !steps.has(link.step));
    if (lost) {
      return no(
        'BAD_ROUTING',
        routing.id,
        `Step ${step.id} of routing ${routing.id} follows step ${lost.step}, which is not there.`,
      );
    }
  }
  const circle = cycleIn(routing.steps);
  return circle
    ? no(
        'BAD_ROUTING',
        routing.id,
        `The steps of routing ${routing.id} wait for each other in a circle: ${[...circle, circle[0]].join(' → ')}.`,
      )
    : undefined;
}

function tasksOfOrder(
  order: Order,
  routing: Routing,
  units: UnitsByName,
  choices: Map<Step, Choice[]>,
): Task[] | Refusal {
  if (!(order.quantity > 0)) {
    return no(
      'BAD_QUANTITY',
      order.id,
      `The quantity ${order.quantity} ${order.uom} is not more than nothing.`,
    );
  }
  const tasks: Task[] = [];
  for (const step of routing.steps) {
    let own = choices.get(step);
    if (!own) choices.set(step, (own = choicesOf(step, units)));
    const modes = modesOf(own, order, units);
    if (modes.length === 0) return noUnit(step, order, routing);
    tasks.push(taskOfStep(step, order, modes, routing.version));
  }
  return tasks;
}

/** A unit that a step may run on, by which of its modes; without a unit, wherever the order says. */
interface Choice {
  readonly unit: EquipmentId | undefined;
  readonly mode: Step['modes'][number];
}

/** The admissible units of a step: named ones and all of a class, each once. */
function choicesOf(step: Step, { byId, inClass }: UnitsByName): Choice[] {
  const choices: Choice[] = [];
  const seen = new Set<EquipmentId | undefined>();
  for (const mode of step.modes) {
    const units =
      mode.equipment === undefined && mode.class ? (inClass.get(mode.class) ?? []) : [mode.equipment];
    for (const unit of units) {
      if (seen.has(unit) || (unit !== undefined && !byId.has(unit))) continue;
      seen.add(unit);
      choices.push({ unit, mode });
    }
  }
  return choices;
}

/** The choices with their times for this order; an order for one piece of equipment stays there. */
function modesOf(choices: readonly Choice[], { equipment, quantity }: Order, { byId }: UnitsByName): Mode[] {
  const modes: Mode[] = [];
  for (const { unit = equipment, mode } of choices) {
    if (unit === undefined || (equipment !== undefined && equipment !== unit) || !byId.has(unit)) continue;
    const own: Mode = { unit, run: runOf(mode, quantity) };
    if (mode.fixed > 0) own.fixed = mode.fixed;
    if (mode.setup !== undefined) own.setup = mode.setup;
    if (mode.load !== undefined || mode.loadPerUnit !== undefined) own.load = loadOf(mode, quantity);
    if (mode.penalty !== undefined) own.penalty = mode.penalty;
    modes.push(own);
    if (unit === equipment) break;
  }
  return modes;
}

function noUnit(step: Step, order: Order, routing: Routing): Refusal {
  const asked = step.modes
    .map((mode) => mode.equipment ?? (mode.class ? `class ${mode.class}` : 'any'))
    .join(', ');
  const only = order.equipment ? ` that is ${order.equipment}, as the order asks` : '';
  return no(
    'WRONG_UNIT',
    step.id,
    `Step ${step.id} of routing ${routing.id} finds no work unit (${asked})${only}. Maybe it is missing from the equipment.`,
  );
}

function taskOfStep(step: Step, order: Order, modes: Mode[], version: string): Task {
  const task: Task = {
    id: taskIdOf(order.id, step.id),
    order: order.id,
    name: step.name,
    domain: step.domain,
    quantity: order.quantity,
    uom: order.uom,
    modes,
    crossBreak: step.crossBreak,
    people: step.people,
    instruments: step.instruments,
    tools: step.tools ?? [],
    materials: step.materials
      .filter((need) => need.perUnit > 0)
      .map((need) => ({ material: need.material, quantity: need.perUnit * order.quantity, lots: [] })),
    after: step.after.map(({ step: before, ...relation }) => ({
      task: taskIdOf(order.id, before),
      ...relation,
    })),
    release: order.release,
    due: order.due,
    weight: order.weight,
    instructions: { routing: order.routing, version },
  };
  if (step.training) task.training = step.training;
  if (order.name !== undefined) task.orderName = order.name;
  if (step.estimated) task.estimated = true;
  if (step.family !== undefined) task.family = step.family;
  if (order.deadline !== undefined) task.deadline = order.deadline;
  return task;
}

const taskIdOf = (order: string, step: string): TaskId => `${order}/${step}` as TaskId;

const no = (code: RefusalCode, object: string, text: string): Refusal => ({ code, object, text });
