import type { Kysely } from 'kysely';
import { z } from 'zod';
import { User } from '#shared/domain/user.ts';
import type { Instant } from '#shared/time/instant.ts';
import type { Schema } from './schema.ts';

/** A password as it is kept: what it was made of, and what came out. */
export const Credential = z.object({
  scheme: z.literal('scrypt'),
  n: z.int(),
  r: z.int(),
  p: z.int(),
  salt: z.base64(),
  hash: z.base64(),
});
export type Credential = z.infer<typeof Credential>;

/** Everybody who ever had an account, by id. */
export async function readUsers(db: Kysely<Schema>): Promise<User[]> {
  const rows = await db.selectFrom('user').select('body').orderBy('id').execute();
  return rows.map(({ body }) => User.parse(JSON.parse(body)));
}

export async function putUser(db: Kysely<Schema>, user: User): Promise<void> {
  const body = JSON.stringify(user);
  await db
    .insertInto('user')
    .values({ id: user.id, body })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ body }))
    .execute();
}

/** The passwords of an account, the one that counts first. */
export async function readCredentials(
  db: Kysely<Schema>,
  user: string,
  limit: number,
): Promise<Credential[]> {
  const rows = await db
    .selectFrom('credential')
    .select('body')
    .where('user', '=', user)
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ body }) => Credential.parse(JSON.parse(body)));
}

export async function addCredential(
  db: Kysely<Schema>,
  user: string,
  credential: Credential,
  at: Instant,
): Promise<void> {
  await db
    .insertInto('credential')
    .values({ user, body: JSON.stringify(credential), at })
    .execute();
}
