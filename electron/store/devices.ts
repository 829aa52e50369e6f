import type { Kysely } from 'kysely';
import { Device } from '#shared/domain/device.ts';
import type { Schema } from './schema.ts';

/** Every screen that was ever paired. */
export async function readDevices(db: Kysely<Schema>): Promise<Device[]> {
  const rows = await db.selectFrom('device').select('body').orderBy('id').execute();
  return rows.map(({ body }) => Device.parse(JSON.parse(body)));
}

export async function putDevice(db: Kysely<Schema>, device: Device): Promise<void> {
  const body = JSON.stringify(device);
  await db
    .insertInto('device')
    .values({ id: device.id, body })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
    .execute();
}

/** Keyed fingerprints of the codes by which people identify themselves at a line, by person. */
export async function readBadges(db: Kysely<Schema>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('badge').selectAll().execute();
  return new Map(rows.map(({ person, hash }) => [person, hash]));
}

/** Null takes the code away. */
export async function putBadge(db: Kysely<Schema>, person: string, hash: string | null): Promise<void> {
  if (hash === null) await db.deleteFrom('badge').where('person', '=', person).execute();
  else
    await db
      .insertInto('badge')
      .values({ person, hash })
      .onConflict((conflict) => conflict.column('person').doUpdateSet({ hash }))
      .execute();
}
