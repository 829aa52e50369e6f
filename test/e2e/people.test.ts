import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { PersonId } from '#shared/domain/person.ts';
import { MINUTE } from '#shared/time/instant.ts';
import { complaintsOf, launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { as, employ, passwordOf } from '#test/support/people.ts';
import { type SmallShop, instant, smallShop } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

/** People at the windows and the lines of one station, from no accounts to a revoked screen. */
let shop: SmallShop;
let browser: Browser;
let serving: Serving;
let page: Page;
let line: Page;

beforeAll(async () => {
  await buildWindow(console.log);
  shop = await smallShop('A', 'B', 'C');
  await shop.put('A/mix', 'M1', '07:00');
  await shop.put('B/mix', 'M1', '09:00');
  shop.setClock(instant('07:00') * 1000);
  serving = await serveStation(shop, { port: 0 });
  browser = await launchBrowser();
  page = await openPage(browser, `${serving.url}#/settings`);
});
afterAll(async () => {
  await browser.close();
  await serving.close();
  await shop.remove();
});

async function logIn(user: string, password = passwordOf(user)): Promise<void> {
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
}
const goTo = (view: string) =>
  page
    .getByRole('navigation')
    .getByRole('link', { name: new RegExp(`^${view}`) })
    .click();
const leave = async () => {
  await page.getByRole('button', { name: /Person$/ }).click();
  await page.getByRole('button', { name: 'Log out' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
};
const accounts = () => page.getByRole('grid', { name: 'Accounts' });

test('[AC-01] the first administrator is made in the settings; from then on the window asks who is there', async () => {
  await page.getByRole('button', { name: 'Make the first administrator …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Make the first administrator' });
  await dialog.getByLabel('Name to log in with').fill('admin');
  await dialog.getByLabel('Full name').fill('Admin Person');
  await dialog.getByLabel('Password').fill(passwordOf('admin'));
  await screenshot(page, 'people-first-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await page.locator('.rail, #board-grid, .settings').count()).toBe(0);
  expect(await violationsOf(page)).toEqual([]);
  await screenshot(page, 'people-login-day');
});

test('a login by keyboard alone; a wrong password says so and the field is ready for the next try', async () => {
  await logIn('admin', 'not the password');
  await page.getByRole('alert').getByText('Name or password is wrong.').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
  await screenshot(page, 'people-login-wrong');
  await page.keyboard.type(passwordOf('admin'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'Admin Person' }).waitFor();
});

test('[AC-02] an administrator adds accounts; the rail shows what an administrator may look at', async () => {
  await page.getByRole('button', { name: 'Add an account …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByLabel('Name to log in with').fill('sue');
  await dialog.getByLabel('Full name').fill('Sue Supervisor');
  await dialog.getByLabel('Supervisor').check();
  await dialog.getByLabel('Password').fill('given by the admin');
  await dialog.getByLabel('Identity checked by').fill('Nora Brandt');
  await screenshot(page, 'people-add-day');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await accounts().getByText('Sue Supervisor').waitFor();
  await employ(shop, { planny: ['planner'], olaf: ['operator'], quinn: ['quality'] });
  const places = await page.getByRole('navigation').getByRole('link').allTextContents();
  expect(places).toHaveLength(10); // without Imports
  await screenshot(page, 'people-settings-day');
  expect(await violationsOf(page, 'main')).toEqual([]);
});

test('signatures are switched on in the settings, and a lock hides the plan until its user comes back', async () => {
  await page.getByLabel('Publishing is signed').click();
  await page.getByLabel('Dispatching is signed').click();
  await page.getByLabel('A second person may let a task start against a gate').click();
  await expect
    .poll(() => shop.station.workspace.policy)
    .toMatchObject({ sign: { publish: true, dispatch: true }, overrides: true });
  await leave();
  await logIn('planny');
  await goTo('Board');
  await page.locator('#board-grid canvas[data-painted]').waitFor();
  // The board of a planner, then ten minutes of nobody.
  shop.setClock(shop.station.clock() + 10 * MINUTE * 1000);
  shop.station.sessions.lockIdle();
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  expect(await page.locator('#board-grid').count()).toBe(0);
  await screenshot(page, 'people-locked-day');
  await page.reload();
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await page.keyboard.type(passwordOf('planny'));
  await page.keyboard.press('Enter');
  await page.locator('#board-grid canvas[data-painted]').waitFor();
});

test('[S6] [ES-01] a planner signs what is published and dispatched, and sees the signature beside it', async () => {
  await page.getByRole('button', { name: 'Publish', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Publish the draft' });
  const publish = dialog.getByRole('button', { name: 'Publish' });
  expect(await publish.isDisabled()).toBe(true);
  await dialog.getByLabel('Your password').fill('wrong password');
  await publish.click();
  await page.getByText('The password is wrong, so nothing was signed.').waitFor();
  await dialog.getByLabel('Your password').fill(passwordOf('planny'));
  await dialog.getByLabel('Meaning').selectOption('Authorship');
  await screenshot(page, 'people-sign-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await publish.click();
  await page.getByRole('button', { name: /Dispatch stale/ }).click();
  const sign = page.getByRole('dialog', { name: 'Dispatch' });
  await sign.getByLabel('Your password').fill(passwordOf('planny'));
  await sign.getByRole('button', { name: 'Sign and dispatch' }).click();
  await page
    .getByText(/Planny Person, Release to the lines/)
    .first()
    .waitFor();
  await screenshot(page, 'people-dispatch-day');
  await goTo('Settings');
  await page.getByText(/Planny Person, Authorship/).waitFor();
  await page.getByText('Only administrator may do this; you are planner.').first().waitFor();
});

test('[AC-02] a role that only looks: disabled with the reason, and a bar stays where it is', async () => {
  await leave();
  await logIn('olaf');
  await goTo('Board');
  await page.locator('#board-grid canvas[data-painted]').waitFor();
  const publish = page.getByRole('button', { name: 'Publish', exact: true });
  expect(await publish.isDisabled()).toBe(true);
  expect(await publish.getAttribute('title')).toContain('Only planner or supervisor');
  expect(await page.getByRole('navigation').getByRole('link', { name: 'Audit' }).count()).toBe(0);
  await screenshot(page, 'people-operator-day');
  expect(complaintsOf(page)).toEqual([]);
});

test('[S3] [S4] line-side access is switched on; a screen at the line is paired by the code from the workstation', async () => {
  await leave();
  await logIn('admin');
  await goTo('Settings');
  await page.getByLabel('Address').selectOption('127.0.0.1');
  await page.getByLabel('Port').fill(String(await freePort()));
  await page.getByRole('button', { name: 'Switch on' }).click();
  const address = await page
    .getByText(/^http:\/\/127\.0\.0\.1:\d+\/line$/)
    .last()
    .textContent();
  line = await openPage(browser, `${address}/M1`, { size: { width: 1280, height: 800 }, touch: true });
  await line.getByRole('heading', { name: 'This screen is not paired' }).waitFor();
  await screenshot(line, 'people-unpaired-day');
  await page.getByRole('button', { name: 'Pair a screen …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Pair a screen' });
  await dialog.getByLabel('Name of the screen').fill('Mixer tablet');
  await dialog.getByLabel('Mixer 1').check();
  await dialog.getByRole('button', { name: 'Show a code' }).click();
  const code = await dialog.getByTestId('pair-code').textContent();
  await screenshot(page, 'people-pair-day');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await line.getByLabel('Code').fill(code?.replaceAll(' ', '') ?? '');
  await line.getByRole('button', { name: 'Pair this screen' }).tap();
  await line.getByRole('heading', { name: 'A · mix' }).waitFor();
  expect(complaintsOf(line).filter((text) => !text.includes('401'))).toEqual([]);
  await page.getByText('Mixer tablet', { exact: true }).waitFor();
  await screenshot(page, 'people-lines-day');
});

test('[SL-04] an operator shows a PIN; [RC-04] a start against a gate takes a second person’s signature', async () => {
  const ben = PersonId.parse('ben');
  done(await shop.handlers['badge.save']({ person: ben, code: '4711' }, as('admin')));
  const user = await shop.station.store.read.users();
  expect(user.map(({ id }) => id as string)).toContain('quinn');
  await line.getByRole('button', { name: 'Who are you?' }).tap();
  await line.getByRole('button', { name: /Ben/ }).tap();
  await line.getByRole('textbox', { name: 'PIN of Ben' }).fill('0000');
  await line.getByRole('button', { name: 'OK' }).tap();
  await line.getByRole('alert').getByText('Nobody here has this code.').waitFor();
  await screenshot(line, 'people-pin-day');
  await line.getByRole('textbox', { name: 'PIN of Ben' }).fill('4711');
  await line.getByRole('button', { name: 'OK' }).tap();
  await line.getByRole('button', { name: 'Start against a gate' }).tap();
  const sheet = line.getByRole('dialog', { name: 'Start against a gate' });
  await sheet.getByLabel('Why it may start all the same').fill('Ben was trained this morning');
  await sheet.getByLabel('Second person').fill('quinn');
  await sheet.getByLabel('Password').fill(passwordOf('quinn'));
  await screenshot(line, 'people-override-day');
  expect(await violationsOf(line)).toEqual([]);
  await sheet.getByRole('button', { name: 'Sign and start' }).tap();
  await line.getByText('Running').first().waitFor();
  expect(shop.station.workspace.events[0]).toMatchObject({
    person: 'ben',
    deviations: [{ code: 'QUAL_MISSING' }],
    override: { user: 'quinn', name: 'Quinn Person' },
  });
});

test('[S4] a revoked screen is closed at once, and what it then reports waits at the line', async () => {
  await page.getByRole('button', { name: 'Revoke' }).click();
  await line.getByRole('heading', { name: 'This screen is not paired' }).waitFor({ timeout: 2000 });
  expect(shop.station.workspace.devices.get('line-1')?.revoked).not.toBeNull();
});

test('[AT-08] the audit view shows security events, filtered by who and what, fingerprints behind a switch', async () => {
  await goTo('Audit');
  const grid = page.getByRole('grid', { name: 'Audit' });
  await grid.getByText('device.revoke').waitFor();
  expect(await grid.getByText('sha256', { exact: true }).count()).toBe(0);
  await page.getByLabel('By', { exact: true }).selectOption('planny');
  await expect.poll(() => grid.getByText('device.revoke').count()).toBe(0);
  await page.getByLabel('Action', { exact: true }).selectOption('version.publish');
  await expect.poll(() => grid.locator('tbody tr.row').count()).toBeGreaterThan(1);
  await screenshot(page, 'people-audit-day');
  expect(await violationsOf(page, 'main')).toEqual([]);
  await page.getByLabel('Show fingerprints').check();
  await grid.getByText('sha256', { exact: true }).first().waitFor();
  // A copy holds all that the filter finds, and the record says by which.
  await page.getByRole('button', { name: 'Export' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV, comma' }).click(),
  ]);
  const found = { user: 'planny', action: 'version.publish', limit: 1, seals: true } as const;
  const { total } = await shop.station.store.read.ledger(found);
  const rows = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows.filter((row) => row.includes('version.publish'))).toHaveLength(total);
  await expect
    .poll(async () => (await shop.station.store.read.ledger({ limit: 1, action: 'copy.note' })).entries)
    .toMatchObject([
      { entityId: 'audit.csv', new: { filter: expect.stringContaining('action version.publish') } },
    ]);
});

test('[AT-09] [ES-01] quality reviews what planners did, signs it, and everybody who audits sees to which entry', async () => {
  await leave();
  await logIn('quinn');
  await goTo('Audit');
  const grid = page.getByRole('grid', { name: 'Audit' });
  await page.getByLabel('By', { exact: true }).selectOption('planny');
  await expect.poll(() => grid.getByText('device.revoke').count()).toBe(0);
  await page.getByRole('button', { name: 'Review …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Review entries' });
  await dialog.getByText(/with user planny/).waitFor();
  await dialog.getByLabel('Your password').fill(passwordOf('quinn'));
  await screenshot(page, 'people-review-day');
  expect(await violationsOf(page, '[role=dialog]')).toEqual([]);
  await dialog.getByRole('button', { name: 'Sign the review' }).click();
  await page.getByText(/Last review: \d+ entries up to no\. \d+/).waitFor();
  await page.getByText(/Quinn Person, Review/).waitFor();
  await screenshot(page, 'people-reviewed-day');
  expect(await violationsOf(page, 'main')).toEqual([]);
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText(/are unbroken/).waitFor();
});

test('[AC-09] quality looks over who has which rights and who uses them, and signs it', async () => {
  await goTo('Settings');
  await accounts().getByText('Nora Brandt').first().waitFor();
  await page.getByText(/whole: \d+ entries/).waitFor();
  expect(await page.getByRole('button', { name: 'Add an account …' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Review access …' }).click();
  const dialog = page.getByRole('dialog', { name: 'Review access' });
  await dialog.getByLabel('Remarks').fill('Olaf leaves in December');
  await dialog.getByLabel('Your password').fill(passwordOf('quinn'));
  await dialog.getByRole('button', { name: 'Sign the review' }).click();
  await page.getByText(/Last review of access: 5 accounts/).waitFor();
  await screenshot(page, 'people-access-review-day');
  expect(await violationsOf(page, 'main')).toEqual([]);
});

test('by night the same, readable', async () => {
  await page.evaluate(() => localStorage.setItem('shiftwright.theme', '"night"'));
  const night = await openPage(browser, serving.url, { theme: 'night' });
  await night.getByRole('heading', { name: 'Log in' }).waitFor();
  expect(await violationsOf(night, 'body', 'night')).toEqual([]);
  await screenshot(night, 'people-login-night');
  await night.getByRole('textbox', { name: 'Name', exact: true }).fill('admin');
  await night.getByLabel('Password', { exact: true }).fill(passwordOf('admin'));
  await night.keyboard.press('Enter');
  await night.getByRole('button', { name: 'Admin Person' }).waitFor();
  await night.goto(`${new URL(serving.url).origin}/#/settings`);
  await night.getByRole('heading', { name: 'Line-side access' }).waitFor();
  await screenshot(night, 'people-settings-night');
  expect(await violationsOf(night, 'main', 'night')).toEqual([]);
});

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address ? address.port : 0;
}
