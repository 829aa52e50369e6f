import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type Page, chromium } from 'playwright-core';

/**
 * Starts a real headless Chromium. On 64-bit Linux it comes out of the npm package `@sparticuz/chromium` with its own
 * libraries and font, so nothing has to be installed; elsewhere Playwright's own (`npx playwright-core install`).
 * Names other than this machine's do not resolve: a page that needs the outside fails here.
 * `moreArgs` are Chromium flags, e.g. a `--host-resolver-rules` of your own (the last one wins).
 */
export async function launchBrowser(moreArgs: readonly string[] = []): Promise<Browser> {
  const args = [
    '--no-sandbox', // continuous integration runs as root
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--font-render-hinting=none',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ...moreArgs,
  ];
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ args });
  const home = await unpackedChromium();
  return chromium.launch({
    args,
    executablePath: join(home, 'chromium'),
    env: { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: home },
  });
}

/** The folder with Chromium unpacked; thrown away with node_modules, so it is never of another version. */
async function unpackedChromium(): Promise<string> {
  const home = resolve('node_modules/.cache/chromium');
  if (existsSync(home)) return home;
  mkdirSync(dirname(home), { recursive: true });
  const draft = mkdtempSync(`${home}-`);
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = draft; // where `inflate` unpacks to; the shared default may hold another version
  try {
    const packed = resolve('node_modules/@sparticuz/chromium/bin');
    await Promise.all(
      ['chromium.br', 'fonts.tar.br', 'al2023.tar.br'].map((file) => inflate(join(packed, file))),
    );
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
  // Only the font that came along, so that a screenshot is the same on every machine.
  const fonts = `<fontconfig><dir>${home}/fonts</dir><cachedir>${home}/font-cache</cachedir></fontconfig>`;
  writeFileSync(join(draft, 'fonts.conf'), `<?xml version="1.0"?>\n${fonts}\n`);
  try {
    renameSync(draft, home);
  } catch {
    rmSync(draft, { recursive: true }); // another test file was first
  }
  return home;
}

export interface PageLook {
  readonly theme?: 'day' | 'night';
  readonly size?: { readonly width: number; readonly height: number };
  /** A tablet at the line: touch instead of mouse. */
  readonly touch?: boolean;
}

const complaints = new WeakMap<Page, string[]>();

/** Opens `url` in a fresh profile (no cookies, no storage of other pages), Berlin time, 24-hour clock, 1440 × 900. */
export async function openPage(browser: Browser, url: string, look: PageLook = {}): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: look.theme === 'night' ? 'dark' : 'light',
    viewport: look.size ?? { width: 1440, height: 900 },
    hasTouch: look.touch ?? false,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const heard: string[] = [];
  complaints.set(page, heard);
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(message.text());
  });
  await page.goto(url);
  return page;
}

/** Uncaught errors and console errors of the page so far; a healthy page has none. */
export const complaintsOf = (page: Page): readonly string[] => complaints.get(page) ?? [];

/** What axe finds wrong with a part of the page, each with its elements; at night only contrast, because the rest is the same document. */
export async function violationsOf(
  page: Page,
  part = 'body',
  theme: 'day' | 'night' = 'day',
): Promise<string[]> {
  const axe = new AxeBuilder({ page }).include(part);
  const { violations } = await (theme === 'night' ? axe.withRules('color-contrast') : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Saves what the page shows to out/screenshots/`name`.png, once its fonts are there; returns the PNG. */
export async function screenshot(page: Page, name: string): Promise<Buffer> {
  await page.evaluate(() => document.fonts.ready);
  return page.screenshot({ path: resolve('out/screenshots', `${name}.png`), animations: 'disabled' });
}
