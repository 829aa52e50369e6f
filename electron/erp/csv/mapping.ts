import { z } from 'zod';
import { Name } from '#shared/domain/operations.ts';
import { Zone } from '#shared/time/zone.ts';
import { ROW_KINDS } from './columns.ts';
import { DateFormat } from './dates.ts';

/** Where a field's text comes from: a column, a constant, or a text with `{column}`s in it. */
const Source = z.union([
  z.string().min(1),
  z.strictObject({
    column: z.string().min(1),
    /** Only the text before this one; nothing when it does not occur. */
    before: z.string().min(1).optional(),
    /** Other words for the same: value of the file → value of ours. What is not listed gives nothing. */
    translate: z.record(z.string(), z.string()).optional(),
    /** Unit of a bare number, such as `min` or `g`. */
    unit: z.string().min(1).optional(),
  }),
  z.strictObject({ constant: z.string(), unit: z.string().optional() }),
  z.strictObject({ template: z.string().min(1) }),
]);
export type Source = z.infer<typeof Source>;

/** One kind of record that the rows of a file give. Of several sources of a field, the first that says something counts. */
export const RowMapping = z.strictObject({
  kind: z.enum(ROW_KINDS),
  fields: z.record(z.string(), z.union([Source, z.array(Source).min(1)])),
  /** Many rows describe the same record: it is taken once, its lists joined. */
  distinct: z.boolean().default(false),
});
export type RowMapping = z.infer<typeof RowMapping>;

export const FileMapping = z.strictObject({
  /** Pattern of the file's name, `*` for any text: `orders*.csv`. */
  file: z.string().min(1),
  delimiter: z.enum([',', ';', '\t']).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  /** Forms of dates and times in the file, tried in this order; ISO 8601 without it. */
  dates: z.array(DateFormat).min(1).optional(),
  rows: z.array(RowMapping).min(1),
});
export type FileMapping = z.infer<typeof FileMapping>;

/** A saved column mapping: how an ERP's files say what our records hold. */
export const Mapping = z.strictObject({
  name: Name,
  /** Zone of times without an offset; the plant's own without it. */
  zone: Zone.optional(),
  files: z.array(FileMapping).min(1),
});
export type Mapping = z.infer<typeof Mapping>;

/** The part of the mapping that is for this file, if any. */
export const mappingFor = (mapping: Mapping, fileName: string): FileMapping | undefined =>
  mapping.files.find(({ file }) => matches(file.toLowerCase(), fileName.toLowerCase()));

/** Glob with `*` only, in linear time: every part between stars must follow the one before. */
function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}
