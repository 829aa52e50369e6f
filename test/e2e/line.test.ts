import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { type Serving, serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import type { LineItem } from '#shared/contract/line.ts';
import { launchBrowser, openPage, screenshot, violationsOf } from '#test/e2e/browser.ts';
import { lineThatBegins } from '#test/support/line-that-begins.ts';
import { type TemporaryStation, done, planner, temporaryStation } from '#test/support/temporary-station.ts';

/** A line page in the hands of an operator: touch, a tablet's size, the real station behind it. */
describe('the line page', () => {
  let shop: TemporaryStation;
  let serving: Serving;
  let browser: Browser;
  let line: Page;
  let desk: Page;
  let item: LineItem;

  beforeAll(async () => {
    await buildWindow(console.log);
    shop = await temporaryStation('2026-11-23T05:00:00Z');
    done(await shop.handlers['plant.openDemo']({}, planner()));
    const ended = shop.next('solve.ended');
    done(await shop.handlers['solve.start']({ seconds: 1, seed: 1 }, planner()));
    await ended;
    done(await shop.handlers['proposal.accept']({ expected: shop.station.workspace.revision }, planner()));
    done(
      await shop.handlers['version.publish'](
        { note: '', expected: shop.station.workspace.revision },
        planner(),
      ),
    );
    done(await shop.handlers['queue.dispatch']({}, planner()));
    const { queue } = lineThatBegins(shop);
    item = must(lineView(shop.station, queue.unit, null)?.items[0], 'Its first task');
    shop.setClock((item.assignment.start + 60) * 1000);
    serving = await serveStation(shop, { port: 0 });
    browser = await launchBrowser();
    line = await openPage(browser, serving.lineUrl, { size: { width: 1280, height: 800 }, touch: true });
  });
  afterAll(async () => {
    await browser.close();
    await serving.close();
    await shop.remove();
  });

  const rowAtDesk = () =>
    desk
      .getByRole('grid', { name: 'Dispatch' })
      .getByRole('row', { name: shop.station.workspace.equipment.get(item.assignment.unit)?.name ?? '' });
  const nameOf = (id: string): string =>
    must(
      shop.station.workspace.plant.people.find((person) => person.id === id),
      id,
    ).name;
  const tap = (name: string | RegExp) => line.getByRole('button', { name, exact: true }).first().tap();
  async function identify(name: string): Promise<void> {
    const dialog = line.getByRole('dialog', { name: 'Who are you?' });
    await dialog.getByRole('searchbox').fill(name);
    await dialog.getByRole('button', { name: new RegExp(name) }).tap();
    await dialog.waitFor({ state: 'detached' });
  }

  test('shows the one task that matters, why it is next, and how old the list is', async () => {
    await line
      .getByText(shop.station.workspace.equipment.get(item.assignment.unit)?.name ?? '')
      .first()
      .tap();
    await line.getByRole('heading', { name: `${item.order} · ${item.name}` }).waitFor();
    await line.getByText(item.why).waitFor();
    await expect.poll(() => line.getByTestId('age').textContent()).toMatch(/List r1 of v1 · read \d+ s ago/);
    await screenshot(line, 'line-next');
  });

  test('[U14] every target is at least 64 px, 8 px apart', async () => {
    const boxes = await line
      .locator('button:visible')
      .evaluateAll((buttons) => buttons.map((button) => button.getBoundingClientRect().toJSON() as DOMRect));
    for (const box of boxes) expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(64);
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const apart = Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
        expect(apart).toBeGreaterThanOrEqual(8 - 0.5);
      }
    }
  });

  test('a start by somebody without the qualification is refused with the reason', async () => {
    const { tasks, plant } = shop.station.workspace;
    const needed = must(tasks.get(item.task)?.people[0], 'A need').qualification;
    const stranger = must(
      plant.people.find(
        (person) =>
          !plant.testResults.some(
            (result) => result.subject === (person.id as string) && result.spec === needed,
          ),
      ),
      'Somebody else',
    );
    await tap('Start');
    await identify(stranger.name);
    await tap('Start');
    await line.getByRole('alert').getByText(stranger.name).waitFor();
    expect(shop.station.workspace.events).toEqual([]);
    await screenshot(line, 'line-refused');
    await tap('OK');
    await tap(stranger.name);
    await identify(nameOf(must(item.assignment.people[0], 'The planned person').person));
  });

  test('two taps start it, a pause asks for its reason, completing asks for the quantity', async () => {
    await tap('Start');
    await tap('Pause');
    await tap('Minor stop');
    await tap('Resume');
    await screenshot(line, 'line-running');
    shop.setClock(shop.station.clock() + 20 * 60_000);
    await tap('Complete');
    await line.getByLabel('Scrap').fill('1,5');
    await line.getByRole('dialog').getByRole('button', { name: 'Complete' }).tap();
    await expect
      .poll(() => shop.station.workspace.progress.get(item.task))
      .toMatchObject({ state: { kind: 'completed' }, good: item.quantity, scrap: 1.5 });
    expect(shop.station.workspace.events.map((event) => event.kind)).toEqual([
      'started',
      'paused',
      'resumed',
      'completed',
    ]);
  });

  test('a new revision says what it changes; one tap says that it is seen, and the desk knows by whom', async () => {
    const unit = item.assignment.unit;
    const rowOf = async () =>
      must(
        (await shop.handlers['queue.list']({}, planner())).find((row) => row.unit === unit),
        unit,
      );
    await line
      .getByRole('region', { name: 'New list' })
      .getByText(/^Revision 1: \d+ added$/)
      .waitFor();
    expect(await rowOf()).toMatchObject({ revision: 1, seen: null });
    await screenshot(line, 'line-new-list');
    await tap('Seen');
    await line.getByRole('region', { name: 'New list' }).waitFor({ state: 'detached' });
    const by = nameOf(must(item.assignment.people[0], 'The planned person').person);
    await expect.poll(rowOf).toMatchObject({ unseenSince: null, seen: { by } });
    desk = await openPage(browser, `${serving.url}#/dispatch`);
    await rowAtDesk()
      .getByText(new RegExp(`^${by}, `))
      .waitFor();
  });

  test('a recall shows its reason at the line, and what was recalled does not start', async () => {
    const unit = item.assignment.unit;
    const next = must(lineView(shop.station, unit, null)?.items[0], 'A next task');
    const what = `${next.orderName ?? next.order} · ${next.name}`;
    await line.getByRole('heading', { name: what }).waitFor();
    await rowAtDesk().click();
    const revisions = desk.getByRole('dialog', { name: /revisions of its list/ });
    await revisions.getByText('r1 · v1').waitFor();
    await screenshot(desk, 'dispatch-revisions-day');
    expect(await violationsOf(desk, '[role=dialog]')).toEqual([]);
    await revisions.getByRole('button', { name: 'Recall the list …' }).click();
    const recall = desk.getByRole('dialog', { name: 'Recall from the line' });
    await recall.getByRole('checkbox', { name: what }).waitFor();
    for (const other of (await recall.getByRole('checkbox').all()).slice(1)) await other.uncheck();
    const confirm = recall.getByRole('button', { name: 'Recall 1 task' });
    expect(await confirm.isDisabled()).toBe(true);
    await recall.getByRole('textbox', { name: /^Why/ }).fill('Wrong lot on the ticket');
    await screenshot(desk, 'dispatch-recall-day');
    expect(await violationsOf(desk, '[role=dialog]')).toEqual([]);
    await confirm.click();
    await recall.waitFor({ state: 'detached' });
    await rowAtDesk()
      .getByText(/not seen for/)
      .waitFor();
    await desk.getByRole('button', { name: /Not seen \d+/ }).waitFor();
    await screenshot(desk, 'dispatch-day');
    await line.getByText('Revision 2: 1 removed').waitFor();
    await line.getByText(/^Recalled: .*Wrong lot on the ticket/).waitFor();
    await line.getByRole('heading', { name: what }).waitFor({ state: 'detached' });
    await screenshot(line, 'line-recalled');
    // A tablet that had not heard of it yet sends its start all the same.
    const refused = await line.evaluate(
      async ([path, report]) => {
        const response = await fetch(path ?? '', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: report ?? '',
        });
        return [response.status, await response.text()] as const;
      },
      [
        `/api/line/${encodeURIComponent(unit)}/reports`,
        JSON.stringify({
          id: 'start of a recalled task',
          kind: 'started',
          unit,
          task: next.task,
          person: item.assignment.people[0]?.person,
        }),
      ],
    );
    expect(refused[0]).toBe(409);
    expect(JSON.parse(refused[1])).toMatchObject({ refusal: { code: 'RECALLED' } });
  });

  test('[R9] [U15] that a list was seen is kept while the station is away, and sent once on return', async () => {
    const unit = item.assignment.unit;
    await line.context().setOffline(true);
    await tap('Seen');
    await line.getByText('1 report is saved here and not yet received').waitFor();
    expect(await line.getByRole('button', { name: 'Seen' }).count()).toBe(0);
    expect(await shop.station.store.read.listReceipts(unit)).toHaveLength(1);
    await line.context().setOffline(false);
    await expect
      .poll(async () => (await shop.station.store.read.listReceipts(unit)).map(({ revision }) => revision), {
        timeout: 10_000,
      })
      .toEqual([2, 1]);
    await expect.poll(() => line.getByText('not yet received').count()).toBe(0);
    await line.getByText(/^Recalled: /).waitFor();
  });

  test('[R9] [U15] [BK-05] while the station is away a report is kept, said to be kept, and sent once on return', async () => {
    // The page has read the list since the story's clock jumped: it stamps kept reports by the station's time.
    await line.getByRole('heading', { name: `${item.order} · ${item.name}` }).waitFor({ state: 'detached' });
    await line.context().setOffline(true);
    await tap('Machine down');
    await tap('Mechanical');
    await screenshot(line, 'line-downtime-reasons');
    await tap('Jam');
    await line.getByText('1 report is saved here and not yet received').waitFor();
    await screenshot(line, 'line-offline');
    await line.context().setOffline(false);
    await line
      .getByText(/Down since/)
      .first()
      .waitFor();
    await expect.poll(() => line.getByText('not yet received').count()).toBe(0);
    const downs = shop.station.workspace.events.filter((event) => event.kind === 'downtimeStarted');
    expect(downs).toHaveLength(1);
    expect(downs[0]?.recorded).toBeGreaterThanOrEqual(downs[0]?.at ?? Infinity);
  });

  test('[S3] other hosts, other origins, other shapes and windows without the key are refused', async () => {
    const base = `http://127.0.0.1:${serving.port}`;
    const api = `${base}/api/line/${encodeURIComponent(item.assignment.unit)}/reports`;
    const report = JSON.stringify({ id: 'hostile-1', kind: 'downtimeEnded', unit: item.assignment.unit });
    const post = (headers: Record<string, string>, body = report) =>
      fetch(api, { method: 'POST', headers, body }).then((response) => response.status);
    expect(await post({ 'Content-Type': 'application/json', Origin: 'http://evil.example' })).toBe(403);
    expect(await post({ 'Content-Type': 'text/plain' })).toBe(415);
    expect(await post({ 'Content-Type': 'application/json' }, '{')).toBe(400);
    expect(
      await post({ 'Content-Type': 'application/json' }, JSON.stringify({ pad: 'x'.repeat(100_000) })),
    ).toBe(413);
    expect((await fetch(`${base}/`)).status).toBe(401);
    expect((await fetch(`${base}/?key=wrong`)).status).toBe(401);
    expect((await fetch(`${base}/..%2f..%2fpackage.json`)).status).toBe(404);
    const rebound = await launchBrowser(['--host-resolver-rules=MAP plant.example 127.0.0.1']);
    const page = await openPage(rebound, `http://plant.example:${serving.port}/api/line`);
    expect(await page.textContent('body')).toContain('This address is not served');
    await rebound.close();
    expect(shop.station.workspace.events.filter((event) => event.kind === 'downtimeEnded')).toEqual([]);
  });
});
