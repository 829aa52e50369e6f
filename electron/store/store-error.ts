import Database from 'better-sqlite3';

/**
 * Why the store cannot be used as asked.
 * `damaged`: the file is not what was written; open it read-only or restore a backup.
 * `full`: nothing was stored; the same command goes through once there is room.
 */
export type StoreTrouble =
  | 'missing'
  | 'foreign'
  | 'newer'
  | 'older'
  | 'locked'
  | 'damaged'
  | 'full'
  | 'readonly';

export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly trouble: StoreTrouble;
  constructor(trouble: StoreTrouble, text: string, cause?: unknown) {
    super(text, { cause });
    this.trouble = trouble;
  }
}

/** SQLite's error in our words where a person can do something about it; any other error as it came. */
export function explained(file: string, error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code, message } = error;
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return damaged(file, message, error);
  // A full disk shows as either of the two.
  if (code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE') {
    return new StoreError(
      'full',
      `No room to write ${file} (${code}): nothing was stored.\nMaybe the disk is full; free some space and repeat.`,
      error,
    );
  }
  if (code.startsWith('SQLITE_BUSY')) {
    return new StoreError(
      'locked',
      `${file} is in use (${code}).\nMaybe another program has the database open.`,
      error,
    );
  }
  return error;
}

export const damaged = (file: string, finding: string, cause?: unknown): StoreError =>
  new StoreError(
    'damaged',
    `${file} is damaged: ${finding}.\nMaybe the disk failed or the file was cut short; restore the last good backup.`,
    cause,
  );
