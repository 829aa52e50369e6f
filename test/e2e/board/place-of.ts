import type { Page } from 'playwright-core';
import { must } from '#shared/base/must.ts';
import type { Board, BoardBar } from '#shared/contract/views.ts';
import { HOUR } from '#shared/time/instant.ts';

const [HEAD, AXIS, GROUP, ROW] = [208, 44, 28, 32];

/**
 * Pixels of the page at which the middle of a bar's visible part and its end stand, while the board shows a day in rows of
 * work units, none folded.
 */
export async function placeOf(
  page: Page,
  board: Board,
  bar: Pick<BoardBar, 'unit' | 'start' | 'end'>,
): Promise<{ x: number; y: number; end: number; perPixel: number }> {
  const grid = must(await page.locator('#board-grid').boundingBox(), 'The grid');
  const view = await page.locator('#board-grid').evaluate((element) => ({
    left: element.scrollLeft,
    top: element.scrollTop,
    width: element.clientWidth,
  }));
  const room = view.width - HEAD;
  const perPixel = (24 * HOUR) / room;
  const xOf = (at: number): number => (at - board.horizon.start) / perPixel - view.left;
  const above = board.rows.slice(0, board.rows.findIndex(({ unit }) => unit === bar.unit) + 1);
  const areas = new Set(above.map(({ group }) => group)).size;
  const left = grid.x + HEAD;
  return {
    x: left + (Math.max(0, xOf(bar.start)) + Math.min(room, xOf(bar.end))) / 2,
    y: grid.y + AXIS + areas * GROUP + (above.length - 1) * ROW + ROW / 2 - view.top,
    end: left + xOf(bar.end),
    perPixel,
  };
}
