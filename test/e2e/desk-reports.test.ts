import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { TaskId } from '#shared/domain/task.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { fourDomainsAtSeven } from '#test/support/four-domains.ts';
import type { SmallShop } from '#test/support/small-shop.ts';

/** Hours later a supervisor sees at the desk what a line reported, and puts right what was wrong; the line follows. */
describe('what a line reported, at the desk', () => {
  let shop: SmallShop;
  let serving: Serving;
  let browser: Browser;

  beforeAll(async () => {
    await buildWindow(console.log);
    shop = await fourDomainsAtSeven();
    await shop.station.refresh();
    await shop.said('started', 'F1', 'A/stage', { person: 'dora' });
    await shop.said('staged', 'F1', 'A/stage', { lots: [{ lot: 'S1', quantity: 100 }], place: 'Booth 1' });
    shop.clock('07:20');
    await shop.said('completed', 'F1', 'A/stage');
    shop.clock('07:30');
    await shop.said('started', 'B1', 'A/weigh', { person: 'ben' });
    shop.clock('07:40');
    await shop.said('paused', 'B1', 'A/weigh', { reason: 'Minor stop', person: 'ben' });
    await shop.said('resumed', 'B1', 'A/weigh', { person: 'ben' });
    const lots = [{ lot: 'S1', quantity: 60 }];
    await shop.said('quantityReported', 'B1', 'A/weigh', { good: 60, scrap: 1, lots, person: 'ben' });
    shop.clock('07:55');
    await shop.said('completed', 'B1', 'A/weigh', { good: 39, person: 'ben' });
    shop.clock('11:00');
    await shop.station.refresh();
    serving = await serveStation(shop, { port: 0 });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await serving.close();
    await shop.remove();
  });

  const progress = () => shop.station.workspace.progress.get(TaskId.parse('A/weigh'));
  async function openBoard(look: Parameters<typeof openPage>[2] = {}): Promise<Page> {
    const page = await openPage(browser, `${serving.url}#/board`, look);
    await page.locator('#board-grid canvas[data-painted]').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('A Weigh');
    await page.getByRole('option', { selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('#board-grid').focus();
    return page;
  }
  const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'What lines reported of A · Weigh' });

  test('[U14] a count and its lot are put right by mouse: what was said stays to be seen, struck through', async () => {
    const page = await openBoard();
    await page.keyboard.press('i');
    const report = inspector(page).getByRole('button', { name: /^Counted/ });
    expect(await report.innerText()).toMatch(/60 kg good · 1 scrap · 60 kg of S1\s+Ben · Booth 1/);
    await screenshot(page, 'desk-reports');
    await report.click();
    await dialog(page).getByRole('textbox', { name: 'Good' }).fill('59');
    await dialog(page).getByLabel('Taken of S1, kg').fill('0');
    await dialog(page).getByLabel('Another lot').selectOption({ label: 'S2' });
    await dialog(page).getByLabel('Taken of S2, kg').fill('60,5');
    const right = dialog(page).getByRole('button', { name: 'Put right' });
    expect(await right.isDisabled()).toBe(true); // nobody has said why
    await dialog(page).getByLabel('Reason').fill('Other pallet');
    await screenshot(page, 'desk-reports-dialog');
    expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
    await right.click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(progress()).toMatchObject({
      good: 98,
      scrap: 1,
      consumed: [
        { lot: 'S1', quantity: 0 },
        { lot: 'S2', quantity: 60.5 },
      ],
    });
    await inspector(page)
      .getByText(/^Put right by .*: Other pallet$/)
      .waitFor();
    expect(await inspector(page).locator('.line-reports s').allInnerTexts()).toEqual([
      '60 kg good · 1 scrap · 60 kg of S1',
    ]);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });

  test('[U14] a completion is taken back by keys, and the line has its task again', async () => {
    const line = await openPage(browser, `${serving.lineUrl}/B1`, { size: { width: 1280, height: 800 } });
    await line.getByRole('heading', { name: 'B · Weigh' }).waitFor();
    const page = await openBoard();
    await page.keyboard.press('u');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
    await page.keyboard.press('ArrowUp'); // the count before it, and back
    await page.keyboard.press('ArrowDown');
    for (let tabs = 0; tabs < 5; tabs += 1) await page.keyboard.press('Tab'); // over the amounts
    await page.keyboard.type('It was order B');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    expect(progress()).toMatchObject({ state: { kind: 'running' }, good: 59 });
    await line.getByRole('heading', { name: 'A · Weigh' }).waitFor();
    await line.getByRole('button', { name: 'Complete', exact: true }).waitFor();
    await line
      .getByText(/A · Weigh: .* took back at the desk what was reported here .* It was order B/)
      .waitFor();
    await screenshot(line, 'line-took-back');
    await page.keyboard.press('i');
    await inspector(page)
      .getByText(/^Taken back by .* at the desk, .*: It was order B$/)
      .waitFor();
    expect(await violationsOf(page, '.inspector')).toEqual([]);
    await page.context().close();
    await line.context().close();
  });

  test('[U5] both are undone at the desk: a count says again what it said, a completion stands again and is taken back anew', async () => {
    const page = await openBoard();
    await page.keyboard.press('i');
    await inspector(page)
      .getByRole('button', { name: /^Counted/ })
      .click();
    const undo = dialog(page).getByRole('button', { name: 'Undo what was put right' });
    expect(await undo.isDisabled()).toBe(true); // nobody has said why
    await dialog(page).getByLabel('Reason').fill('It was this pallet');
    await screenshot(page, 'desk-reports-undo-count');
    await undo.click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(progress()).toMatchObject({ good: 60, scrap: 1, consumed: [{ lot: 'S1', quantity: 60 }] });
    await inspector(page)
      .getByText(/^Undone by .*: It was this pallet$/)
      .waitFor();
    // And by keys: what was taken back last stands again.
    await page.locator('#board-grid').focus();
    await page.keyboard.press('u');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('radio');
    await page.keyboard.press('Tab');
    await page.keyboard.type('It was order A after all');
    await screenshot(page, 'desk-reports-again');
    expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog(page).waitFor({ state: 'detached' });
    expect(progress()).toMatchObject({ state: { kind: 'completed' }, good: 99 });
    await inspector(page)
      .getByText(/^Undone by .*: It was order A after all$/)
      .waitFor();
    await screenshot(page, 'desk-reports-undone');
    await page.locator('#board-grid').focus();
    await page.keyboard.press('u');
    await dialog(page).getByLabel('Reason').fill('It was order B');
    await dialog(page).getByRole('button', { name: 'Take back' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(progress()?.state.kind).toBe('running');
    await inspector(page)
      .getByRole('button', { name: /^Counted/ })
      .click();
    await dialog(page).getByRole('textbox', { name: 'Good' }).fill('59');
    await dialog(page).getByLabel('Taken of S1, kg').fill('0');
    await dialog(page).getByLabel('Another lot').selectOption({ label: 'S2' });
    await dialog(page).getByLabel('Taken of S2, kg').fill('60,5');
    await dialog(page).getByLabel('Reason').fill('Other pallet');
    await dialog(page).getByRole('button', { name: 'Put right' }).click();
    await dialog(page).waitFor({ state: 'detached' });
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });

  test('what stands on a report is said where it was asked, and nothing changes', async () => {
    const page = await openBoard();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('what its line reported');
    await page.keyboard.press('Enter');
    await dialog(page)
      .getByRole('radio', { name: /^Started/ })
      .check();
    await dialog(page).getByLabel('Reason').fill('It has not begun yet');
    await dialog(page).getByRole('button', { name: 'Take back' }).click();
    await page.getByText(/Booth 1 reported since .* stands on it/).waitFor();
    await dialog(page)
      .getByLabel(/^With what was reported of it since \(\d\)$/)
      .check();
    await screenshot(page, 'desk-reports-later');
    expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
    await dialog(page)
      .getByRole('button', { name: /^Take back \d reports$/ })
      .waitFor();
    await screenshot(page, 'desk-reports-refused');
    expect(progress()?.state.kind).toBe('running');
    await page.context().close();
  });

  test('lots that a line told wrongly it puts right itself, also as none', async () => {
    const size = { width: 1280, height: 800 };
    const line = await openPage(browser, `${serving.lineUrl}/B1`, { size, touch: true });
    await line.getByRole('button', { name: 'Who are you?' }).tap();
    await line.getByRole('dialog').getByRole('searchbox').fill('Ben');
    await line.getByRole('dialog').getByRole('button', { name: /Ben/ }).tap();
    await line.getByRole('button', { name: 'Correct the count' }).first().tap();
    const sheet = line.getByRole('dialog', { name: 'What is the right count of A · Weigh?' });
    const why = sheet.getByRole('button', { name: 'Typed wrongly' });
    expect(await why.isDisabled()).toBe(true);
    await sheet.getByLabel(/^S2/).fill('0');
    await sheet.getByLabel(/^S1/).fill('58');
    await screenshot(line, 'line-correct-lots');
    expect(await violationsOf(line, 'dialog')).toEqual([]);
    await why.tap();
    await expect
      .poll(() => progress()?.consumed)
      .toEqual([
        { lot: 'S1', quantity: 58 },
        { lot: 'S2', quantity: 0 },
      ]);
    expect(progress()?.good).toBe(59);
    expect(complaintsOf(line)).toEqual([]);
    await line.context().close();
  });

  test.for([
    ['day', 1440, 900],
    ['night', 1440, 900],
    ['day', 1000, 700],
    ['night', 1000, 700],
  ] as const)('it is seen and read by %s at %i × %i', async ([theme, width, height]) => {
    const page = await openBoard({ theme, size: { width, height } });
    await page.keyboard.press('i');
    await inspector(page).getByText('It was order B').waitFor();
    await screenshot(page, `desk-reports-${theme}-${width}`);
    await inspector(page)
      .getByRole('button', { name: /^Counted/ })
      .click();
    await dialog(page).getByLabel('Reason').waitFor();
    await screenshot(page, `desk-reports-dialog-${theme}-${width}`);
    expect(await violationsOf(page, 'body', theme)).toEqual([]);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });
});
