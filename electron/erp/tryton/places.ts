import { groupBy } from '#shared/base/group.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { OrderId } from '#shared/domain/order.ts';
import { StepId } from '#shared/domain/routing.ts';
import type { Interval } from '#shared/time/interval.ts';
import { endOfDate, instantFromLocal } from '#shared/time/zone.ts';
import type { Outbound } from '#shared/domain/outbound.ts';
import type { ErpPlace, Looked } from '#electron/erp/connector.ts';
import { type Row, linkIn, textIn } from '#electron/erp/rows.ts';
import type { Scope } from '#electron/erp/scope.ts';
import type { TrytonClient } from './client.ts';
import { inSequence } from './orders.ts';
import { idOf } from './scope.ts';
import { workOf } from './work.ts';

/** Where Tryton has the works that have not begun: it knows the days of the first start and the last end only. */
export function placesIn(
  scope: Pick<Scope, 'name'>,
  orders: readonly Row[],
  works: readonly Row[],
  zone: string,
): ErpPlace[] {
  const own = groupBy(works, (row) => linkIn(row, 'production'));
  return orders.flatMap((order) => {
    const steps = inSequence(own.get(order.id) ?? []);
    return steps.flatMap((work, index) => {
      const unit = linkIn(work, 'work_center');
      if (unit === undefined || !['request', 'draft'].includes(textIn(work, 'state') ?? '')) return [];
      const start = index === 0 ? dayIn(order, 'planned_start_date', zone) : undefined;
      const end = index === steps.length - 1 ? dayIn(order, 'planned_date', zone) : undefined;
      return {
        order: OrderId.parse(idOf(scope, 'P', order.id)),
        step: StepId.parse(`W${work.id}`),
        unit: EquipmentId.parse(idOf(scope, 'WC', unit)),
        ...(start && { start }),
        ...(end && { end }),
      };
    });
  });
}

/** What stands in Tryton of the work that a message is about. */
export async function look(client: TrytonClient, name: string, message: Outbound): Promise<Looked> {
  if (message.kind !== 'planned') return {};
  const { production, works } = await workOf(client, message.step);
  const rows = works.map((work) => ({ ...work, production: production.id }));
  return { places: placesIn({ name }, [production], rows, client.zone) };
}

function dayIn(row: Row, field: string, zone: string): Interval | undefined {
  const date = textIn(row, field);
  return date === undefined
    ? undefined
    : { start: instantFromLocal(zone, date, '00:00'), end: endOfDate(zone, date) };
}
