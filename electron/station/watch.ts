import { randomUUID } from 'node:crypto';
import { anchorHead } from '#electron/app/anchors.ts';
import { checkRecord } from '#electron/app/check-record.ts';
import { keepBackups } from '#electron/app/keep-backups.ts';
import { watchClock } from '#electron/app/watch-clock.ts';
import type { Running } from './running.ts';
import { serviceOf } from './service-of.ts';
import { tellTrouble } from './tell-trouble.ts';

/** In milliseconds. */
const LOOK = 5000;
const HOUR = 3_600_000;
const DAY = 86_400_000;

/**
 * While a station serves, its clock is watched (TS-03), its record checked and anchored, at once and every day (HC-03, HC-04),
 * and backed up, and a full disk looked at for room. Returns how to stop.
 */
export function watchStation(running: Running): () => Promise<void> {
  const { station } = running;
  if (station.trouble) return async () => undefined; // there is nothing to be done but to look
  const caller = { user: serviceOf(running, 'watch'), origin: 'station' } as const;
  const failed = tellTrouble(station);
  const backUp = (): Promise<void> => keepBackups(station).catch(failed);
  /** What is whole is anchored: from then on nobody can say that it was never there. */
  const check = async (why: 'start' | 'daily'): Promise<void> => {
    const { ok } = await checkRecord(station, why, caller);
    if (ok) await anchorHead(station);
  };
  let checking = check('start').then(backUp, failed);
  const hourly = setInterval(() => void (checking = checking.then(backUp)), HOUR).unref();
  const daily = setInterval(() => {
    checking = checking.then(() => check('daily')).catch(failed);
  }, DAY).unref();
  const { look } = watchClock(station, caller.user);
  const looking = setInterval(() => {
    void look().catch(failed);
    void tryRoom(running);
  }, LOOK).unref();
  return async () => {
    clearInterval(daily);
    clearInterval(hourly);
    clearInterval(looking);
    await checking;
  };
}

/** Whether there is room again is found out by storing something: what waits goes on by itself then. */
async function tryRoom(running: Running): Promise<void> {
  const { station } = running;
  if (station.trouble?.kind !== 'full') return;
  const caller = {
    user: serviceOf(running, 'room'),
    origin: 'station',
    key: `room ${randomUUID()}`,
  } as const;
  const note = { entity: 'record', entityId: 'disk', field: 'room', old: false, new: true, reason: null };
  await station
    .command(caller, 'record.room', async (write) => {
      await write.log(note);
      return { detail: null };
    })
    .catch(() => undefined); // still none
}
