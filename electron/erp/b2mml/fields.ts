import type { SourcedChange, SourcedRecord, SourcedReport } from '#electron/erp/decoded.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import type { RowRefusal } from '#shared/domain/import-report.ts';
import { RECORDS, type RecordKind } from '#shared/domain/plant.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import { LocalDate, endOfDate, instantFromLocal, type Zone } from '#shared/time/zone.ts';
import { flawsIn } from '#electron/erp/flaws.ts';
import { knownUnits, numberFrom, quantityUnit, secondsFrom } from './units.ts';
import type { Element } from './xml.ts';

/** What the decoding of one file gathers. */
export interface Scope {
  readonly file: string;
  readonly zone: Zone;
  readonly records: SourcedRecord[];
  readonly changes: SourcedChange[];
  readonly reports: SourcedReport[];
  /** The message changes what is there (verb Change, action Change): what it does not say stays as it is. */
  changing: boolean;
  /** When the message was written. */
  created?: Instant | undefined;
  /** OperationsType, begin and end of the schedule, and material of the information, around the element that is read. */
  readonly around: {
    type?: string | undefined;
    start?: Instant | undefined;
    end?: Instant | undefined;
    material?: string | undefined;
  };
  /** The first of them; `refused` counts all. */
  readonly refusals: RowRefusal[];
  refused: number;
  readonly warnings: RowRefusal[];
  /** Line of the first time that carries an offset, and of the first that does not. */
  readonly times: { exact?: number; local?: number };
}

/** A file that is wrong throughout says so a thousand times, not a million. */
export const MAX_REFUSALS = 1000;

export function refuse(scope: Scope, at: Element, field: string, value: string, reason: string): undefined {
  scope.refused += 1;
  if (scope.refused > MAX_REFUSALS) return;
  scope.refusals.push({ file: scope.file, line: at.line, field, value: value.slice(0, 200), reason });
}

export function warn(scope: Scope, at: Element, field: string, value: string, reason: string): void {
  scope.warnings.push({ file: scope.file, line: at.line, field, value: value.slice(0, 200), reason });
}

/** Keeps a fact, or refuses it with the first thing that is wrong with it; `value` is what it is about. */
export function keepReport(scope: Scope, at: Element, value: string, candidate: object): void {
  const read = ExecutionReport.safeParse(candidate);
  if (read.success) {
    scope.reports.push({ report: read.data, file: scope.file, line: at.line });
    return;
  }
  const [issue] = read.error.issues;
  refuse(scope, at, String(issue?.path[0] ?? ''), value, `${issue?.message ?? 'Is not understood'}.`);
}

export const childrenOf = (element: Element, name: string): Element[] =>
  element.children.filter((child) => child.name === name);

export const childOf = (element: Element, name: string): Element | undefined =>
  element.children.find((child) => child.name === name);

/** The trimmed text of a child; an empty one counts as absent. */
export const textOf = (element: Element, name: string): string | undefined =>
  childOf(element, name)?.text.trim() || undefined;

export const textsOf = (element: Element, name: string): string[] =>
  childrenOf(element, name)
    .map((child) => child.text.trim())
    .filter((text) => text !== '');

/** Like `textsOf`, but absent where there are none: a message that does not list them leaves them as they are. */
export function listOf(element: Element, name: string): string[] | undefined {
  const texts = textsOf(element, name);
  return texts.length > 0 ? texts : undefined;
}

/** A property, parameter or quantity: what it says, with its unit, and where. */
export interface Value {
  readonly at: Element;
  readonly field: string;
  readonly text: string;
  readonly unit: string;
}

/** The first value of the child `list` (EquipmentProperty, ParameterSpecification, …) that has this ID. */
export function valueOf(element: Element, list: string, id: string): Value | undefined {
  const named = element.children.find((child) => child.name === list && textOf(child, 'ID') === id);
  const at = named && childOf(named, 'Value');
  const text = at && textOf(at, 'ValueString');
  return !at || text === undefined
    ? undefined
    : { at, field: id, text, unit: textOf(at, 'UnitOfMeasure') ?? '' };
}

/** Seconds of a duration, with a fraction where it is a rate. */
export function durationOf(scope: Scope, value: Value | undefined): number | undefined {
  if (!value) return undefined;
  const seconds = secondsFrom(value.text, value.unit);
  if (typeof seconds === 'number') return seconds;
  return refuse(scope, value.at, value.field, `${value.text} ${value.unit}`.trim(), seconds);
}

export function secondsOf(scope: Scope, value: Value | undefined): Seconds | undefined {
  const seconds = durationOf(scope, value);
  return seconds === undefined ? undefined : Math.round(seconds);
}

/** The ISO 8601 duration that a child element holds. */
export function durationIn(scope: Scope, element: Element, name: string): Seconds | undefined {
  const at = childOf(element, name);
  return at && secondsOf(scope, { at, field: name, text: at.text.trim(), unit: '' });
}

export function numberIn(scope: Scope, element: Element, name: string): number | undefined {
  const text = textOf(element, name) ?? '';
  return numberFrom(text) ?? refuse(scope, childOf(element, name) ?? element, name, text, 'Is no number.');
}

/** The first Quantity of an element, in our unit. */
export function quantityOf(scope: Scope, element: Element): { quantity: number; uom: string } | undefined {
  const at = childOf(element, 'Quantity');
  if (!at) return undefined;
  const text = textOf(at, 'QuantityString') ?? '';
  const quantity = numberFrom(text);
  if (quantity === undefined) return refuse(scope, at, 'Quantity', text, 'Is no number.');
  const unit = textOf(at, 'UnitOfMeasure') ?? 'each';
  const known = quantityUnit(unit);
  if (!known)
    return refuse(
      scope,
      at,
      'UnitOfMeasure',
      unit,
      `The unit of measure is unknown. Known are ${knownUnits}.`,
    );
  return { quantity: Number((quantity * known.factor).toPrecision(12)), uom: known.uom };
}

const DATE_TIME =
  /^(\d{4}-\d\d-\d\d)(?:T((?:[01]\d|2[0-3]):[0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The instant that a child element names. With an offset it is exact, without one it is wall-clock time of the site;
 * a date alone means its begin, or with `end` the end of that day (compliance sheet CAL-07).
 */
export function instantOf(
  scope: Scope,
  element: Element,
  name: string,
  day: 'begin' | 'end' = 'begin',
): Instant | undefined {
  const at = childOf(element, name);
  return at && instantFrom(scope, { at, field: name, text: at.text.trim(), unit: '' }, day);
}

export function instantFrom(
  scope: Scope,
  { at, field, text }: Value,
  day: 'begin' | 'end' = 'begin',
): Instant | undefined {
  const [, date, time, seconds, offset] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || !LocalDate.safeParse(date).success) {
    return refuse(scope, at, field, text, 'Is no date and time such as 2026-11-23T06:00:00+01:00.');
  }
  if (time === undefined) {
    return day === 'end' ? endOfDate(scope.zone, date) : instantFromLocal(scope.zone, date, '00:00');
  }
  if (offset === undefined) {
    scope.times.local ??= at.line;
    return instantFromLocal(scope.zone, date, time) + Number(seconds ?? 0);
  }
  scope.times.exact ??= at.line;
  const exact = Date.parse(`${date}T${time}:${seconds ?? '00'}${offset}`) / 1000;
  return Number.isNaN(exact) ? refuse(scope, at, field, text, 'Has an impossible offset.') : exact;
}

/** Drops what is not there, so that absent stays absent in the record. */
function compact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(compact);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .map(([name, field]) => [name, compact(field)]),
  );
}

/** Kinds whose parts belong together: a message always brings them whole. */
const WHOLE: readonly RecordKind[] = ['calendars', 'routings', 'testResults'];

/**
 * Keeps what `build` says about an element, unless something in it was refused on the way: as a record, with `defaults`
 * for what it does not say, or as a change of one where the message changes (or `partial`, the element alone does).
 */
export function keep(
  scope: Scope,
  kind: RecordKind,
  element: Element,
  build: () => object,
  defaults: object = {},
  partial = false,
): void {
  const before = scope.refused;
  const said = compact(build()) as Record<string, unknown>;
  if (scope.refused > before) return;
  const { file } = scope;
  const { line } = element;
  if (partial || (scope.changing && !WHOLE.includes(kind))) {
    scope.changes.push({
      kind,
      id: String(said['id']),
      fields: said,
      defaults,
      file,
      line,
    });
    return;
  }
  const candidate = { ...defaults, ...said };
  const read = RECORDS[kind].safeParse(candidate);
  if (read.success) {
    scope.records.push({ kind, record: read.data, file, line } as SourcedRecord);
    return;
  }
  const id = textOf(element, 'ID');
  const of = `${element.name}${id === undefined ? '' : ` ${id}`}`;
  for (const { field, value, reason } of flawsIn(candidate, read.error))
    refuse(scope, element, field, value, `${of}: ${reason}.`);
}
