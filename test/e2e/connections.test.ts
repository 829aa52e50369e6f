import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import { type OdooStandIn, putOrder, standInOdoo } from '#test/support/odoo-stand-in.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from './browser.ts';

/** The connector screen in real Chromium before a real station, with an Odoo that can be dragged about in. */
let browser: Browser;
let odoo: OdooStandIn;
let plant: TemporaryStation;
let serving: Awaited<ReturnType<typeof serveStation>>;
beforeAll(async () => {
  await buildWindow(console.log);
  browser = await launchBrowser();
}, 120_000);
afterAll(() => browser.close());
beforeEach(async () => {
  odoo = await standInOdoo();
  putOrder(odoo, 1, 2);
  Object.assign(must(odoo.tables.get('mrp.production'), 'Orders').fields, {
    x_promised: { type: 'date', string: 'Promised' },
  });
  orderRow()['x_promised'] = '2026-12-18';
  plant = await temporaryStation('2026-11-23T05:00:00Z');
  serving = await serveStation(plant, { port: 0 });
});
afterEach(async () => {
  await serving.close();
  await plant.remove();
  await odoo.close();
});

const orderRow = () => must(odoo.tables.get('mrp.production')?.rows.get(1), 'The order');
const workOrder = () => must(odoo.tables.get('mrp.workorder')?.rows.get(10), 'Its first operation');
const waiting = async () => (await plant.station.store.read.outbox('odoo', 1)).waiting;

/** From the first start: address and login, a test, the field that the plant has added, saved and read. */
async function connected(page: Page, theme: 'day' | 'night'): Promise<void> {
  await page.getByRole('button', { name: /Connect an ERP/ }).click();
  await page.getByRole('button', { name: 'Connect an ERP' }).first().click();
  const form = page.getByRole('dialog', { name: 'Connect an ERP' });
  await form.getByLabel('Address').fill(odoo.address);
  await form.getByLabel('Database').fill('plant');
  await form.getByLabel('User').fill('admin');
  await form.getByLabel('Password or API key').fill('hidden');
  await form.getByText('Test the connection to choose from the fields that it has.').waitFor();
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText(/answers over .* with 1 order to plan/).waitFor();
  const fields = form.getByRole('group', { name: 'Fields of its orders' });
  await fields.getByLabel('Due date').selectOption({ label: 'Promised (x_promised)' });
  expect(await violationsOf(page, '.dialog', theme)).toEqual([]);
  await screenshot(page, `connections-form-${theme}`);
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByText(/^Read Mon 23 Nov/).waitFor();
}

async function published(): Promise<void> {
  done(await plant.handlers['solve.start']({ seconds: 0.3, seed: 1 }, planner()));
  await plant.station.solving?.done;
  done(await plant.handlers['proposal.accept']({ expected: plant.station.workspace.revision }, planner()));
  const expected = plant.station.workspace.revision;
  done(await plant.handlers['version.publish']({ note: '', expected }, planner()));
  await expect.poll(waiting).toBe(0);
}

test.each(['day', 'night'] as const)(
  'by %s an Odoo is connected, tested, mapped and read; what it moves is a case with both values, and what was told is told again',
  async (theme) => {
    const look = theme === 'night' ? { theme, size: { width: 1000, height: 760 } } : { theme };
    const page = await openPage(browser, `${serving.url}#/board`, look);
    await connected(page, theme);
    const [order] = plant.station.workspace.plant.orders;
    // A date is kept until its end.
    expect(order?.due).toBe(Date.parse('2026-12-19T00:00:00Z') / 1000);
    await published();
    const told = workOrder()['date_start'];

    const messages = page.getByRole('grid', { name: 'Told to the ERP' });
    await messages.getByRole('row').nth(1).focus();
    await page.keyboard.press('Enter');
    const message = page.getByRole('dialog', { name: /^Message \d+ to odoo$/ });
    await message.getByText('Kept', { exact: true }).waitFor();
    await message.getByRole('button', { name: 'Send again' }).click();
    await message.waitFor({ state: 'detached' });
    await messages.getByRole('row').nth(3).waitFor();
    await expect.poll(waiting).toBe(0);

    workOrder()['date_start'] = '2026-12-24 08:00:00';
    plant.setClock(plant.station.clock() + 60_000);
    await page.getByRole('button', { name: 'Reconcile now' }).click();
    await page
      .getByText('odoo has something else of WH/MO/1 · Step 1 than it was told: start')
      .first()
      .waitFor();
    await page.getByRole('grid', { name: 'Last exchanges' }).getByText('pull everything').first().click();
    const exchange = page.getByRole('dialog', { name: 'pull everything' });
    await exchange.getByText(/records changed/).waitFor();
    expect(await violationsOf(page, '.dialog', theme)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await violationsOf(page, '.connections', theme)).toEqual([]);
    await screenshot(page, `connections-${theme}`);

    await page.getByRole('button', { name: 'Decide' }).click();
    const detail = page.getByRole('article', { name: /odoo has something else/ });
    await detail.getByRole('row', { name: /start .* Thu 24 Dec/ }).waitFor();
    const again = detail.getByRole('button', { name: 'Tell odoo again' });
    expect(await again.isDisabled()).toBe(true);
    await detail.getByLabel('Reason', { exact: true }).fill('The press is booked');
    expect(await violationsOf(page, '.case', theme)).toEqual([]);
    await screenshot(page, `case-not-kept-${theme}`);
    await again.click();
    await detail.getByText('Told odoo again').waitFor();
    await expect.poll(() => workOrder()['date_start']).toBe(told);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  },
  60_000,
);
