import { randomUUID } from 'node:crypto';
import { reportListSeen } from '#electron/app/see-list.ts';
import { takeReport } from '#electron/app/take-report.ts';
import type { Ask } from '#shared/contract/calls.ts';
import type { Fact } from '#shared/contract/facts.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { ExecutionReport, LineReport, ListSeen } from '#shared/domain/execution.ts';
import { TaskId } from '#shared/domain/task.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { type TemporaryStation, done, planner, temporaryStation } from './temporary-station.ts';

/** Monday morning, when every small shop opens. */
export const OPENS = '2026-11-23T06:00:00Z';
export const instant = (time: string): number => Date.parse(`2026-11-23T${time}:00Z`) / 1000;

/** Two mixers that share their work, a packer; anna and carl may mix, ben may not. Every order is mixed for an hour, then packed. */
export const SMALL_PLANT: Readonly<Record<string, string>> = {
  'equipment.csv': 'id,name\nM1,Mixer 1\nM2,Mixer 2\nP1,Packer\n',
  'tests.csv': 'id,subject\nmixing,person\n',
  'people.csv': 'id,name\nanna,Anna\nben,Ben\ncarl,Carl\n',
  'qualifications.csv':
    'person,qualification,evaluated\nanna,mixing,2026-01-01T00:00:00Z\ncarl,mixing,2026-01-01T00:00:00Z\n',
  'steps.csv': [
    'routing,step,position,equipment,run,qualification',
    'R,mix,10,M1,60,mixing',
    'R,mix,10,M2,60,',
    'R,pack,20,P1,30,',
  ].join('\n'),
};
export const ordersCsv = (...orders: readonly string[]): string =>
  [
    'id,quantity,routing,due,state',
    ...orders.map((order) => {
      const [id, state = 'Released'] = order.split(' ');
      return `${id},10,R,2026-11-24T06:00:00Z,${state}`;
    }),
  ].join('\n');

/** `07:00` */
export const hourOf = (at: number): string => new Date(at * 1000).toISOString().slice(11, 16);

export interface SmallShop extends TemporaryStation {
  readonly reopened: () => Promise<SmallShop>;
  /** It is this time on Monday from now on. */
  readonly clock: (time: string) => void;
  readonly take: (files: Readonly<Record<string, string>>) => ReturnType<typeof taken>;
  readonly put: (task: string, unit: string, time: string) => Promise<void>;
  /** What a hand puts down is pinned there, and no repair moves it: frees these, or all. */
  readonly unpin: (...tasks: readonly string[]) => Promise<void>;
  readonly solve: (ask?: Partial<Ask<'solve.start'>>) => Promise<Extract<Fact, { kind: 'solve.ended' }>>;
  /** What the checker says against the draft. */
  readonly wrong: () => ReturnType<typeof checkSchedule>;
  readonly publish: () => Promise<void>;
  readonly dispatch: (...units: readonly string[]) => Promise<void>;
  readonly report: (
    kind: string,
    unit: string,
    task?: string,
    more?: object,
  ) => ReturnType<typeof takeReport>;
  /** The same for whatever a line can say, as the person it names and nobody else; it is taken. The report's id. */
  readonly said: (kind: string, unit: string, task: string | null, more?: object) => Promise<string>;
  /** Takes tasks back from a line, all that have not begun where none is named. */
  readonly recall: (
    unit: string,
    reason: string,
    ...tasks: readonly string[]
  ) => ReturnType<TemporaryStation['handlers']['queue.recall']>;
  /** The line says that it has seen that revision. */
  readonly see: (unit: string, revision: number, more?: object) => ReturnType<typeof reportListSeen>;
  /** What each line has been told, as `M1 r1 A/mix B/mix`. */
  readonly told: () => string[];
}

const taken = (shop: TemporaryStation, files: Readonly<Record<string, string>>) =>
  shop.handlers['import.files'](
    { files: Object.entries(files).map(([name, text]) => ({ name, text })), dryRun: false },
    planner(),
  );

export const revisionOf = (shop: TemporaryStation): number => shop.station.workspace.revision;

/** A station with a small plant and the named orders, nothing placed yet. */
export async function smallShop(...orders: readonly string[]): Promise<SmallShop> {
  const shop = withVerbs(await temporaryStation(OPENS, { stands: true }));
  done(await shop.take({ ...SMALL_PLANT, 'orders.csv': ordersCsv(...orders) }));
  return shop;
}

/** The same with A and B, one behind the other at both units from seven, published and told to their lines; free to be moved. */
export async function toldShop(): Promise<SmallShop> {
  const shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('A/pack', 'P1', '08:00');
  await shop.put('B/mix', 'M1', '08:00');
  await shop.put('B/pack', 'P1', '09:00');
  await shop.unpin();
  await shop.publish();
  await shop.dispatch();
  return shop;
}

/** The short words of the tests for the verbs of a station. */
export function withVerbs(shop: TemporaryStation): SmallShop {
  return {
    ...shop,
    reopened: async () => withVerbs(await shop.reopened()),
    clock: (time) => shop.setClock(instant(time) * 1000),
    take: (files) => taken(shop, files),
    put: async (task, unit, time) => {
      const ask = { task: TaskId.parse(task), unit: EquipmentId.parse(unit), start: instant(time) };
      done(await shop.handlers['draft.move']({ ...ask, expected: revisionOf(shop) }, planner()));
    },
    unpin: async (...tasks) => {
      const placed = [...shop.station.workspace.assignments.keys()];
      const free = tasks.length > 0 ? tasks.map((task) => TaskId.parse(task)) : placed;
      const ask = { tasks: free, pinned: false, expected: revisionOf(shop) };
      done(await shop.handlers['draft.pin'](ask, planner()));
    },
    solve: async (ask) => {
      const ended = shop.next('solve.ended');
      done(await shop.handlers['solve.start']({ seconds: 1, seed: 1, ...ask }, planner()));
      return ended;
    },
    wrong: () => checkSchedule(shop.station.workspace.plan, shop.station.workspace.schedule),
    publish: async () => {
      done(await shop.handlers['version.publish']({ note: '', expected: revisionOf(shop) }, planner()));
    },
    dispatch: async (...units) => {
      const ask = units.length > 0 ? { units: units.map((unit) => EquipmentId.parse(unit)) } : {};
      done(await shop.handlers['queue.dispatch']({ reason: 'The plan changed', ...ask }, planner()));
    },
    recall: (unit, reason, ...tasks) => {
      const id = EquipmentId.parse(unit);
      const revision = shop.station.workspace.queues.get(id)?.revision ?? 1;
      const list = {
        unit: id,
        revision,
        ...(tasks.length > 0 && { tasks: tasks.map((task) => TaskId.parse(task)) }),
      };
      return shop.handlers['queue.recall']({ lists: [list], reason }, planner());
    },
    see: (unit, revision, more = {}) => {
      const report = ListSeen.parse({
        id: `seen ${randomUUID()}`,
        kind: 'listSeen',
        unit,
        revision,
        ...more,
      });
      const caller = { user: report.person ?? unit, origin: 'line', key: report.id } as const;
      return reportListSeen(shop.station, report, caller);
    },
    report: (kind, unit, task, more = {}) => {
      const report = ExecutionReport.parse({
        id: `report ${randomUUID()}`,
        kind,
        unit,
        ...(task && { task }),
        ...(/started/i.test(kind) && task && { person: 'anna' }), // who may do everything, unless the test says who
        ...more,
      });
      return takeReport(shop.station, report, { user: unit, origin: 'line', key: report.id });
    },
    said: async (kind, unit, task, more = {}) => {
      const report = LineReport.parse({
        id: `report ${randomUUID()}`,
        kind,
        unit,
        ...(task && { task }),
        ...more,
      });
      const caller = { user: report.person ?? unit, origin: 'line', key: report.id } as const;
      done(await takeReport(shop.station, report, caller));
      return report.id;
    },
    told: () =>
      [...shop.station.workspace.queues.values()]
        .map((queue) => [queue.unit, `r${queue.revision}`, ...queue.items.map((item) => item.task)].join(' '))
        .sort(),
  };
}

/** A small shop that has been told to mix A and then B on M1, and to pack A. */
export async function shopOfTwoOrders(): Promise<SmallShop> {
  const shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M1', '08:00');
  await shop.put('A/pack', 'P1', '08:00');
  await shop.publish();
  await shop.dispatch();
  return shop;
}

/** The same at ten, where Anna has started A at seven, counted four of it and completed it with six more: the ids of her reports. */
export async function shopOfMixedA() {
  const shop = await shopOfTwoOrders();
  shop.clock('07:00');
  const started = await shop.said('started', 'M1', 'A/mix', { person: 'anna' });
  shop.clock('07:30');
  const counted = await shop.said('quantityReported', 'M1', 'A/mix', { good: 4, person: 'anna' });
  shop.clock('07:50');
  const completed = await shop.said('completed', 'M1', 'A/mix', { good: 6, person: 'anna' });
  shop.clock('10:00');
  await shop.station.refresh();
  return { shop, started, counted, completed };
}

/** A small shop in which each mixer has been told an order of its own. */
export async function shopOfTwoMixers(): Promise<SmallShop> {
  const shop = await smallShop('A', 'B');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M2', '07:00');
  await shop.publish();
  await shop.dispatch();
  return shop;
}

/** A small shop at seven that has been told twelve orders, A/mix to L/mix, one behind the other on M1. */
export async function shopOfLongList(): Promise<SmallShop & { readonly list: readonly string[] }> {
  const orders = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L'];
  const list = orders.map((order) => `${order}/mix`);
  const shop = await smallShop(...orders);
  for (const [k, task] of list.entries()) await shop.put(task, 'M1', `${String(7 + k).padStart(2, '0')}:00`);
  await shop.publish();
  await shop.dispatch('M1');
  shop.clock('07:00');
  return { ...shop, list };
}

/** A small shop at seven, with A/mix dispatched to M1. */
export async function shopAtSeven(...orders: readonly string[]): Promise<SmallShop> {
  const shop = await smallShop(...orders);
  await shop.put('A/mix', 'M1', '07:00');
  await shop.publish();
  await shop.dispatch();
  shop.setClock(instant('07:00') * 1000);
  return shop;
}
