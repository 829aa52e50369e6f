import { APP } from '#shared/base/app.ts';
import { groupBy } from '#shared/base/group.ts';
import type {
  CalibrationRow,
  LotRow,
  OrderRow,
  PersonRow,
  ResourceRow,
  Status,
  VersionRow,
} from '#shared/contract/views.ts';
import { isInstrument, isWorkUnit } from '#shared/domain/equipment.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { latestResult } from '#shared/domain/test-result.ts';
import { orderStateFrom } from '#shared/flow/order-state.ts';
import { type CalendarId, openSeconds, openTime } from '#shared/time/calendar.ts';
import { DAY, MINUTE, type Seconds } from '#shared/time/instant.ts';
import { type Interval, totalLength } from '#shared/time/interval.ts';
import { groupNameOf, productOf } from './board-view.ts';
import { when } from './edit-draft.ts';
import { feedAges } from './feed-state.ts';
import { newestBackup } from './keep-backups.ts';
import type { Station } from './station.ts';
import type { Workspace } from './workspace.ts';

/** A line that has not been heard for so long counts as silent. */
const LINE_SILENT = 5 * MINUTE;
/** A calibration that ends within this time is shown as expiring. */
const EXPIRING = 14 * DAY;

export function statusView(station: Station): Status {
  const { workspace, now } = station;
  const { plant } = workspace;
  const site = plant.equipment.find(
    (equipment) => equipment.level === 'Site' || equipment.level === 'Enterprise',
  );
  return {
    app: APP,
    plant: site?.name ?? null,
    empty: plant.equipment.length === 0 && plant.orders.length === 0,
    now,
    zone: zoneOf(plant),
    dataDir: station.dataDir,
    revision: workspace.revision,
    version: workspace.version?.number ?? null,
    lastImport: workspace.lastImport,
    limits: workspace.limits,
    lines: [...station.heard.values()].filter((at) => now - at < LINE_SILENT).length,
    lineAddress: station.lineAddress,
    solving: station.solving !== null,
    proposal: station.proposal !== null,
    feeds: feedAges(station),
    trouble: station.trouble,
    backup: newestBackup(station.dataDir)?.at ?? null,
    record: station.record,
  };
}

export function orderRows(workspace: Workspace): OrderRow[] {
  const tasks = groupBy(workspace.plan.tasks, (task) => task.order);
  const unplaced = new Map(workspace.schedule.unplaced.map((entry) => [entry.task, entry.text]));
  const refused = new Map(workspace.plan.refused.map(({ order, refusal }) => [order, refusal.text]));
  return workspace.plant.orders.map((order) => {
    const own = tasks.get(order.id) ?? [];
    const placed = own.flatMap((task) => workspace.assignments.get(task.id) ?? []);
    const progress = own.flatMap((task) => workspace.progress.get(task.id) ?? []);
    const end = placed.length > 0 ? Math.max(...placed.map((assignment) => assignment.end)) : null;
    return {
      order: order.id,
      orderName: order.name,
      domain: order.domain,
      product: productOf(workspace, order.id) || order.product || '',
      quantity: order.quantity,
      uom: order.uom,
      weight: order.weight,
      release: order.release,
      due: order.due,
      state: orderStateFrom(order, own, workspace.progress),
      tasks: own.length,
      done: progress.filter((entry) => entry.state.kind === 'completed').length,
      start: placed.length > 0 ? Math.min(...placed.map((assignment) => assignment.start)) : null,
      end,
      late: end === null ? null : Math.max(0, end - order.due),
      problem:
        refused.get(order.id) ??
        own.map((task) => unplaced.get(task.id)).find((text) => text !== undefined) ??
        null,
    };
  });
}

/** From now to the end of the last task: the span that load is measured over. */
const spanOf = (workspace: Workspace): Interval => ({
  start: workspace.plan.now,
  end: workspace.schedule.assignments.reduce(
    (end, assignment) => Math.max(end, assignment.end),
    workspace.plan.now + DAY,
  ),
});

export function resourceRows(workspace: Workspace): ResourceRow[] {
  const span = spanOf(workspace);
  const open = openIn(workspace, span);
  const busy = groupBy(workspace.schedule.assignments, (assignment) => assignment.unit);
  const borrowed = new Map<string, Seconds>();
  for (const assignment of workspace.schedule.assignments) {
    for (const instrument of assignment.instruments)
      borrowed.set(instrument, (borrowed.get(instrument) ?? 0) + openSeconds([span], assignment));
  }
  const downtimes = groupBy(workspace.plan.plant.downtimes, (downtime) => downtime.equipment);
  return workspace.plant.equipment
    .filter((equipment) => isWorkUnit(equipment) || isInstrument(equipment))
    .map((equipment) => {
      const own = busy.get(equipment.id) ?? [];
      const next = (downtimes.get(equipment.id) ?? [])
        .filter((downtime) => (downtime.end ?? Infinity) > workspace.plan.now)
        .sort((a, b) => a.start - b.start)[0];
      return {
        id: equipment.id,
        name: equipment.name,
        group: groupNameOf(workspace, equipment),
        level: equipment.level,
        classes: equipment.classes,
        state: isInstrument(equipment)
          ? ('INSTRUMENT' as const)
          : (workspace.units.get(equipment.id)?.state ?? 'NO_ORDER'),
        openSeconds: totalLength(open(equipment)),
        busySeconds: isInstrument(equipment)
          ? (borrowed.get(equipment.id) ?? 0)
          : own.reduce((sum, assignment) => sum + openSeconds(open(equipment), assignment), 0),
        setupSeconds: own.reduce((sum, assignment) => sum + assignment.setup, 0),
        nextDown: next ? `${when(workspace, next.start)} · ${next.reason}` : null,
      };
    });
}

/** When somebody or something with a calendar is there within the span; always without one. What pauses over closed time keeps nobody busy meanwhile. */
function openIn(
  workspace: Workspace,
  span: Interval,
): (of: { calendar?: CalendarId | undefined }) => readonly Interval[] {
  const open = new Map(workspace.plant.calendars.map((calendar) => [calendar.id, openTime(calendar, span)]));
  return ({ calendar }) => (calendar === undefined ? [span] : (open.get(calendar) ?? []));
}

export function calibrationRows(workspace: Workspace): CalibrationRow[] {
  const { plan, plant } = workspace;
  const specs = new Map(plant.testSpecs.map((spec) => [spec.id, spec]));
  const results = groupBy(plan.plant.testResults, (result) => `${result.subject}\n${result.spec}`);
  return plant.equipment.flatMap((equipment) =>
    equipment.tests.map((test) => {
      const latest = latestResult(results.get(`${equipment.id}\n${test}`) ?? [], plan.now);
      const renewal = plan.tasks.find(
        (task) => task.renews?.equipment === equipment.id && task.renews.test === test,
      );
      const planned = renewal && workspace.assignments.get(renewal.id);
      const expires = latest?.expires ?? null;
      return {
        equipment: equipment.id,
        name: equipment.name,
        test: specs.get(test)?.name ?? test,
        evaluated: latest?.evaluated ?? null,
        expires,
        passed: latest?.passed ?? null,
        state: !latest
          ? 'unknown'
          : !latest.passed
            ? 'failed'
            : expires === null
              ? 'valid'
              : expires <= plan.now
                ? 'expired'
                : expires <= plan.now + EXPIRING
                  ? 'expiring'
                  : 'valid',
        renewal: renewal
          ? { task: renewal.id, start: planned?.start ?? null, end: planned?.end ?? null }
          : null,
        tasksAfterExpiry:
          expires === null
            ? 0
            : workspace.schedule.assignments.filter(
                (assignment) =>
                  assignment.end >= expires &&
                  (assignment.unit === equipment.id || assignment.instruments.includes(equipment.id)) &&
                  assignment.task !== renewal?.id,
              ).length,
      } satisfies CalibrationRow;
    }),
  );
}

export function personRows(workspace: Workspace): PersonRow[] {
  const span = spanOf(workspace);
  const names = new Map(workspace.plant.testSpecs.map((spec) => [spec.id, spec.name]));
  const results = groupBy(workspace.plant.testResults, (result) => result.subject);
  const open = openIn(workspace, span);
  const stints = groupBy(
    workspace.schedule.assignments.flatMap((assignment) => assignment.people),
    (stint) => stint.person,
  );
  return workspace.plant.people.map((person) => ({
    id: person.id,
    name: person.name,
    classes: person.classes,
    qualifications: [...groupBy(results.get(person.id) ?? [], (result) => result.spec)].flatMap(
      ([spec, own]) => {
        const latest = latestResult(own, workspace.plan.now);
        return latest
          ? [
              {
                name: names.get(spec) ?? spec,
                expires: latest.expires ?? null,
                valid: latest.passed && (latest.expires ?? Infinity) > workspace.plan.now,
              },
            ]
          : [];
      },
    ),
    busySeconds: (stints.get(person.id) ?? []).reduce(
      (sum, stint) => sum + openSeconds(open(person), stint),
      0,
    ),
    openSeconds: totalLength(open(person)),
  }));
}

export function lotRows({ plan, plant }: Workspace): LotRow[] {
  const ended = new Set(plan.progress.flatMap(({ task, state }) => (state.kind === 'completed' ? task : [])));
  const open = plan.tasks.filter(({ id }) => !ended.has(id));
  const uses = groupBy(
    open.flatMap(({ id, materials }) =>
      [...new Set(materials.flatMap(({ lots }) => lots.map(({ lot }) => lot)))].map((lot) => ({ lot, id })),
    ),
    ({ lot }) => lot,
  );
  const materials = new Map(plant.materials.map(({ id, name }) => [id, name]));
  return plant.lots.flatMap(({ id, material }) => {
    const tasks = uses.get(id)?.length ?? 0;
    return tasks === 0 ? [] : { id, material: materials.get(material) ?? material, tasks };
  });
}

export const versionRow = ({ number, published, publisher, note, figures }: VersionRow): VersionRow => ({
  number,
  published,
  publisher,
  note,
  figures,
});
