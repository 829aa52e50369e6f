import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Running, type Serving, openStation, serveStation } from '#electron/station/running.ts';
import { complaintsOf, launchBrowser, openPage, screenshot } from '#test/e2e/browser.ts';

/** The window before a real station on an empty database, in the order in which a planner meets it. */
const data = mkdtempSync(join(tmpdir(), 'shiftwright-window-'));
let browser: Browser;
let running: Running;
let serving: Serving;
let page: Page;

beforeAll(async () => {
  await buildWindow(console.log);
  running = await openStation({ data });
  serving = await serveStation(running, { port: 0 });
  browser = await launchBrowser();
  page = await openPage(browser, serving.url);
});
afterAll(async () => {
  await browser.close();
  await serving.close();
  await running.close();
  rmSync(data, { recursive: true, force: true });
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
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  await dialog.getByLabel('Note for the record').fill('First plan');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published as version 1').waitFor();
  await page.getByRole('button', { name: /Dispatch stale/ }).click();
  await page.getByText(/Dispatched \d+ queues/).waitFor();
  await page.getByRole('button', { name: 'Dispatch stale (0)' }).waitFor();
  expect(await page.getByText('Up to date').count()).toBeGreaterThan(20);
});

test('the record holds every step and its chain is whole', async () => {
  await page.keyboard.press('8');
  const audit = page.getByRole('grid', { name: 'Audit' });
  await audit.getByText('version.publish').first().waitFor();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/are unbroken/).waitFor();
  await page.getByRole('searchbox', { name: 'Search the record' }).fill('proposal.accept');
  await expect.poll(() => audit.getByText('version.publish').count()).toBe(0);
  await audit.getByText('proposal.accept').first().waitFor();
  expect(complaintsOf(page)).toEqual([]);
});
