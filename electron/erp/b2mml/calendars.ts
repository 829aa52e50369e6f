import type { ShiftPattern } from '#shared/time/calendar.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import type { Element } from './xml.ts';
import { childrenOf, durationIn, instantOf, keep, refuse, textOf, valueOf, type Scope } from './fields.ts';

/** The halves of work calendars as a message brings them: repeating entries and dated entries, joined by ID. */
export interface CalendarParts {
  readonly definitions: Map<string, Element>;
  readonly dated: Map<string, Element>;
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Joins the halves and keeps one calendar for each ID. */
export function decodeCalendars(scope: Scope, { definitions, dated }: CalendarParts): void {
  for (const id of new Set([...definitions.keys(), ...dated.keys()])) {
    const definition = definitions.get(id);
    const entries = dated.get(id);
    const at = definition ?? entries;
    if (!at) continue;
    keep(scope, 'calendars', at, () => ({
      id,
      name: textOf(at, 'Description') ?? id,
      zone:
        (definition && valueOf(definition, 'WorkCalendarDefinitionProperty', 'TimeZone')?.text) ??
        (entries && valueOf(entries, 'WorkCalendarProperty', 'TimeZone')?.text) ??
        scope.zone,
      shifts: definition
        ? childrenOf(definition, 'WorkCalendarDefinitionEntry').map((entry) => shiftFrom(scope, entry))
        : [],
      entries: entries
        ? childrenOf(entries, 'WorkCalendarEntry').map((entry) => entryFrom(scope, entry))
        : [],
    }));
  }
}

function shiftFrom(scope: Scope, entry: Element): object {
  const type = textOf(entry, 'EntryType');
  if (type !== 'SHIFT')
    refuse(
      scope,
      entry,
      'EntryType',
      type ?? '',
      'A repeating entry is a SHIFT, its children are its BREAKs.',
    );
  const turn = turnFrom(scope, entry);
  return {
    name: textOf(entry, 'Description') ?? textOf(entry, 'ID') ?? '',
    days: turn?.days,
    from: turn?.from,
    to: turn?.to,
    breaks: childrenOf(entry, 'WorkCalendarDefinitionEntryChild').map((child) => {
      const pause = turnFrom(scope, child);
      return { from: pause?.from, to: pause?.to };
    }),
  };
}

/**
 * A recurrence of RFC 5545 as far as shifts need it: `FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=6;BYMINUTE=0` (or FREQ=DAILY)
 * with a duration rule of ISO 8601. Wall-clock time of the calendar.
 */
function turnFrom(scope: Scope, entry: Element): Pick<ShiftPattern, 'days' | 'from' | 'to'> | undefined {
  const rule = textOf(entry, 'RecurrenceTime') ?? '';
  const parts = new Map(rule.split(';').map((part) => [part.split('=')[0] ?? '', part.split('=')[1] ?? '']));
  const days = (parts.get('BYDAY') ?? DAYS.join(',')).split(',').map((day) => DAYS.indexOf(day) + 1);
  const hour = Number(parts.get('BYHOUR') ?? Number.NaN);
  const minute = Number(parts.get('BYMINUTE') ?? '0');
  const known = [...parts.keys()].every((key) => ['FREQ', 'BYDAY', 'BYHOUR', 'BYMINUTE'].includes(key));
  const frequency = parts.get('FREQ');
  const weekly = frequency === 'WEEKLY' && parts.has('BYDAY');
  if (!known || !(weekly || frequency === 'DAILY') || days.includes(0) || !isTime(hour, minute)) {
    return refuse(
      scope,
      entry,
      'RecurrenceTime',
      rule,
      'Is no weekly recurrence such as FREQ=WEEKLY;BYDAY=MO,TU;BYHOUR=6;BYMINUTE=0.',
    );
  }
  const length = durationIn(scope, entry, 'DurationRule');
  if (length === undefined || length <= 0 || length > 24 * HOUR || length % MINUTE !== 0) {
    return refuse(
      scope,
      entry,
      'DurationRule',
      textOf(entry, 'DurationRule') ?? '',
      'Is no duration of whole minutes up to 24 hours, such as PT8H.',
    );
  }
  const from = hour * 60 + minute;
  return { days, from: clock(from), to: clock((from + length / MINUTE) % (24 * 60)) };
}

const isTime = (hour: number, minute: number): boolean =>
  Number.isInteger(hour) && hour >= 0 && hour < 24 && Number.isInteger(minute) && minute >= 0 && minute < 60;

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

const entryFrom = (scope: Scope, entry: Element): object => ({
  type: textOf(entry, 'EntryType'),
  interval: {
    start: instantOf(scope, entry, 'StartDateTime'),
    end: instantOf(scope, entry, 'FinishDateTime', 'end'),
  },
  reason: textOf(entry, 'Description'),
});
