import { DAY } from '#shared/time/instant.ts';

/** How a cell shows its number: as such, as a date, a date with time, a time of day, or as hours and minutes passed. */
export type CellFormat = 'number' | 'date' | 'dateTime' | 'time' | 'elapsed';

/** Formats that have a number and no code of their own in the file; those of other languages are dates, too. */
const BUILT_IN: readonly (readonly [from: number, to: number, format: CellFormat])[] = [
  [14, 17, 'date'],
  [18, 21, 'time'],
  [22, 22, 'dateTime'],
  [27, 36, 'date'],
  [45, 45, 'time'],
  [46, 46, 'elapsed'],
  [47, 47, 'time'],
  [50, 58, 'date'],
];

/** The format of a number, by its id and its code such as `dd.mm.yyyy hh:mm`. */
export function cellFormatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return BUILT_IN.find(([from, to]) => from <= id && id <= to)?.[2] ?? 'number';
  if (/\[(h+|m+|s+)\]/i.test(code)) return 'elapsed';
  // What stands in quotes, behind a backslash or in brackets is shown as it is or says a colour or a language.
  const bare = code.replaceAll(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '').split(';')[0] ?? '';
  if (/general/i.test(bare)) return 'number';
  const hasDate = /[yd]/i.test(bare) || /mmm/i.test(bare);
  const hasTime = /[hs]/i.test(bare);
  if (hasDate) return hasTime ? 'dateTime' : 'date';
  return hasTime ? 'time' : 'number';
}

/** As many digits as a spreadsheet computes with, so that 0.1 + 0.2 is 0.3. */
export const plainNumber = (number: number): string => String(Number(number.toPrecision(15)));

/** Days from 1970 to day 0; before March 1900 the count is one off, because it has a 29 February. */
const ORIGIN_1900 = -25_569;
const ORIGIN_1904 = -24_107;
const FIRST_TRUE_DAY = 61;

/** The ISO text of a day count, to the second. A date alone stays one only while it has no time of day. */
export function dateText(serial: number, format: Exclude<CellFormat, 'number'>, since1904: boolean): string {
  if (format === 'elapsed') return `PT${Math.round(serial * DAY)}S`;
  const days = since1904 ? serial + ORIGIN_1904 : serial + ORIGIN_1900 + (serial < FIRST_TRUE_DAY ? 1 : 0);
  const at = new Date(Math.round(days * DAY) * 1000);
  if (Number.isNaN(at.getTime()) || serial < 0) return plainNumber(serial);
  const [date = '', time = ''] = at.toISOString().slice(0, 19).split('T');
  if (format === 'time' && serial < 1) return time.endsWith(':00') ? time.slice(0, 5) : time;
  return format === 'date' && time === '00:00:00' ? date : `${date}T${time}`;
}
