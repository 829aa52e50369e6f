import { mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { connect } from './connection.ts';
import { onSnapshot } from './snapshot.ts';
import { createPrivate } from './station-lock.ts';
import { damaged } from './store-error.ts';
import { verifyDatabase } from './verify.ts';

export interface Backup {
  readonly bytes: number;
  /** Hash of the last ledger entry in it. */
  readonly ledgerHead: string;
}

/** Pages copied between two turns of the station. */
const PAGES = 2000;

/**
 * Copies the running database into one file: a snapshot, verified like the original, on the disk before it gets its name.
 * An older backup of that name is replaced only by a good one.
 */
export async function backupDatabase(live: string, target: string): Promise<Backup> {
  const directory = dirname(resolve(target));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(await realpath(directory), basename(target));
  const original = await realpath(live);
  if (
    [original, `${original}-wal`, `${original}-shm`, `${original}.lock`].includes(
      await realpath(file).catch(() => file),
    )
  ) {
    throw new Error(`A backup cannot replace the live database ${live}.\nMaybe another file name was meant.`);
  }
  const partial = `${file}.partial`;
  try {
    await rm(partial, { force: true });
    createPrivate(partial);
    await onSnapshot(live, ({ sqlite }) => sqlite.backup(partial, { progress: () => PAGES }));
    const ledgerHead = await verifiedHead(partial);
    await flush(partial, 'r+');
    await rename(partial, file);
    // Windows keeps names by itself and lets nobody open a directory.
    if (process.platform !== 'win32') await flush(directory, 'r');
    return { bytes: (await stat(file)).size, ledgerHead };
  } finally {
    await rm(partial, { force: true });
  }
}

/** Opens the copy as a database of its own and checks all of it. */
async function verifiedHead(file: string): Promise<string> {
  const copy = connect(file, { readonly: false });
  try {
    // One file, nothing beside it: a backup is carried around.
    copy.sqlite.pragma('journal_mode = DELETE');
    const { head, problem } = await verifyDatabase(copy);
    if (problem) throw damaged(file, problem);
    return head;
  } finally {
    copy.sqlite.close();
  }
}

/** Waits until a file, or the names in a directory, are on the disk. */
async function flush(path: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(path, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
