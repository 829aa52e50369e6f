import type { Kysely } from 'kysely';
import type { Attribution, LedgerEntry } from '#shared/domain/ledger.ts';
import type { Schema } from './schema.ts';

/** One intention of one person or service: its key is made once and sent again on every repeat. */
export interface Command {
  readonly key: string;
  readonly user: string;
  readonly action: string;
  readonly origin: LedgerEntry['origin'];
  /** Who by name, as what and where. */
  readonly by?: Attribution | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** The first reply to this key, or null. The same key for something else is a mistake of the caller. */
export async function firstReply(db: Kysely<Schema>, command: Command): Promise<{ reply: unknown } | null> {
  const row = await db.selectFrom('command').selectAll().where('key', '=', command.key).executeTakeFirst();
  if (!row) return null;
  if (row.user !== command.user || row.action !== command.action) {
    throw new Error(
      `The key ${command.key} belongs to ${row.action} by ${row.user}; ${command.user} sent it with ${command.action}.\nMaybe a key was used for two intentions.`,
    );
  }
  return { reply: JSON.parse(row.reply) as unknown };
}

export async function rememberReply(db: Kysely<Schema>, command: Command, reply: unknown): Promise<void> {
  const { key, user, action, at } = command;
  await db
    .insertInto('command')
    .values({ key, user, action, at, reply: JSON.stringify(reply ?? null) })
    .execute();
}
