import type { Browser, Page } from 'playwright-core';
import { type PageLook, launchBrowser, openPage } from '#test/e2e/browser.ts';
import { servePages } from './serve.ts';

/** The board alone before a station that the page plays itself, in a real Chromium. */
export interface HarnessBoard {
  readonly browser: Browser;
  readonly url: string;
  /** Opens it in a fresh profile and waits until its bars are drawn. `query` says what it shows. */
  readonly open: (look?: PageLook, query?: string) => Promise<Page>;
  readonly close: () => Promise<void>;
}

export async function harnessBoard(): Promise<HarnessBoard> {
  const served = await servePages('test/e2e/board', ['harness.html']);
  const browser = await launchBrowser();
  return {
    browser,
    url: served.url,
    async open(look = {}, query = '') {
      const page = await openPage(browser, `${served.url}${query}`, look);
      await page.locator('#board-grid canvas[data-painted]').waitFor();
      await page.getByRole('button', { name: 'Day', exact: true, pressed: true }).waitFor();
      return page;
    },
    async close() {
      await browser.close();
      await served.close();
    },
  };
}
