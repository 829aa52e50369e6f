import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';
import { busyBoard } from './board/busy-board.ts';
import { type HarnessBoard, harnessBoard } from './board/harness-board.ts';
import { placeOf } from './board/place-of.ts';

const board = busyBoard({ bars: 1000, rows: 40 });
let harness: HarnessBoard;
beforeAll(async () => {
  harness = await harnessBoard();
});
afterAll(() => harness.close());

/** A bar near the top with nothing but a lock at its left edge. */
const locked = must(
  board.bars.find(
    ({ unit, work, start, runStart, end, frozen, missing, blocked, comments, pin }) =>
      unit.startsWith('BOOTH') &&
      work === 'waiting' &&
      frozen &&
      start === runStart &&
      start > board.now &&
      end - start > 3 * HOUR &&
      missing.length === 0 &&
      !blocked &&
      comments === 0 &&
      pin === null,
  ),
  'a locked bar',
);

/** Where the first mark of a bar stands. */
async function pictureOfMark(page: Page, bar: BoardBar): Promise<string> {
  const { end, y, perPixel } = await placeOf(page, board, bar);
  const left = end - (bar.end - bar.start) / perPixel;
  const picture = await page.screenshot({ clip: { x: left + 5, y: y - 7, width: 12, height: 14 } });
  return picture.toString('base64');
}

/** How far apart the lightest and the darkest dot of a picture are, as WCAG reckons. */
const contrastOf = (page: Page, picture: string): Promise<number> =>
  page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const linear = (part: number): number =>
      part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4;
    const light: number[] = [];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = data.slice(at, at + 3);
      light.push(0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue));
    }
    return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
  }, picture);

test.each(['day', 'night'] as const)(
  '[U10] by %s a lock is seen whatever colours the eye can tell apart',
  async (theme) => {
    const page = await harness.open({ theme });
    const cdp = await page.context().newCDPSession(page);
    for (const type of ['none', 'protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const) {
      await cdp.send('Emulation.setEmulatedVisionDeficiency', { type });
      expect(
        await contrastOf(page, await pictureOfMark(page, locked)),
        `a lock with ${type}`,
      ).toBeGreaterThan(3);
    }
    const before = await pictureOfMark(page, locked);
    await page.evaluate((task) => {
      const bar = window.harness.board().bars.find((one) => one.task === task);
      if (bar) window.harness.replace([{ ...bar, frozen: false, commitment: null }]);
    }, locked.task);
    await expect.poll(() => pictureOfMark(page, locked)).not.toBe(before);
    await page.context().close();
  },
);

/** Whether a bar that is refused is away from its place in any frame after the drop. */
async function glides(page: Page): Promise<boolean> {
  const bar = must(
    board.bars.find(
      ({ unit, work, start }) => unit === 'TABLET-PRESS-4' && work === 'waiting' && start > board.now + HOUR,
    ),
    'a bar that waits',
  );
  const { x, y } = await placeOf(page, board, bar);
  await page.mouse.move(x - 20, y);
  await page.mouse.move(x, y);
  await page.evaluate(
    ({ x, y }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('#board-grid canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('no canvas');
      const edge = canvas.getBoundingClientRect();
      const seen: string[] = [];
      Object.assign(window, { seen });
      const look = (): void => {
        seen.push(context.getImageData(x - edge.left, y - edge.top - 8, 1, 1).data.join());
      };
      look();
      addEventListener('pointerup', () => {
        const began = performance.now();
        const next = (): void => {
          setTimeout(look);
          if (performance.now() - began < 500) requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      });
    },
    { x, y },
  );
  await page.mouse.down();
  await page.mouse.move(x + 60, y - 7 * 32, { steps: 6 });
  await page.locator(".verdict[data-tone='refused']").waitFor();
  await page.mouse.up();
  await page.waitForTimeout(700);
  const [home, ...seen] = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.at(-1)).toBe(home);
  return seen.some((colour) => colour !== home);
}

test('[U12] a refused bar glides back, and stands there at once where motion is not wanted', async () => {
  const page = await harness.open();
  expect(await glides(page)).toBe(false);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  // A glide takes 160 ms: on a busy machine one may fall between two frames.
  await expect.poll(() => glides(page), { timeout: 30_000 }).toBe(true);
  await page.context().close();
});
