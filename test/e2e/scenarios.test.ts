import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';
import { complaintsOf, launchBrowser, openPage, screenshot } from '#test/e2e/browser.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

/** A planner tries a night shift in real Chromium before a real station: what the draft is worth beside it. */
let shop: TemporaryStation;
let browser: Browser;
let serving: Serving;

beforeAll(async () => {
  await buildWindow(console.log);
  shop = await temporaryStation('2026-11-23T05:00:00Z');
  const { handlers, station } = shop;
  done(await handlers['plant.openDemo']({}, planner()));
  const ended = shop.next('solve.ended');
  done(await handlers['solve.start']({ seconds: 5, seed: 1 }, planner()));
  await ended;
  done(await handlers['proposal.accept']({ expected: station.workspace.revision }, planner()));
  done(await handlers['version.publish']({ note: '', expected: station.workspace.revision }, planner()));
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

const violationsOf = async (page: Page, part: string): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
};
const names = () => shop.station.workspace.scenarios.map(({ name }) => name);
const openName = () => {
  const { scenarios, scenario } = shop.station.workspace;
  return scenarios.find(({ id }) => id === scenario)?.name;
};

/** Moves some tasks two hours later, as a planner would; those that cannot go stay. */
async function moveSome(count: number): Promise<TaskId[]> {
  const { station, handlers } = shop;
  const moved: TaskId[] = [];
  const soon = station.workspace.schedule.assignments
    .filter(({ start }) => start > station.now + 2 * HOUR)
    .toSorted((a, b) => a.start - b.start || (a.task < b.task ? -1 : 1));
  for (const { task, unit, start } of soon) {
    if (moved.length === count) break;
    const ask = { task, unit, start: start + 2 * HOUR, expected: station.workspace.revision };
    const outcome = await handlers['draft.move'](ask, planner());
    if (outcome.ok) moved.push(task);
  }
  return moved;
}

test('by mouse: branch, edit, compare, accept one difference, promote, undo', async () => {
  const page = await openPage(browser, `${serving.url}#/board`);
  const menu = page.getByRole('button', { name: /^Scenario:/ });
  await menu.click();
  await page.getByRole('button', { name: 'New scenario …' }).click();
  const dialog = page.getByRole('dialog', { name: /New scenario from/ });
  await dialog.getByLabel('Name').fill('Night shift');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Branch' }).click();
  await page.getByRole('button', { name: 'Scenario: Night shift' }).waitFor();
  expect(names()).toEqual(['Draft', 'Night shift']);
  expect(await page.getByRole('button', { name: 'Publish' }).count()).toBe(0);

  const before = shop.station.workspace.assignments;
  await moveSome(6);
  await menu.click();
  await screenshot(page, 'scenario-menu-day');
  await page.getByRole('button', { name: 'Compare scenarios' }).click();
  const table = page.getByRole('table', { name: 'Side by side' });
  await table.getByRole('row', { name: /Weighted tardiness/ }).waitFor();
  const list = page.getByRole('group', { name: 'Differences' });
  await list.getByRole('button', { name: /^Moved/ }).click();
  expect(await violationsOf(page, '.board-panel')).toEqual([]);
  await screenshot(page, 'comparison-day');

  await menu.click();
  await page
    .getByRole('dialog', { name: 'Scenarios' })
    .getByRole('button', { name: /^Draft/ })
    .click();
  await page.getByRole('button', { name: 'Scenario: Draft' }).waitFor();
  expect(shop.station.workspace.assignments).toEqual(before);
  const row = page.getByRole('checkbox').last();
  await row.check();
  await page.getByRole('button', { name: 'Accept 1 selected' }).click();
  await page
    .getByText(/Night shift” is the draft now|does not work alone/)
    .first()
    .waitFor();

  await page.getByRole('button', { name: 'Promote “Night shift”' }).click();
  await page.getByText(/“Night shift” is the draft now/).waitFor();
  await page.getByText('Nothing stands elsewhere.').waitFor();
  await page.keyboard.press('Control+z');
  await page.getByText('Undone: Promote “Night shift”').waitFor();
  await expect.poll(() => shop.station.workspace.scenario).toBe(DRAFT);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test('by keyboard: branch, open the draft, compare, rename and delete from the palette', async () => {
  const page = await openPage(browser, `${serving.url}#/board`, { theme: 'night' });
  await page.locator('#board-grid canvas[data-painted]').waitFor();
  await page.locator('#board-grid').focus();
  await page.keyboard.press('b');
  await page.getByRole('dialog', { name: /New scenario from/ }).waitFor();
  await page.keyboard.type('Saturday');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Scenario: Saturday' }).waitFor();
  await moveSome(12);
  await page.locator('#board-grid').focus();
  await page.keyboard.press('c');
  await page.getByRole('table', { name: 'Side by side' }).waitFor();
  await page.getByRole('row', { name: /Setup/ }).waitFor();
  await screenshot(page, 'comparison-night');
  expect(await violationsOf(page, '.board-panel')).toEqual([]);

  const palette = async (words: string) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  };
  await palette('rename the scenario');
  await page.getByRole('dialog', { name: 'Rename “Saturday”' }).waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('Sunday');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Scenario: Sunday' }).waitFor();
  await page.locator('#board-grid').focus();
  await page.keyboard.press('Shift+B');
  await page.getByRole('button', { name: 'Scenario: Draft' }).waitFor();
  await palette('open scenario sunday');
  await page.getByRole('button', { name: 'Scenario: Sunday' }).waitFor();
  await palette('delete the scenario');
  const question = page.getByRole('dialog', { name: 'Delete “Sunday”?' });
  await question.getByRole('button', { name: 'Delete' }).press('Enter');
  await page.getByRole('button', { name: 'Scenario: Draft' }).waitFor();
  expect(names()).toEqual(['Draft', 'Night shift']);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test('another window sees which scenario is open', async () => {
  const [one, other] = [
    await openPage(browser, `${serving.url}#/board`),
    await openPage(browser, `${serving.url}#/orders`),
  ];
  const night = must(shop.station.workspace.scenarios[1], 'the night shift');
  await one.getByRole('button', { name: 'Scenario: Draft' }).click();
  await one
    .getByRole('dialog', { name: 'Scenarios' })
    .getByRole('button', { name: /^Night shift/ })
    .click();
  await other.getByRole('button', { name: 'Scenario: Night shift' }).waitFor();
  expect(openName()).toBe(night.name);
  await one.context().close();
  await other.context().close();
});
