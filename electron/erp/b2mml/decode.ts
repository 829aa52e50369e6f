import { createHash } from 'node:crypto';
import { type Decoded, type Removal, nothingDecoded } from '#electron/erp/decoded.ts';
import type { RecordKind } from '#shared/domain/plant.ts';
import type { Zone } from '#shared/time/zone.ts';
import { decodeCalendars, type CalendarParts } from './calendars.ts';
import { dialectOf, KNOWN_NAMESPACES } from './dialects.ts';
import { envelopeReader, type EnvelopeReader, type ReplyCode, verbAndNoun, type Verb } from './envelope.ts';
import { decodeEvent } from './events.ts';
import { instantFrom, refuse, textOf, warn, type Scope } from './fields.ts';
import { decodeLot } from './lots.ts';
import { decodeRequest } from './orders.ts';
import { decodeResponse } from './performance.ts';
import { decodeEquipment, decodeMaterial, decodePerson, decodeTestSpecification } from './resources.ts';
import { decodeDefinition } from './routings.ts';
import { decodeTestResult } from './test-results.ts';
import { openXml, Unreadable, type Attributes, type Element } from './xml.ts';

type Decoder = (scope: Scope, element: Element) => void;

/** The nouns that become records of a kind, and how; calendars are joined from two. */
const RECORD_NOUNS = new Map<string, { readonly kind: RecordKind; readonly decode?: Decoder }>([
  ['Equipment', { kind: 'equipment', decode: decodeEquipment }],
  ['Person', { kind: 'people', decode: decodePerson }],
  ['TestSpecification', { kind: 'testSpecs', decode: decodeTestSpecification }],
  ['QualificationTestSpecification', { kind: 'testSpecs', decode: decodeTestSpecification }],
  ['EquipmentCapabilityTestSpecification', { kind: 'testSpecs', decode: decodeTestSpecification }],
  ['TestResult', { kind: 'testResults', decode: decodeTestResult }],
  ['MaterialDefinition', { kind: 'materials', decode: decodeMaterial }],
  ['MaterialLot', { kind: 'lots', decode: decodeLot }],
  ['WorkCalendar', { kind: 'calendars' }],
  ['WorkCalendarDefinition', { kind: 'calendars' }],
  ['OperationsDefinition', { kind: 'routings', decode: decodeDefinition }],
  ['OperationsRequest', { kind: 'orders', decode: decodeRequest }],
]);
/** What another system did: no record, but facts. */
const RESPONSE = 'OperationsResponse';
/** What has happened to equipment: V7 has events for it, older versions only alerts. */
const EVENTS = ['OperationsEvent', 'WorkAlert'];
/** Nouns whose members say all that we want to know. */
const SKIPPED = ['EquipmentClass', 'PersonnelClass', 'MaterialClass'];
/** Nouns beside the ones we read, in the same messages: whoever sends them hears that they are left out. */
const UNREAD = ['MaterialSubLot', 'OperationsSegment', 'OperationsMaterialBill'];
const TAKEN = new Set([...RECORD_NOUNS.keys(), RESPONSE, ...EVENTS, ...SKIPPED, ...UNREAD]);
const MESSAGES = [
  ...RECORD_NOUNS.keys(),
  RESPONSE,
  ...EVENTS,
  ...SKIPPED,
  'OperationsEventInformation',
  'WorkAlertInformation',
  'EquipmentInformation',
  'PersonnelInformation',
  'OperationsTestInformation',
  'MaterialInformation',
  'WorkCalendarInformation',
  'OperationsDefinitionInformation',
  'OperationsSchedule',
  'OperationsPerformance',
];
/** Verbs that ask or answer: what data stands in them is none to take in. */
const WITHOUT_DATA: readonly (Verb | null)[] = ['Get', 'Acknowledge', 'Respond', 'Confirm'];

export interface B2mmlReader {
  /** The next piece of the text. */
  readonly write: (chunk: string) => void;
  /** What the message says. One that is not well-formed gives one refusal and nothing else. */
  readonly end: () => Decoded;
  /** SHA-256 of the text, once it has ended. */
  readonly sha256: () => string;
}

/** Reads one whole B2MML message. Never throws. */
export function decodeB2mml(
  file: { readonly name: string; readonly text: string },
  context: { readonly zone: Zone },
): Decoded {
  const reader = openB2mml(file.name, context);
  reader.write(file.text);
  return reader.end();
}

/**
 * Reads a B2MML message (V7, V6, V5, V0401) piece by piece: bare nouns or a transaction. Only its records are kept in
 * memory, never its text. Never throws.
 */
export function openB2mml(file: string, { zone }: { readonly zone: Zone }): B2mmlReader {
  const scope: Scope = {
    file,
    zone,
    records: [],
    changes: [],
    reports: [],
    changing: false,
    around: {},
    refusals: [],
    refused: 0,
    warnings: [],
    times: {},
  };
  const removed: Removal[] = [];
  const calendars: CalendarParts = { definitions: new Map(), dated: new Map() };
  const hash = createHash('sha256');
  const first = firstSeen(scope);
  let transaction: EnvelopeReader | null = null;
  let verb: Verb | null = null;
  let failed: Unreadable | null = null;

  const take = (element: Element): void => {
    if (element.name === RESPONSE) return decodeResponse(scope, element);
    if (EVENTS.includes(element.name)) return decodeEvent(scope, element);
    const noun = RECORD_NOUNS.get(element.name);
    const id = textOf(element, 'ID') ?? textOf(element, 'Name');
    if (!noun) {
      if (UNREAD.includes(element.name)) warn(scope, element, element.name, id ?? '', 'Is not read.');
      return;
    }
    if (id === undefined) return refuse(scope, element, 'ID', '', `${element.name} has no ID.`);
    if (!first(element, id)) return;
    const action = transaction?.action();
    scope.changing = action === 'Change' || (verb === 'Change' && action === undefined);
    if (verb === 'Cancel' || action === 'Delete')
      removed.push({ kind: noun.kind, id, file, line: element.line });
    else if (element.name === 'WorkCalendar') calendars.dated.set(id, element);
    else if (element.name === 'WorkCalendarDefinition') calendars.definitions.set(id, element);
    else noun.decode?.(scope, element);
  };

  const root = (
    tag: { readonly name: string; readonly namespace: string; readonly attributes: Attributes },
    line: number,
  ): ((name: string) => string) => {
    const known = dialectOf(tag.namespace);
    if (!known) {
      const reason = `The namespace is none of ${KNOWN_NAMESPACES}. Maybe it is another version of B2MML.`;
      throw new Unreadable(line, tag.name, tag.namespace, reason);
    }
    const { dialect, exact } = known;
    const wordOf = (name: string): string => dialect.words.get(name) ?? name;
    const { verb: said, noun } = verbAndNoun(tag.name);
    if (said !== 'Confirm' && said !== 'Get' && !MESSAGES.includes(wordOf(noun))) {
      throw new Unreadable(line, tag.name, '', exact ? 'Is no message that is read here.' : NO_B2MML);
    }
    verb = said;
    if (said !== null) transaction = envelopeReader(dialect, said, noun);
    const at: Element = { name: tag.name, line, children: [], text: '' };
    if (!exact)
      warn(
        scope,
        at,
        'xmlns',
        tag.namespace,
        `Is no official namespace; it is read as ${dialect.namespace}.`,
      );
    if (said !== null && said !== 'Confirm' && !tag.attributes.has('releaseID'))
      warn(scope, at, 'releaseID', '', `${tag.name} has no releaseID, which the schema requires.`);
    return wordOf;
  };

  const xml = openXml({
    root,
    takes: (name, above) =>
      TAKEN.has(name) && !WITHOUT_DATA.includes(verb) && !above.includes('ApplicationArea'),
    take,
    pass(element, above, attributes) {
      transaction?.pass(element, above, attributes);
      surroundings(scope, element, above);
    },
    echo: {
      open: (name) => transaction?.echo.open(name),
      text: (text) => transaction?.echo.text(text),
      close: (name) => transaction?.echo.close(name),
    },
  });

  /** Does one step, unless the message has turned out to be unreadable. */
  const unlessFailed = (step: () => void): void => {
    if (failed) return;
    try {
      step();
    } catch (cause) {
      if (!(cause instanceof Unreadable)) throw cause;
      failed = cause;
    }
  };

  let begun = false;
  let digest = '';
  return {
    sha256: () => digest,
    write: (chunk) => {
      hash.update(chunk);
      const text = begun ? chunk : chunk.replace(/^\uFEFF/, '');
      begun ||= chunk !== '';
      unlessFailed(() => xml.write(text));
    },
    end: () => {
      unlessFailed(() => {
        xml.end();
        decodeCalendars(scope, calendars);
      });
      digest = hash.digest('hex');
      const own = `sha256:${digest}`;
      const envelope = transaction?.envelope();
      if (failed) {
        const { line, field, message: reason } = failed;
        const refusals = [{ file, line, field, value: failed.value.slice(0, 200), reason }];
        return { ...nothingDecoded(own), refusals, ...(envelope && { envelope }) };
      }
      const reply = transaction?.reply() ?? null;
      closingRemarks(scope, reply);
      return {
        message: envelope?.bodId ?? own,
        records: scope.records,
        changes: scope.changes,
        reports: scope.reports,
        removed,
        refusals: scope.refusals,
        warnings: scope.warnings,
        ...(envelope && { envelope }),
        ...(reply && { reply }),
      };
    },
  };
}

const NO_B2MML = `Is no message of B2MML. Its namespace would be one of ${KNOWN_NAMESPACES}.`;

/** Is this the first element of the name and ID in the file? A second one is refused. */
function firstSeen(scope: Scope): (element: Element, id: string) => boolean {
  const seen = new Map<string, number>();
  return (element, id) => {
    const key = `${element.name} ${id}`;
    const line = seen.get(key);
    if (line === undefined) {
      seen.set(key, element.line);
      return true;
    }
    refuse(scope, element, 'ID', id, `${key} stands twice in the file; the first is in line ${line}.`);
    return false;
  };
}

/** What elements around the records say about them. */
function surroundings(scope: Scope, element: Element, above: readonly string[]): void {
  const { name, text } = element;
  const value = { at: element, field: name, text: text.trim(), unit: '' };
  if (name === 'CreationDateTime' && above[1] === 'ApplicationArea' && above.length === 2) {
    const probe: Scope = { ...scope, refusals: [], times: {} };
    scope.created = instantFrom(probe, value);
    if (scope.created === undefined) warn(scope, element, name, value.text, 'Is no date and time.');
  }
  const parent = above.at(-1);
  if (parent === 'MaterialInformation' && name === 'ID') scope.around.material = value.text || undefined;
  if (name === 'MaterialInformation') delete scope.around.material;
  if (name === 'OperationsSchedule') {
    const { material } = scope.around;
    Object.assign(scope.around, { type: undefined, start: undefined, end: undefined, material });
  }
  if (parent !== 'OperationsSchedule' || WITHOUT_DATA.includes(verbAndNoun(above[0] ?? '').verb)) return;
  if (name === 'OperationsType') scope.around.type = value.text || undefined;
  if (name === 'StartTime') scope.around.start = instantFrom(scope, value);
  if (name === 'EndTime') scope.around.end = instantFrom(scope, value, 'end');
}

/** What can only be said when all has been read. */
function closingRemarks(scope: Scope, reply: ReplyCode | null): void {
  const { file, zone, times } = scope;
  const more = scope.refused - scope.refusals.length;
  if (more > 0) {
    const reason = `${more} more refusals are not listed. Maybe the whole file is meant for another system.`;
    scope.refusals.push({ file, line: 0, field: '', value: '', reason });
  }
  if (times.exact !== undefined && times.local !== undefined) {
    const reason = `Times with an offset (line ${times.exact}) and without one are mixed; those without are taken as local time of ${zone}.`;
    scope.warnings.push({ file, line: times.local, field: 'time', value: '', reason });
  }
  if (reply && reply.code !== 'Accepted' && reply.code !== 'Replaced') {
    const why = reply.reasons.length > 0 ? `: ${reply.reasons.join(' ')}` : '.';
    const reason = `What was sent as ${reply.to || 'an unnamed message'} was ${reply.code.toLowerCase()} by the receiver${why}`;
    scope.warnings.push({ file, line: 0, field: reply.code, value: reply.to, reason });
  }
}
