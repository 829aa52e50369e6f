import { isoFromInstant } from '#shared/time/instant.ts';
import type { RecordKind } from '#shared/domain/plant.ts';
import {
  booleanIn,
  instantIn,
  listIn,
  numberIn,
  quantityIn,
  secondsIn,
  textIn,
  uomFrom,
  type Row,
  type Scope,
} from './fields.ts';
import type { RowKind } from './columns.ts';

type SingleKind = Exclude<RowKind, 'steps' | 'changeovers' | 'calendars' | 'execution'>;

/** Kinds of which one row is one record: the record's kind and how a row becomes it. */
export const SINGLE: Record<
  SingleKind,
  { readonly record: RecordKind; readonly from: (scope: Scope, row: Row) => object }
> = {
  orders: {
    record: 'orders',
    from: (scope, row) => ({
      id: textIn(row, 'id'),
      domain: textIn(row, 'domain')?.toLowerCase() ?? 'production',
      product: textIn(row, 'product'),
      ...quantityIn(scope, row, 'quantity'),
      routing: textIn(row, 'routing'),
      weight: numberIn(scope, row, 'weight') ?? 1,
      release: instantIn(scope, row, 'release') ?? 0,
      due: instantIn(scope, row, 'due', 'end'),
      deadline: instantIn(scope, row, 'deadline', 'end'),
      equipment: textIn(row, 'equipment'),
      state: textIn(row, 'state') ?? 'Released',
    }),
  },
  equipment: {
    record: 'equipment',
    from: (scope, row) => ({
      id: textIn(row, 'id'),
      name: textIn(row, 'name') ?? textIn(row, 'id'),
      level: textIn(row, 'level') ?? 'WorkUnit',
      parent: textIn(row, 'parent'),
      classes: listIn(row, 'classes'),
      calendar: textIn(row, 'calendar'),
      setupMatrix: textIn(row, 'setupMatrix'),
      setupState: textIn(row, 'setupState'),
      tests: listIn(row, 'tests'),
      capacity: numberIn(scope, row, 'capacity'),
      batching: booleanIn(scope, row, 'batching'),
    }),
  },
  people: {
    record: 'people',
    from: (_, row) => ({
      id: textIn(row, 'id'),
      name: textIn(row, 'name') ?? textIn(row, 'id'),
      classes: listIn(row, 'classes'),
      calendar: textIn(row, 'calendar'),
    }),
  },
  tests: {
    record: 'testSpecs',
    from: (scope, row) => ({
      id: textIn(row, 'id'),
      name: textIn(row, 'name') ?? textIn(row, 'id'),
      subject: textIn(row, 'subject')?.toLowerCase(),
      validFor: secondsIn(scope, row, 'validFor'),
    }),
  },
  qualifications: {
    record: 'testResults',
    from: (scope, row) => testResult(scope, row, 'person', 'qualification'),
  },
  calibrations: { record: 'testResults', from: (scope, row) => testResult(scope, row, 'equipment', 'test') },
  materials: {
    record: 'materials',
    from: (scope, row) => {
      const uom = row.cells.get('uom');
      return {
        id: textIn(row, 'id'),
        name: textIn(row, 'name') ?? textIn(row, 'id'),
        uom: uom && uomFrom(scope, row, uom)?.uom,
        family: textIn(row, 'family'),
      };
    },
  },
  lots: {
    record: 'lots',
    from: (scope, row) => ({
      id: textIn(row, 'id'),
      material: textIn(row, 'material'),
      quantity: quantityIn(scope, row, 'quantity')?.quantity,
      disposition: textIn(row, 'disposition'),
      availableFrom: instantIn(scope, row, 'availableFrom'),
      expires: instantIn(scope, row, 'expires', 'end'),
      location: textIn(row, 'location'),
    }),
  },
  downtimes: {
    record: 'downtimes',
    from: (scope, row) => {
      const start = instantIn(scope, row, 'start');
      return {
        id:
          textIn(row, 'id') ??
          `${textIn(row, 'equipment')} ${start === undefined ? '' : isoFromInstant(start)}`,
        equipment: textIn(row, 'equipment'),
        start,
        end: instantIn(scope, row, 'end', 'end'),
        reason: textIn(row, 'reason') ?? '',
        planned: booleanIn(scope, row, 'planned') ?? false,
      };
    },
  },
};

export const isSingle = (kind: RowKind): kind is SingleKind => kind in SINGLE;

/** A dated proof: without an id of its own, subject, test and date are its name. */
function testResult(scope: Scope, row: Row, subjectField: string, specField: string): object {
  const subject = textIn(row, subjectField);
  const spec = textIn(row, specField);
  const evaluated = instantIn(scope, row, 'evaluated');
  return {
    id: textIn(row, 'id') ?? `${subject} ${spec} ${evaluated === undefined ? '' : isoFromInstant(evaluated)}`,
    spec,
    subject,
    evaluated,
    expires: instantIn(scope, row, 'expires', 'end'),
    passed: booleanIn(scope, row, 'passed') ?? true,
  };
}
