import type { Kysely } from 'kysely';
import type { Schema } from '#electron/store/schema.ts';

/** One step of the schema, all or nothing. Never changed once released: the next step gets the next number. */
export type Migration = (db: Kysely<Schema>) => Promise<void>;
