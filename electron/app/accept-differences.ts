import type { StagedChange } from '#electron/erp/stage.ts';
import type { Difference } from '#electron/store/store.ts';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import { groupBy } from '#shared/base/group.ts';
import type { Plant } from '#shared/domain/plant.ts';
import { applyChanges } from './apply-changes.ts';
import { Refused, type Station, mustBeCurrent } from './station.ts';

/** Lets changes of orders in that waited for the planner's word, with the routings that belong to them. Without `orders`, all. */
export function acceptDifferences(
  station: Station,
  ask: { readonly orders?: readonly string[] | undefined; readonly expected: number },
  caller: Caller,
): Promise<Outcome<{ accepted: number }>> {
  return station.command(caller, 'difference.accept', async (write, workspace) => {
    mustBeCurrent(workspace, ask.expected);
    const all = await write.differences();
    const asked = ask.orders
      ? all.filter((one) => ask.orders?.includes(orderOf(all, workspace.plant, one)))
      : all;
    if (asked.length === 0)
      throw new Refused('NOTHING_CHANGED', 'difference', 'These changes are not waiting any more.');
    await write.removeDifferences(asked);
    for (const { kind, id, record } of asked) {
      const before = workspace.plant[kind].find((one) => one.id === id);
      await write.log({
        entity: kind === 'orders' ? 'order' : 'routing',
        entityId: id,
        field: 'accepted from the ERP',
        old: asJson(before),
        new: asJson(record),
        reason: null,
      });
    }
    const { after, told } = await applyChanges(
      write,
      workspace,
      { changes: changesFrom(asked), reports: [] },
      caller.key,
      station.now,
    );
    return {
      detail: { accepted: asked.length },
      workspace: after,
      facts: () => [{ kind: 'board.replaced', revision: after.revision }, { kind: 'feeds.changed' }, ...told],
    };
  });
}

/** The order that a change belongs to: its own, or the one that takes the routing. */
export function orderOf(
  all: readonly Difference[],
  plant: Pick<Plant, 'orders'>,
  { kind, id }: Difference,
): string {
  if (kind === 'orders') return id;
  const waiting = all.find((one) => one.record && 'routing' in one.record && one.record.routing === id);
  return waiting?.id ?? plant.orders.find((order) => order.routing === id)?.id ?? id;
}

/** Routings before the orders that take them. */
export function changesFrom(differences: readonly Difference[]): StagedChange[] {
  return [...groupBy(differences, ({ kind }) => kind)]
    .sort(([a], [b]) => Number(a === 'orders') - Number(b === 'orders'))
    .map(([kind, own]) => ({
      kind,
      put: own.flatMap(({ record }) => record ?? []),
      remove: own.flatMap(({ record, id }) => (record ? [] : id)),
    }));
}

const asJson = (record: object | null | undefined) =>
  record ? (JSON.parse(JSON.stringify(record)) as Record<string, never>) : null;
