import type { Element } from './xml.ts';
import {
  childOf,
  childrenOf,
  durationIn,
  keep,
  listOf,
  refuse,
  secondsOf,
  textOf,
  valueOf,
  warn,
  type Scope,
} from './fields.ts';
import { decodeNestedResults } from './test-results.ts';
import { knownUnits, quantityUnit } from './units.ts';

/** Equipment with everything below it; each piece is a record of its own. */
export function decodeEquipment(scope: Scope, element: Element, parent?: string): void {
  const property = (id: string) => valueOf(element, 'EquipmentProperty', id)?.text;
  const id = textOf(element, 'ID');
  const above = childOf(element, 'HierarchyScope');
  const children = [...childrenOf(element, 'EquipmentChild'), ...childrenOf(element, 'Equipment')];
  const level = levelOf(element);
  const unsaid = children.length > 0 ? 'WorkCenter' : 'WorkUnit';
  if (level === undefined && !scope.changing)
    warn(scope, element, 'EquipmentLevel', id ?? '', `Says no level: ${unsaid} is taken.`);
  keep(
    scope,
    'equipment',
    element,
    () => ({
      id,
      name: textOf(element, 'Description'),
      level,
      parent: parent ?? (above && textOf(above, 'EquipmentID')),
      classes: listOf(element, 'EquipmentClassID'),
      calendar: property('Calendar'),
      setupMatrix: property('SetupMatrix'),
      setupState: property('SetupState'),
      tests: listOf(element, 'TestSpecificationID'),
      capacity: numberOf(property('Capacity')),
      batching: property('Batching') === undefined ? undefined : property('Batching') === 'true',
    }),
    { name: id, level: unsaid, classes: [], tests: [] },
  );
  decodeNestedResults(scope, element, 'EquipmentProperty');
  for (const child of children) decodeEquipment(scope, child, id);
}

/** V6 says the level inside a scope of its own. */
function levelOf(element: Element): string | undefined {
  const at = childOf(element, 'EquipmentLevel');
  return at && (textOf(at, 'EquipmentElementLevel') ?? (at.text.trim() || undefined));
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

export function decodePerson(scope: Scope, element: Element): void {
  const id = textOf(element, 'ID');
  keep(
    scope,
    'people',
    element,
    () => ({
      id,
      name: textOf(element, 'PersonName') ?? textOf(element, 'Description'),
      classes: listOf(element, 'PersonnelClassID'),
      calendar: valueOf(element, 'PersonProperty', 'Calendar')?.text,
    }),
    { name: id, classes: [] },
  );
  decodeNestedResults(scope, element, 'PersonProperty');
}

/** Before V7 the name of the element says whose test it is. */
const SUBJECTS: Readonly<Record<string, string>> = {
  QualificationTestSpecification: 'person',
  EquipmentCapabilityTestSpecification: 'equipment',
};

export function decodeTestSpecification(scope: Scope, element: Element): void {
  const property = (id: string) => valueOf(element, 'TestSpecificationProperty', id);
  const id = textOf(element, 'ID') ?? textOf(element, 'Name');
  keep(
    scope,
    'testSpecs',
    element,
    () => {
      const duration = secondsOf(scope, property('RenewalDuration'));
      return {
        id,
        name: textOf(element, 'Description'),
        subject: SUBJECTS[element.name] ?? property('Subject')?.text,
        validFor: durationIn(scope, element, 'RecurrenceTimeInterval'),
        renewal:
          duration === undefined
            ? undefined
            : {
                domain: property('RenewalOperationsType')?.text.toLowerCase(),
                class: property('RenewalEquipmentClass')?.text,
                duration,
                qualification: property('RenewalQualification')?.text,
                leadTime: secondsOf(scope, property('RenewalLeadTime')) ?? 0,
              },
      };
    },
    { name: id },
  );
}

export function decodeMaterial(scope: Scope, element: Element): void {
  const property = (id: string) => valueOf(element, 'MaterialDefinitionProperty', id);
  const id = textOf(element, 'ID');
  keep(
    scope,
    'materials',
    element,
    () => {
      const given = property('UnitOfMeasure') ?? property('BaseUnitOfMeasure');
      const unit = given && quantityUnit(given.text);
      if (given && !unit) {
        const reason = `The unit of measure is unknown. Known are ${knownUnits}.`;
        refuse(scope, given.at, 'UnitOfMeasure', given.text, reason);
      }
      return { id, name: textOf(element, 'Description'), uom: unit?.uom, family: property('Family')?.text };
    },
    { name: id, uom: 'each' },
  );
}
