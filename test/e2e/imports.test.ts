import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { type SmallShop, smallShop } from '#test/support/small-shop.ts';
import { workbook } from '#test/support/workbook.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from './browser.ts';

/** A planner maps the columns of a workbook that no name of ours fits, in real Chromium before a real station. */
let shop: SmallShop;
let serving: Serving;
let browser: Browser;
beforeAll(async () => {
  await buildWindow(console.log);
  shop = await smallShop('A');
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

const AUFK = workbook({
  Tabelle1: [
    ['Auftrag', 'Menge', 'Arbeitsplan', 'Endtermin', 'Text'],
    ['4711', '2,5', 'R', '24.11.2026 18:00', 'Hefe'],
    ['4712', '3', 'R', '24.11.2026', 'Sole'],
    ['4713', 'viele', 'R', '25.11.2026 06:00', 'Malz'],
  ],
});
const choose = (page: Page) =>
  page.locator('input[type=file]').setInputFiles({
    name: 'AUFK_2026-11.xlsx',
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(AUFK),
  });
const orders = () => shop.station.workspace.plant.orders.map(({ id }) => id as string);

test.each(['day', 'night'] as const)(
  'columns are mapped with a preview, kept, and used from then on (%s)',
  async (theme) => {
    const page = await openPage(browser, `${serving.url}#/imports`, { theme });
    await choose(page);
    await page
      .getByText(/Is no file that is known here|4711|As kept|What would change/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Map the columns of AUFK_2026-11.xlsx' }).click();

    await page.getByLabel('Each row is one of').selectOption('orders');
    await page.getByLabel('Name', { exact: true }).fill('our ERP');
    expect(await page.getByLabel('For files named').inputValue()).toBe('AUFK_*.xlsx');
    for (const [field, column] of [
      ['id', 'Auftrag'],
      ['quantity', 'Menge'],
      ['routing', 'Arbeitsplan'],
      ['due', 'Endtermin'],
    ] as const)
      await page.getByLabel(`Column for ${field}`).selectOption(column);
    await page.getByLabel('Unit of quantity').fill('kg');
    const preview = page.getByRole('region', { name: 'Preview' });
    await page.getByLabel('Decimals').selectOption(',');
    await page.getByLabel('Dates look like').fill('dd.MM.yyyy HH:mm, dd.MM.yyyy');
    await preview.getByText('2 records, 1 refused.').waitFor();
    await preview.getByText('quantity 2.5').waitFor();
    await preview.getByText('uom kg').first().waitFor();
    await preview.getByText('Line 4, Menge “viele”: Is no number.').waitFor();
    expect(await violationsOf(page, 'main', theme)).toEqual([]);
    await screenshot(page, `imports-mapping-${theme}`);

    const before = orders();
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    expect(orders()).toEqual(before);
    await screenshot(page, `imports-mapped-${theme}`);
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: 'What changed' }).waitFor();
    expect(orders()).toEqual(['A', '4711', '4712']);
    const [, order] = shop.station.workspace.plant.orders;
    expect(order).toMatchObject({ quantity: 2.5, uom: 'kg', due: Date.parse('2026-11-24T18:00:00Z') / 1000 });

    await page.getByRole('button', { name: 'Other files' }).click();
    await expect
      .poll(() => page.getByLabel('Column mapping').locator('option').allTextContents())
      .toContain('our ERP');
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  },
);

test('an existing mapping is opened as it is kept, and what the editor does not show stays in it', async () => {
  const rich = {
    name: 'rich',
    files: [
      {
        file: 'BOM*.csv',
        rows: [
          {
            kind: 'materials',
            fields: {
              id: { template: 'M-{NR}' },
              uom: { column: 'EH', translate: { ST: 'each' } },
              name: 'TXT',
            },
          },
        ],
      },
    ],
  };
  const { done, planner } = await import('#test/support/temporary-station.ts');
  done(await shop.handlers['mapping.save']({ mapping: rich }, planner()));
  const page = await openPage(browser, `${serving.url}#/imports`, {});
  await page.locator('input[type=file]').setInputFiles({
    name: 'BOM1.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('NR,EH,TXT,ALT\n1,ST,Salt,Sea salt\n'),
  });
  await page.getByRole('button', { name: 'Map the columns of BOM1.csv' }).click();
  const preview = page.getByRole('region', { name: 'Preview' });
  await preview.getByText('M-1').waitFor();
  await page.getByLabel('Column for name').selectOption('ALT');
  await preview.getByText('name Sea salt').waitFor();
  await page.getByRole('button', { name: 'Save mapping' }).click();
  await page.getByRole('heading', { name: 'What would change' }).waitFor();
  const kept = (await shop.station.store.read.mappings()).get('rich');
  const [file] = rich.files;
  expect(kept).toMatchObject({
    files: [{ rows: [{ kind: 'materials', fields: { ...file?.rows[0]?.fields, name: 'ALT' } }] }],
  });
  await page.context().close();
});
