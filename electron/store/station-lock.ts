import { closeSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { StoreError } from './store-error.ts';

/**
 * One station per database. The lock is SQLite's own lock on a small file beside the database: the operating
 * system drops it when the process ends in whatever way, so that no kill leaves a lock behind and no pid is guessed at.
 * Who holds it is written in the file, for the message; RESERVED lets others read that.
 * (For the same reason nobody else may open these files in this process: POSIX drops the locks when any handle closes.)
 */
export function lockStation(file: string): () => void {
  const path = `${file}.lock`;
  createPrivate(path);
  const lock = new Database(path, { timeout: 200 });
  try {
    lock.exec(
      'BEGIN IMMEDIATE; CREATE TABLE IF NOT EXISTS holder (who TEXT NOT NULL) STRICT; DELETE FROM holder;',
    );
    lock.prepare('INSERT INTO holder VALUES (?)').run(`process ${process.pid} on ${hostname()}`);
    lock.exec('COMMIT; BEGIN IMMEDIATE;');
    return () => lock.close();
  } catch (error) {
    const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    const text = busy
      ? `${file} already has a station: ${holderOf(lock)}.\nMaybe Shiftwright is open in another window; close it, or choose another data folder with --data.`
      : `${path} cannot be locked: ${String(error)}.\nMaybe the file was damaged; it holds nothing but the lock and may be deleted.`;
    lock.close();
    throw new StoreError('locked', text, error);
  }
}

function holderOf(lock: Database.Database): string {
  try {
    const row = lock.prepare<[], { who: string }>('SELECT who FROM holder').get();
    return row?.who ?? 'a process that is just starting';
  } catch {
    return 'a process that is just starting';
  }
}

/** An empty file that only its owner may read, unless there is one already. SQLite gives its side files the same mode. */
export function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
