import { existsSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ANCHORS } from '#electron/app/anchors.ts';
import { newestBackup } from '#electron/app/keep-backups.ts';
import { type Restored, restoreDatabase } from '#electron/store/restore.ts';
import { type Answer, type Flags, Usage, clockOf, text } from './flags.ts';
import { openDataDir } from './data-dir.ts';
import { withStation } from './with-station.ts';
import type { Running } from './running.ts';
import { serviceOf } from './service-of.ts';

/** What `restoreRecord` did. */
export interface RestoredRecord extends Restored {
  readonly backup: string;
}

/** Puts a backup, or the newest that the station has kept, in the place of the record; what was there is set aside. */
export async function restoreRecord(
  data: string | undefined,
  named: string | undefined,
  clock: () => number,
): Promise<RestoredRecord> {
  const dir = openDataDir(data, { readonly: false });
  const backup = named ?? newestBackup(dir.root)?.file;
  if (backup === undefined)
    throw new Usage(`There is no backup in ${join(dir.root, 'backups')}. Name the file: restore FILE`);
  const stamp = new Date(clock()).toISOString().replaceAll(/[:.]/g, '-');
  const restored = await restoreDatabase(dir.database, backup, `before-restore-${stamp}`);
  // They are of what was set aside: the restored record has not come so far.
  if (existsSync(join(dir.root, ANCHORS))) renameSync(join(dir.root, ANCHORS), join(restored.aside, ANCHORS));
  return { backup, ...restored };
}

/** The restored record says itself that it was restored, from what, and where what it replaced lies. */
export const noteRestored = async (
  running: Running,
  { backup, aside, head }: RestoredRecord,
): Promise<void> => {
  const user = serviceOf(running, 'restore');
  const caller = { user, origin: 'command', key: `restore ${aside}` } as const;
  await running.station.command(caller, 'record.restore', async (write) => {
    const note = { entity: 'record', entityId: basename(backup), field: 'head', old: null, new: head };
    await write.log({ ...note, reason: `What was there before lies in ${basename(aside)}` });
    return { detail: null };
  });
};

/** The command `restore [FILE]`. */
export async function restore(flags: Flags): Promise<Answer> {
  const restored = await restoreRecord(text(flags, 'data'), flags.positionals[0], clockOf(flags) ?? Date.now);
  return withStation(flags, async (running) => {
    await noteRestored(running, restored);
    const { backup, entries, head, aside } = restored;
    return {
      exit: 0,
      text: `Restored ${backup}: sound, ${entries} ledger entries.\nWhat was there before lies in ${aside}.`,
      json: { backup, entries, head, aside },
    };
  });
}
