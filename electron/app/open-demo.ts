import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller, Outcome } from '#shared/contract/calls.ts';
import type { ImportReport } from '#shared/domain/import-report.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import type { NamedText } from '#electron/erp/named-text.ts';
import type { Instant } from '#shared/time/instant.ts';
import { type LocalDate, addDays, localDateOf, weekdayOf } from '#shared/time/zone.ts';
import { importFiles } from './import-files.ts';
import type { Station } from './station.ts';

const DEMO_ZONE = 'Europe/Berlin';
const DEMO_SEED = 7;
const DEMO_ORDERS = 150;

/** The Monday that the demo plant's two weeks begin with: today, else the next one, so that nothing is late at once. */
export function demoStart(now: Instant): LocalDate {
  const today = localDateOf(DEMO_ZONE, now);
  return addDays(today, (8 - weekdayOf(today)) % 7);
}

/** The demo plant's files, as an ERP would drop them: a folder in the data folder, to look at, to change and to drop again. */
export async function demoFiles({ dataDir, now }: Pick<Station, 'dataDir' | 'now'>): Promise<NamedText[]> {
  const folder = join(dataDir, 'demo-plant');
  const plant = generatePlant({ orders: DEMO_ORDERS, seed: DEMO_SEED, start: demoStart(now) });
  await mkdir(folder, { recursive: true });
  for (const { name, text } of plant) await writeFile(join(folder, name), text);
  return Promise.all(
    plant.map(async ({ name }) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
}

/** Opens the demo plant: its folder goes through the ordinary importer. */
export const openDemo = async (station: Station, caller: Caller): Promise<Outcome<ImportReport>> =>
  importFiles(station, { files: await demoFiles(station), dryRun: false }, caller);
