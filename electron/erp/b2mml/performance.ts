import { bookingReports } from '#electron/erp/booking.ts';
import { isoFromInstant } from '#shared/time/instant.ts';
import {
  childrenOf,
  instantOf,
  keepReport,
  quantityOf,
  refuse,
  textOf,
  textsOf,
  valueOf,
  warn,
  type Scope,
} from './fields.ts';
import { numberFrom } from './units.ts';
import type { Element } from './xml.ts';

/** An operations response of another system: each of its segments is a booking on the task `<order>/<step>`. */
export function decodeResponse(scope: Scope, element: Element): void {
  const order = textOf(element, 'OperationsRequestID') ?? textOf(element, 'ID');
  for (const segment of segmentsIn(element)) decodeSegment(scope, segment, order);
}

/** Segment responses with those inside them. */
const segmentsIn = (element: Element): Element[] =>
  [...childrenOf(element, 'SegmentResponse'), ...childrenOf(element, 'SegmentResponseChild')].flatMap(
    (segment) => [segment, ...segmentsIn(segment)],
  );

function decodeSegment(scope: Scope, segment: Element, order: string | undefined): void {
  const before = scope.refused;
  const started = instantOf(scope, segment, 'ActualStartTime');
  const finished = instantOf(scope, segment, 'ActualEndTime');
  const [unit] = actuals(segment, 'EquipmentActual', 'EquipmentID');
  const [person] = actuals(segment, 'PersonnelActual', 'PersonID');
  const step = ['SegmentRequirementID', 'OperationsSegmentID', 'ProcessSegmentID', 'ID']
    .map((name) => textOf(segment, name))
    .find((id) => id !== undefined);
  const amounts = {
    good: producedIn(scope, segment) ?? amountOf(scope, segment, 'Good'),
    scrap: amountOf(scope, segment, 'Scrap'),
    rework: amountOf(scope, segment, 'Rework'),
  };
  sayConsumption(scope, segment);
  if (scope.refused > before) return;
  const place = `${order ?? ''}/${step ?? ''}`;
  if (started === undefined || unit === undefined) {
    const lacking = [started === undefined && 'when it began', unit === undefined && 'on which unit'];
    const reason = `Does not say ${lacking.filter(Boolean).join(' nor ')}: no execution is recorded from it.`;
    return warn(scope, segment, 'SegmentResponse', place, reason);
  }
  if (finished !== undefined && finished < started) {
    const reason = `Is before the start, ${isoFromInstant(started)}.`;
    return refuse(scope, segment, 'ActualEndTime', isoFromInstant(finished), reason);
  }
  const closed = finished !== undefined && textOf(segment, 'SegmentState') !== 'Running';
  const booking = { unit, task: place, person, started, finished: closed ? finished : undefined, amounts };
  for (const candidate of bookingReports(booking)) keepReport(scope, segment, place, candidate);
}

const actuals = (segment: Element, list: string, id: string): string[] =>
  childrenOf(segment, list).flatMap((actual) => textsOf(actual, id));

/** What came out, in the unit we keep. */
function producedIn(scope: Scope, segment: Element): number | undefined {
  const produced = childrenOf(segment, 'MaterialActual').filter((actual) =>
    (textOf(actual, 'MaterialUse') ?? '').endsWith('Produced'),
  );
  const quantities = produced.flatMap((actual) => quantityOf(scope, actual)?.quantity ?? []);
  return quantities.length > 0 ? quantities.reduce((sum, quantity) => sum + quantity, 0) : undefined;
}

function amountOf(scope: Scope, segment: Element, id: string): number | undefined {
  const value = valueOf(segment, 'SegmentData', id);
  if (!value) return undefined;
  return numberFrom(value.text) ?? refuse(scope, value.at, id, value.text, 'Is no number.');
}

/** The ERP keeps the stock: what was consumed is told and comes back with the next message about the lot. */
function sayConsumption(scope: Scope, segment: Element): void {
  for (const actual of childrenOf(segment, 'MaterialActual')) {
    if (!/^(Consumable|(Material )?Consumed)$/.test(textOf(actual, 'MaterialUse') ?? '')) continue;
    const lot = textOf(actual, 'MaterialLotID') ?? textOf(actual, 'MaterialDefinitionID') ?? '';
    const amount = quantityOf(scope, actual);
    const value = amount ? `${amount.quantity} ${amount.uom} of ${lot}` : lot;
    const reason = 'Consumption is not booked here. Maybe the ERP tells what is left of the lot.';
    warn(scope, actual, 'MaterialActual', value, reason);
  }
}
