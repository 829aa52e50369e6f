import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Schema } from './schema.ts';

/** A setting as it was saved last, or its default. */
export async function readSetting<Value>(
  db: Kysely<Schema>,
  key: string,
  schema: z.ZodType<Value>,
  standard: Value,
): Promise<Value> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', key).executeTakeFirst();
  return row ? schema.parse(JSON.parse(row.value)) : standard;
}

export async function saveSetting(db: Kysely<Schema>, key: string, setting: unknown): Promise<void> {
  const value = JSON.stringify(setting);
  await db
    .insertInto('meta')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
