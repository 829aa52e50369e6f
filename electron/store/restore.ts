import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { connect } from './connection.ts';
import { migrate } from './migrate.ts';
import { lockStation } from './station-lock.ts';
import { StoreError, damaged, explained } from './store-error.ts';
import { type Verification, verifyDatabase } from './verify.ts';

/** What a restored record is, and where what was there before lies now. */
export interface Restored {
  readonly entries: number;
  readonly head: string;
  readonly aside: string;
}

/**
 * Puts a backup in the place of the database, when nobody has that open. What was there is moved into
 * the folder `aside` beside it, never deleted, and only once the backup is verified and brought to this program's schema. Throws StoreError and leaves everything as it is.
 */
export async function restoreDatabase(file: string, backup: string, aside: string): Promise<Restored> {
  const unlock = lockStation(file);
  const incoming = `${file}.restoring`;
  try {
    if (!existsSync(backup))
      throw new StoreError('missing', `There is no backup ${backup}.\nMaybe its name was mistyped.`);
    await rm(incoming, { force: true });
    await copyFile(backup, incoming);
    await chmod(incoming, 0o600);
    const { entries, head } = await verified(incoming, backup);
    const folder = join(dirname(file), aside);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The log first: without its database it is nothing, with another database it would be damage.
    for (const suffix of ['-wal', '-shm', ''])
      await rename(`${file}${suffix}`, join(folder, `${basename(file)}${suffix}`)).catch(unlessAbsent);
    await rename(incoming, file);
    return { entries, head, aside: folder };
  } finally {
    await rm(incoming, { force: true });
    unlock();
  }
}

/** Checks all of the copy and lets it reach the disk. */
async function verified(copy: string, backup: string): Promise<Verification> {
  const connection = connect(copy, { readonly: false });
  try {
    await migrate(connection);
    const verification = await verifyDatabase(connection);
    if (verification.problem) throw damaged(backup, verification.problem);
    return verification;
  } catch (error) {
    throw explained(backup, error);
  } finally {
    connection.sqlite.close();
    const handle = await open(copy, 'r+');
    await handle.sync();
    await handle.close();
  }
}

function unlessAbsent(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
}
