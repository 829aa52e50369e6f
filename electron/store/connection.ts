import Database from 'better-sqlite3';
import {
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { Schema } from './schema.ts';

export interface Connection {
  readonly sqlite: Database.Database;
  readonly db: Kysely<Schema>;
}

const BUSY_MS = 5000;
/** `synchronous` as a number: a commit is on the disk before it is acknowledged. */
const FULL = 2;

/** An existing database file as it lies there: nothing is switched or written yet. */
export function connect(file: string, options: { readonly: boolean }): Connection {
  const sqlite = new Database(file, { ...options, fileMustExist: true, timeout: BUSY_MS });
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('cell_size_check = ON');
  return { sqlite, db: kysely(sqlite) };
}

/** What every writing connection is switched to, on every open: SQLite remembers WAL but falls back to synchronous = NORMAL. */
export function makeDurable({ sqlite }: Connection): void {
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // Without it REPLACE deletes rows behind the backs of the triggers that forbid deletion.
  sqlite.pragma('recursive_triggers = ON');
  mustRead(sqlite, 'journal_mode', 'wal');
  mustRead(sqlite, 'synchronous', FULL);
  mustRead(sqlite, 'foreign_keys', 1);
}

function mustRead(sqlite: Database.Database, pragma: string, expected: unknown): void {
  const found = sqlite.pragma(pragma, { simple: true });
  if (found !== expected) {
    throw new Error(
      `${sqlite.name}: ${pragma} reads ${String(found)} instead of ${String(expected)}.\nMaybe the file system does not support it; put the database on a local disk.`,
    );
  }
}

const kysely = (sqlite: Database.Database): Kysely<Schema> =>
  new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new Driver(sqlite),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });

/** SQLite rolls back by itself on a full disk; rolling back again would hide the real error behind its own. */
class Driver extends SqliteDriver {
  readonly #sqlite: Database.Database;
  constructor(sqlite: Database.Database) {
    super({ database: { prepare: preparedOnce(sqlite), close: () => sqlite.close() } });
    this.#sqlite = sqlite;
  }
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection);
  }
}

/** Kysely prepares every query anew, which costs as much as running a small one. */
function preparedOnce(sqlite: Database.Database): (query: string) => SqliteStatement {
  const known = new Map<string, SqliteStatement>();
  return (query) => {
    const statement = known.get(query) ?? sqlite.prepare(query);
    if (known.size >= STATEMENTS) known.clear();
    known.set(query, statement);
    return statement;
  };
}

/** Statements that are kept; lists of ids make a few of their own. */
const STATEMENTS = 200;
