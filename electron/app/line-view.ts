import { groupBy } from '#shared/base/group.ts';
import {
  type AskedView,
  CORRECTABLE,
  type CountedTask,
  type LineItem,
  type LineList,
  type LineQueue,
  type LineReading,
  type ListedItem,
  setAside,
  type TookBack,
} from '#shared/contract/line.ts';
import { type Equipment, EquipmentId, isWorkUnit } from '#shared/domain/equipment.ts';
import { hasStarted } from '#shared/domain/execution.ts';
import type { PersonId } from '#shared/domain/person.ts';
import { zoneOf } from '#shared/domain/plant.ts';
import { OVERRIDABLE } from '#shared/domain/refusal.ts';
import type { Queue, QueueChange, QueueItem } from '#shared/domain/queue.ts';
import { changeWords, changesLine } from '#shared/flow/queue-change-words.ts';
import { standingWithdrawals } from '#shared/flow/standing-events.ts';
import { peopleById } from '#shared/flow/lookups.ts';
import { queueChanges } from '#shared/flow/queue-changes.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';
import { groupNameOf, workUnitsOf } from './board-view.ts';
import { lotsTaken, lotsToTake, whereTo } from './lots-to-take.ts';
import { openItems, unseenSince } from './queue-items.ts';
import { judgeStartByAge } from './facts-age.ts';
import { label } from './edit-draft.ts';
import type { Station } from './station.ts';
import { teamLists } from './worklists.ts';
import { type Workspace, hasAccounts } from './workspace.ts';

/** What a screen may open: its own units where it is a paired one. */
export function lineList({ workspace }: Station, only?: readonly EquipmentId[]): LineList {
  const units = workUnitsOf(workspace).filter(({ id }) => only?.includes(id) ?? true);
  return {
    identifies: only !== undefined,
    units: units.map((unit) => {
      const queue = workspace.queues.get(unit.id);
      return {
        unit: unit.id,
        name: unit.name,
        group: groupNameOf(workspace, unit),
        items: queue ? openItems(workspace, queue).length : 0,
      };
    }),
    lists: teamLists(workspace, only),
    people: workspace.plant.people.map(({ id, name }) => ({ id, name })),
  };
}

/** What one line is told and may do now; null when there is no such unit. `has` names the list that the page keeps. */
export function lineView(
  station: Station,
  unit: string,
  person: PersonId | null,
  has = '',
): LineReading | null {
  const { workspace } = station;
  const id = EquipmentId.safeParse(unit);
  const equipment = id.success && workspace.equipment.get(id.data);
  if (!equipment || !isWorkUnit(equipment)) return null;
  const queue = workspace.queues.get(equipment.id) ?? null;
  const state = workspace.units.get(equipment.id);
  const list = queue ? `${unit} ${queue.revision} ${queue.dispatched}` : '';
  const asked = askedViews(station, equipment.id);
  return {
    unit: equipment.id,
    name: equipment.name,
    now: station.now,
    zone: zoneOf(workspace.plant),
    state: state?.state ?? 'NO_ORDER',
    down: state?.down ?? null,
    downtime: workspace.policy.downtime,
    // Two people are only known to be two where the one who starts has shown a badge or PIN.
    override:
      workspace.policy.overrides && workspace.lineAccess.on ? workspace.policy.meanings.override : null,
    queue: queue && lineQueue(workspace, queue),
    asked,
    tookBack: tookBack(station, equipment),
    list,
    ...(queue
      ? itemsOn(station, equipment, queue, {
          person,
          aside: setAside({ asked, now: station.now }),
          has: has === list,
        })
      : { items: [], behind: [], told: null }),
    counted: countedLately(station, equipment.id),
  };
}

/** So many positions are judged and said in full; a page shows four, and the others wait for their turn. */
const AT_HAND = 8;

/**
 * What is open on a list. A list has hundreds of positions and its page looks whenever something has happened: what stands
 * behind is told once, judged when it comes to the front, and again at its start whatever the page has shown.
 */
function itemsOn(
  station: Station,
  unit: Equipment,
  queue: Queue,
  {
    person,
    aside,
    has,
  }: { readonly person: PersonId | null; readonly aside: readonly TaskId[]; readonly has: boolean },
): Pick<LineReading, 'items' | 'behind' | 'told'> {
  const { workspace } = station;
  const news = newsByTask(workspace, queue);
  const items: LineItem[] = [];
  const behind: QueueItem[] = [];
  // Where something was set aside, the page goes on to the first that may start, however far behind it stands.
  let wantsReady = aside.length > 0;
  for (const item of openItems(workspace, queue)) {
    const isAtHand = items.length < AT_HAND + aside.length || wantsReady || isInHand(workspace, item);
    if (!isAtHand) {
      behind.push(item);
      continue;
    }
    const judged = lineItem(station, unit, item, person, news);
    items.push(judged);
    if (judged.gates.length === 0 && !aside.includes(item.task)) wantsReady = false;
  }
  return {
    items,
    behind: behind.map(({ task }) => task),
    told: has ? null : behind.map((item) => itemBehind(workspace, item)),
  };
}

const isInHand = ({ progress }: Workspace, { task }: QueueItem): boolean => hasStarted(progress.get(task));

function countedLately({ workspace, now }: Station, unit: EquipmentId): CountedTask[] {
  const ended = [...workspace.progress.values()].flatMap((progress) => {
    const task = workspace.tasks.get(progress.task);
    if (progress.unit !== unit || progress.state.kind !== 'completed' || task?.domain !== 'production')
      return [];
    return now - progress.state.at > CORRECTABLE ? [] : { task, progress, at: progress.state.at };
  });
  return ended
    .sort((a, b) => b.at - a.at)
    .map(({ task, progress: { good, scrap, rework, consumed } }) => ({
      task: task.id,
      order: task.order,
      orderName: workspace.orders.get(task.order)?.name,
      name: task.name,
      uom: task.uom,
      progress: { good, scrap, rework, consumed },
      takes: lotsToTake(workspace, task),
      taken: lotsTaken(workspace, consumed),
    }));
}

function lineQueue(workspace: Workspace, queue: Queue): LineQueue {
  const { unit, revision, version, dispatched, note } = queue;
  const unseen = unseenSince(workspace, unit) !== null;
  return {
    revision,
    version,
    dispatched,
    unseen,
    asksWho: hasAccounts(workspace),
    by: note?.by ?? '',
    reason: note?.reason ?? '',
    changes: unseen ? changesLine(newsIn(workspace, queue)) : null,
    recalled: note?.recalled ?? [],
  };
}

/** How a list differs from the last that its line has seen; what was done since is no news to whoever did it. */
const newsIn = (workspace: Workspace, queue: Queue): readonly QueueChange[] => {
  if (unseenSince(workspace, queue.unit) === null) return [];
  const seen = workspace.seen.get(queue.unit)?.queue;
  return queueChanges(seen ? openItems(workspace, seen) : [], openItems(workspace, queue));
};

/** The same task by task, in words; on a first list all is new, which says nothing. */
function newsByTask(workspace: Workspace, queue: Queue): ReadonlyMap<TaskId, string> {
  if (!workspace.seen.has(queue.unit)) return new Map();
  const zone = zoneOf(workspace.plant);
  const words = groupBy(
    newsIn(workspace, queue).filter(({ kind }) => kind !== 'removed'),
    ({ task }) => task,
  );
  return new Map(
    [...words].map(([task, changes]) => [task, changes.map((one) => changeWords(one, zone)).join(', ')]),
  );
}

/** An answer stays in sight for so long. */
const ANSWER_SHOWN = 8 * HOUR;

const askedViews = ({ workspace, now }: Station, unit: EquipmentId): AskedView[] =>
  workspace.cases.flatMap(({ id, asked, opened, owner, deadline, state, outcome }) => {
    if (asked?.unit !== unit || (outcome && outcome.at < now - ANSWER_SHOWN)) return [];
    if (state === 'closed' && (outcome?.kind === 'gone' || outcome?.kind === 'withdrawn')) return [];
    const task = workspace.tasks.get(asked.task);
    return {
      id,
      task: asked.task,
      what: task ? label(task) : asked.task,
      reason: asked.reason,
      since: opened,
      owner,
      deadline,
      answer: outcome && {
        text: outcome.text,
        reason: outcome.reason,
        by: outcome.by,
        at: outcome.at,
        waits: outcome.kind === 'waits' ? outcome.until : null,
      },
    };
  });

/** Several reports of a task that were taken back at once are said once, and no more when they stand again. */
function tookBack({ workspace, now }: Station, { id, name }: Equipment): TookBack[] {
  const said = new Map<string, TookBack>();
  const undoings = new Set(workspace.withdrawals.map((one) => one.id));
  for (const [report, withdrawal] of standingWithdrawals(workspace.withdrawals)) {
    const { seq, unit, task: of, desk, at, corrects, reason = '' } = withdrawal;
    const isOfReport = corrects === undefined && !undoings.has(report);
    if (unit !== id || !desk || !isOfReport || at < now - ANSWER_SHOWN) continue;
    const task = of && workspace.tasks.get(of);
    const one = { id: seq, what: task ? label(task) : name, by: desk.name, at, reason };
    said.set(`${of} ${at} ${desk.user}`, one);
  }
  return [...said.values()].sort((a, b) => a.id - b.id);
}

const NO_NEWS: ReadonlyMap<TaskId, string> = new Map();

/** One position with what speaks for and against its start now. */
export function lineItem(
  station: Station,
  unit: Equipment,
  item: QueueItem,
  person: PersonId | null,
  news: ReadonlyMap<TaskId, string> = NO_NEWS,
): LineItem {
  const { workspace, now } = station;
  const progress = workspace.progress.get(item.task);
  const waiting = !progress || progress.state.kind === 'waiting';
  const start = { kind: 'started', unit: unit.id, task: item.task, ...(person && { person }) } as const;
  const { refusals, passed } = waiting
    ? judgeStartByAge(station, workspace, start, now)
    : { refusals: [], passed: [] };
  return {
    ...itemBehind(workspace, item),
    ...(item.card && { card: item.card }),
    gates: refusals,
    passed,
    overridable: refusals.length > 0 && refusals.every(({ code }) => OVERRIDABLE.has(code)),
    news: news.get(item.task) ?? null,
  };
}

/** The same without what only says why and whether it may start now. */
function itemBehind(workspace: Workspace, { card: _why, ...item }: QueueItem): ListedItem {
  const people = peopleById(workspace.plant.people);
  const task = workspace.tasks.get(item.task);
  const takes = task ? lotsToTake(workspace, task) : [];
  const progress = workspace.progress.get(item.task) ?? null;
  return {
    ...item,
    quantity: item.quantity - givenBackSince(workspace, item),
    progress,
    gates: null,
    passed: [],
    overridable: false,
    news: null,
    people: [
      ...new Set(item.assignment.people.map((stint) => people.get(stint.person)?.name ?? stint.person)),
    ],
    instruments: item.assignment.instruments.map((id) => nameIn(workspace, id)),
    lots: takes.map(({ name }) => name),
    takes,
    taken: lotsTaken(workspace, progress?.consumed),
    to: task ? whereTo(workspace, task) : null,
    renews: task?.renews
      ? {
          equipment: nameIn(workspace, task.renews.equipment),
          test:
            workspace.plant.testSpecs.find(({ id }) => id === task.renews?.test)?.name ?? task.renews.test,
        }
      : null,
  };
}

/** What a line gave back of what this item told it, as far as the desk has not put it back. */
function givenBackSince(
  { progress, queues, tasks }: Workspace,
  { task, quantity, assignment }: QueueItem,
): number {
  const told = queues.get(assignment.unit)?.dispatched ?? -Infinity;
  const given = (progress.get(task)?.givenBack ?? []).filter(({ at }) => at >= told);
  const sum = given.reduce((total, one) => total + one.quantity, 0);
  return Math.min(sum, Math.max(0, quantity - (tasks.get(task)?.quantity ?? 0)));
}

const nameIn = (workspace: Workspace, id: EquipmentId): string => workspace.equipment.get(id)?.name ?? id;
