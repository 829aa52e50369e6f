import { closeSync, openSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { StoreError } from './store-error.ts';

/**
 * One station per database. The lock is SQLite's own lock on a small file beside the database: the operating
 * system drops it when the process ends in whatever way, so that no kill leaves a lock behind and no pid is guessed at.
 * Who holds it is written in the file, for the message; RESERVED lets others read that.
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
    const holder = holderOf(lock);
    lock.close();
    throw new StoreError(
      'locked',
      `${file} already has a station: ${holder}.\nMaybe Shiftwright is open in another window; close it, or choose another data folder with --data.`,
      error,
    );
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
