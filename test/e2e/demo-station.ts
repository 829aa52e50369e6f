import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { boardView } from '#electron/app/board-view.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { HOUR } from '#shared/time/instant.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';
import { type PageLook, launchBrowser, openPage } from './browser.ts';

/** A real station with the demo plant on the morning of 23 November 2026, and a real Chromium before it. */
export interface DemoStation {
  readonly shop: TemporaryStation;
  readonly browser: Browser;
  readonly url: string;
  readonly openBoard: (look?: PageLook) => Promise<Page>;
  readonly close: () => Promise<void>;
}

/** Solves the demo plant and accepts what was found; published on demand. */
export async function demoStation(ask: {
  seconds: number;
  publish: boolean;
  /** When it is solved and published; the Monday morning of the import where nothing is said. */
  at?: string;
}): Promise<DemoStation> {
  await buildWindow(console.log);
  const shop = await temporaryStation('2026-11-23T05:00:00Z');
  const { handlers, station } = shop;
  done(await handlers['plant.openDemo']({}, planner()));
  if (ask.at !== undefined) shop.setClock(Date.parse(ask.at));
  await station.refresh();
  const ended = shop.next('solve.ended');
  done(await handlers['solve.start']({ seconds: ask.seconds, seed: 1 }, planner()));
  await ended;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  if (ask.publish)
    done(await handlers['version.publish']({ note: '', expected: station.workspace.revision }, planner()));
  const serving = await serveStation(shop, { port: 0 });
  const browser = await launchBrowser();
  async function openBoard(look: PageLook = {}): Promise<Page> {
    const page = await openPage(browser, `${serving.url}#/board`, look);
    await page.locator('#board-grid canvas[data-painted]').waitFor();
    return page;
  }
  async function close(): Promise<void> {
    await browser.close();
    await serving.close();
    await shop.remove();
  }
  return { shop, browser, url: serving.url, openBoard, close };
}

/** The unit that has most to do within some hours from now. */
export function busiestUnit({ station }: TemporaryStation, hours: number): string {
  const { bars, now } = boardView(station.workspace);
  const soon = Map.groupBy(
    bars.filter(({ start, end }) => end > now && start < now + hours * HOUR),
    ({ unit }) => unit,
  );
  return must([...soon].toSorted((a, b) => b[1].length - a[1].length)[0], 'A busy unit')[0];
}

/** Its line reports that the unit is down. */
export async function breakDown({ station }: TemporaryStation, unit: string): Promise<void> {
  const report = ExecutionReport.parse({
    id: `report ${randomUUID()}`,
    kind: 'downtimeStarted',
    unit,
    reason: 'Mechanical',
  });
  await recordExecution(station, report, { user: unit, origin: 'line', key: report.id });
}
