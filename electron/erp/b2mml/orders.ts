import { isoFromInstant } from '#shared/time/instant.ts';
import { endOfDate, localDateOf } from '#shared/time/zone.ts';
import type { Element } from './xml.ts';
import {
  childrenOf,
  childOf,
  instantOf,
  keep,
  numberIn,
  quantityOf,
  refuse,
  textOf,
  textsOf,
  warn,
  type Scope,
} from './fields.ts';

const OUTPUT = /^(.*Produced|Inventoried|Returned Sample|Retained Sample|Destructive Sample)$/;
/** Materials of a segment; versions before V4 had an element for each use. */
const MATERIALS = ['MaterialRequirement', 'MaterialProducedRequirement'];

/** An operations request with its segment requirements. */
export function decodeRequest(scope: Scope, element: Element): void {
  const defaults = { domain: 'production', quantity: 1, uom: 'each', weight: 1, state: 'Released' };
  keep(scope, 'orders', element, () => saidBy(scope, element), defaults);
}

function saidBy(scope: Scope, element: Element): object {
  const segments = segmentsIn(element);
  const output = segments
    .flatMap((segment) => MATERIALS.flatMap((name) => childrenOf(segment, name)))
    .find(isOutput);
  const units = new Set(
    segments
      .flatMap((segment) => childrenOf(segment, 'EquipmentRequirement'))
      .flatMap((equipment) => textsOf(equipment, 'EquipmentID')),
  );
  if (units.size > 1) {
    const reason = 'An order is restricted to one piece of equipment or none.';
    refuse(scope, element, 'EquipmentID', [...units].join(', '), reason);
  }
  const instants = (name: string, day: 'begin' | 'end') =>
    segments.map((segment) => instantOf(scope, segment, name, day)).filter((at) => at !== undefined);
  const starts = instants('EarliestStartTime', 'begin');
  const ends = instants('LatestEndTime', 'end');
  const product = output && textOf(output, 'MaterialDefinitionID');
  const said = {
    id: textOf(element, 'ID'),
    domain: (textOf(element, 'OperationsType') ?? scope.around.type)?.toLowerCase(),
    product,
    ...(output && quantityOf(scope, output)),
    routing:
      textOf(element, 'OperationsDefinitionID') ??
      segments.map((segment) => textOf(segment, 'OperationsDefinitionID')).find((id) => id !== undefined),
    weight: childOf(element, 'Priority') ? numberIn(scope, element, 'Priority') : undefined,
    release: instantOf(scope, element, 'StartTime') ?? (starts.length > 0 ? Math.min(...starts) : undefined),
    due: instantOf(scope, element, 'EndTime', 'end') ?? (ends.length > 0 ? Math.max(...ends) : undefined),
    deadline: ends.length > 0 ? Math.max(...ends) : undefined,
    equipment: [...units][0],
    state: textOf(element, 'RequestState'),
  };
  return scope.changing ? said : { ...said, ...assumed(scope, element, said) };
}

function isOutput(material: Element): boolean {
  if (material.name === 'MaterialProducedRequirement') return true;
  return OUTPUT.test(textOf(material, 'MaterialUse') ?? '');
}

/** Segment requirements with those inside them. */
const segmentsIn = (element: Element): Element[] =>
  [...childrenOf(element, 'SegmentRequirement'), ...childrenOf(element, 'SegmentRequirementChild')].flatMap(
    (segment) => [segment, ...segmentsIn(segment)],
  );

/** What a new order that leaves out its routing or its dates is taken to mean; each assumption is a warning. */
function assumed(
  scope: Scope,
  element: Element,
  said: {
    product: string | undefined;
    routing: string | undefined;
    due: number | undefined;
    release: number | undefined;
  },
): object {
  const { around, created, zone } = scope;
  const routing = said.routing ?? said.product;
  const release = said.release ?? around.start ?? created;
  const due =
    said.due ??
    around.end ??
    (created === undefined ? undefined : endOfDate(zone, localDateOf(zone, created)));
  if (said.routing === undefined && routing !== undefined) {
    const reason = 'Names no operations definition: the routing with the name of its product is taken.';
    warn(scope, element, 'OperationsDefinitionID', routing, reason);
  }
  if (said.due === undefined && around.end === undefined && due !== undefined) {
    const reason = 'Says no end: the end of the day on which the message was written is taken as due.';
    warn(scope, element, 'EndTime', isoFromInstant(due), reason);
  }
  return { routing, release, due };
}
