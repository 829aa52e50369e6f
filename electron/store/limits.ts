import type { Kysely } from 'kysely';
import { DEFAULT_LIMITS, FreshnessLimits } from '#shared/domain/freshness.ts';
import type { Schema } from './schema.ts';

const KEY = 'freshness';

export async function readLimits(db: Kysely<Schema>): Promise<FreshnessLimits> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', KEY).executeTakeFirst();
  return row ? FreshnessLimits.parse(JSON.parse(row.value)) : DEFAULT_LIMITS;
}

export async function saveLimits(db: Kysely<Schema>, limits: FreshnessLimits): Promise<void> {
  const value = JSON.stringify(limits);
  await db
    .insertInto('meta')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
