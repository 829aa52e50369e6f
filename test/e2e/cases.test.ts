import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { must } from '#shared/base/must.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { HOUR } from '#shared/time/instant.ts';
import { done, planner } from '#test/support/temporary-station.ts';
import { type PageLook, complaintsOf, openPage, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, demoStation } from './demo-station.ts';

/** The supervisor's worst five minutes in real Chromium before a real station: a unit goes down at 02:40. */
let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 2, publish: true, at: '2026-11-24T01:40:00Z' });
  done(await demo.shop.handlers['queue.dispatch']({}, planner()));
}, 120_000);
afterAll(() => demo.close());

/** What a desk or a line may wait for news, in milliseconds. */
const SOON = 2000;

const workspace = () => demo.shop.station.workspace;

/** A unit that is up and has tasks which are told and begin soon, the most first. */
function unitAtWork(hours: number): { unit: EquipmentId; name: string } {
  const { bars, now, rows } = boardView(workspace());
  const soon = Map.groupBy(
    bars.filter(({ start, work }) => start > now && start < now + hours * HOUR && work === 'waiting'),
    ({ unit }) => unit,
  );
  const free = [...soon].filter(([unit]) => !workspace().units.get(unit)?.down);
  const [unit] = must(free.toSorted((a, b) => b[1].length - a[1].length)[0], 'A unit at work');
  return must(
    rows.find((row) => row.unit === unit),
    'its row',
  );
}

const lineOf = (unit: EquipmentId, look: PageLook = {}): Promise<Page> =>
  openPage(demo.browser, `${demo.url.split('?')[0]}line/${encodeURIComponent(unit)}`, {
    size: { width: 1280, height: 800 },
    touch: true,
    ...look,
  });

async function goesDown(line: Page): Promise<void> {
  await line.getByRole('button', { name: 'Machine down' }).click();
  await line.getByRole('button', { name: 'Mechanical' }).click();
  await line.getByRole('button', { name: 'Drive or bearing' }).click();
  await line.getByText(/Down since/).waitFor();
}

const lastCase = () => must(workspace().cases.at(-1), 'A case');

test('02:40 with the mouse: a line reports a downtime, a repair is chosen in three clicks, lines see the new queue', async () => {
  const { unit, name } = unitAtWork(4);
  const [line, desk] = [await lineOf(unit), await demo.openBoard()];
  await line
    .getByTestId('age')
    .getByText(/List r1 of v1/)
    .waitFor();

  await goesDown(line);
  await line.getByText('Mechanical: Drive or bearing').first().waitFor();
  await desk.getByText(`${name} is down since`).first().waitFor({ timeout: SOON });
  await desk.getByRole('button', { name: 'Decide' }).click(); // 1
  const detail = desk.getByRole('article', { name: new RegExp(`${name} is down`) });
  for (const fact of ['Supervisor', 'Decide by', 'Promises at risk', 'Costs at least'])
    await detail.getByText(fact).first().waitFor();
  await detail.getByRole('listitem', { name: 'Least setup' }).waitFor();
  expect(await violationsOf(desk)).toEqual([]);
  await screenshot(desk, 'case-day');

  await detail.getByLabel('Move at most').fill('0');
  await detail.getByText(/No repair: more than 0 tasks would have to move/).waitFor();
  await detail.getByText(/What the budget costs The least change needs \d+ moves?/).waitFor();
  await screenshot(desk, 'case-budget-day');
  await detail.getByLabel('Move at most').fill('');

  await detail.getByRole('button', { name: 'Choose least change' }).click(); // 2
  await detail.getByText('Who is told').waitFor();
  await detail.locator('.affected-lines li').first().waitFor();
  expect(await violationsOf(desk)).toEqual([]);
  await screenshot(desk, 'case-decision-day');
  expect(workspace().version?.number).toBe(1);
  await detail.getByRole('button', { name: 'Accept, publish and dispatch' }).click(); // 3
  await desk.getByText(/Version 2 is published and told to \d+ lines/).waitFor();
  await line.getByTestId('age').getByText(/of v2/).waitFor({ timeout: SOON });
  expect(lastCase()).toMatchObject({
    state: 'decided',
    outcome: { kind: 'repaired', text: expect.stringMatching(/least change.*version 2/) },
  });
  const now = boardView(workspace()).now;
  const told = must(workspace().queues.get(unit), 'the queue of the unit');
  expect(told.version).toBe(2);
  expect(told.items.filter(({ assignment }) => assignment.start < now + 4 * HOUR - 60)).toEqual([]);
  await desk.getByText('nothing to decide').waitFor();
  await screenshot(desk, 'case-decided-day');

  await line.getByRole('button', { name: 'Running again' }).click();
  await desk.getByRole('region', { name: 'Closed' }).waitFor({ timeout: SOON });
  expect(lastCase()).toMatchObject({ state: 'closed', outcome: { kind: 'repaired' } });
  expect(complaintsOf(desk)).toEqual([]);
  expect(complaintsOf(line)).toEqual([]);
  await desk.context().close();
  await line.context().close();
});

test('the shift is handed over in writing: what changed, what was decided, what runs out, two names', async () => {
  const desk = await demo.openBoard();
  await desk.keyboard.press('0');
  await desk.getByRole('button', { name: 'Shift handover …' }).click();
  const dialog = desk.getByRole('dialog', { name: 'Shift handover' });
  await dialog.getByText(/Night, Mon 23 Nov 22:00 to Tue 24 Nov 02:4\d/).waitFor();
  await dialog.getByText(/version 2 by .+ moved/).waitFor();
  await dialog
    .getByText(/Repair with least change/)
    .first()
    .waitFor();
  await dialog.getByLabel('Remarks').fill('The fitter has taken the gearbox along');
  await dialog.getByLabel('Handed over by').fill('Night supervisor');
  await dialog.getByLabel('Taken over by').fill('Early supervisor');
  expect(await violationsOf(desk, '[role=dialog]')).toEqual([]);
  await screenshot(desk, 'handover-day');
  const download = desk.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Record and print' }).click();
  const pdf = await readFile(must(await (await download).path(), 'the printed handover'));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  const { entries } = await demo.shop.station.store.read.ledger({ limit: 2 });
  expect(entries.map(({ action }) => action)).toEqual(['copy.note', 'handover.record']);
  expect(entries[1]).toMatchObject({
    new: { from: 'Night supervisor', to: 'Early supervisor' },
    reason: 'The fitter has taken the gearbox along',
  });
  expect(complaintsOf(desk)).toEqual([]);
  await desk.context().close();
});

/** Goes on with Tab until this button has the keyboard. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const focused = await page.evaluate(() => document.activeElement?.textContent ?? '');
    if (focused === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${name} was not reached by Tab.`);
}

test('02:40 with the keyboard alone, on a narrow window by night', async () => {
  const { unit, name } = unitAtWork(4);
  const before = must(workspace().version, 'what is published').number;
  const [line, desk] = [
    await lineOf(unit),
    await demo.openBoard({ theme: 'night', size: { width: 1000, height: 800 } }),
  ];
  await goesDown(line);
  await desk.getByText(`${name} is down since`).first().waitFor({ timeout: SOON });
  await desk.keyboard.press('0');
  await desk.getByRole('button', { name: 'Choose least change' }).waitFor();
  await screenshot(desk, 'case-night');
  expect(await violationsOf(desk, 'body', 'night')).toEqual([]);
  await tabTo(desk, 'Choose least change');
  await desk.keyboard.press('Enter');
  const accept = desk.getByRole('button', { name: 'Accept, publish and dispatch' });
  await accept.waitFor();
  await expect.poll(() => accept.evaluate((button) => button === document.activeElement)).toBe(true);
  await screenshot(desk, 'case-decision-night');
  await desk.keyboard.press('Enter');
  await desk.getByText(new RegExp(`Version ${before + 1} is published`)).waitFor();
  await line
    .getByTestId('age')
    .getByText(new RegExp(`of v${before + 1}`))
    .waitFor({ timeout: SOON });
  expect(lastCase()).toMatchObject({ object: unit, state: 'decided', outcome: { kind: 'repaired' } });
  expect(complaintsOf(desk)).toEqual([]);
  await desk.context().close();
  await line.context().close();
});

test('[R9] a line that cannot run a task gets the next one, the desk a case, and the line its answer', async () => {
  const { unit, name } = unitAtWork(12);
  const [line, desk] = [await lineOf(unit), await demo.openBoard()];
  const current = line.getByRole('article', { name: 'Current task' });
  const first = must(await current.getByRole('heading').textContent(), 'The first task');
  await current.getByRole('button', { name: 'Can’t run this' }).click();
  await line.getByRole('button', { name: 'Tool or format part missing' }).click();
  const banner = line.getByRole('status').filter({ hasText: 'can’t run' });
  await banner.getByText(/With the supervisor since 02:4\d, to be decided by/).waitFor();
  await desk.getByText(`${name} cannot run ${first}`).first().waitFor({ timeout: SOON });
  expect(await current.getByRole('heading').textContent()).not.toBe(first);
  await current.getByText('Why next').waitFor();
  expect(await violationsOf(line)).toEqual([]);
  await screenshot(line, 'line-cannot-run');

  await desk.getByRole('button', { name: 'Decide' }).click();
  await desk.getByLabel('Reason to wait').fill('The format part comes with the early shift');
  await screenshot(desk, 'case-wait-day');
  await desk.getByRole('button', { name: 'Wait', exact: true }).click();
  await banner.getByText(/Decided 02:4\d by .+: Wait until .+ early shift/).waitFor({ timeout: SOON });
  expect(await current.getByRole('heading').textContent()).not.toBe(first);
  await screenshot(line, 'line-answered');
  await banner.getByRole('button', { name: 'OK' }).click();
  await banner.waitFor({ state: 'detached' });
  expect(complaintsOf(desk)).toEqual([]);
  expect(complaintsOf(line)).toEqual([]);
  await desk.context().close();
  await line.context().close();
});

test('a rush order comes in the night: three repairs make room for it, one is decided in three clicks', async () => {
  const { plant, tasks, progress } = workspace();
  const waiting = [...tasks.values()].find(({ id, domain }) => domain === 'production' && !progress.has(id));
  const like = must(
    plant.orders.find(({ id }) => id === waiting?.order),
    'A planned order',
  );
  const due = new Date((boardView(workspace()).now + 6 * HOUR) * 1000).toISOString();
  const { routing, quantity } = like;
  const text = `id,quantity,routing,due,state\nRUSH-1,${quantity},${routing},${due},Released\n`;
  const ask = { files: [{ name: 'orders.csv', text }], dryRun: false };
  const desk = await demo.openBoard();
  done(await demo.shop.handlers['import.files'](ask, planner()));
  await desk
    .getByText(/RUSH-1 came after version/)
    .first()
    .waitFor({ timeout: SOON });
  await desk.getByRole('button', { name: 'Decide' }).click(); // 1
  const detail = desk.getByRole('article', { name: /^RUSH-1 came after version/ });
  for (const aim of ['Least change', 'Best delivery', 'Least setup'])
    await detail.getByRole('listitem', { name: aim, exact: true }).getByText('Get a place').waitFor();
  expect(await violationsOf(desk)).toEqual([]);
  await screenshot(desk, 'case-rush-day');
  await detail.getByRole('button', { name: 'Choose best delivery' }).click(); // 2
  await detail.locator('.affected-lines li').first().waitFor();
  await screenshot(desk, 'case-rush-decision-day');
  const before = must(workspace().version, 'A version').number;
  await detail.getByRole('button', { name: 'Accept, publish and dispatch' }).click(); // 3
  await desk.getByText(`Version ${before + 1} is published and told to`).waitFor();
  const told = [...workspace().queues.values()].flatMap(({ items }) => items.map(({ order }) => order));
  expect(told).toContain('RUSH-1');
  await desk.getByText('nothing to decide').waitFor();
  expect(complaintsOf(desk)).toEqual([]);
  await desk.context().close();
});
