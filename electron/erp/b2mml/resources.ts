import type { Element } from './xml.ts';
import {
  childrenOf,
  childOf,
  durationIn,
  instantFrom,
  instantOf,
  keep,
  quantityOf,
  refuse,
  secondsOf,
  textOf,
  textsOf,
  valueOf,
  type Scope,
} from './fields.ts';
import { knownUnits, quantityUnit } from './units.ts';

/** Equipment with everything below it; each piece is a record of its own. */
export function decodeEquipment(scope: Scope, element: Element, parent?: string): void {
  const property = (id: string) => valueOf(element, 'EquipmentProperty', id)?.text;
  const id = textOf(element, 'ID');
  const scopeOf = childOf(element, 'HierarchyScope');
  keep(scope, 'equipment', element, () => ({
    id,
    name: textOf(element, 'Description') ?? id,
    level: textOf(element, 'EquipmentLevel'),
    parent: parent ?? (scopeOf && textOf(scopeOf, 'EquipmentID')),
    classes: textsOf(element, 'EquipmentClassID'),
    calendar: property('Calendar'),
    setupMatrix: property('SetupMatrix'),
    setupState: property('SetupState'),
    tests: textsOf(element, 'TestSpecificationID'),
    capacity: numberOf(property('Capacity')),
    batching: property('Batching') === undefined ? undefined : property('Batching') === 'true',
  }));
  for (const child of childrenOf(element, 'EquipmentChild')) decodeEquipment(scope, child, id);
}

const numberOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text);

export function decodePerson(scope: Scope, element: Element): void {
  const id = textOf(element, 'ID');
  keep(scope, 'people', element, () => ({
    id,
    name: textOf(element, 'PersonName') ?? textOf(element, 'Description') ?? id,
    classes: textsOf(element, 'PersonnelClassID'),
    calendar: valueOf(element, 'PersonProperty', 'Calendar')?.text,
  }));
}

export function decodeTestSpecification(scope: Scope, element: Element): void {
  const property = (id: string) => valueOf(element, 'TestSpecificationProperty', id);
  keep(scope, 'testSpecs', element, () => {
    const duration = secondsOf(scope, property('RenewalDuration'));
    return {
      id: textOf(element, 'ID'),
      name: textOf(element, 'Description') ?? textOf(element, 'ID'),
      subject: property('Subject')?.text,
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
  });
}

const PASSED = /^(pass|passed|ok|true|approved)$/i;
const FAILED = /^(fail|failed|not ok|nok|false|rejected)$/i;

export function decodeTestResult(scope: Scope, element: Element): void {
  keep(scope, 'testResults', element, () => {
    const outcome = textOf(element, 'EvaluatedCriterionResult') ?? '';
    if (!PASSED.test(outcome) && !FAILED.test(outcome)) {
      refuse(scope, element, 'EvaluatedCriterionResult', outcome, 'Says neither pass nor fail.');
    }
    return {
      id: textOf(element, 'ID'),
      spec: textOf(element, 'OperationsTestRequirementID'),
      subject: textOf(element, 'TestableObjectID'),
      evaluated: instantOf(scope, element, 'EvaluationDate'),
      expires: instantOf(scope, element, 'Expiration', 'end'),
      passed: PASSED.test(outcome),
    };
  });
}

export function decodeMaterial(scope: Scope, element: Element): void {
  const property = (id: string) => valueOf(element, 'MaterialDefinitionProperty', id);
  keep(scope, 'materials', element, () => {
    const given = property('UnitOfMeasure');
    const unit = given ? quantityUnit(given.text) : { uom: 'each' };
    if (given && !unit) {
      refuse(
        scope,
        given.at,
        'UnitOfMeasure',
        given.text,
        `The unit of measure is unknown. Known are ${knownUnits}.`,
      );
    }
    return {
      id: textOf(element, 'ID'),
      name: textOf(element, 'Description') ?? textOf(element, 'ID'),
      uom: unit?.uom,
      family: property('Family')?.text,
    };
  });
}

export function decodeLot(scope: Scope, element: Element): void {
  const property = (id: string) => valueOf(element, 'MaterialLotProperty', id);
  keep(scope, 'lots', element, () => {
    const from = property('AvailableFrom');
    const expires = property('ExpirationDate');
    const storage = childOf(element, 'StorageLocation');
    return {
      id: textOf(element, 'ID'),
      material: textOf(element, 'MaterialDefinitionID'),
      quantity: quantityOf(scope, element)?.quantity,
      disposition: textOf(element, 'Disposition'),
      availableFrom: from && instantFrom(scope, from),
      expires: expires && instantFrom(scope, expires, 'end'),
      location: storage && textOf(storage, 'Location'),
    };
  });
}
