import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { type SmallShop, shopOfLongList } from '#test/support/small-shop.ts';

let shop: SmallShop;
let serving: Serving;
let browser: Browser;
beforeAll(async () => {
  await buildWindow(console.log);
  shop = await shopOfLongList();
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

test.for([
  ['day', { width: 1440, height: 900 }],
  ['night', { width: 1000, height: 700 }],
] as const)(
  '[R9] while the station is away the whole list is there: what stands far behind is shown, and checked when it starts (%s)',
  async ([theme, size]) => {
    const line = await openPage(browser, `${serving.lineUrl}/M1`, { theme, size, touch: true });
    const current = line.getByRole('article', { name: 'Current task' });
    await current.getByText('position 1', { exact: false }).waitFor();
    for (let position = 1; position <= 8; position += 1) {
      await current.getByText(`position ${position}`, { exact: false }).waitFor();
      await line.getByRole('button', { name: 'Can’t run this' }).tap();
      const reason = line.getByRole('button', { name: 'Material missing', exact: true });
      await reason.waitFor();
      await line.context().setOffline(true); // once the page has fetched the dialog
      await reason.tap();
    }
    await current.getByRole('heading', { name: 'I · ' }).waitFor();
    await current.getByText('Checked when it starts').waitFor();
    await line.getByText('8 reports are saved here and not yet received').waitFor();
    expect(await line.getByRole('region', { name: 'Next' }).getByRole('button').count()).toBe(3);
    expect(await violationsOf(line)).toEqual([]);
    await screenshot(line, `line-far-behind-${theme}`);
    await line.close();
  },
);
