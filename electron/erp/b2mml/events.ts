import { childOf, instantOf, keepReport, refuse, textOf, warn, type Scope } from './fields.ts';
import type { Element } from './xml.ts';

/** What a downtime is by its category, as we write it. */
export const DOWNTIME = { started: 'DowntimeStarted', ended: 'DowntimeEnded' } as const;

/** That a unit is down or no longer: an operations event of V7, or the work alert that older versions have in its place. */
export function decodeEvent(scope: Scope, element: Element): void {
  const id = textOf(element, 'ID');
  const category = textOf(element, 'Category') ?? '';
  const kind = Object.entries(DOWNTIME).find(([, name]) => name === category)?.[0];
  if (kind === undefined) {
    const reason = `Is not read: of ${element.name} only the categories ${Object.values(DOWNTIME).join(' and ')} are.`;
    return warn(scope, element, 'Category', category, reason);
  }
  const before = scope.refused;
  const at = instantOf(scope, element, 'EffectiveTimeStamp') ?? instantOf(scope, element, 'TimeStamp');
  if (scope.refused > before) return;
  const where = childOf(element, 'HierarchyScope');
  const unit = where && textOf(where, 'EquipmentID');
  if (id === undefined || at === undefined || unit === undefined) {
    const lacking = [
      id === undefined && 'ID',
      at === undefined && 'time',
      unit === undefined && 'EquipmentID',
    ];
    return refuse(
      scope,
      element,
      element.name,
      id ?? '',
      `It has no ${lacking.filter(Boolean).join(', no ')}.`,
    );
  }
  const reason = textOf(element, 'MessageText') ?? textOf(element, 'Description');
  keepReport(scope, element, id, {
    id: `downtime ${id} ${kind}`,
    kind: kind === 'started' ? 'downtimeStarted' : 'downtimeEnded',
    unit,
    at,
    ...(reason !== undefined && { reason }),
  });
}
