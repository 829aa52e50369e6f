import type { Element } from './xml.ts';
import {
  childOf,
  childrenOf,
  instantOf,
  keep,
  numberIn,
  quantityOf,
  refuse,
  textOf,
  textsOf,
  type Scope,
} from './fields.ts';

const OUTPUT = /^(.*Produced|Inventoried|Returned Sample|Retained Sample|Destructive Sample)$/;

/** An operations request with its segment requirements. `type` is the OperationsType of the schedule around it. */
export function decodeRequest(scope: Scope, element: Element, type: string | undefined): void {
  keep(scope, 'orders', element, () => {
    const segments = childrenOf(element, 'SegmentRequirement');
    const output = segments
      .flatMap((segment) => childrenOf(segment, 'MaterialRequirement'))
      .find((material) => OUTPUT.test(textOf(material, 'MaterialUse') ?? ''));
    const units = new Set(
      segments
        .flatMap((segment) => childrenOf(segment, 'EquipmentRequirement'))
        .flatMap((equipment) => textsOf(equipment, 'EquipmentID')),
    );
    if (units.size > 1) {
      refuse(
        scope,
        element,
        'EquipmentID',
        [...units].join(', '),
        'An order is restricted to one piece of equipment or none.',
      );
    }
    const instants = (name: string, day: 'begin' | 'end') =>
      segments.map((segment) => instantOf(scope, segment, name, day)).filter((at) => at !== undefined);
    const starts = instants('EarliestStartTime', 'begin');
    const ends = instants('LatestEndTime', 'end');
    const [unit] = units;
    return {
      id: textOf(element, 'ID'),
      domain: (textOf(element, 'OperationsType') ?? type ?? 'Production').toLowerCase(),
      product: output && textOf(output, 'MaterialDefinitionID'),
      ...((output && quantityOf(scope, output)) ?? { quantity: 1, uom: 'each' }),
      routing:
        textOf(element, 'OperationsDefinitionID') ??
        segments.map((segment) => textOf(segment, 'OperationsDefinitionID')).find((id) => id !== undefined),
      weight: childOf(element, 'Priority') ? numberIn(scope, element, 'Priority') : 1,
      release:
        instantOf(scope, element, 'StartTime') ?? (starts.length > 0 ? Math.min(...starts) : undefined),
      due: instantOf(scope, element, 'EndTime', 'end') ?? (ends.length > 0 ? Math.max(...ends) : undefined),
      deadline: ends.length > 0 ? Math.max(...ends) : undefined,
      equipment: unit,
      state: textOf(element, 'RequestState') ?? 'Released',
    };
  });
}
