import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { complaintsOf, openPage, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, breakDown, busiestUnit, demoStation } from './demo-station.ts';

/** The supervisor's worst five minutes in real Chromium before a real station: a press goes down at 02:40. */
let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 2, publish: true, at: '2026-11-24T01:40:00Z' });
}, 120_000);
afterAll(() => demo.close());

test('look', async () => {
  const unit = busiestUnit(demo.shop, 6);
  const page = await demo.openBoard();
  await breakDown(demo.shop, unit);
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByRole('button', { name: 'Choose least change' }).waitFor();
  await screenshot(page, 'cases-day');
  expect(await violationsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Choose best delivery' }).click();
  await page.getByRole('button', { name: 'Accept, publish and dispatch' }).waitFor();
  await page.waitForTimeout(800);
  await screenshot(page, 'cases-decision-day');
  console.log(unit, JSON.stringify(demo.shop.station.workspace.cases, null, 1).slice(0, 1500));
  await page.getByRole('button', { name: 'Accept, publish and dispatch' }).click();
  await page.waitForTimeout(2000);
  await screenshot(page, 'cases-decided-day');
  must(demo.shop.station.workspace.cases[0], 'case');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
  openPage;
});
