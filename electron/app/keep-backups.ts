import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DAY, type Instant, instantFromMillis } from '#shared/time/instant.ts';
import type { Station } from './station.ts';

/** A backup that the station made by itself. */
export interface KeptBackup {
  readonly file: string;
  readonly at: Instant;
}

/** So many days can be gone back. */
const KEPT = 7;
const NAME = /^shiftwright-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)\.db$/;

const folderOf = (dataDir: string): string => join(dataDir, 'backups');

/** The backups of a data folder, the newest first. */
function keptBackups(dataDir: string): KeptBackup[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name): KeptBackup[] => {
      const [, hour, minute] = NAME.exec(name) ?? [];
      const at = Date.parse(`${hour}:${minute}:00Z`);
      return Number.isNaN(at) ? [] : [{ file: join(folder, name), at: instantFromMillis(at) }];
    })
    .sort((a, b) => b.at - a.at);
}

export const newestBackup = (dataDir: string): KeptBackup | undefined => keptBackups(dataDir)[0];

/**
 * Backs the record up where the newest backup is a day old, and lets go of those that are too many: only once there is a
 * newer good one. Throws where there is no room, or the record is not what was written.
 */
export async function keepBackups(station: Station): Promise<void> {
  const { dataDir, now, store, trouble, workspace } = station;
  const { equipment, orders } = workspace.plant;
  if (equipment.length === 0 && orders.length === 0) return; // of nothing a backup would only look like one
  const newest = newestBackup(dataDir);
  if (trouble || (newest && newest.at <= now && now - newest.at < DAY)) return;
  const stamp = new Date(now * 1000)
    .toISOString()
    .slice(0, 16)
    .replace(/:(\d\d)$/, '-$1');
  await store.backup(join(folderOf(dataDir), `shiftwright-${stamp}.db`));
  for (const { file } of keptBackups(dataDir).slice(KEPT)) rmSync(file);
  station.tell({ kind: 'record.changed' });
}
