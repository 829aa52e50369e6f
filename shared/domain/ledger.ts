import { z } from 'zod';

/** One entry of the append-only record (compliance sheet AT-02, HC-01). `hash` covers the entry without itself, chained to the one before. */
export const LedgerEntry = z.object({
  seq: z.int().positive(),
  /** UTC, ISO 8601 with milliseconds. */
  ts: z.iso.datetime({ precision: 3 }),
  userId: z.string(),
  action: z.string(),
  entity: z.string(),
  entityId: z.string(),
  field: z.string().nullable(),
  old: z.json(),
  new: z.json(),
  reason: z.string().nullable(),
  origin: z.enum(['window', 'line', 'import', 'command', 'solver', 'station']),
  /** The command that caused it: all its entries share this. */
  correlation: z.string(),
  app: z.string(),
  /** Full name at that time, role used and workstation (AT-02); left out where nobody was logged in, and before there were accounts. */
  userName: z.string().optional(),
  role: z.string().optional(),
  workstation: z.string().optional(),
  previous: z.string().length(64),
  hash: z.string().length(64),
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
export type Attribution = Pick<LedgerEntry, 'userName' | 'role' | 'workstation'>;

/** Canonical JSON (RFC 8785): sorted keys, no spaces, JavaScript's number form. */
export function canonicalJson(value: z.core.util.JSONType): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
  }
  return JSON.stringify(value);
}
