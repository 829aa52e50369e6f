import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { boardView } from '#electron/app/board-view.ts';
import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { HOUR, MINUTE } from '#shared/time/instant.ts';
import { planner } from '#test/support/temporary-station.ts';
import { placeOf } from './board/place-of.ts';
import { complaintsOf, screenshot } from './browser.ts';
import { type DemoStation, demoStation } from './demo-station.ts';

let demo: DemoStation;
let page: Page;
beforeAll(async () => {
  demo = await demoStation({ seconds: 3, publish: false });
}, 120_000);
afterAll(() => demo.close());
beforeEach(async () => {
  page = await demo.openBoard();
  return async () => {
    const complaints = complaintsOf(page);
    await page.context().close();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
  };
});

const board = () => boardView(demo.shop.station.workspace);
const barNow = (task: string) =>
  must(
    board().bars.find((bar) => bar.task === task),
    `the bar of ${task}`,
  );
const labelOf = ({ order, name }: BoardBar) => `${order} · ${name}`;
const said = () => page.locator('#board-said').textContent();
const undo = async () => {
  const { undo: label, revision } = demo.shop.station.workspace;
  await page.keyboard.press('Control+z');
  await expect.poll(() => demo.shop.station.workspace.revision).toBeGreaterThan(revision);
  return label;
};

/** Selects it by the palette and has it in sight. */
async function find(bar: BoardBar): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`${bar.order} ${bar.name}`);
  await page.getByRole('option', { name: new RegExp(`^${labelOf(bar)}`), selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('#board-grid').focus();
  await page.waitForTimeout(200); // the board scrolls to it
  const { y } = await placeOf(page, board(), bar);
  // Near the edge the board scrolls along with the hand.
  await page.locator('#board-grid').evaluate((grid, by) => grid.scrollBy(0, by), y - 500);
}

/** A lab test to come that may run an hour longer where it stands. */
function estimated(): BoardBar {
  const { now, bars } = board();
  return must(
    bars.find(
      ({ domain, estimate, task, unit, start, runStart, end }) =>
        domain === 'quality' &&
        estimate !== null &&
        start > now + 2 * HOUR &&
        end - runStart >= HOUR &&
        demo.shop.station.timetable.tryMove(task, unit, start, { estimate: estimate.run + HOUR }).ok,
    ),
    'an estimated task',
  );
}

/** Takes it at `from` and carries it so many pixels to the right; the hand stays closed. */
async function carry(from: { x: number; y: number }, dx: number): Promise<void> {
  await page.mouse.move(from.x - 3, from.y);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + dx / 2, from.y, { steps: 5 });
  await page.mouse.move(from.x + dx, from.y, { steps: 5 });
}

test('by mouse the end of an estimated task is drawn out: the verdict says until when, the station follows, undo gives the length back', async () => {
  const bar = estimated();
  await find(bar);
  const { end, y, perPixel } = await placeOf(page, board(), bar);
  await carry({ x: end - 3, y }, HOUR / perPixel);
  await page.locator('.bar-proxy.held').waitFor();
  await expect.poll(() => page.locator(".verdict[data-tone='allowed']").textContent()).toMatch(/until/);
  await screenshot(page, 'hand-resize');
  await page.mouse.up();
  await expect.poll(() => barNow(bar.task).end).toBeGreaterThan(bar.end + 30 * MINUTE);
  expect(barNow(bar.task).start).toBe(bar.start);
  expect(demo.shop.station.workspace.draft.get(bar.task)?.estimate).toBe(barNow(bar.task).estimate?.run);
  expect(await undo()).toMatch(/^Let .* run /);
  expect(barNow(bar.task).end).toBe(bar.end);
}, 60_000);

test('by keys: E takes the end, arrows change it by the grid, Enter takes it, Escape leaves it', async () => {
  const bar = estimated();
  await find(bar);
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Escape');
  await page.keyboard.press('e');
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(said).toMatch(/until/);
  await page.keyboard.press('Enter');
  await expect.poll(() => barNow(bar.task).end).toBeLessThan(bar.end);
  await expect.poll(said).toContain(`${labelOf(bar)} runs`);
  await undo();
}, 60_000);

test('by click: the menu of the bar asks how long it runs, and takes the routing again', async () => {
  const bar = estimated();
  await find(bar);
  const { x, y } = await placeOf(page, board(), bar);
  await page.mouse.click(x, y, { button: 'right' });
  await page.getByRole('menuitem', { name: /^Change how long it runs/ }).click();
  const dialog = page.getByRole('dialog');
  const minutes = must(bar.estimate, 'its estimate').run / MINUTE + 30;
  await dialog
    .getByLabel('Runs, in hours and minutes')
    .fill(`${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`);
  await dialog.locator('.move-verdict.ok').waitFor();
  await screenshot(page, 'hand-estimate');
  await dialog.getByRole('button', { name: 'Let it run so long' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(barNow(bar.task).estimate?.run).toBe(minutes * MINUTE);
  await page.keyboard.press('Shift+E');
  await dialog.getByRole('button', { name: /^As in the routing/ }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(demo.shop.station.workspace.draft.get(bar.task)).not.toHaveProperty('estimate');
}, 60_000);

test('production is refused with the reason, and its bar has no end to draw', async () => {
  const { now, bars } = board();
  const bar = must(
    bars.find(
      ({ domain, start, end }) => domain === 'production' && start > now + HOUR && end - start > HOUR,
    ),
    'a production task',
  );
  await find(bar);
  const { x, y } = await placeOf(page, board(), bar);
  await page.mouse.move(x - 2, y);
  await page.mouse.move(x, y);
  expect(await page.locator('.bar-proxy[data-has-end]').count()).toBe(0);
  await page.keyboard.press('e');
  await page.getByRole('dialog').getByText('runs as long as its quantity and rate say').waitFor();
  expect(await page.getByRole('button', { name: 'Let it run so long' }).isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
}, 60_000);

test('in the hand K keeps it directly behind what stands before it; what is kept goes along with the next drag', async () => {
  const { station } = demo.shop;
  const { now, bars } = board();
  const lanes = Map.groupBy(
    bars.toSorted((a, b) => a.start - b.start),
    ({ unit }) => unit,
  );
  const [first, second] = must(
    [...lanes.values()]
      .flatMap((lane) => lane.slice(1).map((bar, k) => [must(lane[k], 'a bar'), bar] as const))
      .find(
        ([one, other]) =>
          one.domain === 'production' &&
          one.start > now + 2 * HOUR &&
          other.start < one.end + 4 * HOUR &&
          other.end - other.start < 6 * HOUR &&
          one.order !== other.order &&
          station.timetable.tryMove(other.task, one.unit, one.end).ok,
      ),
    'two tasks of a unit',
  );
  await find(second);
  const place = await placeOf(page, board(), second);
  await carry(place, 12);
  await page.keyboard.press('k');
  await expect.poll(() => page.locator('.verdict-mode').textContent()).toBe(`Stays behind ${labelOf(first)}`);
  await screenshot(page, 'hand-behind');
  await page.mouse.up();
  await expect.poll(() => barNow(second.task).pin?.after).toBe(first.task);
  await find(barNow(first.task));
  await carry(await placeOf(page, board(), barNow(first.task)), 20);
  await expect.poll(() => page.locator('.bar-proxy-label').textContent()).toContain('+ 1 task');
  await page.keyboard.press('Escape');
  await page.mouse.up();
  const { revision } = station.workspace;
  await demo.shop.handlers['draft.undo']({ expected: revision }, planner());
}, 60_000);

test('split and join again from the palette', async () => {
  const { now, bars } = board();
  const awaited = new Set(
    demo.shop.station.workspace.plan.tasks.flatMap(({ after }) => after.map((one) => one.task)),
  );
  const bar = must(
    bars.find(({ task, start, quantity }) => !awaited.has(task) && start > now + HOUR && quantity >= 10),
    'a task that can be split',
  );
  const parts = () =>
    [...demo.shop.station.workspace.draft.values()].filter(({ part }) => part?.of === bar.task);
  await find(bar);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('split the task');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Split/ });
  await dialog.getByRole('button', { name: 'Split', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => parts().length).toBe(1);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('join the task');
  await page.keyboard.press('Enter');
  await expect.poll(() => parts().length).toBe(0);
}, 60_000);
