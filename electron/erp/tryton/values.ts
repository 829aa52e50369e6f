import type { LocalDate } from '#shared/time/zone.ts';

/**
 * Tryton marks the type of a value by `__class__`. Here a date is `YYYY-MM-DD`, a moment `YYYY-MM-DDTHH:MM:SSZ` with its
 * microseconds if it has any (the server keeps UTC), a duration seconds and a decimal a number; everything else is as it came.
 */
export function plainValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('__class__' in value)) return value;
  const typed = value as Typed;
  switch (typed['__class__']) {
    case 'date':
      return dateOf(typed);
    case 'datetime':
      return `${dateOf(typed)}T${two(typed.hour)}:${two(typed.minute)}:${two(typed.second)}${fraction(typed.microsecond)}Z`;
    case 'timedelta':
      return typed.seconds;
    case 'Decimal':
      return Number(typed.decimal);
    default:
      return value;
  }
}

interface Typed {
  readonly ['__class__']: unknown;
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly microsecond?: number;
  readonly seconds?: number;
  readonly decimal?: string;
}

const two = (part = 0): string => String(part).padStart(2, '0');
const fraction = (microsecond = 0): string =>
  microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
const dateOf = ({ year = 0, month, day }: Typed): string =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;

/** A date as Tryton wants it written. */
export const trytonDate = (date: LocalDate): object => {
  const [year, month, day] = date.split('-').map(Number);
  return { __class__: 'date', year, month, day };
};

/** A moment as Tryton wants it written. */
export const trytonTime = (at: number): object => {
  const moment = new Date(at * 1000);
  return {
    __class__: 'datetime',
    year: moment.getUTCFullYear(),
    month: moment.getUTCMonth() + 1,
    day: moment.getUTCDate(),
    hour: moment.getUTCHours(),
    minute: moment.getUTCMinutes(),
    second: moment.getUTCSeconds(),
    microsecond: 0,
  };
};

/** A duration as Tryton wants it written. */
export const trytonSpan = (seconds: number): object => ({ __class__: 'timedelta', seconds });
