import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { complaintsOf, launchBrowser, openPage, screenshot } from './browser.ts';

const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Smoke</title><link rel="icon" href="data:,">
<style>
  @font-face { font-family: Inter; src: url(/inter.woff2) }
  body { margin: 0; background: #fff; color: #000; font: 40px Inter }
  @media (prefers-color-scheme: dark) { body { background: #000; color: #fff } }
</style>
<span id="inter">Tablet press 14:32</span><br><span id="other" style="font-family: sans-serif">Tablet press 14:32</span>`;
const inter = readFileSync('node_modules/@fontsource-variable/inter/files/inter-latin-wght-normal.woff2');
const server = createServer((request, response) => {
  response.setHeader('content-type', request.url === '/' ? 'text/html' : 'font/woff2');
  response.end(request.url === '/' ? html : inter);
});

let browser: Browser;
let address: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** The share of pixels in a PNG darker than mid-grey, counted by the browser itself. */
async function darkShare(png: Buffer): Promise<number> {
  const page = await browser.newPage();
  const share = await page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d context');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 0) < 128) dark += 1;
    return dark / (image.width * image.height);
  }, png.toString('base64'));
  await page.close();
  return share;
}

test('a page shows its text in the Inter font that ships with the app', async () => {
  const page = await openPage(browser, address, { size: { width: 400, height: 120 } });
  const png = await screenshot(page, 'smoke');
  const widthOf = async (id: string) => (await page.locator(id).boundingBox())?.width ?? 0;
  expect(await page.evaluate(() => document.fonts.check('40px Inter'))).toBe(true);
  expect(await widthOf('#inter')).toBeGreaterThan(100);
  expect(await widthOf('#inter')).not.toBe(await widthOf('#other'));
  const ink = await darkShare(png);
  expect(ink).toBeGreaterThan(0.02);
  expect(ink).toBeLessThan(0.5);
  expect(complaintsOf(page)).toEqual([]);
});

test('the night theme reaches the page', async () => {
  const page = await openPage(browser, address, { theme: 'night', size: { width: 400, height: 120 } });
  expect(await darkShare(await screenshot(page, 'smoke-night'))).toBeGreaterThan(0.5);
});

test('a name outside this machine does not resolve', async () => {
  const page = await openPage(browser, address);
  await expect(page.goto('http://shiftwright.example/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});
