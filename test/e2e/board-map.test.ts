import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { type PageLook, complaintsOf, screenshot, violationsOf } from './browser.ts';
import { type HarnessBoard, harnessBoard } from './board/harness-board.ts';

/** The board from far away: load per shift instead of bars, and the strip of the whole plan. */
let harness: HarnessBoard;
beforeAll(async () => {
  harness = await harnessBoard();
});
afterAll(() => harness.close());

const openBoard = (look?: PageLook): Promise<Page> => harness.open(look);
const scrolled = (page: Page): Promise<number> =>
  page.locator('#board-grid').evaluate((element) => element.scrollLeft);
const map = (page: Page) => page.getByRole('scrollbar', { name: 'The whole plan' });

test.each(['day', 'night'] as const)('at eight weeks bars are load per shift (%s)', async (theme) => {
  const page = await openBoard({ theme });
  await page.getByRole('button', { name: '8 weeks' }).click();
  await page.getByRole('button', { name: '8 weeks', pressed: true }).waitFor();
  await screenshot(page, `board-weeks-${theme}`);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});

test('the strip of the whole plan goes anywhere by click, by drag and by keys', async () => {
  const page = await openBoard();
  const box = must(await map(page).boundingBox(), 'the strip');
  const before = await scrolled(page);
  await page.mouse.click(box.x + box.width * 0.7, box.y + 10);
  await expect.poll(() => scrolled(page)).toBeGreaterThan(before + 500);
  const clicked = await scrolled(page);
  await page.mouse.move(box.x + box.width * 0.7, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 10, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => scrolled(page)).toBeLessThan(clicked - 500);
  await page.keyboard.press('Home');
  await expect.poll(() => scrolled(page)).toBe(0);
  await page.keyboard.press('PageDown');
  await expect.poll(() => scrolled(page)).toBeGreaterThan(1000);
  expect(await map(page).getAttribute('aria-valuetext')).toMatch(/^\w{3} \d+ Nov \d\d:\d\d to .+ in sight$/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  await expect.poll(() => map(page).getAttribute('aria-valuenow')).toBe('100');
  expect(await violationsOf(page, '.mini-map')).toEqual([]);
  await screenshot(page, 'board-map-day');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
});
