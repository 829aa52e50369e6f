import { drawBoard, drawHeads } from './draw.ts';
import type { Frame } from './frame.ts';
import { type Glyphs, glyphsOf } from './glyphs.ts';
import type { Layout } from './layout.ts';
import { AXIS_HEIGHT } from './metrics.ts';
import type { Palette } from './palette.ts';
import { MARGIN, PAGE_FOOT, PAGE_HEAD, type PrintPage, type PrintSheet, inLines } from './print-pages.ts';
import type { SceneInput } from './surface.ts';
import { printText } from './print-text.ts';

/** What stands above every page. */
export interface PrintHead {
  readonly plant: string;
  /** Version 12, or Draft. */
  readonly plan: string;
  readonly span: string;
  readonly printed: string;
  readonly clock: (at: number) => string;
}

/**
 * Draws one page in points onto a canvas or a PDF: header, the board by its own drawing functions, legend and page number.
 * The selection and what the hand does stay on the screen.
 */
export function drawPage(
  context: CanvasRenderingContext2D,
  palette: Palette,
  scene: SceneInput,
  sheet: PrintSheet,
  page: PrintPage,
  head: PrintHead,
): void {
  context.textBaseline = 'middle';
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, sheet.width, sheet.height);
  const labels = glyphsFor(context, `500 12px ${palette.fontFamily}`);
  const figures = glyphsFor(context, `500 11px ${palette.fontFamily}`);
  const height = Math.min(sheet.boardHeight, AXIS_HEIGHT + heightOf(scene.layout, page));
  context.save();
  context.translate(MARGIN, MARGIN + PAGE_HEAD);
  context.scale(sheet.scale, sheet.scale);
  context.beginPath();
  context.rect(0, 0, sheet.boardWidth, height);
  context.clip();
  const frame: Frame = {
    ...scene,
    selected: [],
    mates: [],
    links: [],
    hovered: null,
    held: null,
    glide: null,
    palette,
    context,
    width: sheet.boardWidth,
    height,
    left: 0,
    top: scene.layout.lines[page.first]?.top ?? 0,
    scale: { origin: page.from, secondsPerPixel: sheet.secondsPerPixel },
    labels,
    figures,
  };
  drawHeads(frame, drawBoard(frame, head.clock));
  context.restore();
  context.strokeStyle = palette.line;
  context.lineWidth = 0.5;
  context.setLineDash([]);
  context.strokeRect(MARGIN, MARGIN + PAGE_HEAD, sheet.boardWidth * sheet.scale, height * sheet.scale);
  drawHeader(context, palette, sheet, head);
  drawFooter(context, palette, sheet, page);
}

const heightOf = ({ lines }: Layout, { first, last }: PrintPage): number =>
  lines.slice(first, last).reduce((sum, { height }) => sum + height, 0);

function glyphsFor(context: CanvasRenderingContext2D, font: string): Glyphs {
  context.font = font;
  const written = context.font;
  return glyphsOf(written, (text) => {
    context.font = written;
    return context.measureText(text).width;
  });
}

function drawHeader(
  context: CanvasRenderingContext2D,
  palette: Palette,
  sheet: PrintSheet,
  { plant, plan, span, printed }: PrintHead,
): void {
  const right = sheet.width - MARGIN;
  context.font = `600 12px ${palette.fontFamily}`;
  context.fillStyle = palette.text;
  context.fillText(plant, MARGIN, MARGIN + 6);
  const planWidth = context.measureText(plan).width;
  context.fillText(plan, right - planWidth, MARGIN + 6);
  context.font = `500 8px ${palette.fontFamily}`;
  context.fillStyle = palette.muted;
  context.fillText(span, MARGIN, MARGIN + 21);
  context.fillText(printed, right - context.measureText(printed).width, MARGIN + 21);
}

function drawFooter(
  context: CanvasRenderingContext2D,
  palette: Palette,
  sheet: PrintSheet,
  page: PrintPage,
): void {
  const y = sheet.height - MARGIN - PAGE_FOOT / 2 + 4;
  context.font = `500 8px ${palette.fontFamily}`;
  const number = printText.page(page.number, sheet.pages.length);
  context.fillStyle = palette.text;
  context.fillText(number, sheet.width - MARGIN - context.measureText(number).width, y);
  // On an upright page the legend takes two lines beside the page's number.
  const room = sheet.width - 2 * MARGIN - context.measureText(number).width - 16;
  const legend = legendOf(palette);
  const widths = legend.map(([label]) => SWATCH + 4 + context.measureText(label).width);
  const places = inLines(widths, room, 12);
  const lines = places.at(-1)?.line ?? 0;
  legend.forEach(([label, paint], index) => {
    const { left = 0, line = 0 } = places[index] ?? {};
    const at = y + (line - lines / 2) * LEGEND_LINE;
    paint(context, MARGIN + left, at);
    context.font = `500 8px ${palette.fontFamily}`;
    context.fillStyle = palette.muted;
    context.fillText(label, MARGIN + left + SWATCH + 4, at);
  });
}

const SWATCH = 14;
const LEGEND_LINE = 11;
type Paint = (context: CanvasRenderingContext2D, x: number, y: number) => void;

function legendOf(palette: Palette): readonly (readonly [string, Paint])[] {
  const block =
    (fill: string | CanvasPattern, edge: string | null, left = 0, width = SWATCH): Paint =>
    (context, x, y) => {
      context.fillStyle = fill;
      context.fillRect(x + left, y - 4, width, 8);
      if (edge === null) return;
      context.strokeStyle = edge;
      context.lineWidth = 0.5;
      context.strokeRect(x, y - 4, SWATCH, 8);
    };
  const both =
    (...paints: readonly Paint[]): Paint =>
    (context, x, y) =>
      paints.forEach((paint) => paint(context, x, y));
  const bar = block(palette.bar, palette.barBorder);
  const frozen: Paint = (context, x, y) => {
    context.fillStyle = palette.frozen;
    context.fillRect(x, y - 4, SWATCH, 1.5);
    context.fillRect(x + SWATCH - 1.5, y - 4, 1.5, 8);
  };
  const domain = (name: 'quality' | 'maintenance' | 'inventory'): Paint =>
    both(bar, block(palette.domain[name] ?? palette.bar, null, 0, 3));
  return [
    [printText.planned, bar],
    [printText.setup, block(palette.setupHatch, palette.barBorder)],
    [printText.done, block(palette.done, palette.doneBorder)],
    [printText.late, both(bar, block(palette.late, null, SWATCH - 3, 3))],
    [printText.quality, domain('quality')],
    [printText.maintenance, domain('maintenance')],
    [printText.inventory, domain('inventory')],
    [printText.closed, block(palette.shade, null)],
    [printText.frozen, frozen],
    [printText.plannedDown, block(palette.plannedHatch, null)],
    [printText.down, block(palette.downHatch, null)],
  ];
}
