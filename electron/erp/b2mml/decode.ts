import { createHash } from 'node:crypto';
import { type Decoded, nothingDecoded } from '#electron/erp/decoded.ts';
import type { RecordKind } from '#shared/domain/plant.ts';
import type { Zone } from '#shared/time/zone.ts';
import { decodeCalendars, type CalendarParts } from './calendars.ts';
import { refuse, textOf, warn, type Scope } from './fields.ts';
import { decodeRequest } from './orders.ts';
import {
  decodeEquipment,
  decodeLot,
  decodeMaterial,
  decodePerson,
  decodeTestResult,
  decodeTestSpecification,
} from './resources.ts';
import { decodeDefinition } from './routings.ts';
import { readXml, Unreadable, type Element } from './xml.ts';

export const B2MML_NAMESPACE = 'http://www.mesa.org/xml/B2MML';

/** The kind of record behind each noun that we read. */
const KINDS = new Map<string, RecordKind>([
  ['Equipment', 'equipment'],
  ['Person', 'people'],
  ['TestSpecification', 'testSpecs'],
  ['TestResult', 'testResults'],
  ['MaterialDefinition', 'materials'],
  ['MaterialLot', 'lots'],
  ['WorkCalendar', 'calendars'],
  ['WorkCalendarDefinition', 'calendars'],
  ['OperationsDefinition', 'routings'],
  ['OperationsRequest', 'orders'],
]);
/** Nouns whose members say all that we want to know. */
const SKIPPED = ['EquipmentClass', 'PersonnelClass', 'MaterialClass'];
/** Nouns beside the ones we read, in the same messages: whoever sends them hears that they are left out. */
const UNREAD = ['MaterialSubLot', 'OperationsSegment', 'OperationsMaterialBill'];
const MESSAGES = [
  ...KINDS.keys(),
  ...SKIPPED,
  'EquipmentInformation',
  'PersonnelInformation',
  'OperationsTestInformation',
  'MaterialInformation',
  'WorkCalendarInformation',
  'OperationsDefinitionInformation',
  'OperationsSchedule',
];
const BRINGING = ['Process', 'Sync', 'Show', 'Change', 'Cancel'];
const VERB = /^(Get|Show|Process|Acknowledge|Change|Respond|Cancel|Sync)(?=[A-Z])/;

/** Reads one B2MML V7 message: bare nouns or a transaction. Never throws; a file that is not well-formed gives one refusal and nothing else. */
export function decodeB2mml(
  file: { readonly name: string; readonly text: string },
  { zone }: { readonly zone: Zone },
): Decoded {
  const scope: Scope = {
    file: file.name,
    zone,
    records: [],
    refusals: [],
    refused: 0,
    warnings: [],
    times: {},
  };
  const removed: { kind: RecordKind; id: string }[] = [];
  const calendars: CalendarParts = { definitions: new Map(), dated: new Map() };
  const seen = new Map<string, number>();
  let message: string | undefined;
  let type: string | undefined;
  let deletes = false;

  const take = (element: Element) => {
    const kind = KINDS.get(element.name);
    if (!kind) {
      if (UNREAD.includes(element.name))
        warn(scope, element, element.name, textOf(element, 'ID') ?? '', 'Is not read.');
      return;
    }
    const id = textOf(element, 'ID');
    if (id === undefined) {
      refuse(scope, element, 'ID', '', `${element.name} has no ID.`);
      return;
    }
    const first = seen.get(`${element.name} ${id}`);
    if (first !== undefined) {
      refuse(
        scope,
        element,
        'ID',
        id,
        `${element.name} ${id} stands twice in the file; the first is in line ${first}.`,
      );
      return;
    }
    seen.set(`${element.name} ${id}`, element.line);
    if (deletes) removed.push({ kind, id });
    else decodeNoun(scope, element, { id, type, calendars });
  };

  try {
    readXml(file.text, {
      namespace: B2MML_NAMESPACE,
      takes: (name, above) =>
        (above.length === 0 || !above.includes('ApplicationArea')) &&
        (KINDS.has(name) || SKIPPED.includes(name) || UNREAD.includes(name)),
      take,
      root(name, line) {
        const verb = VERB.exec(name)?.[1];
        if (!MESSAGES.includes(verb === undefined ? name : name.slice(verb.length))) {
          throw new Unreadable(line, name, '', 'Is no message that is read here.');
        }
        if (verb !== undefined && !BRINGING.includes(verb)) {
          throw new Unreadable(line, name, verb, 'Asks or answers and brings no data.');
        }
        deletes = verb === 'Cancel';
      },
      pass(element, above, attributes) {
        if (element.name === 'BODID') message = element.text.trim() || undefined;
        if (element.name === 'ActionExpression') deletes ||= attributes.get('actionCode') === 'Delete';
        if (element.name === 'OperationsType' && above.at(-1) === 'OperationsSchedule')
          type = element.text.trim();
      },
    });
    decodeCalendars(scope, calendars);
  } catch (cause) {
    if (!(cause instanceof Unreadable)) throw cause;
    const { line, field, message: reason } = cause;
    const value = cause.value.slice(0, 200);
    return {
      ...nothingDecoded(hashOf(file.text)),
      refusals: [{ file: file.name, line, field, value, reason }],
    };
  }

  const more = scope.refused - scope.refusals.length;
  if (more > 0) {
    const reason = `${more} more refusals are not listed. Maybe the whole file is meant for another system.`;
    scope.refusals.push({ file: file.name, line: 0, field: '', value: '', reason });
  }
  const { exact, local } = scope.times;
  if (exact !== undefined && local !== undefined) {
    const reason = `Times with an offset (line ${exact}) and without one are mixed; those without are taken as local time of ${zone}.`;
    scope.warnings.push({ file: file.name, line: local, field: 'time', value: '', reason });
  }
  return {
    message: message ?? hashOf(file.text),
    records: scope.records,
    removed,
    refusals: scope.refusals,
    warnings: scope.warnings,
  };
}

const hashOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

function decodeNoun(
  scope: Scope,
  element: Element,
  { id, type, calendars }: { id: string; type: string | undefined; calendars: CalendarParts },
): void {
  switch (element.name) {
    case 'Equipment':
      return decodeEquipment(scope, element);
    case 'Person':
      return decodePerson(scope, element);
    case 'TestSpecification':
      return decodeTestSpecification(scope, element);
    case 'TestResult':
      return decodeTestResult(scope, element);
    case 'MaterialDefinition':
      return decodeMaterial(scope, element);
    case 'MaterialLot':
      return decodeLot(scope, element);
    case 'WorkCalendar':
      calendars.dated.set(id, element);
      return;
    case 'WorkCalendarDefinition':
      calendars.definitions.set(id, element);
      return;
    case 'OperationsDefinition':
      return decodeDefinition(scope, element);
    default:
      return decodeRequest(scope, element, type);
  }
}
