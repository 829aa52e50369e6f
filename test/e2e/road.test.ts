import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { placeOf as placeOn } from './board/place-of.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { lineThatBegins } from '#test/support/line-that-begins.ts';
import { type TemporaryStation, temporaryStation } from '#test/support/temporary-station.ts';

/** The whole road in real Chromium before a real station on an empty database, in the order in which people meet it. */
let shop: TemporaryStation;
let browser: Browser;
let serving: Serving;
let page: Page;

beforeAll(async () => {
  await buildWindow(console.log);
  shop = await temporaryStation('2026-11-23T05:00:00Z');
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
  page = await openPage(browser, serving.url);
});
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

const figure = async (name: string): Promise<number> => {
  const item = page.getByRole('region', { name: 'Figures of the draft' }).locator('.figure-item');
  const text = await item.filter({ hasText: name }).locator('dd').first().textContent();
  return Number(text?.replaceAll(/\D/g, ''));
};

test('first start: the demo plant opens and everything is still to be scheduled', async () => {
  await page.getByRole('button', { name: /Open the demo plant/ }).click();
  await page.getByText('Its orders are in and nothing is scheduled yet.').waitFor();
  await expect.poll(() => figure('Unplaced')).toBeGreaterThan(500);
});

test('[U8] a solve ends in a proposal that is only shown, and accepting it makes it the draft', async () => {
  await page.getByRole('button', { name: 'Solve', exact: true }).last().click();
  await page.getByLabel('Seconds to search').first().fill('2');
  await page.getByRole('button', { name: 'Start solving' }).click();
  await page.getByText('A proposal waits for your decision on the board').waitFor();
  expect(await figure('Unplaced')).toBeGreaterThan(500);
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByText(/Proposal accepted/).waitFor();
  await expect.poll(() => figure('Unplaced')).toBeLessThan(100);
  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await screenshot(page, 'road-board-day');
});

test('[U5] undo takes the accepted proposal back as one step, redo brings it again', async () => {
  const before = await figure('Unplaced');
  await page.keyboard.press('Control+z');
  await expect.poll(() => figure('Unplaced')).toBeGreaterThan(500);
  await page.keyboard.press('Control+Shift+Z');
  await expect.poll(() => figure('Unplaced')).toBe(before);
});

const placeOf = (bar: Pick<BoardBar, 'unit' | 'start' | 'end'>) =>
  placeOn(page, boardView(shop.station.workspace), bar);

test('[U1] [U3] a bar is dragged half an hour to the right: the verdict is at the pointer, the station follows', async () => {
  const { station } = shop;
  await page.getByRole('button', { name: 'Day', exact: true }).click();
  await page.keyboard.press('n');
  const { bars, rows, now } = boardView(station.workspace);
  const inSight = new Set(rows.slice(0, 8).map(({ unit }) => unit));
  const bar = must(
    bars.find(
      ({ task, unit, start, end }) =>
        inSight.has(unit) &&
        start > now + 2 * HOUR &&
        end < now + 16 * HOUR &&
        station.timetable.tryMove(task, unit, start + 30 * MINUTE).ok,
    ),
    'A bar in sight that may move',
  );
  const { x, y, perPixel } = await placeOf(bar);
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + (30 * MINUTE) / perPixel / 2, y, { steps: 5 });
  await page.mouse.move(x + (30 * MINUTE) / perPixel, y, { steps: 5 });
  await page.locator('.verdict').waitFor();
  await screenshot(page, 'road-drag');
  await page.mouse.up();
  await expect
    .poll(() => station.workspace.assignments.get(bar.task)?.start ?? 0)
    .toBeGreaterThan(bar.start + 20 * MINUTE);
  expect(station.workspace.draft.get(bar.task)?.pin).not.toBeNull();
  const there = await placeOf(
    must(
      boardView(station.workspace).bars.find(({ task }) => task === bar.task),
      'The moved bar',
    ),
  );
  await page.mouse.dblclick(there.x, there.y);
  await page.getByText('Why here').waitFor();
  await page.getByRole('button', { name: '3 days' }).click();
  await page.keyboard.press('n');
  await page.mouse.move(20, 700);
  await page
    .getByRole('button', { name: 'Dismiss' })
    .first()
    .click({ timeout: 2000 })
    .catch(() => undefined);
  await screenshot(page, 'board'); // the picture of the README
  await page.getByRole('button', { name: 'Close the inspector' }).click();
});

test('lists say what the plan says: late orders first, calibrations that end soon, who may do what', async () => {
  await page.keyboard.press('2');
  const late = page.getByRole('grid', { name: 'Orders' }).locator('tbody tr.row .late');
  await late.first().waitFor();
  await page.keyboard.press('4');
  await page.getByText('Expires soon').first().waitFor();
  await page.keyboard.press('5');
  await page.getByRole('grid', { name: 'Crew' }).locator('tbody tr.row').first().waitFor();
  expect(await page.getByRole('grid', { name: 'Crew' }).locator('tbody tr.row').count()).toBe(30);
});

test('a row of the orders list leads to its tasks on the board', async () => {
  await page.keyboard.press('2');
  const row = page.getByRole('grid', { name: 'Orders' }).locator('tbody tr.row').first();
  const order = (await row.locator('td').first().textContent()) ?? '';
  await row.click();
  await page.getByRole('heading', { name: 'Board', level: 1 }).waitFor();
  await page.getByRole('main').getByText(order).first().waitFor();
  expect(order).not.toBe('');
  await screenshot(page, 'road-order-on-board-day');
});

test('[U11] publish, then dispatch: every line has its queue and nothing is stale', async () => {
  const moved = page.getByLabel('Figures of the draft').getByText('Moved', { exact: true });
  expect(await moved.count()).toBe(0); // since nothing
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  await dialog.getByLabel('Note for the record').fill('First plan');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published as version 1').waitFor();
  await moved.waitFor();
  await page.getByRole('button', { name: /Dispatch stale/ }).click();
  const preview = page.getByRole('dialog', { name: 'Dispatch' });
  await preview
    .getByText(/r1 · \d+ added/)
    .first()
    .click();
  await preview.getByText('new at position 1').first().waitFor();
  await screenshot(page, 'road-dispatch-preview-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await preview.getByRole('button', { name: 'Dispatch' }).click();
  await page.getByText(/Dispatched \d+ queues/).waitFor();
  await page.getByRole('button', { name: 'Dispatch stale (0)' }).waitFor();
  expect(await page.getByText('Up to date').count()).toBeGreaterThan(20);
});

test('the record holds every step and its chain is whole', async () => {
  await page.keyboard.press('9');
  const audit = page.getByRole('grid', { name: 'Audit' });
  await audit.getByText('version.publish').first().waitFor();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/are unbroken/).waitFor();
  await page.getByRole('searchbox', { name: 'Search the record' }).fill('proposal.accept');
  await expect.poll(() => audit.getByText('version.publish').count()).toBe(0);
  await audit.getByText('proposal.accept').first().waitFor();
  expect(complaintsOf(page)).toEqual([]);
});

test('the line: a start is refused with the reason, the right person starts and completes, the machine goes down', async () => {
  const { workspace } = shop.station;
  const {
    queue: { unit },
    item,
  } = lineThatBegins(shop);
  const needed = must(workspace.tasks.get(item.task)?.people[0], 'A need').qualification;
  const person = (id: string | undefined) =>
    must(
      workspace.plant.people.find((entry) => entry.id === id),
      String(id),
    ).name;
  const right = person(item.assignment.people[0]?.person);
  const qualified = new Set<string>(
    workspace.plant.testResults.filter((result) => result.spec === needed).map((result) => result.subject),
  );
  const wrong = person(workspace.plant.people.find(({ id }) => !qualified.has(id))?.id);
  shop.setClock((item.assignment.start + MINUTE) * 1000);

  const line = await openPage(browser, `${serving.lineUrl}/${encodeURIComponent(unit)}`, {
    size: { width: 1280, height: 800 },
    touch: true,
  });
  const tap = (name: string) => line.getByRole('button', { name, exact: true }).first().tap();
  const identify = (name: string) =>
    line
      .getByRole('dialog', { name: 'Who are you?' })
      .getByRole('button', { name: new RegExp(name) })
      .tap();
  await line.getByRole('heading', { name: `${item.order} · ${item.name}` }).waitFor();
  await tap('Start');
  await identify(wrong);
  await tap('Start');
  await line.getByRole('alert').getByText(wrong).waitFor();
  await tap('OK');
  await tap(wrong);
  await identify(right);
  await tap('Start');
  const end = item.domain === 'inventory' ? 'Staged' : 'Complete';
  await tap(end);
  await line.getByRole('dialog').getByRole('button', { name: end }).tap();
  await expect.poll(() => shop.station.workspace.progress.get(item.task)?.state.kind).toBe('completed');
  await tap('Machine down');
  await tap('Mechanical');
  await tap('Not known yet');
  await line
    .getByText(/Down since/)
    .first()
    .waitFor();
  // What the browser says of a refused report is no fault of the page.
  expect(complaintsOf(line).filter((text) => !text.includes('409'))).toEqual([]);
  await line.close();

  const goTo = (view: string) => page.getByRole('navigation').getByRole('link', { name: view }).click();
  await goTo('Board');
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await page.getByRole('main').getByRole('searchbox').fill(`${item.order} ${item.name}`);
  await page
    .getByText(/completed/i)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Table', exact: true }).click();
  await screenshot(page, 'road-board-actual');
  await page.keyboard.press('3');
  await page
    .getByText(/· Mechanical/)
    .first()
    .waitFor();
  expect(complaintsOf(page)).toEqual([]);
});
