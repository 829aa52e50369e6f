import type { MappedField } from '#shared/domain/feed.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type Zone, endOfDate, instantFromLocal } from '#shared/time/zone.ts';
import { type Row, numberIn, textIn } from './rows.ts';
import { type Place, type Scope, warn } from './scope.ts';

/** Which of an order's values an ERP keeps in a field of the plant's own, by that field's name. */
export type FieldMap = Readonly<Partial<Record<MappedField, string>>>;

interface Mapped {
  readonly name?: string;
  readonly due?: Instant;
  readonly release?: Instant;
  readonly weight?: number;
}

/** An order's values from the plant's own fields; an empty one leaves it at what the ERP itself says. */
export function mappedIn(scope: Scope, place: Place, row: Row, fields: FieldMap, zone: Zone): Mapped {
  const value = (of: MappedField): string | undefined => {
    const field = fields[of];
    if (field === undefined) return undefined;
    return textIn(row, field) ?? (numberIn(row, field) === 0 ? undefined : String(numberIn(row, field)));
  };
  /** What cannot be read is told, and does without. */
  const read = <Value>(of: MappedField, what: string, parse: (text: string) => Value | undefined) => {
    const text = value(of);
    const parsed = text === undefined ? undefined : parse(text);
    if (text !== undefined && parsed === undefined)
      warn(scope, place, fields[of] ?? of, `“${text}” is no ${what}: the ERP's own counts.`);
    return parsed;
  };
  const [name, weight] = [value('name'), read('weight', 'number above 0', positive)];
  const due = read('due', 'date or time', (text) => momentOf(text, (date) => endOfDate(zone, date)));
  const release = read('release', 'date or time', (text) =>
    momentOf(text, (date) => instantFromLocal(zone, date, '00:00')),
  );
  return {
    ...(name !== undefined && { name }),
    ...(weight !== undefined && { weight }),
    ...(due !== undefined && { due }),
    ...(release !== undefined && { release }),
  };
}

const positive = (text: string): number | undefined => (Number(text) > 0 ? Number(text) : undefined);

/** A moment as ERPs write it, UTC with or without a zone, or a date of the plant. */
function momentOf(text: string, ofDate: (date: string) => Instant): Instant | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : ofDate(text);
  const at = Date.parse(text.endsWith('Z') ? text : `${text.replace(' ', 'T')}Z`);
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

/** Fields that are mapped and that the ERP does not have, or not any more. */
export function warnOfMissing(
  scope: Scope,
  model: string,
  fields: FieldMap,
  has: (field: string) => boolean,
): void {
  for (const [of, field] of Object.entries(fields)) {
    if (!has(field))
      warn(
        scope,
        { model, id: 0 },
        field,
        `There is no such field for an order's ${of}: the ERP's own counts.`,
      );
  }
}
