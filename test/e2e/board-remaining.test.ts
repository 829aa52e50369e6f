import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { done, planner } from '#test/support/temporary-station.ts';
import { placeOf } from './board/place-of.ts';
import { complaintsOf, screenshot } from './browser.ts';
import { type DemoStation, demoStation } from './demo-station.ts';

let demo: DemoStation;
let running: BoardBar;

const board = () => boardView(demo.shop.station.workspace);
const barNow = () =>
  must(
    board().bars.find(({ task }) => task === running.task),
    'The running task',
  );

/** Whether the line's report was taken. */
async function say({ unit, task }: BoardBar, kind: string, at: number, more: object = {}): Promise<boolean> {
  demo.shop.setClock(at * 1000);
  const report = ExecutionReport.parse({ id: `report ${randomUUID()}`, kind, unit, task, ...more });
  const caller = { user: unit, origin: 'line', key: report.id } as const;
  return (await recordExecution(demo.shop.station, report, caller)).ok;
}

/** The demo plant is published and dispatched, and the first task that may begin has begun. */
beforeAll(async () => {
  demo = await demoStation({ seconds: 3, publish: true });
  const { handlers, station } = demo.shop;
  done(await handlers['queue.dispatch']({}, planner()));
  const { bars } = board();
  for (const bar of bars.filter(({ domain }) => domain !== 'inventory').sort((a, b) => a.start - b.start)) {
    const [who] = bar.people;
    await say(bar, 'setupStarted', bar.start, who && { person: who.person });
    if (!(await say(bar, 'started', bar.runStart, who && { person: who.person }))) continue;
    running = bar;
    demo.shop.setClock((bar.runStart + 10 * MINUTE) * 1000);
    return station.refresh();
  }
}, 120_000);
afterAll(() => demo.close());

async function select(page: Page): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${running.order} ${running.name}`);
  await page.getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('#board-grid').focus();
  await page.waitForTimeout(200); // the board scrolls to it
}

test('what is left of a running task is said by key and by click, stands in bar and inspector, and is undone', async () => {
  const page = await demo.openBoard();
  await select(page);
  const before = barNow().actualEnd;
  await page.keyboard.press('Shift+L');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Still runs, in minutes from now').fill('400');
  await dialog.getByLabel('Reason, if there is one').fill('Waits for a weight');
  await screenshot(page, 'remaining-dialog');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const { remaining, actualEnd } = barNow();
  expect(remaining).toMatchObject({ run: 400 * MINUTE, holds: true, reason: 'Waits for a weight' });
  expect(actualEnd).toBeGreaterThan(before ?? 0);
  await page.keyboard.press('Enter'); // opens the inspector
  await page.getByText('said at the desk').waitFor();
  await page.getByRole('button', { name: 'Shift', exact: true }).click();
  await page.waitForTimeout(200);
  await screenshot(page, 'remaining-day');

  // By click, in the menu of the bar.
  const { x, y } = await placeOf(page, board(), barNow());
  await page.mouse.click(x, y, { button: 'right' });
  await page.getByRole('menuitem', { name: /^Remaining time/ }).click();
  await dialog.getByRole('button', { name: 'As the line counts' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(barNow().remaining).toBeNull();
  await page.keyboard.press('Control+z');
  await expect.poll(() => barNow().remaining?.run).toBe(400 * MINUTE);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 90_000);

test('a newer count of the line holds, and the inspector says so', async () => {
  const { station } = demo.shop;
  done(
    await demo.shop.handlers['draft.remaining'](
      { task: running.task, remaining: 500 * MINUTE, expected: station.workspace.revision },
      planner(),
    ),
  );
  const half = { good: running.quantity / 2 };
  expect(await say(running, 'quantityReported', running.runStart + 20 * MINUTE, half)).toBe(true);
  expect(barNow().remaining).toMatchObject({ holds: false });
  const page = await demo.openBoard({ theme: 'night', size: { width: 1000, height: 700 } });
  await select(page);
  await page.keyboard.press('Enter');
  await page.getByText('The line has counted since: its count holds.').waitFor();
  await screenshot(page, 'remaining-night');
  await page.context().close();
}, 60_000);
