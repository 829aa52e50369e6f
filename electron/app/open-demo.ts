import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type LocalDate, addDays, localDateOf, weekdayOf } from '#shared/time/zone.ts';
import { importFiles } from './import-files.ts';
import type { Station } from './station.ts';

const DEMO_ZONE = 'Europe/Berlin';
const DEMO_SEED = 7;
const DEMO_ORDERS = 150;

/** The Monday that the demo plant's two weeks begin with: this week's until Tuesday, the next one after that. */
export function demoStart(now: Instant): LocalDate {
  const today = localDateOf(DEMO_ZONE, now);
  const weekday = weekdayOf(today);
  return addDays(today, weekday <= 2 ? 1 - weekday : 8 - weekday);
}

/** The demo plant's files, as an ERP would drop them. */
export const demoFiles = (now: Instant): { name: string; text: string }[] =>
  generatePlant({ orders: DEMO_ORDERS, seed: DEMO_SEED, start: demoStart(now) });

/** Opens the demo plant: its files go through the ordinary importer. */
export const openDemo = (station: Station, caller: Caller): Promise<Outcome<ImportReport>> =>
  importFiles(station, { files: demoFiles(station.now), dryRun: false }, caller);
