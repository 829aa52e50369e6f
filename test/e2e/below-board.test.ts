import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { loadView } from '#electron/app/load-view.ts';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';
import { done, planner } from '#test/support/temporary-station.ts';
import { complaintsOf, screenshot, violationsOf } from './browser.ts';
import { type DemoStation, breakDown, busiestUnit, demoStation } from './demo-station.ts';

/** A supervisor looks under and beside the board in real Chromium before a real station. */
let demo: DemoStation;
beforeAll(async () => {
  demo = await demoStation({ seconds: 5, publish: true });
  await breakDown(demo.shop, busiestUnit(demo.shop, 4));
}, 120_000);
afterAll(() => demo.close());

test('load under the board: a breakdown shows as too much, by mouse a column selects its tasks', async () => {
  const page = await demo.openBoard();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  const heads = page.getByRole('listbox', { name: /Load and capacity/ });
  await heads
    .getByText(/too much/)
    .first()
    .waitFor();
  await screenshot(page, 'load-overload-day');
  expect(await violationsOf(page, '.board-panel')).toEqual([]);

  const box = must(await page.locator('.load-scroller').boundingBox(), 'the load');
  await page.mouse.click(box.x + 400, box.y + 26);
  await page.getByText(/tasks selected/).waitFor({ state: 'attached' });
  await page.mouse.move(box.x + 420, box.y + 30);
  await screenshot(page, 'load-selected-day');

  await page.getByRole('button', { name: 'Week', exact: true }).click();
  await page.getByRole('group', { name: 'Load of' }).getByRole('button', { name: 'People' }).click();
  await heads.getByRole('option').first().waitFor();
  await screenshot(page, 'load-people-day');
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test('by keyboard: H opens the load, arrows go from column to column and say what stands there, Enter selects', async () => {
  const page = await demo.openBoard({ theme: 'night' });
  await page.locator('#board-grid').focus();
  await page.keyboard.press('h');
  const heads = page.getByRole('listbox', { name: /Load and capacity/ });
  await heads
    .getByText(/too much/)
    .first()
    .waitFor();
  await heads.focus();
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
  const words = page.locator('#load-spot');
  await expect.poll(() => words.textContent()).toMatch(/ of /);
  await screenshot(page, 'load-night');
  await page.keyboard.press('Enter');
  await page.getByText(/tasks selected/).waitFor({ state: 'attached' });

  const grip = page.getByRole('separator', { name: 'Height of the panel' });
  const before = must(await page.locator('.board-panel').boundingBox(), 'the panel').height;
  await grip.focus();
  await page.keyboard.press('ArrowUp');
  await page.reload();
  await page.locator('#board-grid canvas[data-painted]').waitFor();
  await page.getByRole('button', { name: 'Load', exact: true }).click();
  await heads.waitFor();
  expect(must(await page.locator('.board-panel').boundingBox(), 'the panel').height).toBe(before + 24);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

test('while a bar is in the hand the figures show what its drop would make of them, and forget it when it is put back', async () => {
  const page = await demo.openBoard();
  const strip = page.getByRole('region', { name: 'Figures of the draft' });
  const before = await strip.innerText();
  const { now, bars } = boardView(demo.shop.station.workspace);
  const bar = must(
    bars.find(({ name, start }) => name === 'Granulate' && start > now + 6 * HOUR),
    'a bar',
  );
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${bar.order} ${bar.name}`);
  await page.keyboard.press('Enter');
  await page.locator('#board-grid').focus();
  await page.keyboard.press('m');
  for (let press = 0; press < 30; press += 1) await page.keyboard.press('ArrowRight');
  await page.locator('.figures.preview').waitFor();
  await page
    .getByText(/if it is dropped here/)
    .first()
    .waitFor({ state: 'attached' });
  await screenshot(page, 'figures-preview-day');
  await page.keyboard.press('Escape');
  await page.locator('.figures.preview').waitFor({ state: 'detached' });
  expect(await strip.innerText()).toBe(before);
  expect(complaintsOf(page)).toEqual([]);
  await page.context().close();
}, 60_000);

describe('the inspector', () => {
  /** Finds a task by its words in the palette, which selects it on the board. */
  async function inspect(page: Page, words: string): Promise<Locator> {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.getByRole('option', { name: words }).first().click();
    const inspector = page.getByRole('complementary', { name: 'Inspector' });
    if (!(await inspector.isVisible())) {
      await page.locator('#board-grid').focus();
      await page.keyboard.press('i');
    }
    await inspector.getByRole('heading', { name: words.split(' ')[0] ?? '' }).waitFor();
    return inspector;
  }
  const barWhere = (is: (bar: BoardBar) => boolean): BoardBar =>
    must(boardView(demo.shop.station.workspace).bars.find(is), 'a bar');

  test('a late task: needs with their objects, why here, the chain behind its lateness, and a remedy tried with one click', async () => {
    const page = await demo.openBoard();
    const { now } = boardView(demo.shop.station.workspace);
    const late = barWhere(
      (bar) => bar.late > 2 * HOUR && bar.domain === 'production' && bar.start > now + 8 * HOUR,
    );
    const inspector = await inspect(page, `${late.order} · ${late.name}`);
    await inspector.getByRole('heading', { name: 'Why late' }).waitFor();
    await screenshot(page, 'inspector-late-day');
    expect(await violationsOf(page, '.inspector')).toEqual([]);

    await inspector.getByRole('button', { name: 'What would help' }).click();
    const tries = inspector.getByRole('button', { name: /^Try as scenario/ });
    await inspector.getByText(/Changes tried/).waitFor({ timeout: 25_000 });
    await screenshot(page, 'inspector-help-day');
    if ((await tries.count()) > 0) {
      await tries.first().click();
      await page.getByRole('table', { name: 'Side by side' }).waitFor();
      await page.getByRole('button', { name: new RegExp(`Scenario: ${late.order}`) }).waitFor();
      await screenshot(page, 'remedy-scenario-day');
      const { handlers, station } = demo.shop;
      const { scenario, revision } = station.workspace;
      done(await handlers['scenario.remove']({ scenario, expected: revision }, planner()));
    }

    const chain = inspector.locator('.inspector-chain li');
    const links = chain.getByRole('button');
    const name = must(await links.last().textContent(), 'the last link');
    await links.last().click();
    await inspector.getByRole('heading', { name: name.split(' · ')[0] ?? '' }).waitFor();
    await inspector.locator('.needs').getByRole('button').first().waitFor();
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  }, 90_000);

  test('a maintenance task, a task without a place, and several tasks with their sums', async () => {
    const page = await demo.openBoard({ theme: 'night' });
    const maintenance = barWhere(({ domain }) => domain === 'maintenance');
    const inspector = await inspect(page, `${maintenance.order} · ${maintenance.name}`);
    await inspector.getByText('Maintenance', { exact: true }).waitFor();
    await screenshot(page, 'inspector-maintenance-night');

    await page.getByRole('button', { name: /^Unplaced/ }).click();
    await page.locator('.board-panel').getByRole('row').nth(1).click();
    await inspector.getByRole('heading', { name: 'Not placed' }).waitFor();
    await screenshot(page, 'inspector-unplaced-night');

    await inspect(page, `${maintenance.order} · ${maintenance.name}`);
    await page.getByRole('button', { name: 'Load', exact: true }).click();
    await page.getByRole('listbox').focus();
    for (let press = 0; press < 6; press += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await inspector.getByText('From first to last').waitFor();
    expect(await violationsOf(page, '.inspector')).toEqual([]);
    await screenshot(page, 'inspector-several-night');
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('[U6] what has no place gets one without a drag: from the tray by click and by keys', async () => {
    const page = await demo.openBoard();
    const { handlers, station } = demo.shop;
    const { task, order, name } = barWhere(
      ({ work, domain, frozen }) => work === 'waiting' && domain === 'production' && !frozen,
    );
    const isPlaced = () => station.workspace.schedule.assignments.some((one) => one.task === task);
    const row = page
      .getByRole('grid', { name: 'Unplaced' })
      .getByRole('row')
      .filter({ hasText: order })
      .first();
    const dialog = page.getByRole('dialog');
    async function takeOff(): Promise<void> {
      const { revision } = station.workspace;
      done(await handlers['draft.unplace']({ tasks: [task], expected: revision }, planner()));
      await expect.poll(() => row.textContent()).toContain(name);
    }
    async function firstSlot(): Promise<void> {
      await dialog.getByLabel('Put down').selectOption('first');
      await expect.poll(() => dialog.getByRole('button', { name: 'Move here' }).isEnabled()).toBe(true);
    }

    await page.getByRole('button', { name: /^Unplaced/ }).click();
    await takeOff();
    await row.click();
    await page.getByRole('button', { name: 'Move to …' }).click();
    await firstSlot();
    await dialog.getByRole('button', { name: 'Move here' }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(isPlaced).toBe(true);

    await takeOff();
    await row.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Shift+M');
    await firstSlot();
    await dialog.getByLabel('Time').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(isPlaced).toBe(true);
    expect(complaintsOf(page)).toEqual([]);
    await page.context().close();
  }, 60_000);

  test('a person is gone to where the crew is', async () => {
    const page = await demo.openBoard();
    const { station } = demo.shop;
    const staffed = must(
      station.workspace.schedule.assignments.find(({ people }) => people.length > 0),
      'a staffed task',
    );
    const task = must(station.workspace.tasks.get(staffed.task), 'its task');
    const person = must(
      station.workspace.plant.people.find(({ id }) => id === staffed.people[0]?.person),
      'the person',
    );
    const inspector = await inspect(page, `${task.order} · ${task.name}`);
    await inspector.getByRole('button', { name: person.name }).first().click();
    await page.getByRole('heading', { name: 'Crew', level: 1 }).waitFor();
    expect(await page.getByRole('searchbox').first().inputValue()).toBe(person.name);
    await page.context().close();
  }, 60_000);
});

test('what the window shows is what the station adds up', () => {
  const { workspace } = demo.shop.station;
  const { start, end } = workspace.plan.horizon;
  const { series } = loadView(workspace, [start, end]);
  expect(
    series.filter(({ kind }) => kind === 'units').some(({ over }) => over.some((value) => value > 0)),
  ).toBe(true);
});
