import { z } from 'zod';
import type { Instant } from '#shared/time/instant.ts';
import { LocalDate, endOfDate, instantFromLocal, type Zone } from '#shared/time/zone.ts';

const TOKENS = {
  yyyy: String.raw`(\d{4})`,
  MM: String.raw`(\d{1,2})`,
  dd: String.raw`(\d{1,2})`,
  HH: String.raw`(\d{1,2})`,
  mm: String.raw`(\d\d)`,
  ss: String.raw`(\d\d)`,
};
type Token = keyof typeof TOKENS;
const isToken = (part: string): part is Token => part in TOKENS;
const TOKEN = /yyyy|MM|dd|HH|mm|ss/g;

/** `ISO`, or a pattern of yyyy, MM, dd, HH, mm and ss such as `dd.MM.yyyy HH:mm`. */
export const DateFormat = z
  .string()
  .refine(
    (format) => format === 'ISO' || ['yyyy', 'MM', 'dd'].every((token) => format.split(token).length === 2),
    {
      error: 'is no date format: it needs yyyy, MM and dd once each, such as dd.MM.yyyy HH:mm',
    },
  );
export type DateFormat = z.infer<typeof DateFormat>;

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** A time as it stands in a file. */
export interface Moment {
  readonly at: Instant;
  /** `exact` carries its offset, `local` is wall-clock time, `day` is a date alone. */
  readonly form: 'exact' | 'local' | 'day';
}

/** The moment that a text names by the first format that fits; a date alone is its begin, or with `end` the end of that day. */
export function momentFrom(
  text: string,
  formats: readonly DateFormat[],
  zone: Zone,
  day: 'begin' | 'end',
): Moment | undefined {
  for (const format of formats) {
    const parts = format === 'ISO' ? isoParts(text) : partsBy(format, text);
    if (!parts || !LocalDate.safeParse(parts.date).success || parts.seconds > 59) continue;
    if (parts.time === undefined) {
      const at = day === 'end' ? endOfDate(zone, parts.date) : instantFromLocal(zone, parts.date, '00:00');
      return { at, form: 'day' };
    }
    if (!TIME.test(parts.time)) continue;
    if (parts.offset === undefined) {
      return { at: instantFromLocal(zone, parts.date, parts.time) + parts.seconds, form: 'local' };
    }
    const at = Date.parse(`${parts.date}T${parts.time}:00${parts.offset}`) / 1000 + parts.seconds;
    if (!Number.isNaN(at)) return { at, form: 'exact' };
  }
  return undefined;
}

interface Parts {
  readonly date: string;
  readonly time: string | undefined;
  readonly seconds: number;
  readonly offset?: string | undefined;
}

function isoParts(text: string): Parts | undefined {
  const [, date, time, seconds, offset] = ISO.exec(text) ?? [];
  return date === undefined ? undefined : { date, time, seconds: Number(seconds ?? 0), offset };
}

function partsBy(format: DateFormat, text: string): Parts | undefined {
  const tokens = (format.match(TOKEN) ?? []) as Token[];
  const found = patternOf(format).exec(text);
  if (!found) return undefined;
  const part = (token: Token): string | undefined =>
    tokens.includes(token) ? found[tokens.indexOf(token) + 1]?.padStart(2, '0') : undefined;
  const hour = part('HH');
  return {
    date: `${part('yyyy')}-${part('MM')}-${part('dd')}`,
    time: hour === undefined ? undefined : `${hour}:${part('mm') ?? '00'}`,
    seconds: Number(part('ss') ?? 0),
  };
}

const patterns = new Map<DateFormat, RegExp>();

function patternOf(format: DateFormat): RegExp {
  const known = patterns.get(format);
  if (known) return known;
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const source = format
    .split(/(yyyy|MM|dd|HH|mm|ss)/)
    .map((part) => (isToken(part) ? TOKENS[part] : literal(part)))
    .join('');
  const made = new RegExp(`^${source}$`);
  patterns.set(format, made);
  return made;
}
