import type { Kysely } from 'kysely';
import { type Plant, RECORD_KINDS, type RecordKind, emptyPlant } from '#shared/domain/plant.ts';
import type { Instant } from '#shared/time/instant.ts';
import { chunks } from './chunks.ts';
import type { Schema } from './schema.ts';

/** All records, each kind in the order of its first import. Our own rows are parsed, not validated again. */
export async function readPlant(db: Kysely<Schema>): Promise<Plant> {
  const plant = emptyPlant();
  for (const kind of RECORD_KINDS) {
    const rows = await db.selectFrom(kind).select('body').orderBy('seq').execute();
    Object.assign(plant, { [kind]: JSON.parse(`[${rows.map((row) => row.body).join(',')}]`) as unknown });
  }
  return plant;
}

/** Adds records or replaces those with the same id; `message` names the import that they came with. */
export async function putRecords<Kind extends RecordKind>(
  db: Kysely<Schema>,
  kind: Kind,
  records: readonly Plant[Kind][number][],
  message: string,
  importedAt: Instant,
): Promise<void> {
  const rows = records.map((record) => ({
    id: record.id,
    body: JSON.stringify(record),
    message,
    importedAt,
  }));
  const table: RecordKind = kind;
  for (const chunk of chunks(rows)) {
    await db
      .insertInto(table)
      .values(chunk)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet(({ ref }) => ({
          body: ref('excluded.body'),
          message: ref('excluded.message'),
          importedAt: ref('excluded.importedAt'),
        })),
      )
      .execute();
  }
}

export async function removeRecords(
  db: Kysely<Schema>,
  kind: RecordKind,
  ids: readonly string[],
): Promise<void> {
  for (const chunk of chunks(ids)) await db.deleteFrom(kind).where('id', 'in', chunk).execute();
}
