import * as fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { DAY, HOUR } from '#shared/time/instant.ts';
import { daysOf } from '#renderer/board/days.ts';
import { layoutOf } from '#renderer/board/layout.ts';
import { AXIS_HEIGHT, ROW_HEIGHT } from '#renderer/board/metrics.ts';
import { segmentsOf } from '#renderer/board/outline.ts';
import { HUES } from '#renderer/board/colour.ts';
import type { Palette } from '#renderer/board/palette.ts';
import { inkOf, paperHatch } from '#renderer/board/paper.ts';
import { pdfOf } from '#renderer/board/print-pdf.ts';
import { inLines, type PrintChoice, linesInSight, printSheet } from '#renderer/board/print-pages.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';
import { pagesOf } from '#test/support/pdf-words.ts';

vi.stubGlobal('Path2D', function () {});

const board = busyBoard({ bars: 1000, rows: 40 });
const layout = layoutOf(board, board.bars, {
  rowHeight: ROW_HEIGHT,
  collapsed: new Set(),
  by: 'units',
  ordersBy: 'product',
  shown: null,
});
const all = { first: 0, last: layout.lines.length };
const week: PrintChoice = {
  paper: 'a4',
  landscape: true,
  range: { start: board.now, end: board.now + 7 * DAY },
  lines: all,
  pagesWide: 2,
};

test('every line stands on exactly one band of pages, every page holds what it carries, time goes on without a gap', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('a4', 'a3', 'letter'),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (paper, landscape, pagesWide) => {
        const sheet = printSheet(layout, { ...week, paper, landscape, pagesWide });
        const bands = sheet.pages.filter((_, index) => index % pagesWide === 0);
        const lines = bands.flatMap(({ first, last }) => layout.lines.slice(first, last));
        expect(lines).toEqual(layout.lines);
        for (const { first, last } of bands) {
          const tall = layout.lines.slice(first, last).reduce((sum, { height }) => sum + height, 0);
          expect(tall).toBeLessThanOrEqual(sheet.boardHeight - AXIS_HEIGHT);
          const foot = layout.lines[last - 1];
          expect(foot?.kind).toBe('unit');
        }
        expect(sheet.pages.map(({ number }) => number)).toEqual(sheet.pages.map((_, index) => index + 1));
        sheet.pages.slice(0, pagesWide).forEach(({ from }, column) => {
          expect(Math.abs(from - board.now - (column * 7 * DAY) / pagesWide)).toBeLessThanOrEqual(1);
        });
      },
    ),
  );
});

test('the lines in sight are those that the scroller shows, also when it shows more than there is', () => {
  expect(linesInSight(layout, 0, 28 + 2 * ROW_HEIGHT)).toEqual({ first: 0, last: 3 });
  expect(linesInSight(layout, 28, ROW_HEIGHT + 1)).toEqual({ first: 1, last: 3 });
  expect(linesInSight(layout, 0, Infinity)).toEqual(all);
});

test('colours become ink on white, whatever way the browser writes them', () => {
  expect(inkOf('#cbd5e1')).toEqual([203, 213, 225]);
  expect(inkOf('#000', 0.35)).toEqual([166, 166, 166]);
  expect(inkOf('rgba(0, 0, 0, 0.5)')).toEqual([128, 128, 128]);
  expect(inkOf('color(srgb 0.5 0.25 1)')).toEqual([128, 64, 255]);
  expect(() => inkOf('tomato')).toThrow('"tomato"');
});

test('the outline of an icon is lines that end where the path ends', () => {
  const lock = segmentsOf('M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9');
  expect(lock.map(({ kind }) => kind).join(' ')).toMatch(/^move line line line close move line( line){11}$/);
  expect(lock.at(-1)?.at).toEqual([13, 9]);
  const top = Math.min(...lock.flatMap(({ at }) => at.filter((_, index) => index % 2 === 1)));
  expect(top).toBeCloseTo(3.5, 1); // the shackle goes up, not down
  expect(() => segmentsOf('M0 0q1 1 2 2')).toThrow('"q"');
});

const palette: Palette = {
  canvas: '#f6f7f8',
  surface: '#ffffff',
  raised: '#ffffff',
  line: '#e1e4e8',
  hairline: '#eeeff1',
  shade: '#eceef1',
  frozen: '#8c939c',
  text: '#1b2430',
  muted: '#5a6572',
  accent: '#1f62d0',
  bar: '#cbd5e1',
  barBorder: '#74808e',
  barText: '#1b2430',
  done: '#ebeff4',
  doneBorder: '#b3bac2',
  foot: '#74808e',
  thin: '#85919f',
  late: '#b42318',
  warn: '#8a5a00',
  ok: '#1b7346',
  veil: '#eceef1',
  hues: Object.fromEntries(HUES.map((hue) => [hue, { fill: '#dddddd', edge: '#777777' }])) as Palette['hues'],
  downFill: '#f8ebea',
  domain: { production: null, quality: '#1d6fa8', maintenance: '#6b4ba3', inventory: '#0b7a71' },
  setupHatch: paperHatch('#f2f5f8', '#b9bfc6', 5, 1),
  plannedHatch: paperHatch('#eceef1', '#a9b0b8', 8, 1),
  downHatch: paperHatch('#f7e9e8', '#d1857f', 8, 1.5),
  fontFamily: 'Inter',
};
const scene = {
  layout,
  days: daysOf(board.zone, layout.range),
  now: board.now,
  selected: [],
  mates: [],
  links: [],
  tints: null,
  lit: null,
  legend: null,
  passed: null,
  hits: null,
  find: () => null,
  freshness: () => ({ imported: 0, reported: null, stale: null }),
  trails: new Map(),
  added: new Set<never>(),
  dropped: new Set<never>(),
  bars: new Map(board.bars.map((bar) => [bar.task, bar])),
};
const head = {
  plant: 'Werk Süd, Łódź',
  plan: 'Version 12',
  span: 'Mon 23 Nov – Sun 29 Nov',
  printed: 'Printed 2026-11-23 09:24',
  clock: () => '09:24',
};

test('a legend that is wider than its page goes on in the next line', () => {
  expect(inLines([40, 30, 50, 20], 200, 10)).toEqual([
    { left: 0, line: 0 },
    { left: 50, line: 0 },
    { left: 90, line: 0 },
    { left: 150, line: 0 },
  ]);
  expect(inLines([40, 30, 50, 20], 100, 10)).toEqual([
    { left: 0, line: 0 },
    { left: 50, line: 0 },
    { left: 0, line: 1 },
    { left: 60, line: 1 },
  ]);
});

test('[U17] a PDF has the board in words: head, axis and rows on every page, letters with marks, page n of m; it can be cancelled', async () => {
  const sheet = printSheet(layout, { ...week, range: { start: board.now, end: board.now + 12 * HOUR } });
  let pages = 0;
  const running = new AbortController();
  const onPage = () => (pages += 1);
  const pdf = await pdfOf({ scene, sheet, head }, palette, { signal: running.signal, onPage });
  const words = pdf ? await pagesOf(await pdf.arrayBuffer()) : [];
  expect(pages).toBe(sheet.pages.length);
  expect(words).toHaveLength(sheet.pages.length);
  words.forEach((page, index) => {
    expect(page).toEqual(
      expect.arrayContaining([
        'Werk Süd, Łódź',
        'Version 12',
        'Printed 2026-11-23 09:24',
        `Page ${index + 1} of ${sheet.pages.length}`,
        'Planned down',
      ]),
    );
    const first = layout.lines[sheet.pages[index]?.first ?? 0];
    expect(page).toContain(first?.kind === 'group' ? first.name : first?.lane.row.name);
  });
  expect(words.flat().some((word) => word.startsWith('WO-'))).toBe(true);

  const cancelled = new AbortController();
  const onFirst = () => cancelled.abort();
  const none = await pdfOf({ scene, sheet, head }, palette, { signal: cancelled.signal, onPage: onFirst });
  expect(none).toBeNull();
});
