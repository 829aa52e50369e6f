import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOUR } from '#shared/time/instant.ts';
import { complaintsOf, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, demoStation } from './demo-station.ts';

let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 2, publish: true });
}, 120_000);
afterAll(() => demo.close());

test.each(['day', 'night'] as const)(
  '[U13] by %s every bar says how fresh its facts are; a day later they are unknown, until the settings allow it',
  async (theme) => {
    const { station } = demo.shop;
    demo.shop.setClock(Date.parse('2026-11-23T05:10:00Z'));
    await station.refresh();
    const page = await demo.openBoard({ theme });
    await page.locator('#board-grid').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('i');
    const inspector = page.locator('.inspector');
    await inspector.getByText('ERP 10 min old').waitFor();
    await screenshot(page, `fresh-${theme}`);
    demo.shop.setClock(Date.parse('2026-11-24T06:10:00Z'));
    await station.refresh();
    await page.reload();
    await page.locator('#board-grid canvas[data-painted]').waitFor();
    await page
      .getByRole('group', { name: 'Colours' })
      .getByRole('button', { name: 'Readiness', exact: true })
      .click();
    await page.getByRole('button', { name: /Facts are too old/ }).waitFor();
    await page.locator('#board-grid').focus();
    await page.keyboard.press('ArrowDown');
    await expect
      .poll(() => page.locator('#board-said').textContent())
      .toContain('Not known whether it is ready: ERP 1 d 1 h old');
    await screenshot(page, `stale-${theme}`);
    await page.goto(page.url().replace('#/board', '#/settings'));
    await page.getByLabel('What the ERP said').selectOption(String(48 * HOUR));
    await expect.poll(() => station.workspace.limits.imported).toBe(48 * HOUR);
    await screenshot(page, `settings-freshness-${theme}`);
    expect(await violationsOf(page, '.settings', theme)).toEqual([]);
    await page.goto(page.url().replace('#/settings', '#/board'));
    await page.getByRole('button', { name: /Nothing is missing/ }).waitFor();
    await demo.shop.handlers['settings.freshness'](
      { imported: 24 * HOUR, reported: 4 * HOUR },
      { user: 'planner', origin: 'window', key: `back by ${theme}` },
    );
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  },
  60_000,
);
