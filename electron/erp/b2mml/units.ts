import { DAY, HOUR, MINUTE } from '#shared/time/instant.ts';

/** Seconds of a unit of time: SI symbols, UN/ECE Recommendation 20 codes and the words that exports use. */
const TIME_UNITS = new Map(
  Object.entries({
    s: 1,
    sec: 1,
    second: 1,
    seconds: 1,
    min: MINUTE,
    minute: MINUTE,
    minutes: MINUTE,
    h: HOUR,
    hur: HOUR,
    hour: HOUR,
    hours: HOUR,
    d: DAY,
    day: DAY,
    days: DAY,
  }),
);

const ISO_DURATION =
  /^P(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/** Seconds (maybe a fraction) of an ISO 8601 duration, or of a number with a unit; a string says what is wrong. */
export function secondsFrom(value: string, unit: string): number | string {
  const iso = ISO_DURATION.exec(value);
  if (iso && /\d/.test(value) && !value.endsWith('T')) {
    const [weeks, days, hours, minutes, seconds] = iso.slice(1).map((part) => Number(part || 0));
    return (
      (weeks ?? 0) * 7 * DAY +
      (days ?? 0) * DAY +
      (hours ?? 0) * HOUR +
      (minutes ?? 0) * MINUTE +
      (seconds ?? 0)
    );
  }
  if (/^P\d.*[YM]/.test(value))
    return 'Years and months have no fixed length. Maybe write days, such as P365D.';
  if (!NUMBER.test(value)) return 'Is no duration: neither ISO 8601 (PT30M) nor a number with a unit.';
  if (unit === '') return 'The number has no unit of time.';
  const factor = TIME_UNITS.get(unit.toLowerCase());
  if (factor === undefined)
    return `The unit of time '${unit}' is unknown. Known are s, min, h, d, SEC, MIN, HUR, DAY.`;
  return Number(value) < 0 ? 'The duration is negative.' : Number(value) * factor;
}

/** Units of quantity with the unit we keep and the factor to it: mass in kg, volume in L, counted things as they are. */
const QUANTITY_UNITS = new Map<string, readonly [string, number]>(
  Object.entries({
    kg: ['kg', 1],
    KGM: ['kg', 1],
    g: ['kg', 1e-3],
    GRM: ['kg', 1e-3],
    mg: ['kg', 1e-6],
    MGM: ['kg', 1e-6],
    t: ['kg', 1e3],
    TNE: ['kg', 1e3],
    L: ['L', 1],
    l: ['L', 1],
    LTR: ['L', 1],
    mL: ['L', 1e-3],
    ml: ['L', 1e-3],
    MLT: ['L', 1e-3],
    m: ['m', 1],
    MTR: ['m', 1],
    each: ['each', 1],
    EA: ['each', 1],
    C62: ['each', 1],
    H87: ['each', 1],
    PCE: ['each', 1],
    PC: ['each', 1],
    pcs: ['each', 1],
    ST: ['each', 1],
    tablet: ['tablet', 1],
    tablets: ['tablet', 1],
    pack: ['pack', 1],
    PK: ['pack', 1],
    sample: ['sample', 1],
  }),
);

export const knownUnits = [...QUANTITY_UNITS.keys()].join(', ');

/** ERPs write units in capitals; no two of ours differ in their letters' size alone and mean something else. */
const ANY_CASE = new Map([...QUANTITY_UNITS].map(([unit, known]) => [unit.toLowerCase(), known]));

/** Our unit and the factor to it, or undefined for a unit that nobody knows. */
export const quantityUnit = (unit: string): { uom: string; factor: number } | undefined => {
  const known = QUANTITY_UNITS.get(unit) ?? ANY_CASE.get(unit.toLowerCase());
  return known && { uom: known[0], factor: known[1] };
};

/** A plain decimal number, or undefined. */
export const numberFrom = (value: string): number | undefined =>
  NUMBER.test(value) ? Number(value) : undefined;
