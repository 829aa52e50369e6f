/**
 * How fast the board is, beside the same bars on a plain canvas, in the same Chromium and the same minutes; medians of
 * several rounds by turns. `npm run bench -- board [--sizes 1000,10000] [--rounds 5] [--save]`.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page, Response } from 'playwright-core';
import { must } from '#shared/base/must.ts';
import { buildWindow } from '#electron/station/build-window.ts';
import { openStation, serveStation } from '#electron/station/running.ts';
import { launchBrowser, openPage } from '#test/e2e/browser.ts';
import { servePages } from '#test/e2e/board/serve.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import './board/subject.ts';

const { values: flags } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1000,10000,50000' },
    rounds: { type: 'string', default: '5' },
    save: { type: 'boolean', default: false },
  },
});
const ROWS: Record<number, number> = { 1_000: 40, 10_000: 100, 50_000: 200 };
const FRAME = 1000 / 60;
const MOUSE_MILLIS = 8;
const MOVES = 250;

const NAMES = [
  'load',
  'parse',
  'scroll fps',
  'scroll p95',
  'vertical fps',
  'zoom',
  'drag p50',
  'drag p95',
  'drag frame',
  'drop',
  'update 500',
  'heap',
] as const;
type Name = (typeof NAMES)[number];
type Figures = Record<Name, number>;

/** What each figure is held against: the canvas beside it, or a number of its own. */
const GOALS: Record<
  Name,
  { readonly unit: string; readonly goal: string; readonly isMet: (ours: number, plain: number) => boolean }
> = {
  load: { unit: 'ms', goal: '≤ 3 × canvas', isMet: (ours, plain) => ours <= 3 * plain },
  parse: { unit: 'ms', goal: 'none, it is told', isMet: () => true },
  'scroll fps': { unit: 'fps', goal: '≥ 0.95 × canvas', isMet: (ours, plain) => ours >= 0.95 * plain },
  'scroll p95': { unit: 'ms', goal: '≤ 1.25 frames', isMet: (ours) => ours <= 1.25 * FRAME },
  'vertical fps': { unit: 'fps', goal: '≥ 50', isMet: (ours) => ours >= 50 },
  zoom: { unit: 'ms', goal: '≤ 2 × canvas', isMet: (ours, plain) => ours <= 2 * plain },
  'drag p50': { unit: 'ms', goal: '≤ 7', isMet: (ours) => ours <= 7 },
  'drag p95': { unit: 'ms', goal: '≤ 11', isMet: (ours) => ours <= 11 },
  'drag frame': { unit: 'ms', goal: '≤ 16', isMet: (ours) => ours <= 16 },
  drop: { unit: 'ms', goal: '≤ 2 frames', isMet: (ours) => ours <= 2 * FRAME },
  'update 500': { unit: 'ms', goal: '≤ 2 frames', isMet: (ours) => ours <= 2 * FRAME },
  heap: { unit: 'MB', goal: '≤ 2.5 beyond the data', isMet: (ours) => ours <= 2.5 },
};

/**
 * From before the page is put up to the end of the frame that shows all of it. Modules, data and font are there and what
 * came with them is swept away, on both sides: how long they take to come says `parse`, and the size of the first screen.
 */
async function load(page: Page, cdp: CDPSession): Promise<number> {
  await page.waitForFunction(() => 'subject' in window, null, { timeout: 120_000 });
  await page.evaluate(() => document.fonts.load('500 12px "Inter Variable"'));
  await cdp.send('HeapProfiler.collectGarbage');
  return page.evaluate(async () => {
    const began = performance.now();
    window.subject.mount();
    // A frame that begins before the picture is drawn does not show it, even if its timeout comes after.
    await new Promise<void>((resolve) => {
      const look = (): unknown =>
        document.querySelector('[data-painted="true"]') ? resolve() : requestAnimationFrame(look);
      requestAnimationFrame(look);
    });
    await new Promise((resolve) => setTimeout(resolve));
    return performance.now() - began;
  });
}

/** The board as it is read out of what comes over the wire, which the canvas has never had to: how long that takes and how large it is. */
async function wireCopy(url: string, size: number): Promise<{ millis: number; megabytes: number }> {
  const page = await openSubject(browser, url, size);
  const cdp = await page.context().newCDPSession(page);
  await load(page, cdp);
  const before = await heapOf(cdp);
  const millis = await page.evaluate(() => {
    const text = JSON.stringify(window.subject.board());
    const began = performance.now();
    Object.assign(window, { copy: JSON.parse(text) });
    return performance.now() - began;
  });
  const megabytes = (await heapOf(cdp)) - before;
  await page.context().close();
  return { millis, megabytes };
}

/** Frames per second and the p95 of a frame in ms while it scrolls by so many pixels a frame. */
const scroll = (page: Page, dx: number, dy: number) =>
  page.evaluate(
    async ([dx, dy]) => {
      const scroller = window.subject.scroller();
      const gaps: number[] = [];
      let last = performance.now();
      const began = last;
      let [right, down] = [dx, dy];
      while (last - began < 2000) {
        const at = await new Promise<number>(requestAnimationFrame);
        const { scrollLeft, scrollTop } = scroller;
        scroller.scrollBy(right, down);
        // At the end, back again.
        if (right !== 0 && scroller.scrollLeft === scrollLeft) right = -right;
        if (down !== 0 && scroller.scrollTop === scrollTop) down = -down;
        gaps.push(at - last);
        last = at;
      }
      gaps.sort((a, b) => a - b);
      const p95 = gaps[Math.floor(gaps.length * 0.95)] ?? 0;
      return { fps: (1000 * gaps.length) / (last - began), p95 };
    },
    [dx, dy] as const,
  );

/** Milliseconds from `act` to the end of the frame that shows it. */
const untilPainted = (page: Page, what: 'zoom' | 'update') =>
  page.evaluate(async (what) => {
    const { subject } = window;
    const painted = (): Promise<number> =>
      new Promise((resolve) => {
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
      });
    if (what === 'zoom') {
      subject.show(1);
      await painted();
      await painted();
      const began = performance.now();
      subject.show(14);
      return (await painted()) - began;
    }
    const bars = subject
      .board()
      .bars.slice(0, 500)
      .map((bar) => ({ ...bar, start: bar.start + 900, end: bar.end + 900 }));
    const began = performance.now();
    subject.replace(bars);
    return (await painted()) - began;
  }, what);

/**
 * A bar is dragged by a mouse that tells 125 times a second where it is, whenever the frames are: milliseconds from each
 * place that is shown to the end of its frame, and from the drop to the end of its; and how long a frame takes once it
 * has begun (p95). A place that another one replaces before the frame is never shown and not counted. (Moves that wait
 * for each other fall into step with the frames, and then every one waits for a whole frame.)
 */
async function drag(page: Page, cdp: CDPSession, bar: { x: number; y: number }) {
  await page.evaluate(() => {
    const times: number[] = [];
    const frames: number[] = [];
    let newest: PointerEvent | null = null;
    const hear = (event: PointerEvent): void => {
      if (newest === null) requestAnimationFrame(show);
      newest = event;
    };
    function show(): void {
      const began = performance.now();
      const shown = newest;
      newest = null;
      setTimeout(() => {
        const ended = performance.now();
        frames.push(ended - began);
        if (shown) times.push(ended - shown.timeStamp);
      });
    }
    addEventListener('pointermove', hear, { capture: true });
    addEventListener('pointerup', hear, { capture: true });
    Object.assign(window, { times, frames });
  });
  await page.mouse.move(bar.x, bar.y);
  await page.mouse.down();
  const at = (k: number) => ({ x: bar.x + k, y: bar.y + Math.round(Math.sin(k / 6) * 20) });
  const began = performance.now();
  for (let k = 1; k <= MOVES; k += 1) {
    const move = { type: 'mouseMoved', ...at(k), button: 'left', buttons: 1 } as const;
    void cdp.send('Input.dispatchMouseEvent', move);
    await pause(Math.max(0, began + k * MOUSE_MILLIS - performance.now()));
  }
  const { x, y } = at(MOVES);
  await page.mouse.move(x, y);
  await page.mouse.up();
  await page.waitForTimeout(100);
  const { times, frames } = await page.evaluate(() => {
    const { times, frames } = window as unknown as { times: number[]; frames: number[] };
    return { times, frames };
  });
  const moves = times.slice(5, -1);
  return {
    p50: shareOf(moves, 0.5),
    p95: shareOf(moves, 0.95),
    frame: shareOf(frames.slice(5, -1), 0.95),
    drop: times.at(-1) ?? Infinity,
  };
}

/** The value that so many of them do not exceed. */
function shareOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Infinity;
}

async function heapOf(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

async function openSubject(browser: Browser, url: string, size: number): Promise<Page> {
  return openPage(browser, `${url}?bars=${size}&rows=${ROWS[size] ?? 100}`);
}

/** The middle of a bar that waits, in sight and wide enough to grasp. */
const graspable = (page: Page, isOurs: boolean) =>
  page.evaluate((isOurs) => {
    const { subject } = window;
    const { rows, bars, now, horizon } = subject.board();
    const scroller = subject.scroller();
    const edge = scroller.getBoundingClientRect();
    const [head, axis] = isOurs ? [208, 44] : [0, 0];
    const perPixel = 86_400 / (scroller.clientWidth - head);
    const tops = new Map<string, number>();
    let top = axis;
    let group = '';
    for (const row of rows) {
      if (isOurs && row.group !== group) top += 28;
      group = row.group;
      tops.set(row.unit, top);
      top += 32;
    }
    for (const bar of bars) {
      if (bar.work !== 'waiting' || bar.start < now + 7 * 3600) continue;
      const left = head + (bar.start - horizon.start) / perPixel - scroller.scrollLeft;
      const width = (bar.end - bar.start) / perPixel;
      const y = (tops.get(bar.unit) ?? 0) + 15 - scroller.scrollTop;
      if (
        left > head + 20 &&
        left + width < scroller.clientWidth - 250 &&
        y > axis &&
        y < scroller.clientHeight - 60
      ) {
        return { x: edge.left + left + width / 2, y: edge.top + y };
      }
    }
    return null;
  }, isOurs);

/** It happens once a page, and a moment of the machine is a third of it: on so many pages a round. */
const LOADS = 4;

async function measure(browser: Browser, url: string, size: number, isOurs: boolean): Promise<Figures> {
  const loads: number[] = [];
  for (let k = 1; k < LOADS; k += 1) {
    const page = await openSubject(browser, url, size);
    loads.push(await load(page, await page.context().newCDPSession(page)));
    await page.context().close();
  }
  const page = await openSubject(browser, url, size);
  const cdp = await page.context().newCDPSession(page);
  loads.push(await load(page, cdp));
  await page.waitForTimeout(500);
  const heap = await heapOf(cdp);
  await page.evaluate(() => window.subject.show(1));
  await page.waitForTimeout(300);
  const bar = must(await graspable(page, isOurs), 'a bar in sight');
  // With its order's other tasks and the lines to what it depends on, which the canvas does not have.
  if (isOurs) {
    await page.mouse.click(bar.x, bar.y);
    await page.locator('#board-cell').waitFor({ state: 'attached' });
    await page.waitForTimeout(300);
  }
  const dragged = await drag(page, cdp, bar);
  const update = await untilPainted(page, 'update');
  const sideways = await scroll(page, 24, 0);
  const zoom = await untilPainted(page, 'zoom');
  await page.waitForTimeout(200);
  const vertical = await scroll(page, 0, 24);
  await page.context().close();
  return {
    load: median(loads),
    parse: 0, // once per size
    'scroll fps': sideways.fps,
    'scroll p95': sideways.p95,
    'vertical fps': vertical.fps,
    zoom,
    'drag p50': dragged.p50,
    'drag p95': dragged.p95,
    'drag frame': dragged.frame,
    drop: dragged.drop,
    'update 500': update,
    heap,
  };
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const medians = (rounds: readonly Figures[]): Figures =>
  Object.fromEntries(NAMES.map((name) => [name, median(rounds.map((round) => round[name]))])) as Figures;

/** Scripts and styles of the first screen with a board, gzipped, in kB; fonts apart. */
async function bundle(browser: Browser): Promise<number> {
  await buildWindow(() => undefined);
  const data = mkdtempSync(join(tmpdir(), 'shiftwright-bench-'));
  const running = await openStation({ data, clock: () => Date.parse('2026-11-23T05:00:00Z') });
  await running.handlers['plant.openDemo']({}, { user: 'bench', origin: 'command', key: 'demo' });
  const serving = await serveStation(running, { port: 0 });
  const page = await openPage(browser, 'about:blank');
  const first: Response[] = [];
  page.on('response', (response) => {
    if (/\.(js|css)$/.test(new URL(response.url()).pathname)) first.push(response);
  });
  await page.goto(`${serving.url}#/board`);
  await page.locator('[data-painted="true"]').waitFor();
  page.removeAllListeners('response'); // what comes now is fetched behind the first screen
  const sizes = await Promise.all(
    first.map(async (response) => gzipSync(await response.body(), { level: 9 }).length),
  );
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0) / 1000;
  await page.context().close();
  await serving.close();
  await running.close();
  rmSync(data, { recursive: true });
  return total;
}

const browser = await launchBrowser();
const pages = await servePages('test', ['bench/board/ours.html', 'bench/board/plain.html']);
const base = pages.url.replace('bench/board/ours.html', '');
const results: unknown[] = [];
const command = `npm run bench -- board${process.argv
  .slice(2)
  .map((arg) => ` ${arg}`)
  .join('')}`;
const machine = `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, Chromium ${browser.version()}`;
console.log(machine);
for (const size of flags.sizes.split(',').map(Number)) {
  const ours: Figures[] = [];
  const plain: Figures[] = [];
  for (let round = 0; round < Number(flags.rounds); round += 1) {
    plain.push(await measure(browser, `${base}bench/board/plain.html`, size, false));
    ours.push(await measure(browser, `${base}bench/board/ours.html`, size, true));
    console.log(`  ${size} bars, round ${round + 1} of ${flags.rounds}`);
  }
  const empty = await measureHeap(`${base}bench/board/ours.html`, 100);
  const bare = await measureHeap(`${base}bench/board/plain.html`, 100);
  const [own, canvas] = [medians(ours), medians(plain)];
  // The harness keeps the data and the window keeps its copy of it, as it came over the wire.
  const data = canvas.heap - bare;
  const copy = await wireCopy(`${base}bench/board/plain.html`, size);
  own.parse = copy.millis;
  own.heap = Math.max(0, own.heap - empty - data - copy.megabytes);
  canvas.heap = 0;
  console.log(
    `${size} bars on ${ROWS[size] ?? 100} rows (data ${data.toFixed(1)} MB, over the wire ${copy.megabytes.toFixed(1)} MB)`,
  );
  for (const name of NAMES) {
    const { unit, goal, isMet } = GOALS[name];
    const ratio = canvas[name] > 0 ? `${(own[name] / canvas[name]).toFixed(2)} ×` : '';
    const [board, beside] = [own[name].toFixed(1), canvas[name].toFixed(1)];
    const met = isMet(own[name], canvas[name]);
    console.log(
      `  ${name.padEnd(13)}${board.padStart(8)} ${unit.padEnd(4)} canvas ${beside.padStart(7)} ${ratio.padStart(8)}  goal ${goal.padEnd(22)} ${met ? 'met' : 'missed'}`,
    );
    results.push({
      bars: size,
      figure: name,
      board: Number(board),
      canvas: Number(beside),
      unit,
      goal,
      met,
      rounds: Number(flags.rounds),
      command,
      machine,
    });
  }
}
const kilobytes = await bundle(browser);
console.log(
  `first screen, scripts and styles gzipped: ${kilobytes.toFixed(0)} kB, goal ≤ 150 ${kilobytes <= 150 ? 'met' : 'missed'}`,
);
results.push({
  figure: 'bundle',
  board: Math.round(kilobytes),
  unit: 'kB',
  goal: '≤ 150',
  met: kilobytes <= 150,
  command,
  machine,
});
await browser.close();
await pages.close();
if (flags.save)
  writeFileSync('test/bench/results/board.json', `${JSON.stringify({ rows: results }, null, 1)}\n`);

/** Of a page that has hardly any data. */
async function measureHeap(url: string, size: number): Promise<number> {
  const page = await openSubject(browser, url, size);
  const cdp = await page.context().newCDPSession(page);
  await load(page, cdp);
  await page.waitForTimeout(500);
  const heap = await heapOf(cdp);
  await page.context().close();
  return heap;
}
