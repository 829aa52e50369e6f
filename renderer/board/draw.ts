import type { BoardBar } from '#shared/contract/views.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { duration } from '#renderer/ui/format.ts';
import { stepOf, upperBound } from './days.ts';
import { drawLane } from './draw-bars.ts';
import { drawLaneLoad, isLoad } from './draw-load.ts';
import {
  drawAxis,
  drawClosed,
  drawCorner,
  drawFrozen,
  drawGridLines,
  drawHead,
  drawNow,
  hasLoad,
} from './draw-grid.ts';
import { type Frame, type Link, viewX, viewY, visibleFrom, visibleTo } from './frame.ts';
import { groupLoad } from './group-load.ts';
import { type Lane, type OldPlace, type Piece, lineOf, oldPlaces, piecesOf, rowOf } from './layout.ts';
import { AXIS_HEIGHT, BAR_HEIGHT, BAR_INSET, HEAD_WIDTH, RADIUS } from './metrics.ts';
import { boardText } from './text.ts';

/** How full the lines in sight are, by their index; null where nobody counts. */
export type Loads = readonly (number | null | undefined)[];

/** Draws one picture of the board without its heads: only what is in sight, from the ground up, the axis over it. */
export function drawBoard(frame: Frame, clock: (at: Instant) => string): Loads {
  const { context, layout, width, height } = frame;
  const from = visibleFrom(frame);
  const to = Math.min(visibleTo(frame), layout.range.end);
  const step = stepOf(frame.scale.secondsPerPixel);
  const { first, last } = linesInSight(frame);
  const loads: (number | null)[] = [];

  begin(frame);
  context.fillRect(0, 0, width, height);
  const open: number[] = [];
  for (let index = first; index < last; index += 1) {
    const line = layout.lines[index];
    if (line?.kind !== 'unit') continue;
    open[index] = drawClosed(frame, line.lane, viewY(frame, line.top), line.height, from, to);
  }
  drawGridLines(frame, step, from, to);
  drawRows(frame, first, last);
  const trails = visibleTrails(frame);
  drawOldPlaces(frame, trails);
  // Along a row the dashed place says it already; the line is drawn for what is in the hand.
  drawTrails(
    frame,
    trails.filter(({ bar, places }) => places[0]?.row !== rowOf(frame.layout, bar)),
  );
  drawLinks(frame);
  const drawLine = isLoad(frame) && hasLoad(layout.by) ? drawLaneLoad : drawLane;
  context.font = frame.labels.font;
  for (let index = first; index < last; index += 1) {
    const line = layout.lines[index];
    if (line?.kind === 'group' && hasLoad(layout.by)) loads[index] = groupLoad(line.lanes, from, to);
    if (line?.kind !== 'unit') continue;
    const covered = drawLine(frame, line.lane, viewY(frame, line.top), from, to);
    const room = open[index] ?? 0;
    // What a person does at the same time stands on a further line of theirs, without a head.
    const isCounted = room > 8 && line.lane.row.name !== '' && hasLoad(layout.by);
    loads[index] = isCounted ? Math.min(1, covered / room) : null;
  }
  drawTrails(
    frame,
    trails.filter((trail) => isInHand(frame, trail.bar)),
  );
  drawLinkEnds(frame);
  drawOutlines(frame);
  const time = clock(frame.now);
  drawAxis(frame, step, from, to, time);
  drawNow(frame, time);
  return loads;
}

/** The column of heads, over whatever reaches into it. */
export function drawHeads(frame: Frame, loads: Loads): void {
  const { context, palette, layout, height } = frame;
  const { first, last } = linesInSight(frame);
  begin(frame);
  context.fillRect(0, 0, HEAD_WIDTH, height);
  for (let index = first; index < last; index += 1) {
    const line = layout.lines[index];
    if (line) drawHead(frame, line, viewY(frame, line.top), loads[index] ?? null);
  }
  drawCorner(frame);
  context.fillStyle = palette.line;
  context.fillRect(HEAD_WIDTH - 1, 0, 1, height);
  context.fillRect(0, AXIS_HEIGHT - 1, HEAD_WIDTH, 1);
}

function begin({ context, palette }: Frame): void {
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineCap = 'round';
  context.fillStyle = palette.surface;
}

const linesInSight = ({ layout, top, height }: Frame): { readonly first: number; readonly last: number } => ({
  first: Math.max(0, upperBound(layout.tops, top) - 1),
  last: upperBound(layout.tops, top + height - AXIS_HEIGHT),
});

/** The grounds of area heads, the lines between rows and what is frozen of them, under everything that crosses them. */
function drawRows(frame: Frame, first: number, last: number): void {
  const { context, palette, layout, width } = frame;
  for (let index = first; index < last; index += 1) {
    const line = layout.lines[index];
    if (!line) continue;
    const top = viewY(frame, line.top);
    if (line.kind === 'group') {
      context.fillStyle = palette.canvas;
      context.fillRect(HEAD_WIDTH, top, width, line.height);
    }
    context.fillStyle = palette.hairline;
    context.fillRect(HEAD_WIDTH, top + line.height - 1, width, 1);
    if (line.kind === 'unit' && layout.by === 'units') drawFrozen(frame, line.lane, top, line.height);
  }
}

/**
 * The veil over rows on which what is held cannot be put down, and over the heads of areas that have no other: one dot wide,
 * as the browser stretches it over the rows.
 */
export function drawVeil(frame: Frame): void {
  const { context, palette, layout, height, held } = frame;
  context.clearRect(0, 0, 1, height);
  if (!held) return;
  const isRefused = ({ row }: Lane): boolean =>
    row.unit !== null && held.wordsOf(row.unit)?.tone === 'refused';
  const { first, last } = linesInSight(frame);
  context.fillStyle = palette.veil;
  for (let index = first; index < last; index += 1) {
    const line = layout.lines[index];
    if (!line || !(line.kind === 'group' ? line.lanes.every(isRefused) : isRefused(line.lane))) continue;
    const y = viewY(frame, line.top);
    const top = Math.max(AXIS_HEIGHT, y);
    context.fillRect(0, top, 1, y + line.height - top);
  }
}

/** The height of a bar's middle on a row in the view; null when its area is collapsed. */
function middleOn(frame: Frame, row: string): number | null {
  const line = lineOf(frame.layout, row);
  return line ? viewY(frame, line.top) + BAR_INSET + BAR_HEIGHT / 2 : null;
}

const middleOf = (frame: Frame, bar: BoardBar): number | null =>
  middleOn(frame, rowOf(frame.layout, bar) ?? '');

/** More lines than this in sight are a thicket that nobody reads. */
const READABLE = 40;

/** A trail with where its old place is seen. */
interface SeenTrail {
  readonly bar: BoardBar;
  readonly places: readonly OldPlace[];
}

/** The trails in sight; where almost everything moves, only those of what is selected or under the pointer. */
function visibleTrails(frame: Frame): SeenTrail[] {
  const trails: SeenTrail[] = [];
  for (const { bar, from } of frame.trails.values()) {
    if (viewX(frame, Math.max(from.end, bar.end)) < HEAD_WIDTH) continue;
    if (viewX(frame, Math.min(from.start, bar.start)) > frame.width) continue;
    const places = oldPlaces(frame.layout, from);
    const heights = [middleOf(frame, bar), ...places.map(({ row }) => middleOn(frame, row))];
    const shown = heights.filter((height) => height !== null);
    if (Math.max(...shown) < AXIS_HEIGHT || Math.min(...shown) > frame.height) continue;
    trails.push({ bar, places });
  }
  if (trails.length <= READABLE) return trails;
  return trails.filter(({ bar }) => isInHand(frame, bar));
}

const isInHand = ({ selected, hovered }: Frame, bar: BoardBar): boolean =>
  bar === hovered || selected.includes(bar);

/** Where a proposal's bars stand now: dashed places under the bars, so that only what becomes free is seen. */
function drawOldPlaces(frame: Frame, trails: readonly SeenTrail[]): void {
  const { context, palette } = frame;
  context.lineWidth = 1;
  context.strokeStyle = palette.muted;
  context.setLineDash([3, 3]);
  context.beginPath();
  for (const { row, start, end } of trails.flatMap(({ places }) => places)) {
    const y = middleOn(frame, row);
    const left = Math.max(HEAD_WIDTH - 8, viewX(frame, start));
    const right = Math.min(frame.width + 8, viewX(frame, end));
    if (y === null || right <= left) continue;
    context.roundRect(left + 0.5, y - BAR_HEIGHT / 2 + 0.5, right - left - 1, BAR_HEIGHT - 1, RADIUS);
  }
  context.stroke();
  context.setLineDash([]);
}

/** A thin line from the old start to the new one, with a dot where it begins; along a row it runs below the bars. */
function drawTrails(frame: Frame, trails: readonly SeenTrail[]): void {
  const { context, palette } = frame;
  context.lineWidth = 1;
  context.strokeStyle = palette.muted;
  context.fillStyle = palette.muted;
  for (const {
    bar,
    places: [from],
  } of trails) {
    const y1 = from ? middleOn(frame, from.row) : null;
    const y2 = middleOf(frame, bar);
    if (!from || y1 === null || y2 === null) continue;
    const below = y1 === y2 ? BAR_HEIGHT / 2 + 2.5 : 0;
    const x1 = viewX(frame, from.start);
    context.beginPath();
    context.moveTo(x1, y1 + below);
    context.lineTo(viewX(frame, firstPiece(frame, bar).start), y2 + below);
    context.stroke();
    context.beginPath();
    context.arc(x1, y1 + below, 2, 0, 2 * Math.PI);
    context.fill();
  }
}

/** With less left than this a relation is critical: the next delay is felt. */
const CRITICAL = 15 * MINUTE;

/** A target so few pixels away is reached by one corner. */
const NEAR = 24;

/** A link in pixels of the view; null where one of its bars has no line. */
function linkPlace(frame: Frame, { from, to }: Link) {
  const y1 = middleOf(frame, from);
  const y2 = middleOf(frame, to);
  if (y1 === null || y2 === null) return null;
  return {
    x1: viewX(frame, lastPiece(frame, from).end),
    y1,
    x2: viewX(frame, firstPiece(frame, to).start),
    y2,
  };
}

const isViolated = ({ slack }: Link): boolean => slack !== null && slack < 0;
const linkColour = ({ palette }: Frame, link: Link): string =>
  isViolated(link) ? palette.late : palette.accent;

/** From the end of what must be done before to the start of what follows; behind the bars of other rows. */
function drawLinks(frame: Frame): void {
  const { context } = frame;
  for (const link of frame.links) {
    const place = linkPlace(frame, link);
    if (!place) continue;
    const { x1, y1, x2, y2 } = place;
    // Without slack it is what holds the chain together: drawn stronger, not in another colour.
    context.lineWidth = link.slack !== null && link.slack < CRITICAL ? 2.5 : 1.5;
    context.strokeStyle = linkColour(frame, link);
    context.setLineDash(isViolated(link) ? [5, 3] : []);
    const out = x1 + 7;
    const into = x2 - 7;
    // Between the rows beside the one that it goes to, so that it crosses no words.
    const gap = y2 > y1 ? y2 - BAR_HEIGHT / 2 - 5 : y2 + BAR_HEIGHT / 2 + 5;
    context.beginPath();
    context.moveTo(x1, y1);
    if (y1 === y2 || (into >= out && into < out + NEAR)) {
      context.lineTo(Math.min(out, x2), y1);
      context.lineTo(Math.min(out, x2), y2);
    } else {
      context.lineTo(out, y1);
      context.lineTo(out, gap);
      context.lineTo(into, gap);
      context.lineTo(into, y2);
    }
    context.lineTo(x2 - 3, y2);
    context.stroke();
  }
  context.setLineDash([]);
}

/** The head of each link and the wait that is left, over the bars. */
function drawLinkEnds(frame: Frame): void {
  const { context } = frame;
  for (const link of frame.links) {
    const place = linkPlace(frame, link);
    if (!place) continue;
    const { x1, y1, x2, y2 } = place;
    context.fillStyle = linkColour(frame, link);
    context.beginPath();
    context.moveTo(x2, y2);
    context.lineTo(x2 - 6, y2 - 3.5);
    context.lineTo(x2 - 6, y2 + 3.5);
    context.fill();
    if (link.slack !== null) drawSlack(frame, link.slack, x1, x2, y1, y2);
  }
}

const lastPiece = (frame: Frame, bar: BoardBar): BoardBar => piecesOf(frame.layout, bar).at(-1)?.bar ?? bar;
const firstPiece = (frame: Frame, bar: BoardBar): BoardBar => piecesOf(frame.layout, bar)[0]?.bar ?? bar;

/** How much of the wait is left, or by how much it is violated, in a gap that has room for it. */
function drawSlack(frame: Frame, slack: number, x1: number, x2: number, y1: number, y2: number): void {
  const { context, palette, figures } = frame;
  const words = slack < 0 ? boardText.lagOver(duration(-slack)) : boardText.lagLeft(duration(slack));
  const width = figures.widthOf(words);
  if (slack >= 0 && x2 - x1 < width + 20) return;
  const x = slack < 0 ? x2 - width - 14 : x1 + 12;
  const beside = BAR_HEIGHT / 2 + 5;
  const y = y1 === y2 ? y2 : y2 + (y2 > y1 ? -beside : beside);
  context.font = figures.font;
  context.fillStyle = palette.surface;
  context.fillRect(x - 3, y - 7, width + 6, 14);
  context.fillStyle = slack < 0 ? palette.late : palette.muted;
  context.fillText(words, x, y + 0.5);
  context.font = frame.labels.font;
}

/** Selected and hovered bars, and quietly the other tasks of the current one's order. */
function drawOutlines(frame: Frame): void {
  const { context, palette, held } = frame;
  context.strokeStyle = palette.accent;
  context.lineWidth = 1;
  if (!held) for (const bar of frame.mates) outline(frame, bar, 0);
  context.lineWidth = 2;
  for (const bar of frame.selected) if (held?.task !== bar.task) outline(frame, bar, 1);
  const { hovered } = frame;
  if (!hovered || held || frame.selected.includes(hovered)) return;
  context.strokeStyle = palette.text;
  context.lineWidth = 1;
  outline(frame, hovered, 0);
}

function outline(frame: Frame, bar: BoardBar, around: number): void {
  for (const piece of piecesOf(frame.layout, bar)) outlinePiece(frame, piece, around);
}

function outlinePiece(frame: Frame, { row, bar }: Piece, around: number): void {
  const line = lineOf(frame.layout, row);
  if (!line) return;
  const top = viewY(frame, line.top) + BAR_INSET;
  const left = Math.max(HEAD_WIDTH - 8, viewX(frame, bar.start));
  const right = Math.min(frame.width + 8, Math.max(left + 3, viewX(frame, bar.end)));
  if (top > frame.height || top + BAR_HEIGHT < AXIS_HEIGHT || right < HEAD_WIDTH || left > frame.width)
    return;
  const { context } = frame;
  context.beginPath();
  context.roundRect(
    left + 0.5 - around,
    top + 0.5 - around,
    right - left - 1 + 2 * around,
    BAR_HEIGHT - 1 + 2 * around,
    RADIUS + around,
  );
  context.stroke();
}
