/**
 * How fast the road is: import, first schedule, memory of the station, first useful screen.
 * Every size runs in a process of its own, so that its memory is its own; `node test/bench/road.bench.ts --tasks N` is one.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { importFiles } from '#electron/app/import-files.ts';
import { demoFiles } from '#electron/app/open-demo.ts';
import { boardView } from '#electron/app/board-view.ts';
import { generatePlant } from '#electron/demo/generate.ts';
import { solvePlan } from '#electron/solving/solve-plan.ts';
import { WINDOW_DIR, openStation, serveStation } from '#electron/station/running.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { launchBrowser, openPage } from '#test/e2e/browser.ts';

const NOW = Date.parse('2026-11-23T05:00:00Z');

interface Row {
  readonly what: string;
  readonly measured: number;
  readonly goal: number;
  readonly unit: 's' | 'MB' | '';
}

async function measure(tasks: number | null): Promise<Row[]> {
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
  const clock = (): number => NOW + Math.round(performance.now());
  const running = await openStation({ data, clock });
  const rows: Row[] = [];
  const row = (what: string, from: number, goal: number): void =>
    void rows.push({ what, measured: (performance.now() - from) / 1000, goal, unit: 's' });
  const big = tasks !== null;
  const files = big
    ? generatePlant({ tasks, seed: 1, start: '2026-11-23' })
    : await demoFiles(running.station);

  let from = performance.now();
  const caller = { user: 'bench', origin: 'command', key: 'bench import' } as const;
  const outcome = await importFiles(running.station, { files, dryRun: false }, caller);
  if (!outcome.ok) throw new Error(outcome.refusal.text);
  row(`import (${running.station.workspace.plan.tasks.length} tasks)`, from, big ? 30 : 3);

  from = performance.now();
  const { plan } = running.station.workspace;
  const { done } = solvePlan(plan, { limit: { seconds: big ? 4 : 1 }, seed: 1 }, {});
  const { best, firstAt, trouble } = await done;
  if (!best || firstAt === null) throw new Error(`The solver found nothing: ${trouble}.`);
  rows.push({ what: 'first schedule', measured: firstAt / 1000, goal: big ? 3 : 1, unit: 's' });
  rows.push({
    what: 'checker violations',
    measured: checkSchedule(plan, best.schedule).length,
    goal: 0,
    unit: '',
  });
  rows.push({
    what: 'unplaced tasks',
    measured: best.schedule.unplaced.length,
    goal: plan.tasks.length * 0.1,
    unit: '',
  });

  from = performance.now();
  JSON.stringify(boardView(running.station.workspace));
  row('board view', from, 1);

  rows.push({
    what: 'memory of the station',
    measured: process.resourceUsage().maxRSS / 1024,
    goal: 1024,
    unit: 'MB',
  });
  if (!big) rows.push(await firstScreen(running));
  await running.close();
  rmSync(data, { recursive: true });
  return rows;
}

/** From the address to a board that shows bars, the second time, in real Chromium. */
async function firstScreen(running: Awaited<ReturnType<typeof openStation>>): Promise<Row> {
  await buildWindow(() => undefined);
  const { handlers, station } = running;
  const ended = new Promise<void>((resolve) => {
    station.onFact((fact) => fact.kind === 'solve.ended' && resolve());
  });
  const caller = (key: string) => ({ user: 'bench', origin: 'command', key }) as const;
  await handlers['solve.start']({ seconds: 1, seed: 1 }, caller('bench solve'));
  await ended;
  await handlers['proposal.accept']({ expected: station.workspace.revision }, caller('bench accept'));
  const serving = await serveStation(running, { port: 0, windowDir: WINDOW_DIR });
  const browser = await launchBrowser();
  const page = await openPage(browser, serving.url);
  await page.locator('[data-painted="true"]').waitFor();
  const from = performance.now();
  await page.reload();
  await page.locator('[data-painted="true"]').waitFor();
  const measured = (performance.now() - from) / 1000;
  await browser.close();
  await serving.close();
  return { what: 'first useful screen, warm', measured, goal: 2, unit: 's' };
}

const { values } = parseArgs({ options: { tasks: { type: 'string' } } });
if (values.tasks === undefined) {
  for (const tasks of ['demo', '20000']) {
    console.log(tasks === 'demo' ? 'Demo plant' : `${tasks} generated tasks`);
    spawnSync(process.execPath, [import.meta.filename, '--tasks', tasks], { stdio: 'inherit' });
  }
} else {
  for (const { what, measured, goal, unit } of await measure(
    values.tasks === 'demo' ? null : Number(values.tasks),
  )) {
    const verdict = measured <= goal ? 'within' : 'OVER';
    console.log(
      `  ${what.padEnd(28)}${measured.toFixed(unit === 's' ? 2 : 0).padStart(8)} ${unit.padEnd(3)} goal ${Math.round(goal)} ${unit} ${verdict}`,
    );
  }
}
