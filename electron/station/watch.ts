import { checkRecord } from '#electron/app/check-record.ts';
import { watchClock } from '#electron/app/watch-clock.ts';
import { type Running, serviceOf } from './running.ts';

/** In milliseconds. */
const LOOK = 5000;
const DAY = 86_400_000;

/** While a station serves, its clock is watched (TS-03) and its record checked: at once and every day (HC-04). Returns how to stop. */
export function watchStation(running: Running): () => Promise<void> {
  const { station } = running;
  const caller = { user: serviceOf(running, 'watch'), origin: 'station' } as const;
  const failed = (error: unknown): void =>
    station.tell({
      kind: 'notice',
      level: 'error',
      text: error instanceof Error ? error.message : String(error),
    });
  let checking = checkRecord(station, 'start', caller).then(() => undefined, failed);
  const daily = setInterval(() => {
    checking = checking.then(() => checkRecord(station, 'daily', caller)).then(() => undefined, failed);
  }, DAY).unref();
  const { look } = watchClock(station, caller.user);
  const looking = setInterval(() => void look().catch(failed), LOOK).unref();
  return async () => {
    clearInterval(daily);
    clearInterval(looking);
    await checking;
  };
}
