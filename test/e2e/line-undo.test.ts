import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { UNDO_SHOWN } from '#shared/contract/line.ts';
import { TaskId } from '#shared/domain/task.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';

/** Slips of the hand at a line page, put right there: a tablet's size and touch, the real station behind it. */
describe('what was reported by a slip', () => {
  let shop: SmallShop;
  let serving: Serving;
  let browser: Browser;
  let line: Page;

  beforeAll(async () => {
    await buildWindow(console.log);
    shop = await smallShop('A', 'B', 'C');
    await shop.put('A/mix', 'M1', '07:00');
    await shop.put('B/mix', 'M1', '08:00');
    await shop.put('C/mix', 'M1', '09:00');
    await shop.publish();
    await shop.dispatch();
    await shop.see('M1', 1);
    shop.clock('07:00');
    serving = await serveStation(shop, { port: 0 });
    browser = await launchBrowser();
    line = await open();
    await line.getByRole('button', { name: 'Who are you?' }).tap();
    await line.getByRole('dialog').getByRole('searchbox').fill('Anna');
    await line.getByRole('dialog').getByRole('button', { name: /Anna/ }).tap();
  });
  afterAll(async () => {
    await browser.close();
    await serving.close();
    await shop.remove();
  });

  const open = (theme: 'day' | 'night' = 'day', size = { width: 1280, height: 800 }) =>
    openPage(browser, `${serving.lineUrl}/M1`, { size, touch: true, theme });
  const tap = (name: string | RegExp) => line.getByRole('button', { name, exact: true }).first().tap();
  const undo = () => line.getByRole('button', { name: /Undo/ });
  const state = (task = 'A/mix') =>
    shop.station.workspace.progress.get(TaskId.parse(task))?.state.kind ?? 'waiting';
  const recorded = async () => (await shop.station.store.read.events()).map(({ kind }) => kind);
  /** A hand that taps on when the button comes is not meant. */
  const SETTLED = 700;
  /** All taps of a hand in haste, within one turn of the page. */
  const fiftyTaps = (name: RegExp) =>
    line.getByRole('button', { name }).evaluate((button) => {
      for (let k = 0; k < 50; k += 1) (button as HTMLButtonElement).click();
    });

  test('[U14] fifty taps on Start are one report; a large Undo says what it takes back', async () => {
    await fiftyTaps(/^Start$/);
    await undo().waitFor();
    expect(await undo().innerText()).toMatch(/^Started A · mix\s+Undo\s+\d+ s$/);
    const box = await undo().boundingBox();
    expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(64);
    await expect.poll(() => state()).toBe('running');
    expect(await recorded()).toEqual(['started']);
    expect(await line.getByRole('alert').count()).toBe(0);
    expect(await violationsOf(line)).toEqual([]);
    await screenshot(line, 'line-undo');
  });

  test('[U14] fifty taps on Undo are one withdrawal, and the task is as it was', async () => {
    await line.waitForTimeout(SETTLED);
    await fiftyTaps(/Undo/);
    await line.getByRole('button', { name: 'Start', exact: true }).waitFor();
    expect(state()).toBe('waiting');
    expect(await recorded()).toEqual(['started', 'withdrawn']);
    await undo().waitFor({ state: 'detached' });
    expect(await line.getByRole('alert').count()).toBe(0);
  });

  test('[U14] it stands for ten seconds, and a tap of the hand that has just tapped elsewhere does not count', async () => {
    await tap('Start');
    const from = Date.now();
    await undo().tap();
    expect(await undo().count()).toBe(1);
    expect(state()).toBe('running');
    await undo().waitFor({ state: 'detached', timeout: 15_000 });
    expect(Date.now() - from).toBeGreaterThan((UNDO_SHOWN - 1) * 1000);
    expect(state()).toBe('running');
  });

  test('[U14] a rest that was given back stays here after all, also when the page was loaded anew in between', async () => {
    await tap('Split off the rest');
    await line.getByRole('dialog').getByLabel('Give back').fill('4');
    await line.getByRole('dialog').getByRole('button', { name: 'Split off the rest' }).tap();
    await expect.poll(() => shop.station.workspace.draft.has(TaskId.parse('A/mix#2'))).toBe(true);
    await line.reload();
    await undo().waitFor();
    expect(await undo().innerText()).toMatch(/^Gave back 4 each of A · mix\s+Undo\s+\d+ s$/);
    await line.waitForTimeout(SETTLED);
    await undo().tap();
    await expect.poll(() => shop.station.workspace.draft.has(TaskId.parse('A/mix#2'))).toBe(false);
    await line.reload();
    await line.getByRole('button', { name: 'Pause' }).waitFor();
    expect(await undo().count()).toBe(0);
    expect((await recorded()).slice(-2)).toEqual(['splitOff', 'withdrawn']);
  });

  test('[R9] while the station is away report and undo are both kept, and both sent on return', async () => {
    await line.context().setOffline(true);
    await tap('Pause');
    await tap('Minor stop');
    await line.getByText('1 report is saved here and not yet received').waitFor();
    await line.waitForTimeout(SETTLED);
    await undo().tap();
    await line.getByText('2 reports are saved here and not yet received').waitFor();
    await line.context().setOffline(false);
    await expect
      .poll(recorded, { timeout: 10_000 })
      .toEqual(['started', 'withdrawn', 'started', 'splitOff', 'withdrawn', 'paused', 'withdrawn']);
    expect(state()).toBe('running');
    await expect.poll(() => line.getByText('not yet received').count()).toBe(0);
    expect(await line.getByRole('alert').count()).toBe(0);
  });

  test('[R9] started, taken back and started again while the station is away is all three', async () => {
    await tap('Complete');
    await line.getByRole('dialog').getByRole('button', { name: 'Complete' }).tap();
    await line.getByRole('heading', { name: 'B · mix' }).waitFor();
    const before = (await recorded()).length;
    await line.context().setOffline(true);
    await tap('Start');
    await line.getByText('1 report is saved here').waitFor();
    await tap('Start'); // the page cannot know yet, and a second tap is none
    await line.waitForTimeout(SETTLED);
    await undo().tap();
    await line.getByText('2 reports are saved here').waitFor();
    await tap('Start');
    await line.getByText('3 reports are saved here').waitFor();
    await line.context().setOffline(false);
    await expect
      .poll(async () => (await recorded()).slice(before), { timeout: 10_000 })
      .toEqual(['started', 'withdrawn', 'started']);
    expect(state('B/mix')).toBe('running');
  });

  test('an undo that comes too late says so, and nothing changes', async () => {
    await tap('Machine down');
    await tap('Mechanical');
    await tap('Jam');
    await line
      .getByText(/Down since/)
      .first()
      .waitFor();
    shop.clock('07:05');
    await line.waitForTimeout(SETTLED);
    await undo().tap();
    await line
      .getByRole('alert')
      .getByText(/it can be taken back for 30 seconds/)
      .waitFor();
    await tap('OK');
    expect((await recorded()).at(-1)).toBe('downtimeStarted');
    await tap('Running again');
    await line
      .getByText(/Down since/)
      .first()
      .waitFor({ state: 'detached' });
  });

  test('a wrong count is put right at the task that runs, with its reason, and of what was completed lately', async () => {
    await tap('Quantity');
    await line.getByLabel('Good').fill('40');
    await line.getByRole('dialog').getByRole('button', { name: 'Report' }).tap();
    await tap('Correct the count');
    const dialog = line.getByRole('dialog', { name: 'What is the right count of B · mix?' });
    const why = dialog.getByRole('button', { name: 'Typed wrongly' });
    expect(await why.isDisabled()).toBe(true);
    await dialog.getByLabel('Good').fill('4');
    await screenshot(line, 'line-correct');
    expect(await violationsOf(line, 'dialog')).toEqual([]);
    await why.tap();
    await expect.poll(() => shop.station.workspace.progress.get(TaskId.parse('B/mix'))?.good).toBe(4);
    await tap('Complete');
    await line.getByRole('dialog').getByRole('button', { name: 'Complete' }).tap();
    const lately = line.getByRole('region', { name: 'Completed lately' });
    await lately.getByRole('button', { name: /B · mix/ }).tap();
    const again = line.getByRole('dialog', { name: /right count of B/ });
    await again.getByLabel('Good').fill('9');
    await again.getByLabel('Scrap').fill('1');
    await again.getByRole('button', { name: 'Scrap found later' }).tap();
    await expect
      .poll(() => shop.station.workspace.progress.get(TaskId.parse('B/mix')))
      .toMatchObject({ good: 9, scrap: 1, state: { kind: 'completed' } });
    await screenshot(line, 'line-completed-lately');
  });

  test.for([
    ['day', 1440, 900],
    ['night', 1440, 900],
    ['day', 1000, 700],
    ['night', 1000, 700],
    ['day', 820, 1180],
    ['night', 820, 1180],
  ] as const)('it is seen and read by %s at %i × %i, and takes back', async ([theme, width, height]) => {
    const page = await open(theme, { width, height });
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    await page.getByRole('button', { name: 'Machine down' }).tap();
    await page.getByRole('button', { name: 'Mechanical' }).tap();
    await page.getByRole('button', { name: 'Jam' }).tap();
    const button = page.getByRole('button', { name: /Reported the machine as down/ });
    await button.waitFor();
    await page.waitForTimeout(SETTLED);
    await screenshot(page, `line-undo-${theme}-${width}`);
    expect(await violationsOf(page, 'body', theme)).toEqual([]);
    await button.tap();
    await page.getByRole('button', { name: 'Machine down' }).waitFor();
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });
});
