import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Schema } from './schema.ts';

/** Saved column mappings by name, as the importer's own JSON. */
export async function readMappings(db: Kysely<Schema>): Promise<Map<string, z.core.util.JSONType>> {
  const rows = await db.selectFrom('mapping').selectAll().orderBy('name').execute();
  return new Map(rows.map((row) => [row.name, JSON.parse(row.body) as z.core.util.JSONType]));
}

export async function saveMapping(
  db: Kysely<Schema>,
  name: string,
  mapping: z.core.util.JSONType,
): Promise<void> {
  const body = JSON.stringify(mapping);
  await db
    .insertInto('mapping')
    .values({ name, body })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ body }))
    .execute();
}
