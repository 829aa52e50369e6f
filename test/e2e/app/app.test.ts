import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { emptyPlant, fullPlant } from './plant.ts';
import { serveStandIn } from './stand-in.ts';

let browser: Browser;
let full: Awaited<ReturnType<typeof serveStandIn>>;
let empty: Awaited<ReturnType<typeof serveStandIn>>;
beforeAll(async () => {
  await buildWindow(console.log);
  [browser, full, empty] = await Promise.all([
    launchBrowser(),
    serveStandIn(fullPlant()),
    serveStandIn(emptyPlant()),
  ]);
});
afterAll(async () => {
  await browser.close();
  await Promise.all([full.close(), empty.close()]);
});

/** Opens a view and waits until its heading stands. */
async function openView(url: string, place: string, theme: 'day' | 'night' = 'day'): Promise<Page> {
  const page = await openPage(browser, `${url}#/${place}`, { theme });
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
  await page.getByRole('main').getByText('Loading …').waitFor({ state: 'detached' });
  return page;
}

test('what the first screen needs is compiled while it loads, whatever Vite puts before it, and nothing else is', () => {
  const assets = 'out/renderer/assets';
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js'));
  const ahead = scripts.filter((name) =>
    readFileSync(join(assets, name), 'utf8').startsWith('//# allFunctionsCalledOnLoad\n'),
  );
  expect(ahead).toEqual(
    scripts.filter((name) => name.startsWith('first-') && !name.startsWith('first-start')),
  );
  expect(ahead).toHaveLength(2); // the window and the line page
});

const VIEWS = [
  'board',
  'orders',
  'resources',
  'calibrations',
  'crew',
  'dispatch',
  'imports',
  'connections',
  'audit',
  'settings',
];

describe.each(['day', 'night'] as const)('[U12] in the %s theme', (theme) => {
  test.each(VIEWS)('%s has no accessibility violation and breaks no content policy', async (view) => {
    const page = await openView(full.url, view, theme);
    expect(await violationsOf(page, 'body', theme)).toEqual([]);
    await screenshot(page, `app-${view}-${theme}`);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  });

  test('the first start asks one question, and “Start empty” says what to do next', async () => {
    const page = await openView(empty.url, 'board', theme);
    expect(await violationsOf(page, 'body', theme)).toEqual([]);
    await screenshot(page, `app-first-start-${theme}`);
    await page.getByRole('button', { name: /Start empty/ }).click();
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await page.getByText('/home/mara/.local/share/shiftwright/inbox').waitFor();
    await page.context().close();
  });
});

test('first start: the demo plant is one click', async () => {
  const page = await openView(empty.url, 'board');
  await page.getByRole('button', { name: /Open the demo plant/ }).click();
  await page.getByText('Its orders are in and nothing is scheduled yet.').waitFor();
  expect(empty.heard.filter(({ call }) => call === 'plant.openDemo')).toHaveLength(1);
  await page.context().close();
});

test('[U6] everything is in the palette: a verb, an order, by keyboard alone', async () => {
  const page = await openView(full.url, 'orders');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('crew');
  await screenshot(page, 'app-palette-day');
  expect(await violationsOf(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Crew', level: 1 }).waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  await screenshot(page, 'app-keys-day');
  await page.getByRole('searchbox', { name: 'Search commands and keys' }).fill('dispatch');
  await expect.poll(() => page.locator('.keys-group li').allTextContents()).toHaveLength(2);
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
  await page.keyboard.press('Control+k');
  await page.mouse.click(20, 700);
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor();
  await page.context().close();
});

test('what opens from the first screen is fetched behind it, before it is wanted', async () => {
  const page = await openView(full.url, 'board');
  const missing = async (): Promise<string[]> => {
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    const parts = [
      'popup-box',
      'inspector',
      'move-dialog',
      'repairs-dialog',
      'publish-dialog',
      'orders-view',
    ];
    return parts.filter((part) => !loaded.some((name) => name.includes(`/${part}-`)));
  };
  await expect.poll(missing).toEqual([]);
  await page.context().close();
});

test('a control that is only an icon says what it does, to the pointer and to the keyboard', async () => {
  const page = await openView(full.url, 'board');
  const tip = page.getByRole('tooltip');
  const theme = page.getByRole('button', { name: 'Night theme' });
  await theme.hover();
  await expect.poll(() => tip.textContent()).toBe('Night theme');
  await screenshot(page, 'app-tip-day');
  await page.keyboard.press('Escape');
  await tip.waitFor({ state: 'hidden' });
  await page.mouse.move(700, 500);
  await page.getByRole('link', { name: 'Board' }).focus();
  await page.keyboard.press('Tab');
  await expect.poll(() => tip.textContent()).toBe('Orders2');
  const [box, link] = await Promise.all(
    [tip, page.getByRole('link', { name: 'Orders' })].map((one) => one.boundingBox()),
  );
  if (!box || !link) throw new Error('The tip or its link is not there.');
  expect(box.x).toBe(link.x + link.width + 6);
  expect(box.y + box.height / 2).toBeCloseTo(link.y + link.height / 2);
  await page.context().close();
});

test('[U6] a table is walked with the arrow keys, sorted from its header, searched and exported', async () => {
  const page = await openView(full.url, 'orders');
  const rows = page.getByRole('grid', { name: 'Orders' }).locator('tbody tr.row');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '4');
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-rowindex') === '49');
  await page.getByRole('button', { name: 'Order', exact: true }).click();
  await page.getByRole('searchbox', { name: 'Search' }).fill('metformin wo-10');
  const left = await rows.locator('td:first-child').allTextContents();
  expect(left).toEqual(left.toSorted());
  expect(left.length).toBeGreaterThan(0);
  for (const [choice, file] of [
    ['CSV, comma', 'orders.csv'],
    ['Workbook (XLSX)', 'orders.xlsx'],
  ] as const) {
    await page.getByRole('button', { name: 'Export' }).click();
    const choices = page.getByRole('dialog', { name: 'Export' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      choices.getByRole('button', { name: choice }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(file);
    await choices.waitFor({ state: 'detached' });
  }
  await page.getByRole('searchbox', { name: 'Search' }).fill('no such order');
  await page.getByRole('button', { name: 'Clear search and filter' }).click();
  expect(await rows.count()).toBe(48);
  await page.context().close();
});

test('[U16] the lists of the lines that are ticked are saved as one PDF', async () => {
  const page = await openView(full.url, 'dispatch');
  await page.getByRole('checkbox', { name: 'Select Booth 1' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Print 1 list' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('dispatch-lists.pdf');
  expect(full.heard.findLast(({ call }) => call === 'queue.print')?.ask).toMatchObject({
    paper: 'a4',
    units: [expect.any(String)],
  });
  await page.context().close();
});

test('a refusal names object and reason and stays until it is dismissed', async () => {
  const page = await openView(full.url, 'orders');
  await page.keyboard.press('Control+z');
  const notice = page.getByRole('alert').filter({ hasText: 'WO-1043 · Press' });
  await notice.getByText('what a line has begun is not undone').waitFor();
  await notice.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => notice.count()).toBe(0);
  await page.context().close();
});

test('[R1] a lost connection is said; the unanswered command goes out once more with the same key', async () => {
  const station = await serveStandIn(fullPlant());
  const page = await openView(station.url, 'dispatch');
  station.swallow('queue.dispatch');
  await page.getByRole('button', { name: /Dispatch stale/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dispatch' }).click();
  await expect.poll(() => station.heard.filter(({ call }) => call === 'queue.dispatch').length).toBe(1);
  station.cut();
  await page.getByText(/connection to the station is lost/).waitFor();
  await page.getByText('Dispatched 7 queues with 90 tasks').waitFor();
  const keys = station.heard.filter(({ call }) => call === 'queue.dispatch').map(({ key }) => key);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  await page.getByText(/connection to the station is lost/).waitFor({ state: 'detached' });
  await page.context().close();
  await station.close();
});

test('an import shows what would change and what is refused before anything goes in', async () => {
  const page = await openView(full.url, 'imports');
  const imports = () => full.heard.filter(({ call }) => call === 'import.files').map(({ ask }) => ask);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('order;quantity\n'),
  });
  await page.getByRole('heading', { name: 'Refused rows (1)' }).waitFor();
  await page.getByText('is not a positive number').waitFor();
  await screenshot(page, 'app-import-report-day');
  expect(await violationsOf(page)).toEqual([]);
  expect(imports()).toMatchObject([
    { dryRun: true, files: [{ name: 'orders.csv', base64: btoa('order;quantity\n') }] },
  ]);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: 'What changed' }).waitFor();
  expect(imports()).toMatchObject([{ dryRun: true }, { dryRun: false }]);
  await page.context().close();
});

test('[U8] the planner says what counts in a solve and how many tasks may move', async () => {
  const page = await openView(full.url, 'orders', 'day');
  await page.getByRole('button', { name: 'Solve' }).click();
  await page.getByText('18 h of 96 h too much by Wed 25 Nov').waitFor();
  await screenshot(page, 'app-solve-panel-day');
  await page.getByText('What counts').click();
  await page.getByLabel('Late order').fill('50');
  await page.getByLabel('Tasks that may move').fill('5');
  expect(await violationsOf(page, '.solve-panel', 'day')).toEqual([]);
  await page.getByRole('button', { name: 'Start solving' }).click();
  await expect
    .poll(() => full.heard.findLast(({ call }) => call === 'solve.start')?.ask)
    .toEqual({ seconds: 10, seed: 1, weights: { late: 50 }, mostMoved: 5 });
  full.tell({ kind: 'solve.ended', outcome: 'cancelled', text: '' });
  await page.close();
});

test.each(['day', 'night'] as const)(
  '[U8] a solve streams its best value, and can be taken or cancelled while the window stays usable (%s)',
  async (theme) => {
    const page = await openView(full.url, 'orders', theme);
    await page.getByRole('button', { name: 'Solve' }).click();
    await page.getByLabel('Seconds to search').first().fill('30');
    await page.getByRole('button', { name: 'Start solving' }).click();
    const figures = { ...fullPlant()['board.read']?.({}).state.figures };
    full.tell({
      kind: 'solve.progress',
      progress: {
        elapsedMs: 4000,
        iterations: 12_300,
        perSecond: 4100,
        phase: 'ATCS rule',
        figures: figures as never,
        objective: 880,
        lowerBound: 616,
        gap: 0.3,
        points: [
          { elapsedMs: 200, objective: 1000 },
          { elapsedMs: 900, objective: 930 },
          { elapsedMs: 2100, objective: 880 },
        ],
      },
    });
    const panel = page.getByRole('region', { name: 'Solving' });
    await panel.getByText('12% better than the first schedule').waitFor();
    await panel.getByText('Value 880 · bound 616 · gap 30%').waitFor();
    await panel.getByText('ATCS rule').waitFor();
    await screenshot(page, `app-solving-${theme}`);
    expect(await violationsOf(page, '.solve-progress', theme)).toEqual([]);
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => full.heard.some(({ call }) => call === 'solve.cancel')).toBe(true);
    full.tell({ kind: 'solve.ended', outcome: 'cancelled', text: '' });
    await panel.waitFor({ state: 'detached' });
    expect(full.heard.findLast(({ call }) => call === 'solve.start')?.ask).toEqual({ seconds: 30, seed: 1 });
    await page.context().close();
  },
);

test('[U11] publishing says what changes and who is affected, and leads to dispatch', async () => {
  const page = await openView(full.url, 'orders');
  await page.getByRole('button', { name: 'Publish' }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  await dialog.getByText('14 tasks stand elsewhere than in version 12').waitFor();
  await dialog.getByText(/lines hold a queue and keep it until you dispatch/).waitFor();
  await dialog.getByText('3 new, 9 moved, 2 for other people, 1 dropped').waitFor();
  await dialog.getByText('4 tasks need something that is on hold').waitFor();
  await screenshot(page, 'app-publish-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await dialog.getByLabel('Note for the record').fill('Press 3 is down');
  await dialog.getByRole('button', { name: 'Publish' }).click();
  await page.getByText('Published as version 13').waitFor();
  await page.getByRole('heading', { name: 'Dispatch', level: 1 }).waitFor();
  expect(full.heard.find(({ call }) => call === 'version.publish')?.ask).toEqual({
    note: 'Press 3 is down',
    expected: 41,
  });
  await page.context().close();
});

test('[U12] at 200 % zoom nothing is lost sideways but inside the tables', async () => {
  const page = await openPage(browser, `${full.url}#/orders`, { size: { width: 720, height: 450 } });
  await page.getByRole('heading', { name: 'Orders' }).waitFor();
  await screenshot(page, 'app-zoom');
  const [width, inner] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(width).toBe(inner);
  for (const name of ['Solve', 'Publish']) {
    const box = await page.getByRole('button', { name, exact: true }).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(720);
  }
  await page.context().close();
});

test('the chosen theme stays over a reload', async () => {
  const page = await openView(full.url, 'settings');
  await page.getByRole('button', { name: 'Night', exact: true }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('night');
  await page.context().close();
});

test('no kind of case has a rule until somebody says how many tasks it may move', async () => {
  const page = await openView(full.url, 'settings');
  const rule = page.getByLabel('Downtime: propose the least change');
  expect(await rule.inputValue()).toBe('');
  await rule.scrollIntoViewIfNeeded();
  await screenshot(page, 'app-rules-day');
  await rule.selectOption('propose it, at most 5 tasks move');
  await expect.poll(() => heardOf('policy.save')).toMatchObject([{ rules: { downtime: 5 } }]);
  await page.context().close();
});

test('a connection is tested before it is kept, and what the ERP changed is accepted with its impact in sight', async () => {
  const page = await openView(full.url, 'connections');
  await page.getByText('date_finished: told 2026-11-26 10:00:00, stands at 2026-11-26 11:30:00').waitFor();
  await page.getByText('The work gets 2 h longer.').waitFor();
  await page.getByRole('button', { name: 'Show the effect of WH/MO/00001' }).click();
  await page.getByText('6 tasks move:').waitFor();
  await page.getByText('Ends Fri 27 Nov 11:30, promised for Thu 26 Nov 12:00.').waitFor();
  await page.getByText('Late orders: 0 now, 1 then.').waitFor();
  await page.getByText('Would be late: WH/MO/00001').waitFor();
  expect(heardOf('difference.effect')).toEqual([{ order: 'odoo:MO1' }]);
  expect(await violationsOf(page, 'main')).toEqual([]);
  await page.setViewportSize({ width: 1000, height: 900 });
  await screenshot(page, 'app-connections-effect-day');
  await page.getByRole('button', { name: 'Accept WH/MO/00001' }).click();
  await page.getByRole('button', { name: 'Send again: message 2' }).click();
  await expect.poll(() => heardOf('difference.accept')).toEqual([{ orders: ['odoo:MO1'], expected: 41 }]);
  await expect.poll(() => heardOf('outbox.resend')).toEqual([{ seq: 2 }]);
  await page.getByText('Odoo has no work order WO4 any more.').waitFor();
  await page.getByRole('button', { name: 'Drop message 4' }).click();
  await expect.poll(() => heardOf('outbox.drop')).toEqual([{ seq: 4 }]);
  expect(await page.getByRole('button', { name: /message (1|3|5)/ }).count()).toBe(0);
  await page.getByRole('button', { name: 'Connect an ERP' }).click();
  const form = page.getByRole('dialog', { name: 'Connect an ERP' });
  // Who has not named it yet gets the name of the ERP.
  await form.getByLabel('Kind').selectOption('Tryton');
  expect(await form.getByLabel('Name').inputValue()).toBe('tryton');
  await form.getByLabel('Address').fill('https://erp.example.com');
  await form.getByLabel('Database').fill('plant');
  await form.getByRole('textbox', { name: 'User' }).fill('planner');
  await form.getByLabel('Password or API key').fill('hidden');
  await form.getByRole('button', { name: 'Test connection' }).click();
  await form.getByText('Odoo 19.0 answers over /json/2 with 4 orders to plan.').waitFor();
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await screenshot(page, 'app-connection-form-day');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(heardOf('feed.save')).toMatchObject([
    { feed: { name: 'tryton', kind: 'tryton', address: 'https://erp.example.com' }, secret: 'hidden' },
  ]);
  await page.context().close();
});

test('a receiver of messages is told by POST or into a folder, and asked for nothing that only an ERP has', async () => {
  const page = await openView(full.url, 'connections', 'night');
  await page.getByRole('button', { name: 'Connect an ERP' }).click();
  const form = page.getByRole('dialog', { name: 'Connect an ERP' });
  await form.getByLabel('Kind').selectOption('Files or messages');
  expect(await form.getByLabel('Database').count()).toBe(0);
  expect(await form.getByLabel('New orders').count()).toBe(0);
  await form.getByLabel('Post to, or lay into').fill('https://erp.example.com/in/b2mml');
  await form.getByLabel('Form').selectOption('B2MML V6');
  expect(await violationsOf(page, '[role=dialog]', 'night')).toEqual([]);
  await screenshot(page, 'app-connection-form-messages-night');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(heardOf('feed.save').at(-1)).toEqual({
    feed: { name: 'messages', kind: 'messages', address: 'https://erp.example.com/in/b2mml', form: 'b2mml6' },
  });
  await page.context().close();
});

test('lines are connected with a form, a machine is told what to do, and a job that it lost is stored again by a person', async () => {
  const page = await openView(full.url, 'connections');
  await page.getByText('3 jobs told, 1 not acknowledged yet').waitFor();
  await page.getByRole('button', { name: 'It was not done: store it again (A-1/press)' }).click();
  await expect.poll(() => heardOf('job.withdraw')).toMatchObject([{ task: 'A-1/press' }]);
  await page.getByLabel('Command').selectOption('Abort');
  await page.getByLabel('Reason').fill('Wrong lot');
  await screenshot(page, 'app-machine-day');
  await page.getByRole('button', { name: 'Tell the machine' }).click();
  await expect
    .poll(() => heardOf('job.command'))
    .toEqual([{ link: 'press-3', task: 'A-2/press', command: 'Abort', reason: 'Wrong lot' }]);
  await page.getByRole('button', { name: 'Connect lines' }).click();
  const form = page.getByRole('dialog', { name: 'Connect lines' });
  await form.getByLabel('Address').fill('mqtts://broker:8883');
  await form.getByRole('textbox', { name: 'Lines' }).fill('M1, M2');
  await form.getByRole('textbox', { name: 'User' }).fill('station');
  await form.getByLabel('Password').fill('hidden');
  await form.getByLabel('Switched on').check();
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await screenshot(page, 'app-link-form-day');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect(heardOf('link.save')).toMatchObject([
    {
      link: { kind: 'mqtt', address: 'mqtts://broker:8883', units: ['M1', 'M2'], isOn: true },
      secret: 'hidden',
    },
  ]);
  await page.context().close();
});

const heardOf = (call: string) => full.heard.filter((one) => one.call === call).map(({ ask }) => ask);
