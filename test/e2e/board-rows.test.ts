import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '#shared/base/must.ts';
import { HOUR } from '#shared/time/instant.ts';
import { busyBoard } from './board/busy-board.ts';
import { type HarnessBoard, harnessBoard } from './board/harness-board.ts';
import { type PageLook, complaintsOf, screenshot } from './browser.ts';

const board = busyBoard({ bars: 1000, rows: 40 });
const sample = must(
  board.bars.find(({ start, people }) => start > board.now + HOUR && people.length === 2),
  'a task to come that is handed over',
);

/** An order none of whose tasks has begun. */
const ahead = must(
  [...Map.groupBy(board.bars, ({ order }) => order)].find(([, bars]) =>
    bars.every(({ start }) => start > board.now + HOUR),
  ),
  'an order ahead',
)[0];

let harness: HarnessBoard;
beforeAll(async () => {
  harness = await harnessBoard();
});
afterAll(() => harness.close());

const openBoard = (look?: PageLook): Promise<Page> => harness.open(look);

const press = (page: Page, group: string, name: string) =>
  page.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click();
const heard = (page: Page, call: string) =>
  page.evaluate((call) => window.harness.heard.filter((one) => one.call === call), call);
const settled = (page: Page) => page.waitForTimeout(250);

/** Selects by search, as nobody knows where on the canvas a bar is. */
async function find(page: Page, text: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.type(text);
  await page
    .getByText(/\d+ of \d+/)
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
}

describe('[U7] rows', () => {
  test('by unit, person, instrument, order and task, by click and by key, with the same selection', async () => {
    const page = await openBoard();
    await find(page, sample.order);
    await page.keyboard.press('Escape');
    const said = await page.locator('#board-said').textContent();
    for (const [name, key] of [
      ['People', 'p'],
      ['Orders', 'o'],
      ['Tasks', 't'],
      ['Units', 'u'],
    ] as const) {
      await press(page, 'Rows', name);
      await settled(page);
      await press(page, 'Rows', 'Instruments');
      await page.locator('#board-grid').focus();
      await page.keyboard.press('v');
      await page.keyboard.press(key);
      await page.getByRole('button', { name, exact: true, pressed: true }).waitFor();
      expect(await page.locator('#board-said').textContent()).toBe(said);
      await settled(page);
      await screenshot(page, `rows-${name.toLowerCase()}`);
    }
    expect(complaintsOf(page)).toEqual([]);
    await page.close();
  });

  test('on the row of its order a task is moved in time by mouse and by keys, and stays on its unit', async () => {
    const page = await openBoard();
    await press(page, 'Rows', 'Orders');
    await find(page, ahead);
    await page.keyboard.press('Escape');
    const proxy = page.locator('.bar-proxy');
    await page.locator('#board-grid').focus();
    await page.keyboard.press('m');
    await proxy.and(page.locator('.held')).waitFor();
    const box = must(await proxy.boundingBox(), 'the bar in the hand');
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowDown']) await page.keyboard.press(key);
    await page.locator(".verdict[data-tone='allowed']").waitFor();
    const carried = must(await proxy.boundingBox(), 'the bar in the hand');
    expect(carried.x).toBeGreaterThan(box.x);
    expect(carried.y).toBe(box.y);
    await screenshot(page, 'rows-orders-held');
    await page.keyboard.press('Escape');
    await page.mouse.move(box.x + box.width / 2 - 9, box.y + 8);
    await page.mouse.move(box.x + box.width / 2, box.y + 8);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2 + 60, box.y + 40, { steps: 6 });
    await page.locator(".verdict[data-tone='allowed']").waitFor();
    await page.mouse.up();
    await expect.poll(() => heard(page, 'draft.move')).toHaveLength(1);
    const [move] = await heard(page, 'draft.move');
    const bar = must(
      board.bars.find(({ task }) => task === move?.ask['task']),
      'the bar that was moved',
    );
    expect(bar.order).toBe(ahead);
    expect(move?.ask['unit']).toBe(bar.unit);
    expect(Number(move?.ask['start'])).toBeGreaterThan(bar.start);
    await page.close();
  });

  test('in rows of people nothing is dragged, and the planner is told why', async () => {
    const page = await openBoard();
    await find(page, sample.order);
    await page.keyboard.press('Escape');
    await press(page, 'Rows', 'People');
    await page.locator('#board-grid').focus();
    await page.keyboard.press('m');
    await page.getByText('The station chooses who works on a task.', { exact: false }).first().waitFor();
    expect(await heard(page, 'draft.try')).toEqual([]);
    await page.close();
  });
});

describe('[U20] colours', () => {
  test.each(['day', 'night'] as const)(
    'every mode is one click, with a legend that filters: %s',
    async (theme) => {
      const page = await openBoard({ theme });
      for (const mode of ['Order', 'Family', 'Lateness', 'Domain', 'Readiness', 'Utilisation']) {
        await press(page, 'Colours', mode);
        await page.getByRole('group', { name: /^Legend/ }).waitFor();
        await settled(page);
        await screenshot(page, `colours-${mode.toLowerCase()}-${theme}`);
      }
      await press(page, 'Colours', 'Domain');
      await page
        .getByRole('group', { name: /^Legend/ })
        .getByRole('button', { name: /^M ?Maintenance|Maintenance/ })
        .click();
      await page.getByText(/of 1,000 tasks/).waitFor();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      await page.keyboard.press('l');
      await page.keyboard.press('g');
      await page.getByRole('button', { name: 'Grey', pressed: true }).waitFor();
      await page.close();
    },
  );
});

describe('filter and search', () => {
  test.each(['day', 'night'] as const)(
    'what does not pass is faint, rows without any go, reset brings all back: %s',
    async (theme) => {
      const page = await openBoard({ theme });
      await page.getByRole('button', { name: 'Filter', exact: true }).click();
      await page.getByLabel('Order is late').check();
      await page.getByLabel('Area').selectOption('Press hall');
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
      await page.keyboard.press('Escape');
      const late = new Set(board.rows.filter(({ group }) => group === 'Press hall').map(({ unit }) => unit));
      const passed = board.bars.filter((bar) => bar.late > 0 && late.has(bar.unit)).length;
      await page.getByText(`${passed} of 1,000 tasks`).waitFor();
      await page.getByRole('button', { name: 'Filter · 2' }).waitFor();
      await settled(page);
      await screenshot(page, `filter-${theme}`);
      await page.getByRole('button', { name: 'Reset', exact: true }).click();
      await page.getByRole('button', { name: 'Filter', exact: true }).waitFor();
      await page.close();
    },
  );

  test('Enter goes from hit to hit, Escape leaves the search', async () => {
    const page = await openBoard();
    await find(page, sample.order);
    await page.getByText(/^1 of \d+$/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(/^[12] of \d+$/).waitFor();
    await screenshot(page, 'search');
    await page.keyboard.press('Escape');
    expect(await page.getByRole('searchbox').inputValue()).toBe('');
    await page.close();
  });

  test('a view is saved under a name, opened again after a reload, and deleted', async () => {
    const page = await openBoard();
    await press(page, 'Rows', 'Orders');
    await press(page, 'Colours', 'Lateness');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('Late orders');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Grey', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Late orders', exact: true }).click();
    await page.getByRole('button', { name: 'Orders', exact: true, pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Lateness', pressed: true }).waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Delete view “Late orders”' }).click();
    await page.getByText('No view is saved yet.').waitFor();
    expect(await page.evaluate(() => localStorage.getItem('shiftwright.board-views'))).toBe('[]');
    await page.close();
  });
});

test('[U6] filter, tray and differences open and close by key', async () => {
  const page = await openBoard();
  await page.keyboard.press('Shift+F');
  await page.getByRole('dialog', { name: 'Filter' }).getByLabel('Order is late').press('Space');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Filter · 1' }).waitFor();
  await page.keyboard.press('x');
  await page.getByRole('grid', { name: 'Unplaced' }).waitFor();
  const grip = page.getByRole('separator', { name: 'Height of the panel' });
  const height = async () => Number(await grip.getAttribute('aria-valuenow'));
  const usual = await height();
  await grip.press('ArrowUp');
  expect(await height()).toBeGreaterThan(usual);
  await grip.dblclick();
  expect(await height()).toBeGreaterThan(usual + 100);
  await grip.dblclick();
  expect(await height()).toBe(usual);
  await page.evaluate(() => window.harness.propose());
  const differences = page.getByRole('grid', { name: 'Differences' });
  await differences.waitFor();
  await page.keyboard.press('d');
  await differences.waitFor({ state: 'detached' });
  await page.keyboard.press('d');
  await differences.waitFor();
  expect(complaintsOf(page)).toEqual([]);
  await page.close();
});

describe('the selection as a whole', () => {
  test('[U5] pin, unpin and unplace several from the menu of a bar: one command each', async () => {
    const page = await openBoard();
    await find(page, sample.order);
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: /^Pin the selected/ }).waitFor();
    await screenshot(page, 'bar-menu');
    await page.getByRole('menuitem', { name: /^Pin the selected/ }).click();
    await page.waitForFunction(() => window.harness.heard.some(({ call }) => call === 'draft.pin'));
    await page.locator('#board-grid').focus();
    await page.keyboard.press('Shift+P');
    await page.keyboard.press('Delete');
    await page.waitForFunction(() => window.harness.heard.some(({ call }) => call === 'draft.unplace'));
    const own = board.bars.filter(({ order }) => order === sample.order).length;
    const pins = await heard(page, 'draft.pin');
    expect(pins.map(({ ask }) => [(ask['tasks'] as string[]).length, ask['pinned']])).toEqual([
      [own, true],
      [own, false],
    ]);
    expect(await heard(page, 'draft.unplace')).toHaveLength(1);
    await page.close();
  });

  test('a comment is written from the keys and stands in the inspector', async () => {
    const page = await openBoard();
    await find(page, sample.order);
    await page.keyboard.press('Escape');
    await page.keyboard.press('w');
    const field = page.getByLabel('Your comment');
    await field.waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'comment-text');
    await page.keyboard.type('Foreman asks for Tuesday');
    await page.keyboard.press('Control+Enter');
    await page.locator('.comments').getByText('Foreman asks for Tuesday').waitFor();
    await page.getByText('1 comment', { exact: true }).first().waitFor();
    await screenshot(page, 'comment');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    await page.close();
  });

  test.each(['day', 'night'] as const)(
    'the tasks of the order are reached with . and , and with the arrows at the edges: %s',
    async (theme) => {
      const page = await openBoard({ theme });
      await find(page, sample.order);
      await page.keyboard.press('Escape');
      const first = await page.locator('#board-said').textContent();
      await page.keyboard.press('.');
      await page.waitForFunction(
        (before) => document.querySelector('#board-said')?.textContent !== before,
        first,
      );
      await settled(page);
      await screenshot(page, `dependencies-${theme}`);
      await page.keyboard.press(',');
      await page.waitForFunction(
        (before) => document.querySelector('#board-said')?.textContent === before,
        first,
      );
      await page.getByRole('button', { name: /later$/ }).click();
      await page.waitForFunction(
        (before) => document.querySelector('#board-said')?.textContent !== before,
        first,
      );
      expect(complaintsOf(page)).toEqual([]);
      await page.close();
    },
  );
});
