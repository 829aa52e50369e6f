import type { Kysely } from 'kysely';
import type { Figures } from '#shared/domain/schedule.ts';
import type { Version } from '#shared/domain/version.ts';
import { pack, unpack } from './packed.ts';
import type { Schema, VersionRow } from './schema.ts';

/** A version without its schedule, as lists show it. */
export type VersionHead = Omit<Version, 'schedule' | 'begun' | 'parts'>;

/** What is packed into one column; versions published before starts were held against older ones have no `begun`. */
type Packed = Version['schedule'] & { readonly begun?: Version['begun'] } & Pick<Version, 'parts'>;

/** Newest first. */
export async function readVersions(db: Kysely<Schema>): Promise<VersionHead[]> {
  const rows = await db
    .selectFrom('version')
    .select(['number', 'published', 'publisher', 'note', 'figures'])
    .orderBy('number', 'desc')
    .execute();
  return rows.map((row) => ({ ...row, figures: JSON.parse(row.figures) as Figures }));
}

export async function readVersion(db: Kysely<Schema>, number: number): Promise<Version | null> {
  const row = await db.selectFrom('version').selectAll().where('number', '=', number).executeTakeFirst();
  if (!row) return null;
  const { begun = [], parts, ...schedule } = await unpack<Packed>(row.schedule);
  const figures = JSON.parse(row.figures) as Figures;
  return { ...row, figures, schedule, begun, ...(parts && { parts }) };
}

export async function readLatestVersion(db: Kysely<Schema>): Promise<Version | null> {
  const number = await latestNumber(db);
  return number > 0 ? readVersion(db, number) : null;
}

/** Adds the next version, never another; the row as it was written. */
export async function addVersion(db: Kysely<Schema>, version: Version): Promise<VersionRow> {
  const next = (await latestNumber(db)) + 1;
  if (version.number !== next) {
    throw new RangeError(
      `Version ${version.number} cannot follow version ${next - 1}.\nMaybe somebody else published meanwhile.`,
    );
  }
  const { number, published, publisher, note } = version;
  const row = {
    number,
    published,
    publisher,
    note,
    figures: JSON.stringify(version.figures),
    schedule: await pack({
      ...version.schedule,
      begun: version.begun,
      ...(version.parts && { parts: version.parts }),
    } satisfies Packed),
  };
  await db.insertInto('version').values(row).execute();
  return row;
}

async function latestNumber(db: Kysely<Schema>): Promise<number> {
  const row = await db
    .selectFrom('version')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirst();
  return row?.number ?? 0;
}
