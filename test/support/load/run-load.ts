import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openStore } from '#electron/store/store.ts';
import { must } from '#shared/base/must.ts';
import { EquipmentId } from '#shared/domain/equipment.ts';
import { freePort } from '#test/support/free-port.ts';
import { done } from '#test/support/temporary-station.ts';
import { type Copies, copiesOf } from './copies.ts';
import { type Answered, Page } from './page.ts';
import { type Prepared, SHIFT_BEGINS } from './prepare.ts';
import { Sightings } from './sightings.ts';
import type { Fares, Told } from './station-child.ts';
import { Window } from './window.ts';
import type * as PageClient from './page-client.ts';
import type * as WindowClient from './window-client.ts';

export interface LoadOptions {
  /** Data folder of a plant that was prepared. */
  readonly data: string;
  readonly plant: Prepared;
  readonly pages: number;
  readonly windows: number;
  /** Reports a second, over all pages. */
  readonly rate: number;
  readonly seconds: number;
  /** Further arguments of the station's process, such as `--cpu-prof`. */
  readonly node?: readonly string[];
  /** Hears once a second how it stands. */
  readonly watch?: (so: LoadSoFar) => void;
}

export interface LoadSoFar {
  readonly elapsed: number;
  readonly answered: readonly Answered[];
  /** Milliseconds until each report was shown in every window. */
  readonly shown: readonly number[];
  /** The station's process, second by second. */
  readonly fares: readonly Fares[];
  /** Turns at which no page was free to report. */
  readonly missed: number;
  readonly reads: { readonly pages: number; readonly boards: number; readonly facts: number };
}

export interface LoadResult extends LoadSoFar {
  /** Ids that were acknowledged and are not in the record, and those that are in it more than once. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** In the record, and acknowledged to nobody. */
  readonly unheard: readonly string[];
  /** Reports that some window never showed. */
  readonly unseen: readonly string[];
  /** How many different boards the windows show at the end, the record's own among them: 1 where all is well. */
  readonly boards: number;
  /** What is wrong with the record's chain and seals; null where nothing is. */
  readonly damage: string | null;
  /** What went wrong at pages while they read. */
  readonly failures: readonly string[];
}

const SETTLES_WITHIN_MS = 20_000;

/** A station in a process of its own, pages and windows over the real protocols, and what became of every report. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { data, plant, rate, seconds } = options;
  const child = fork(
    fileURLToPath(new URL('station-child.ts', import.meta.url)),
    [data, SHIFT_BEGINS, data],
    { execArgv: [...(options.node ?? [])] },
  );
  const fares: Fares[] = [];
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The station ended with code ${code}.`)));
    child.on('message', (told: Told) => (told.kind === 'ready' ? resolve(told.url) : fares.push(told)));
  });
  const closed = new AbortController();
  try {
    const sightings = new Sightings(options.windows);
    const windows = await openWindows(address, options.windows, sightings, closed.signal);
    const pages = await openPages(windows, plant, options.pages, closed.signal);
    const answered: Answered[] = [];
    const under = new Set<Promise<void>>();
    let missed = 0;
    // What opening windows and pages took is no part of how it fares with reports.
    fares.length = 0;
    const began = performance.now();
    const soFar = (): LoadSoFar => ({
      elapsed: (performance.now() - began) / 1000,
      answered,
      shown: sightings.took,
      fares,
      missed,
      reads: {
        pages: pages.reduce((sum, page) => sum + page.reads, 0),
        boards: windows.reduce((sum, window) => sum + window.reads, 0),
        facts: windows.reduce((sum, window) => sum + window.facts, 0),
      },
    });
    const watching = setInterval(() => options.watch?.(soFar()), 1000);
    const acting = pages.slice(0, plant.units.length);
    for (let k = 0, next = 0; k < rate * seconds; k += 1) {
      await pause(Math.max(0, began + (k / rate) * 1000 - performance.now()));
      const free = acting.findIndex((_, at) => !acting[(next + at) % acting.length]?.isBusy);
      const page = acting[(next + free) % acting.length];
      if (free < 0 || !page) {
        missed += 1;
        continue;
      }
      next = (next + free + 1) % acting.length;
      const tapped = page
        .tap((report, item) => sightings.expect(report, item))
        .then((one) => {
          if (one) answered.push(one);
          if (one?.refused) sightings.forget(one.report);
        })
        .finally(() => under.delete(tapped));
      under.add(tapped);
    }
    await Promise.all(under);
    clearInterval(watching);
    const until = performance.now() + SETTLES_WITHIN_MS;
    while (sightings.missing.length > 0 && performance.now() < until) await pause(20);
    const boards = await differentBoards(windows);
    const failures = pages.flatMap((page) => page.failures);
    closed.abort();
    await stop(child);
    const unseen = sightings.missing.map(({ id, kind }) => `${kind} ${id}`);
    return { ...soFar(), ...(await inRecord(data, answered)), unseen, boards, failures };
  } finally {
    closed.abort();
    child.kill();
  }
}

async function openWindows(
  address: string,
  count: number,
  sightings: Sightings,
  closed: AbortSignal,
): Promise<Window[]> {
  const copy = (await copiesOf('window-client')) as Copies<typeof WindowClient>;
  const windows = Array.from(
    { length: count },
    (_, k) => new Window(address, copy, (board, fact) => sightings.look(k, board, fact), closed),
  );
  await Promise.all(windows.map((window) => window.open()));
  return windows;
}

/** Screens at an address of the plant network, each paired by a code that a window shows. */
async function openPages(
  [window]: readonly Window[],
  { units }: Prepared,
  count: number,
  closed: AbortSignal,
): Promise<Page[]> {
  const desk = must(window, 'A window');
  const port = await freePort();
  done(await desk.ask('line.serve', { on: true, address: '127.0.0.1', port }));
  const copy = (await copiesOf('page-client')) as Copies<typeof PageClient>;
  const pages: Page[] = [];
  for (let k = 0; k < count; k += 1) {
    const unit = EquipmentId.parse(units[k % units.length]);
    const { code } = done(await desk.ask('device.offer', { name: `Screen ${k + 1}`, units: [unit] }));
    const page = new Page(unit, `http://127.0.0.1:${port}`, copy, closed);
    await page.open(code);
    pages.push(page);
  }
  return pages;
}

/** What is shown of what was reported: times that the clock alone moves are left out. */
async function differentBoards(windows: readonly Window[]): Promise<number> {
  const [first] = windows;
  const recorded = await must(first, 'A window').ask('board.read', {});
  const shown = [recorded, ...windows.map(({ board }) => board)].map(({ bars, rows }) =>
    JSON.stringify([
      bars
        .map(({ task, unit, work, progress, actualStart }) => [task, unit, work, progress, actualStart])
        .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
      rows.map(({ unit, state, downtimes, reported }) => [unit, state, downtimes, reported]),
    ]),
  );
  return new Set(shown).size;
}

async function stop(child: ChildProcess): Promise<void> {
  child.send('stop');
  await once(child, 'exit');
}

/** Holds what was acknowledged against the record: every report once, and nothing that nobody sent. */
async function inRecord(
  data: string,
  answered: readonly Answered[],
): Promise<Pick<LoadResult, 'lost' | 'doubled' | 'unheard' | 'damage'>> {
  const store = await openStore(join(data, 'shiftwright.db'), { readonly: true });
  try {
    const kept = (await store.read.events()).map(({ id }) => id);
    const once = new Set(kept);
    const acknowledged = answered.flatMap(({ report, refused }) => (refused === null ? report.id : []));
    const heard = new Set(acknowledged);
    const { problem } = await store.verify();
    return {
      lost: acknowledged.filter((id) => !once.has(id)),
      doubled: kept.filter((id, at) => kept.indexOf(id) !== at),
      unheard: [...once].filter((id) => !heard.has(id)),
      damage: problem,
    };
  } finally {
    await store.close();
  }
}
