import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { lineView } from '#electron/app/line-view.ts';
import { reportCannotRun } from '#electron/app/report-cannot-run.ts';
import { serveStation } from '#electron/station/running.ts';
import { must } from '#shared/base/must.ts';
import { CannotRun } from '#shared/domain/execution.ts';
import { readLine } from '#renderer/kiosk/line-client.ts';
import { type SmallShop, shopOfLongList } from '#test/support/small-shop.ts';
import { done } from '#test/support/temporary-station.ts';

let shop: SmallShop;
let mixes: readonly string[];
beforeEach(async () => {
  const told = await shopOfLongList();
  shop = told;
  mixes = told.list;
});
afterEach(() => shop.remove());

const read = (has = '') => must(lineView(shop.station, 'M1', null, has), 'M1');
const cannotRun = async (task: string) => {
  const report = CannotRun.parse({
    id: `cannot run ${task}`,
    kind: 'cannotRun',
    unit: 'M1',
    task,
    reason: 'Material missing',
  });
  done(await reportCannotRun(shop.station, report, { user: 'M1', origin: 'line', key: report.id }));
};

describe('of a long list', () => {
  test('what comes next is judged; what stands behind is told once, and only in which order where the page has it', () => {
    const { items, behind, told, list } = read();
    expect(items.map(({ task }) => task)).toEqual(mixes.slice(0, 8));
    expect(items.map(({ gates }) => gates)).toEqual(items.map(() => []));
    expect(behind).toEqual(mixes.slice(8));
    expect(told?.map(({ task, gates }) => [task, gates])).toEqual(mixes.slice(8).map((task) => [task, null]));
    expect(read(list)).toMatchObject({ behind: mixes.slice(8), told: null });
  });

  test('what stands behind is judged when it comes to the front, and at its start wherever it stands', async () => {
    done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
    expect(await shop.report('started', 'M1', 'L/mix')).toMatchObject({
      ok: false,
      refusal: { code: 'MAINT_BLOCKED' },
    });
    done(await shop.report('downtimeEnded', 'M1'));
    done(await shop.report('started', 'M1', 'L/mix'));
    // What is in work is at hand, and keeps the others from their start.
    const { items } = read();
    expect(items.map(({ task }) => task)).toEqual([...mixes.slice(0, 8), 'L/mix']);
    expect(items.at(0)?.gates.map(({ code }) => code)).toEqual(['UNIT_BUSY']);
    done(await shop.report('completed', 'M1', 'L/mix', { good: 10 }));
    done(await shop.report('started', 'M1', 'A/mix'));
    done(await shop.report('completed', 'M1', 'A/mix', { good: 10 }));
    expect(read().items.map(({ task }) => task)).toEqual(mixes.slice(1, 9));
  });

  test('a new revision is told as a whole', async () => {
    const { list } = read();
    await shop.recall('M1', 'Wrong lot on the ticket', 'K/mix');
    expect(read(list).told?.map(({ task }) => task)).toEqual(['I/mix', 'J/mix', 'L/mix']);
  });

  test('what was set aside makes room for as many more', async () => {
    await cannotRun('A/mix');
    await cannotRun('B/mix');
    expect(read().items.map(({ task }) => task)).toEqual(mixes.slice(0, 10));
    // The page offers the first that may start: where none of these may, it is looked for further behind.
    done(await shop.report('downtimeStarted', 'M1', undefined, { reason: 'Mechanical' }));
    expect(read().items.map(({ task }) => task)).toEqual(mixes);
  });
});

test('[R9] a page keeps its whole list, in order, however often it has read it, and reads it anew where it is another one', async () => {
  const serving = await serveStation(shop, { port: 0 });
  onTestFinished(serving.close);
  const ask = fetch;
  const sizes: number[] = [];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const text = await (await ask(`http://127.0.0.1:${serving.port}${path}`, init)).text();
    sizes.push(text.length);
    return new Response(text);
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const tasks = async () => (await readLine('M1', null)).items.map(({ task }) => task);
  expect(await tasks()).toEqual(mixes);
  expect(await tasks()).toEqual(mixes);
  expect(sizes[1]).toBeLessThan(must(sizes[0], 'The first reading'));
  done(await shop.report('started', 'M1', 'A/mix'));
  done(await shop.report('completed', 'M1', 'A/mix', { good: 10 }));
  expect(await tasks()).toEqual(mixes.slice(1));
  await shop.recall('M1', 'Wrong lot on the ticket', 'K/mix');
  const kept = mixes.filter((task) => task !== 'A/mix' && task !== 'K/mix');
  expect(await tasks()).toEqual(kept);
  const { items } = await readLine('M1', null);
  // All that an operator needs who comes to it while the station is away.
  expect(items.at(-1)).toMatchObject({ task: 'L/mix', quantity: 10, gates: null, progress: null });
});
