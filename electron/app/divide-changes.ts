import { isDeepStrictEqual } from 'node:util';
import type { Difference } from '#electron/store/store.ts';
import { groupBy } from '#shared/base/group.ts';
import type { ErpFeed, FeedRule } from '#shared/domain/feed.ts';
import { type Order, isOpen } from '#shared/domain/order.ts';
import type { Routing } from '#shared/domain/routing.ts';
import type { StagedChange } from '#electron/erp/stage.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Workspace } from './workspace.ts';

export interface Divided {
  readonly atOnce: readonly StagedChange[];
  readonly toAccept: readonly Difference[];
}

/**
 * Which changes of an ERP go in at once and which wait for the planner: those of orders and routings that touch planned
 * work, by the rules of the connection, field by field. What an order's routing needs waits with it.
 */
export function divideChanges(
  workspace: Workspace,
  feed: ErpFeed,
  changes: readonly StagedChange[],
  at: Instant,
): Divided {
  const touched = touchedOrders(workspace);
  const routings = new Map(workspace.plant.routings.map((routing) => [routing.id, routing]));
  const waits = new Set<string>(); // routings of orders that wait
  const toAccept: Difference[] = [];
  const ask = (kind: 'orders' | 'routings', id: string, record: Order | Routing | null): void =>
    void toAccept.push({ feed: feed.name, kind, id, record, at });

  const divided = changes
    .toSorted((a, b) => Number(b.kind === 'orders') - Number(a.kind === 'orders'))
    .map((change): StagedChange => {
      if (change.kind === 'orders') {
        const put: Order[] = [];
        for (const order of change.put as readonly Order[]) {
          const known = workspace.orders.get(order.id);
          const now = orderNow(feed, known, order, touched, workspace.schedule.assignments.length > 0);
          if (now) put.push(now);
          if (now === order) continue;
          ask('orders', order.id, order);
          if (!known) waits.add(order.routing);
        }
        const asked = change.remove.filter((id) => touched.has(id) && feed.rules.cancelled === 'ask');
        for (const id of asked) {
          ask('orders', id, null);
          const routing = workspace.orders.get(id as Order['id'])?.routing;
          if (routing !== undefined) waits.add(routing);
        }
        return { kind: 'orders', put, remove: change.remove.filter((id) => !asked.includes(id)) };
      }
      if (change.kind !== 'routings') return change;
      const used = usersOf(workspace, touched);
      const stays = (id: string) => waits.has(id) || (used.has(id) && feed.rules.work === 'ask');
      const put: Routing[] = [];
      for (const routing of change.put as readonly Routing[]) {
        const known = routings.get(routing.id);
        const isWork = !known || !isDeepStrictEqual(workOf(known), workOf(routing));
        if (isWork && stays(routing.id)) ask('routings', routing.id, routing);
        else put.push(routing);
      }
      const asked = change.remove.filter(stays);
      for (const id of asked) ask('routings', id, null);
      return { kind: 'routings', put, remove: change.remove.filter((id) => !asked.includes(id)) };
    });
  const order = new Map(changes.map(({ kind }, index) => [kind, index]));
  return {
    atOnce: divided
      .filter(({ put, remove }) => put.length + remove.length > 0)
      .sort((a, b) => (order.get(a.kind) ?? 0) - (order.get(b.kind) ?? 0)),
    toAccept,
  };
}

/** Orders with an open task that has a place, was published or told to a line. */
function touchedOrders({ tasks, assignments, version, queues, progress }: Workspace): ReadonlySet<string> {
  const placed = [
    ...assignments.keys(),
    ...(version?.schedule.assignments.map(({ task }) => task) ?? []),
    ...[...queues.values()].flatMap((queue) => queue.items.map(({ task }) => task)),
  ];
  return new Set(
    placed.flatMap((id) =>
      progress.get(id)?.state.kind === 'completed' ? [] : (tasks.get(id)?.order ?? []),
    ),
  );
}

const usersOf = ({ plant }: Workspace, touched: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    [...groupBy(plant.orders, (order) => order.routing)].flatMap(([routing, orders]) =>
      orders.some(({ id }) => touched.has(id)) ? routing : [],
    ),
  );

/** What of a changed order counts from now on: all of it, what the rules let in, or nothing of it (null). */
function orderNow(
  { rules }: ErpFeed,
  known: Order | undefined,
  order: Order,
  touched: ReadonlySet<string>,
  isPlanned: boolean,
): Order | null {
  if (!known) return isPlanned && isOpen(order) && rules.added === 'ask' ? null : order;
  if (!touched.has(order.id)) return order;
  const held: Partial<Order> = {};
  const hold = (rule: FeedRule, ...fields: readonly (keyof Order)[]): void => {
    if (rule === 'ask') for (const field of fields) Object.assign(held, { [field]: known[field] });
  };
  hold(rules.quantity, 'quantity', 'uom', 'product');
  hold(rules.due, 'due', 'release', 'deadline');
  hold(rules.work, 'routing', 'equipment', 'domain');
  if (isOpen(known) && !isOpen(order)) hold(rules.cancelled, 'state');
  const now = withoutUnknown({ ...order, ...held });
  if (isDeepStrictEqual(now, order)) return order;
  return isDeepStrictEqual(now, known) ? null : now;
}

const withoutUnknown = (order: Order): Order =>
  Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined)) as Order;

/** What of a routing is work: names may change at any time. */
const workOf = ({ steps }: Routing) => steps.map(({ name: _name, ...step }) => step);
