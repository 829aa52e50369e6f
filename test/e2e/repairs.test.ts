import { AxeBuilder } from '@axe-core/playwright';
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { recordExecution } from '#electron/app/record-execution.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import { ExecutionReport } from '#shared/domain/execution.ts';
import { HOUR } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { complaintsOf, launchBrowser, openPage, screenshot } from '#test/e2e/browser.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

/** A supervisor's morning in real Chromium before a real station: a press goes down, and an order is late. */
let shop: TemporaryStation;
let browser: Browser;
let serving: Serving;

beforeAll(async () => {
  await buildWindow(console.log);
  shop = await temporaryStation('2026-11-23T05:00:00Z');
  const { handlers, station } = shop;
  done(await handlers['plant.openDemo']({}, planner()));
  const ended = shop.next('solve.ended');
  done(await handlers['solve.start']({ seconds: 2, seed: 1 }, planner()));
  await ended;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

const violationsOf = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};

/** The unit that has most to do in the next hours. */
function busiestUnit(): string {
  const { bars, now } = boardView(shop.station.workspace);
  const soon = Map.groupBy(
    bars.filter(({ start, end }) => end > now && start < now + 6 * HOUR),
    ({ unit }) => unit,
  );
  return must([...soon].toSorted((a, b) => b[1].length - a[1].length)[0], 'A busy unit')[0];
}

test('a unit goes down: three repairs side by side, one is chosen, looked at and accepted', async () => {
  const { station } = shop;
  const unit = busiestUnit();
  const report = ExecutionReport.parse({
    id: `report ${randomUUID()}`,
    kind: 'downtimeStarted',
    unit,
    reason: 'Mechanical',
  });
  await recordExecution(station, report, { user: unit, origin: 'line', key: report.id });
  const page = await openPage(browser, `${serving.url}#/board`);
  await page.getByRole('button', { name: /Repairs … · .+ is down/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  const least = dialog.getByRole('listitem', { name: 'Least change' });
  await least.waitFor();
  await dialog.getByRole('listitem', { name: 'Best delivery' }).waitFor();
  await dialog.getByRole('listitem', { name: 'Least setup' }).waitFor();
  expect(await violationsOf(page)).toEqual([]);
  await screenshot(page, 'repairs-day');

  await least.getByRole('button', { name: 'Choose least change' }).click();
  await page.getByText('Proposal by least change').waitFor();
  const before = station.workspace.assignments;
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.getByText(/Proposal accepted/).waitFor();
  expect(station.workspace.assignments).not.toEqual(before);
  const { plan, schedule } = station.workspace;
  expect(checkSchedule({ ...plan, now: plan.now - HOUR }, schedule)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => station.workspace.redo).toBe('Accept the proposal');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

test('somebody is absent: asked by keyboard, with a budget of moves', async () => {
  const page = await openPage(browser, `${serving.url}#/board`, { theme: 'night' });
  await page.locator('[data-painted="true"]').waitFor();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  await dialog.getByLabel('What happened').selectOption('absence');
  await dialog.getByLabel('From now for').selectOption('8');
  await dialog.getByRole('listitem', { name: 'Least change' }).or(dialog.getByText(/holds/)).waitFor();
  await screenshot(page, 'repairs-night');
  expect(await violationsOf(page)).toEqual([]);
  await dialog.getByLabel(/Move at most/).fill('0');
  await dialog
    .getByText(/No repair: more than 0 tasks would have to move/)
    .or(dialog.getByRole('listitem', { name: 'Least change' }))
    .or(dialog.getByText(/holds/))
    .waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

test('a lot comes a day later: what waits for it moves, by keyboard', async () => {
  const page = await openPage(browser, `${serving.url}#/board`);
  await page.locator('[data-painted="true"]').waitFor();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  await dialog.getByLabel('What happened').selectOption('lateLot');
  const first = await dialog.locator('select').nth(1).locator('option').first().textContent();
  expect(first).toMatch(/^\S+ · .+ · \d+ tasks?$/);
  await dialog.getByLabel('There in').selectOption('24');
  await dialog.getByRole('listitem', { name: 'Least change' }).or(dialog.getByText(/holds/)).waitFor();
  await screenshot(page, 'repairs-late-lot-day');
  expect(await violationsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

test('the inspector of a late order tells what would help', async () => {
  const { bars } = boardView(shop.station.workspace);
  const late = must(
    bars.filter((bar) => bar.late > 0 && bar.work === 'waiting').toSorted((a, b) => a.late - b.late)[0],
    'A late order',
  );
  for (const theme of ['day', 'night'] as const) {
    const page = await openPage(browser, `${serving.url}#/orders`, { theme });
    await page.getByRole('searchbox').fill(late.order);
    await page
      .getByRole('row', { name: new RegExp(late.order) })
      .first()
      .click();
    await page.locator('[data-painted="true"]').waitFor();
    await page.keyboard.press('i');
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    await inspector.getByRole('button', { name: 'What would help' }).click();
    await inspector.getByText(/Changes tried, each by re-solving/).waitFor({ timeout: 30_000 });
    await inspector.locator('.what-helps').scrollIntoViewIfNeeded();
    await screenshot(page, `what-helps-${theme}`);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  }
}, 90_000);
