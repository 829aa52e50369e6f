import {
  childOf,
  childrenOf,
  instantFrom,
  keep,
  quantityOf,
  refuse,
  textOf,
  valueOf,
  warn,
  type Scope,
} from './fields.ts';
import type { Element } from './xml.ts';

/** A lot that is not there yet and of which a message says only a part: nothing can use it. */
const NOTHING_YET = { quantity: 0, disposition: 'Restricted' };

/** Words of Status, free until V7 brought Disposition, and what they allow. */
const RELEASED = /^(valid|released|approved|available|unrestricted|ok|good)$/i;
const BLOCKED =
  /^(not ?valid|invalid|blocked|restricted|quarantined?|held|hold|on hold|in quality check|rejected|expired)$/i;

export function decodeLot(scope: Scope, element: Element): void {
  const property = (...ids: string[]) =>
    ids.map((id) => valueOf(element, 'MaterialLotProperty', id)).find((value) => value !== undefined);
  const before = scope.refused;
  const own = quantityOf(scope, element);
  const parts = own ? [] : childrenOf(element, 'MaterialSubLot');
  const disposition = dispositionOf(scope, element) ?? dispositionOfAll(scope, element, parts);
  const quantity = own?.quantity ?? quantityOfAll(scope, element, parts);
  if (scope.refused > before) return;
  const lacking = [quantity === undefined && 'quantity', disposition === undefined && 'disposition'];
  if (lacking.some(Boolean) && !scope.changing) {
    const reason = `Says no ${lacking.filter(Boolean).join(' and no ')}: what is known of it stays.`;
    warn(scope, element, 'MaterialLot', textOf(element, 'ID') ?? '', reason);
  }
  keep(
    scope,
    'lots',
    element,
    () => {
      const from = property('AvailableFrom');
      const expires = property('ExpirationDate', 'ExpiryDate');
      return {
        id: textOf(element, 'ID'),
        material: materialOf(scope, element),
        quantity,
        disposition,
        availableFrom: from && instantFrom(scope, from),
        expires: expires && instantFrom(scope, expires, 'end'),
        location: locationOf(element),
      };
    },
    NOTHING_YET,
    !own || disposition === undefined,
  );
}

/** Some senders name the material only in the information around its lots. */
function materialOf(scope: Scope, element: Element): string | undefined {
  const own = textOf(element, 'MaterialDefinitionID');
  const { material } = scope.around;
  if (own !== undefined || material === undefined) return own;
  const reason = 'Names no material: the ID of the information around it is taken.';
  warn(scope, element, 'MaterialDefinitionID', material, reason);
  return material;
}

function dispositionOf(scope: Scope, element: Element): string | undefined {
  const said = textOf(element, 'Disposition');
  const status = textOf(element, 'Status');
  if (said !== undefined || status === undefined) return said;
  if (RELEASED.test(status)) return 'UnRestricted';
  if (!BLOCKED.test(status)) {
    const reason = 'Is no status that is known here: the lot is restricted.';
    warn(scope, element, 'Status', status, reason);
  }
  return 'Restricted';
}

/** A lot of which only sub-lots are told is as much as they are together; it is not split. */
function quantityOfAll(scope: Scope, lot: Element, parts: readonly Element[]): number | undefined {
  const quantities = parts.flatMap((part) => quantityOf(scope, part)?.quantity ?? []);
  if (quantities.length === 0) return undefined;
  const total = Number(quantities.reduce((sum, quantity) => sum + quantity, 0).toPrecision(12));
  const reason = `Is told by ${quantities.length} of its sub-lots; the lot has what they have together.`;
  warn(scope, lot, 'MaterialSubLot', String(total), reason);
  return total;
}

function dispositionOfAll(scope: Scope, lot: Element, parts: readonly Element[]): string | undefined {
  const all = new Set(parts.map((part) => dispositionOf(scope, part)));
  if (all.size <= 1) return [...all][0];
  const reason = 'Its sub-lots differ in what may be used. Maybe send them as lots of their own.';
  return refuse(scope, lot, 'MaterialSubLot', [...all].join(', '), reason);
}

function locationOf(element: Element): string | undefined {
  const at = childOf(element, 'StorageLocation');
  return at && (textOf(at, 'Location') ?? textOf(at, 'EquipmentID') ?? (at.text.trim() || undefined));
}
