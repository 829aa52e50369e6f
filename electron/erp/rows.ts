import { z } from 'zod';

/** A row of an ERP's table as it came. */
export const Row = z.looseObject({ id: z.int() });
export type Row = z.infer<typeof Row>;

export type Values = Readonly<Record<string, unknown>>;

/** An empty field is `false` or `null`, whatever its type. */
export const textIn = (row: Row, field: string): string | undefined => {
  const value = row[field];
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
};

export const numberIn = (row: Row, field: string): number => {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
};

/** A link: the id of the row that it points to. */
export const linkIn = (row: Row, field: string): number | undefined => {
  const value = row[field];
  return typeof value === 'number' ? value : undefined;
};

export const linksIn = (row: Row, field: string): readonly number[] => {
  const value = row[field];
  return Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : [];
};

/** The rows that a field of these links to, each once. */
export const linksOf = (rows: readonly Row[], field: string): number[] => [
  ...new Set(rows.flatMap((row) => linkIn(row, field) ?? [])),
];
