import type { Kysely } from 'kysely';
import type { Schema } from './schema.ts';

/** Field of the ledger entries that carry the fingerprint of a row. */
export const SEAL = 'sha256';

/** The fingerprint that the ledger keeps of a row; null when it knows none. */
export async function sealOf(db: Kysely<Schema>, entity: string, entityId: string): Promise<string | null> {
  const entry = await db
    .selectFrom('ledger')
    .select('new')
    .where('entity', '=', entity)
    .where('entityId', '=', entityId)
    .where('field', '=', SEAL)
    .orderBy('seq')
    .executeTakeFirst();
  return entry ? (JSON.parse(entry.new) as string) : null;
}
