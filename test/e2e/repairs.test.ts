import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { must } from '#shared/base/must.ts';
import { HOUR } from '#shared/time/instant.ts';
import { checkSchedule } from '#solver/check/check.ts';
import { complaintsOf, openPage, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, breakDown, busiestUnit, demoStation } from './demo-station.ts';

/** A supervisor's morning in real Chromium before a real station: a press goes down, and an order is late. */
let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 2, publish: false });
}, 120_000);
afterAll(() => demo.close());

test('a unit goes down: three repairs side by side, one is chosen, looked at and accepted', async () => {
  const { station } = demo.shop;
  await breakDown(demo.shop, busiestUnit(demo.shop, 6));
  const page = await demo.openBoard();
  await page.getByRole('button', { name: /Repairs … · .+ is down/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  const least = dialog.getByRole('listitem', { name: 'Least change' });
  await least.waitFor();
  await dialog.getByRole('listitem', { name: 'Best delivery' }).waitFor();
  await dialog.getByRole('listitem', { name: 'Least setup' }).waitFor();
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
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
  const page = await demo.openBoard({ theme: 'night' });
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  await dialog.getByLabel('What happened').selectOption('absence');
  await dialog.getByLabel('From now for').selectOption('8');
  await dialog.getByRole('listitem', { name: 'Least change' }).or(dialog.getByText(/holds/)).waitFor();
  await screenshot(page, 'repairs-night');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
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
  const page = await demo.openBoard();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Repairs' });
  await dialog.getByLabel('What happened').selectOption('lateLot');
  const first = await dialog.locator('select').nth(1).locator('option').first().textContent();
  expect(first).toMatch(/^\S+ · .+ · \d+ tasks?$/);
  await dialog.getByLabel('There in').selectOption('24');
  await dialog.getByRole('listitem', { name: 'Least change' }).or(dialog.getByText(/holds/)).waitFor();
  await screenshot(page, 'repairs-late-lot-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

test('the inspector of a late order tells what would help', async () => {
  const { bars } = boardView(demo.shop.station.workspace);
  const late = must(
    bars.filter((bar) => bar.late > 0 && bar.work === 'waiting').toSorted((a, b) => a.late - b.late)[0],
    'A late order',
  );
  for (const theme of ['day', 'night'] as const) {
    const page = await openPage(demo.browser, `${demo.url}#/orders`, { theme });
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
