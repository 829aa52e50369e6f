import type { Instant } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Layout, type Line, lineAt } from './layout.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';

/** Points (1/72 inch), portrait. */
export const PAPERS = {
  a4: [595.28, 841.89],
  a3: [841.89, 1190.55],
  letter: [612, 792],
} as const;
export type Paper = keyof typeof PAPERS;

export interface PrintChoice {
  readonly paper: Paper;
  readonly landscape: boolean;
  readonly range: Interval;
  /** The lines to print: [first, last). */
  readonly lines: { readonly first: number; readonly last: number };
  /** Over how many pages the range is spread. */
  readonly pagesWide: number;
}

/** One page: which lines, which time. */
export interface PrintPage {
  readonly number: number;
  readonly from: Instant;
  readonly first: number;
  readonly last: number;
}

/** All pages of one print. Lengths in points. */
export interface PrintSheet {
  readonly width: number;
  readonly height: number;
  /** Points per pixel of the board. */
  readonly scale: number;
  /** The board on a page, in the board's pixels. */
  readonly boardWidth: number;
  readonly boardHeight: number;
  readonly secondsPerPixel: number;
  readonly pages: readonly PrintPage[];
}

export const MARGIN = 28;
/** Above the board: what it is; below it: the legend and the page. */
export const PAGE_HEAD = 34;
export const PAGE_FOOT = 24;
/** A bar's 12 px label is then 7.4 points high: small print, still readable at arm's length. */
const POINTS_PER_PIXEL = 0.62;

/** The lines in sight, whole ones: from the one at the scroller's top to the one at its bottom. */
export function linesInSight(layout: Layout, top: number, height: number): PrintChoice['lines'] {
  const first = lineAt(layout, Math.min(top, layout.height - 1));
  const last = lineAt(layout, Math.min(top + height, layout.height) - 1);
  return {
    first: first ? layout.lines.indexOf(first) : 0,
    last: last ? layout.lines.indexOf(last) + 1 : layout.lines.length,
  };
}

/** Cuts what is to be printed into pages, row band by row band, each from left to right. No row is cut. */
export function printSheet(layout: Layout, choice: PrintChoice): PrintSheet {
  const [short, long] = PAPERS[choice.paper];
  const [width, height] = choice.landscape ? [long, short] : [short, long];
  const boardWidth = (width - 2 * MARGIN) / POINTS_PER_PIXEL;
  const boardHeight = (height - 2 * MARGIN - PAGE_HEAD - PAGE_FOOT) / POINTS_PER_PIXEL;
  const { start, end } = choice.range;
  const pagesWide = Math.max(1, Math.round(choice.pagesWide));
  const perPage = (end - start) / pagesWide;
  const pages: PrintPage[] = [];
  for (const { first, last } of bandsOf(layout, choice.lines, boardHeight - AXIS_HEIGHT)) {
    for (let column = 0; column < pagesWide; column += 1) {
      pages.push({ number: pages.length + 1, from: Math.round(start + column * perPage), first, last });
    }
  }
  return {
    width,
    height,
    scale: POINTS_PER_PIXEL,
    boardWidth,
    boardHeight,
    secondsPerPixel: perPage / (boardWidth - HEAD_WIDTH),
    pages,
  };
}

/** As many lines per page as fit; the head of an area never stands alone at the foot of a page. */
function bandsOf(
  layout: Layout,
  { first, last }: PrintChoice['lines'],
  room: number,
): { first: number; last: number }[] {
  const bands: { first: number; last: number }[] = [];
  let from = first;
  while (from < last) {
    let to = from;
    let used = 0;
    for (; to < last; to += 1) {
      used += layout.lines[to]?.height ?? 0;
      if (used > room && to > from) break;
    }
    while (to < last && to - 1 > from && isOpenHead(layout.lines[to - 1])) to -= 1;
    bands.push({ first: from, last: to });
    from = to;
  }
  return bands;
}

/** What belongs to the rows below it, and is not the last line of a page. */
const isOpenHead = (line: Line | undefined): boolean => line?.kind === 'group' && !line.collapsed;

/** Where things of these widths stand side by side, in as many lines as they need. */
export function inLines(
  widths: readonly number[],
  room: number,
  gap: number,
): { readonly left: number; readonly line: number }[] {
  let next = 0;
  let line = 0;
  return widths.map((width) => {
    if (next > 0 && next + width > room) {
      next = 0;
      line += 1;
    }
    const left = next;
    next += width + gap;
    return { left, line };
  });
}
