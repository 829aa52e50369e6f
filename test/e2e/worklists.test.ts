import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { TaskId } from '#shared/domain/task.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { RENEWAL, fourDomainsAtSeven } from '#test/support/four-domains.ts';
import { type SmallShop, instant } from '#test/support/small-shop.ts';

/** The lists of a person and of teams, and what each domain reports, on a tablet's screen before a real station. */
describe('lists of people and teams', () => {
  let shop: SmallShop;
  let serving: Serving;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await buildWindow(console.log);
    shop = await fourDomainsAtSeven();
    serving = await serveStation(shop, { port: 0 });
    browser = await launchBrowser();
    page = await open('');
  });
  afterAll(async () => {
    await browser.close();
    await serving.close();
    await shop.remove();
  });

  const open = (path: string, theme: 'day' | 'night' = 'day') =>
    openPage(browser, `${serving.lineUrl}${path}`, {
      size: { width: 1280, height: 800 },
      touch: true,
      theme,
    });
  const clock = (time: string) => shop.setClock(instant(time) * 1000);
  const tap = (name: string | RegExp) => page.getByRole('button', { name, exact: true }).first().tap();
  const dialog = () => page.getByRole('dialog');
  const cards = () => page.locator('.worklist li strong').allTextContents();
  const progress = (task: string) => shop.station.workspace.progress.get(TaskId.parse(task));
  const state = (task: string) => () => progress(task)?.state.kind;
  async function identify(name: string): Promise<void> {
    await dialog().getByRole('searchbox').fill(name);
    await dialog()
      .getByRole('button', { name: new RegExp(name) })
      .tap();
  }
  async function targetsAreWide(on: Page): Promise<void> {
    const boxes = await on
      .locator('button:visible, a.tap:visible, a.tile:visible, dialog input:visible')
      .evaluateAll((targets) => targets.map((target) => target.getBoundingClientRect().toJSON() as DOMRect));
    expect(boxes.length).toBeGreaterThan(2);
    for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(64);
  }

  test('the desk looks at the same lists and prints them', async () => {
    const desk = await openPage(browser, `${serving.url}#/dispatch`);
    await desk.getByRole('button', { name: 'Lists of people and teams' }).click();
    const rows = () => desk.getByRole('dialog').getByRole('row').allTextContents();
    const look = async (name: RegExp) => {
      const options = await desk.getByLabel('Whose list').locator('option').allTextContents();
      await desk
        .getByLabel('Whose list')
        .selectOption({ label: options.find((text) => name.test(text)) ?? '' });
    };
    await look(/^Warehouse/);
    await expect.poll(async () => (await rows())[1]).toContain('A · Stage sugar');
    expect((await rows())[1]).toContain('100 kg S1 from A12-3 to Booth 1');
    await screenshot(desk, 'lists-desk');
    await desk.setViewportSize({ width: 1000, height: 700 });
    await screenshot(desk, 'lists-desk-1000');
    expect(await violationsOf(desk, '[role=dialog]')).toEqual([]);
    await look(/^Ben/);
    await expect.poll(async () => (await rows()).length).toBe(3);
    const download = desk.waitForEvent('download');
    await desk.getByRole('button', { name: 'Print this list' }).click();
    expect((await download).suggestedFilename()).toBe('list-Ben.pdf');
    expect(complaintsOf(desk)).toEqual([]);
    await desk.context().close();
    const night = await openPage(browser, `${serving.url}#/dispatch`, { theme: 'night' });
    await night.getByRole('button', { name: 'Lists of people and teams' }).click();
    await night.getByRole('dialog').getByRole('row').nth(2).waitFor();
    await screenshot(night, 'lists-desk-night');
    await night.context().close();
  });

  test('the chooser offers the lists of teams beside the lines', async () => {
    await page.getByRole('link', { name: /Warehouse/ }).waitFor();
    await screenshot(page, 'lists-chooser');
    await targetsAreWide(page);
    await page.getByRole('link', { name: /Warehouse/ }).tap();
    await expect.poll(cards).toEqual(['A · Stage sugar', 'B · Stage sugar']);
  });

  test('[U14] the warehouse sees what to bring from where to where by when, and reports it in four taps', async () => {
    await page.getByText('Needed Mon 23 Nov 07:30').first().waitFor();
    await page.getByText('100 kg Sugar, lot S1, from A12-3 to Booth 1').first().waitFor();
    await screenshot(page, 'lists-warehouse');
    await page.setViewportSize({ width: 1000, height: 700 });
    await screenshot(page, 'lists-warehouse-1000');
    await page.setViewportSize({ width: 1280, height: 800 });
    await targetsAreWide(page);
    expect(await violationsOf(page)).toEqual([]);
    await tap('Start');
    await identify('Dora');
    await tap('Start');
    await tap('Staged');
    await screenshot(page, 'lists-staged');
    await targetsAreWide(page);
    await dialog().getByLabel(/S1/).fill('60');
    await dialog().getByText('Something is still missing').waitFor();
    await dialog().getByRole('button', { name: 'Staged' }).tap();
    await expect
      .poll(() => progress('A/stage')?.staged)
      .toEqual([{ lot: 'S1', quantity: 60, place: 'Booth 1' }]);
    expect(state('A/stage')()).toBe('running');
    await tap('Staged');
    await dialog().getByLabel(/S1/).fill('100');
    await dialog().getByRole('button', { name: 'Staged' }).tap();
    await expect.poll(state('A/stage')).toBe('completed');
    await expect.poll(cards).toEqual(['B · Stage sugar']);
  });

  test('“My tasks” asks who stands there and shows what this person is planned for, over all units', async () => {
    page = await open('?list=mine');
    await identify('Ben');
    await expect.poll(cards).toEqual(['A · Weigh', 'B · Weigh']);
    await page.getByRole('heading', { name: 'Ben', exact: true }).waitFor();
    await screenshot(page, 'lists-mine');
    clock('07:30');
    await tap('Start');
    await expect.poll(state('A/weigh')).toBe('running');
    clock('08:00');
    await tap('Complete');
    await screenshot(page, 'lists-consumed');
    await dialog().getByLabel(/S1/).fill('99,5');
    await dialog().getByRole('button', { name: 'Complete' }).tap();
    await expect
      .poll(() => progress('A/weigh'))
      .toMatchObject({ state: { kind: 'completed' }, good: 100, consumed: [{ lot: 'S1', quantity: 99.5 }] });
    expect(complaintsOf(page)).toEqual([]);
  });

  test('the lab takes a sample and reports that it failed: the batch is on hold until a test passes', async () => {
    page = await open('?list=quality', 'night');
    await page.getByRole('button', { name: 'Who are you?' }).tap();
    await identify('Lea');
    await tap('Sample taken');
    await dialog().getByLabel('Number of the sample').fill('S-0815');
    await dialog().getByRole('button', { name: 'Sample taken' }).tap();
    await page.getByText('S-0815, taken 08:00').waitFor();
    await tap('Start');
    await tap('Result');
    await dialog().getByRole('button', { name: 'Failed' }).tap();
    await dialog().getByLabel('What was measured').fill('92.1 %');
    await screenshot(page, 'lists-result-night');
    await targetsAreWide(page);
    await dialog().getByRole('button', { name: 'Report the result' }).tap();
    await page.getByText('A · Assay failed (92.1 %)').waitFor();
    await screenshot(page, 'lists-hold-night');
    const press = await open('/P1');
    await press.getByText('The batch is on hold: Assay failed (92.1 %)').first().waitFor();
    await press.context().close();
    await tap('Test again');
    await dialog().getByRole('button', { name: 'Passed' }).tap();
    await dialog().getByRole('button', { name: 'Report the result' }).tap();
    await page.getByText('on hold').waitFor({ state: 'detached' });
    expect(progress('A/test')?.tested).toMatchObject({ passed: true });
  });

  test('a press splits off what it cannot make: it sees what stays, the desk has the rest', async () => {
    page = await open('/P1');
    await page.getByRole('button', { name: 'Who are you?' }).tap();
    await identify('Paul');
    clock('08:30');
    await tap('Start');
    await tap('Split off the rest');
    await dialog().getByLabel('Give back').fill('40');
    await dialog().getByText('60 kg stay here').waitFor();
    await screenshot(page, 'lists-split');
    await targetsAreWide(page);
    await dialog().getByRole('button', { name: 'Split off the rest' }).tap();
    await page.getByText('60 kg', { exact: true }).first().waitFor();
    await screenshot(page, 'lists-after-split');
    expect(shop.station.workspace.tasks.get(TaskId.parse('A/press#2'))?.quantity).toBe(40);
    expect(complaintsOf(page)).toEqual([]);
  });

  test('a technician reports a calibration as found and as left with its certificate', async () => {
    page = await open('?list=maintenance');
    await page.getByRole('button', { name: 'Who are you?' }).tap();
    await identify('Max');
    clock('10:00');
    await tap('Start');
    await tap('Result');
    const found = dialog().getByRole('group', { name: 'As found' });
    await found.getByRole('button', { name: 'Passed' }).tap();
    await dialog().getByRole('group', { name: 'As left' }).getByRole('button', { name: 'Passed' }).tap();
    await dialog().getByLabel('Number of the certificate').fill('C-4711');
    await screenshot(page, 'lists-calibration');
    await dialog().getByRole('button', { name: 'Report the result' }).tap();
    await expect.poll(state(RENEWAL)).toBe('completed');
    await page.getByText('Nothing is waiting on this list.').waitFor();
    await screenshot(page, 'lists-empty');
  });

  test('[R9] a report made while the station is away is kept, said to be kept, and sent once', async () => {
    page = await open('?list=inventory');
    await page.getByRole('button', { name: 'Who are you?' }).tap();
    await identify('Dora');
    await tap('Start');
    await expect.poll(state('B/stage')).toBe('running');
    await page.getByRole('button', { name: 'Staged', exact: true }).first().waitFor(); // the page knows it as well
    await page.context().setOffline(true);
    await tap('Staged');
    await dialog().getByRole('button', { name: 'Staged' }).tap();
    await page.getByText('2 reports are saved here and not yet received').waitFor();
    await screenshot(page, 'lists-offline');
    await page.context().setOffline(false);
    await expect.poll(state('B/stage'), { timeout: 20_000 }).toBe('completed');
    expect(
      shop.station.workspace.events.filter(({ task, kind }) => task === 'B/stage' && kind === 'staged'),
    ).toHaveLength(1);
  });

  test('[R9] [U15] a list that is too old is only looked at until the station is back', async () => {
    page = await open('/P1');
    await page.getByRole('button', { name: 'Split off the rest' }).waitFor();
    await page.context().setOffline(true);
    await page.getByText('You see the last list.').waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).isEnabled()).toBe(true);
    await page.clock.setSystemTime(Date.now() + 9 * 3_600_000);
    await page.getByText('This list is older than eight hours').waitFor();
    expect(await page.getByRole('button', { name: 'Pause' }).isEnabled()).toBe(false);
    await screenshot(page, 'lists-expired');
    await page.context().setOffline(false);
    await page.getByText('This list is older').waitFor({ state: 'detached' });
    expect(await page.getByRole('button', { name: 'Pause' }).isEnabled()).toBe(true);
  });
});
