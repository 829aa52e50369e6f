import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { DRAFT } from '#shared/domain/draft-scenario.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { HOUR } from '#shared/time/instant.ts';
import { planner } from '#test/support/temporary-station.ts';
import { complaintsOf, openPage, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, demoStation } from './demo-station.ts';

/** A planner tries a night shift in real Chromium before a real station: what the draft is worth beside it. */
let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 5, publish: true });
}, 120_000);
afterAll(() => demo.close());

const names = () => demo.shop.station.workspace.scenarios.map(({ name }) => name);
const openName = () => {
  const { scenarios, scenario } = demo.shop.station.workspace;
  return scenarios.find(({ id }) => id === scenario)?.name;
};

/** Moves some tasks two hours later, as a planner would; those that cannot go stay. */
async function moveSome(count: number): Promise<TaskId[]> {
  const { station, handlers } = demo.shop;
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
  const page = await demo.openBoard();
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

  const before = demo.shop.station.workspace.assignments;
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
  expect(demo.shop.station.workspace.assignments).toEqual(before);
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
  await expect.poll(() => demo.shop.station.workspace.scenario).toBe(DRAFT);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test('by keyboard: branch, open the draft, compare, rename and delete from the palette', async () => {
  const page = await demo.openBoard({ theme: 'night' });
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
  const [one, other] = [await demo.openBoard(), await openPage(demo.browser, `${demo.url}#/orders`)];
  const night = must(demo.shop.station.workspace.scenarios[1], 'the night shift');
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
