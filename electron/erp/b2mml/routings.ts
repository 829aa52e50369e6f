import { dependenciesOf, relationsFrom } from './dependencies.ts';
import type { Element } from './xml.ts';
import {
  childrenOf,
  durationIn,
  durationOf,
  instantFrom,
  keep,
  quantityOf,
  refuse,
  secondsOf,
  textOf,
  textsOf,
  valueOf,
  type Scope,
} from './fields.ts';

/** An operations definition with its segments: a routing with its steps. */
export function decodeDefinition(scope: Scope, element: Element): void {
  keep(scope, 'routings', element, () => {
    const id = textOf(element, 'ID');
    const segments = childrenOf(element, 'OperationsSegment');
    const reference = referenceOf(scope, segments);
    const type = textOf(element, 'OperationsType') ?? 'Production';
    const relations = dependenciesOf(scope, segments).flatMap((pair) =>
      relationsFrom(scope, pair).map((relation) => ({ ...pair, relation })),
    );
    return {
      id,
      name: textOf(element, 'Description') ?? id,
      version: textOf(element, 'Version') ?? '1',
      steps: segments.map((segment) => ({
        ...stepFrom(scope, segment, type, reference),
        after: relations
          .filter(({ after }) => after === textOf(segment, 'ID'))
          .map(({ before, relation }) => ({ step: before, ...relation })),
      })),
    };
  });
}

/** Quantities of materials are for this much of the product: the quantity of the produced material, 1 without one. */
function referenceOf(scope: Scope, segments: readonly Element[]): number {
  const produced = segments
    .flatMap((segment) => childrenOf(segment, 'MaterialSpecification'))
    .find((material) => textOf(material, 'MaterialUse')?.endsWith('Produced'));
  const quantity = produced && quantityOf(scope, produced)?.quantity;
  if (produced && quantity !== undefined && quantity <= 0) {
    refuse(scope, produced, 'Quantity', String(quantity), 'The produced quantity is not above zero.');
  }
  return quantity ?? 1;
}

function stepFrom(scope: Scope, segment: Element, type: string, reference: number): object {
  const parameter = (id: string) => valueOf(segment, 'ParameterSpecification', id);
  for (const child of childrenOf(segment, 'OperationsSegmentChild')) {
    refuse(
      scope,
      child,
      'OperationsSegmentChild',
      textOf(child, 'ID') ?? '',
      'Segments inside segments cannot be planned.',
    );
  }
  const equipment = childrenOf(segment, 'EquipmentSpecification');
  const instruments = equipment.filter((spec) => textOf(spec, 'EquipmentUse') === 'Instrument');
  return {
    id: textOf(segment, 'ID'),
    name: textOf(segment, 'Description') ?? textOf(segment, 'ID'),
    domain: (textOf(segment, 'OperationsType') ?? type).toLowerCase(),
    modes: modesFrom(
      scope,
      segment,
      equipment.filter((spec) => !instruments.includes(spec)),
    ),
    family: parameter('SetupFamily')?.text,
    crossBreak: parameter('CrossBreak')?.text ?? 'none',
    training: trainingFrom(scope, segment),
    people: childrenOf(segment, 'PersonnelSpecification').map((spec) => peopleFrom(scope, spec)),
    instruments: instruments.flatMap((spec) => instrumentsFrom(scope, spec)),
    materials: childrenOf(segment, 'MaterialSpecification')
      .filter((spec) => /^(Consumable|(Material )?Consumed)$/.test(textOf(spec, 'MaterialUse') ?? 'Consumed'))
      .map((spec) => ({
        material: textOf(spec, 'MaterialDefinitionID'),
        perUnit: (quantityOf(scope, spec)?.quantity ?? 0) / reference,
      })),
  };
}

/** The alternatives: every piece of equipment and every class that the specifications of the one use name. */
function modesFrom(scope: Scope, segment: Element, specs: readonly Element[]): object[] {
  const uses = new Set(specs.map((spec) => textOf(spec, 'EquipmentUse') ?? ''));
  if (uses.size > 1) {
    refuse(
      scope,
      segment,
      'EquipmentUse',
      [...uses].join(', '),
      'A step on several units at once cannot be planned. Maybe one of them is an Instrument.',
    );
  }
  const duration = durationIn(scope, segment, 'Duration');
  return specs.flatMap((spec) => {
    const value = (id: string) =>
      valueOf(spec, 'EquipmentSpecificationProperty', id) ?? valueOf(segment, 'ParameterSpecification', id);
    const fixed = secondsOf(scope, value('RunFixed')) ?? duration;
    const perUnit = durationOf(scope, value('RunPerUnit'));
    if (fixed === undefined && perUnit === undefined) {
      refuse(
        scope,
        spec,
        'RunFixed',
        '',
        'Says neither RunFixed nor RunPerUnit nor Duration: how long the step takes.',
      );
    }
    const times = { fixed: fixed ?? 0, perUnit: perUnit ?? 0, setup: secondsOf(scope, value('Setup')) };
    return [
      ...textsOf(spec, 'EquipmentID').map((id) => ({ equipment: id, ...times })),
      ...textsOf(spec, 'EquipmentClassID').map((id) => ({ class: id, ...times })),
    ];
  });
}

/** Trained in what since when: in anything at all that is on record where no time is said. */
function trainingFrom(scope: Scope, segment: Element): object | undefined {
  const [test, since] = ['Training', 'TrainedSince'].map((id) =>
    valueOf(segment, 'ParameterSpecification', id),
  );
  if (!test) return undefined;
  return { test: test.text, since: since ? instantFrom(scope, since) : 0 };
}

function peopleFrom(scope: Scope, spec: Element): object {
  const [qualification, ...others] = textsOf(spec, 'TestSpecificationID');
  if (qualification === undefined || others.length > 0) {
    refuse(
      scope,
      spec,
      'TestSpecificationID',
      others.join(', '),
      'A need of people names exactly one qualification.',
    );
  }
  const handover = valueOf(spec, 'PersonnelSpecificationProperty', 'Handover')?.text ?? 'false';
  if (handover !== 'true' && handover !== 'false') {
    refuse(scope, spec, 'Handover', handover, 'Is neither true nor false.');
  }
  return {
    qualification,
    count: quantityOf(scope, spec)?.quantity ?? 1,
    during: textOf(spec, 'PersonnelUse') ?? 'all',
    handover: handover === 'true',
  };
}

function instrumentsFrom(scope: Scope, spec: Element): object[] {
  const [name, ...others] = textsOf(spec, 'EquipmentClassID');
  const count = quantityOf(scope, spec)?.quantity ?? 1;
  if (name === undefined || others.length > 0 || !Number.isInteger(count) || count < 1 || count > 20) {
    refuse(
      scope,
      spec,
      'EquipmentClassID',
      `${count} of ${others.join(', ')}`,
      'An instrument is one class and a whole number from 1 to 20.',
    );
    return [];
  }
  return Array.from({ length: count }, () => ({ class: name }));
}
