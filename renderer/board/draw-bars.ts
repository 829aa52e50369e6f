import type { BoardBar } from '#shared/contract/views.ts';
import { hours, quantity } from '#renderer/ui/format.ts';
import { upperBound } from './days.ts';
import { type Frame, viewX } from './frame.ts';
import { elided } from './glyphs.ts';
import { type BarIcon, ICON_SIZE, drawIcon } from './icons.ts';
import { type Lane, firstSeen, lastSeen } from './layout.ts';
import { BAR_HEIGHT, BAR_INSET, FOOT, HEAD_WIDTH, RADIUS, STRIPE } from './metrics.ts';

/** Pixels beside the view within which a bar's edge is still drawn where it is. */
const MARGIN = 16;
/** Narrower bars are plain blocks; narrower gaps of closed time are not shown. */
const BLOCK = 5;
const GAP = 3;
const PADDING = 6;

/** Pieces of the bar being drawn (left, right, left, right …) between closed times; reused, so that a frame allocates nothing. */
const pieces = new Float64Array(512);
let pieceCount = 0;

/** Cuts a bar at the closed times that it pauses over. `x1` and `x2` are its edges in the view. */
function cutPieces(frame: Frame, lane: Lane, bar: BoardBar, x1: number, x2: number): void {
  const { closed } = lane;
  pieceCount = 0;
  let from = x1;
  let index = upperBound(closed, bar.start);
  // An odd index is the end of a closed time that has begun before: work goes on there.
  if (index % 2 === 1) index -= 1;
  for (; index < closed.length && pieceCount < pieces.length - 4; index += 2) {
    const begin = closed[index] ?? 0;
    if (begin >= bar.end) break;
    const gapFrom = Math.max(x1, viewX(frame, begin));
    const gapTo = Math.min(x2, viewX(frame, closed[index + 1] ?? begin));
    if (gapTo - gapFrom < GAP) continue;
    if (gapFrom > from) pushPiece(from, gapFrom);
    from = gapTo;
  }
  if (x2 > from || pieceCount === 0) pushPiece(from, x2);
}

function pushPiece(from: number, to: number): void {
  pieces[pieceCount] = from;
  pieces[pieceCount + 1] = to;
  pieceCount += 2;
}

/** Draws the bars of a row that are in sight; returns the pixels they cover, for the load of the row. */
export function drawLane(frame: Frame, lane: Lane, top: number, from: number, to: number): number {
  const last = lastSeen(lane, to);
  let covered = 0;
  for (let index = firstSeen(lane, from); index < last; index += 1) {
    const bar = lane.bars[index];
    if (bar) covered += drawBar(frame, lane, bar, index, top);
  }
  return covered;
}

function drawBar(frame: Frame, lane: Lane, bar: BoardBar, index: number, top: number): number {
  const { context, palette } = frame;
  const glide = frame.glide?.task === bar.task ? frame.glide : null;
  const shift = glide ? glide.x : 0;
  const y = top + BAR_INSET + (glide ? glide.y : 0);
  const right = frame.width + MARGIN;
  const x1 = viewX(frame, bar.start) + shift;
  const x2 = Math.max(x1 + 2, viewX(frame, bar.end) + shift);
  drawActual(frame, bar, top);
  if (x2 < HEAD_WIDTH || x1 > frame.width) return 0;
  if (frame.held?.task === bar.task) return drawGhost(frame, x1, x2, y);
  const left = Math.max(x1, HEAD_WIDTH - MARGIN);
  cutPieces(frame, lane, bar, left, Math.min(x2, right));
  const done = bar.work === 'completed';
  const changed = frame.trails.has(bar.task) || frame.added.has(bar.task);
  const border = changed ? palette.text : done ? palette.doneBorder : palette.barBorder;
  let covered = 0;
  if (pieceCount > 2) {
    context.fillStyle = border;
    context.fillRect(left, y + BAR_HEIGHT / 2, Math.min(x2, right) - left, 1);
  }
  const runX = viewX(frame, bar.runStart) + shift;
  for (let piece = 0; piece < pieceCount; piece += 2) {
    const from = pieces[piece] ?? 0;
    const to = pieces[piece + 1] ?? 0;
    const width = to - from;
    covered += Math.max(0, Math.min(to, frame.width) - Math.max(from, HEAD_WIDTH));
    if (width < BLOCK) {
      context.fillStyle = palette.domain[bar.domain] ?? (done ? palette.doneBorder : palette.thin);
      context.fillRect(from, y, width > 2 ? width - 1 : width, BAR_HEIGHT);
      continue;
    }
    context.fillStyle = done ? palette.done : palette.bar;
    context.beginPath();
    context.roundRect(from + 0.5, y + 0.5, width - 1, BAR_HEIGHT - 1, RADIUS);
    context.fill();
    if (runX > from + 2) {
      const to2 = Math.min(runX, to - 1);
      context.fillStyle = palette.setupHatch;
      context.fillRect(from + 1, y + 1, to2 - from - 1, BAR_HEIGHT - 2);
    }
    context.strokeStyle = border;
    context.lineWidth = changed ? 1.5 : 1;
    context.stroke();
    drawProgress(frame, bar, from, to, x1, x2, y);
  }
  drawDomain(frame, bar, x1, x2, y);
  const isLate = bar.end > bar.due && !done;
  if (isLate && x2 <= right) {
    context.fillStyle = palette.late;
    const width = Math.min(3, x2 - x1);
    context.beginPath();
    context.roundRect(x2 - width, y, width, BAR_HEIGHT, [0, RADIUS, RADIUS, 0]);
    context.fill();
  }
  if (frame.dropped.has(bar.task)) strikeOut(frame, x1, x2, y);
  drawWords(frame, lane, bar, index, runX, y, isLate ? x2 : null);
  return covered;
}

function drawDomain(frame: Frame, bar: BoardBar, x1: number, x2: number, y: number): void {
  const stripe = frame.palette.domain[bar.domain];
  if (stripe === null || x2 - x1 < BLOCK || x1 < HEAD_WIDTH - MARGIN) return;
  frame.context.fillStyle = stripe;
  frame.context.beginPath();
  frame.context.roundRect(x1, y, Math.min(STRIPE, x2 - x1 - 1), BAR_HEIGHT, [RADIUS, 0, 0, RADIUS]);
  frame.context.fill();
}

/** Reported progress as a foot along the whole bar. */
function drawProgress(
  frame: Frame,
  bar: BoardBar,
  from: number,
  to: number,
  x1: number,
  x2: number,
  y: number,
): void {
  if (bar.progress <= 0 || bar.work === 'completed') return;
  const until = Math.min(to - 1, x1 + (x2 - x1) * bar.progress);
  if (until <= from + 1) return;
  frame.context.fillStyle = frame.palette.foot;
  frame.context.fillRect(from + 1, y + BAR_HEIGHT - FOOT - 1, until - from - 1, FOOT);
}

/** What really happened, as a thin line under the plan. */
function drawActual(frame: Frame, bar: BoardBar, top: number): void {
  if (bar.actualStart === null) return;
  const { context, palette } = frame;
  const x1 = Math.max(HEAD_WIDTH - MARGIN, viewX(frame, bar.actualStart));
  const x2 = Math.min(
    frame.width + MARGIN,
    viewX(frame, Math.max(bar.actualStart, bar.actualEnd ?? frame.now)),
  );
  if (x2 < HEAD_WIDTH || x1 > frame.width) return;
  const y = top + BAR_INSET + BAR_HEIGHT + 1;
  const isLate = bar.actualEnd !== null && bar.actualEnd > bar.due;
  context.fillStyle = isLate ? palette.late : palette.text;
  // What is still expected is fainter than what has happened.
  const until = bar.work === 'completed' ? x2 : Math.min(x2, Math.max(x1, viewX(frame, frame.now)));
  context.fillRect(x1, y, Math.max(1, until - x1), 2);
  if (x2 > until) {
    context.globalAlpha = 0.35;
    context.fillRect(until, y, x2 - until, 2);
    context.globalAlpha = 1;
  }
}

/** Where the held bar came from. */
function drawGhost(frame: Frame, x1: number, x2: number, y: number): number {
  const { context, palette } = frame;
  const left = Math.max(x1, HEAD_WIDTH - MARGIN);
  const width = Math.min(x2, frame.width + MARGIN) - left;
  context.globalAlpha = 0.35;
  context.fillStyle = palette.bar;
  context.beginPath();
  context.roundRect(left + 0.5, y + 0.5, width - 1, BAR_HEIGHT - 1, RADIUS);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.barBorder;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.stroke();
  context.setLineDash([]);
  return width;
}

function strikeOut(frame: Frame, x1: number, x2: number, y: number): void {
  frame.context.fillStyle = frame.palette.late;
  frame.context.fillRect(x1, y + BAR_HEIGHT / 2 - 0.5, x2 - x1, 1);
}

/** After so wide a pause the label is said again: nobody looks back a whole night. */
const FAR_GAP = 96;

/** Marks, label, quantity and hours late: in the first piece of the bar that has room for all of it, else in the widest. */
function drawWords(
  frame: Frame,
  lane: Lane,
  bar: BoardBar,
  index: number,
  runX: number,
  y: number,
  lateEdge: number | null,
): void {
  const label = (lane.labels[index] ??= `${bar.order} · ${bar.name}`);
  const wanted = frame.labels.widthOf(label) + 2 * PADDING + marksOf(bar) * (ICON_SIZE + 3);
  let widest = -1;
  let width = 0;
  let saidUntil = -Infinity;
  for (let piece = 0; piece < pieceCount; piece += 2) {
    const from = wordsFrom(piece, runX);
    const to = Math.min(pieces[piece + 1] ?? 0, frame.width);
    if (to - from > width) {
      width = to - from;
      widest = piece;
    }
    if (to - from < wanted || from - saidUntil < FAR_GAP) continue;
    const last = piece + 2 >= pieceCount;
    drawPieceWords(frame, lane, bar, index, from, to, y, last ? lateEdge : null);
    if (last) lateEdge = null;
    saidUntil = pieces[piece + 1] ?? 0;
  }
  if (saidUntil === -Infinity && widest >= 0) {
    const to = Math.min(pieces[widest + 1] ?? 0, frame.width);
    drawPieceWords(frame, lane, bar, index, wordsFrom(widest, runX), to, y, lateEdge);
  } else if (lateEdge !== null) {
    drawHoursLate(frame, lane, bar, index, lateEdge, lateEdge, y + BAR_HEIGHT / 2 + 0.5, lateEdge);
  }
}

/** Behind the setup and inside the view, as far as that leaves any room. */
const wordsFrom = (piece: number, runX: number): number =>
  Math.max(pieces[piece] ?? 0, HEAD_WIDTH, Math.min(runX, (pieces[piece + 1] ?? 0) - 24));

const isLocked = (bar: BoardBar): boolean => bar.dispatched || bar.work !== 'waiting';
const marksOf = (bar: BoardBar): number =>
  bar.work === 'completed' ? 0 : Number(bar.blocked) + Number(isLocked(bar) || bar.pin !== null);

function drawPieceWords(
  frame: Frame,
  lane: Lane,
  bar: BoardBar,
  index: number,
  from: number,
  to: number,
  y: number,
  lateEdge: number | null,
): void {
  const { context, palette, labels, figures } = frame;
  const middle = y + BAR_HEIGHT / 2 + 0.5;
  const end = lateEdge === null ? to : drawHoursLate(frame, lane, bar, index, from, to, middle, lateEdge);
  let left = from + PADDING + (bar.domain === 'production' ? -1 : 1);
  const right = end - PADDING + 1;
  if (right - left < ICON_SIZE) return;
  const done = bar.work === 'completed';
  if (!done) {
    context.strokeStyle = palette.warn;
    if (bar.blocked) left = icon(context, 'hold', left, right, y);
    context.strokeStyle = palette.barText;
    // Where not even the order can be read, only what is wrong is worth a mark.
    const readable = right - left > 3 * ICON_SIZE;
    if (readable && isLocked(bar)) left = icon(context, 'lock', left, right, y);
    else if (readable && bar.pin) left = icon(context, 'pin', left, right, y);
  }
  const room = Math.floor(right - left);
  if (room < 24) return;
  const label = lane.labels[index] ?? '';
  const letters = labels.lettersIn(label, room);
  if (lane.cutAt[index] !== letters || lane.cuts[index] === undefined) {
    lane.cutAt[index] = letters;
    lane.cuts[index] = elided(label, letters, bar.order.length);
  }
  if (context.font !== labels.font) context.font = labels.font;
  context.fillStyle = done ? palette.muted : palette.barText;
  context.fillText(lane.cuts[index] ?? '', left, middle);
  if (letters < label.length || bar.quantity === 0) return;
  const used = labels.widthOf(label) + 14;
  if (room - used < 40) return;
  const amount = (lane.amounts[index] ??= quantity(bar.quantity, bar.uom));
  const width = figures.widthOf(amount);
  if (used + width > room) return;
  context.font = figures.font;
  context.fillStyle = palette.muted;
  context.fillText(amount, right - width, middle);
  context.font = labels.font;
}

function icon(
  context: CanvasRenderingContext2D,
  name: BarIcon,
  left: number,
  right: number,
  y: number,
): number {
  if (right - left < ICON_SIZE) return left;
  drawIcon(context, name, left, y + (BAR_HEIGHT - ICON_SIZE) / 2);
  return left + ICON_SIZE + 3;
}

/** Hours late inside the right edge, or behind it where the next bar leaves room; returns what is left for the label. */
function drawHoursLate(
  frame: Frame,
  lane: Lane,
  bar: BoardBar,
  index: number,
  left: number,
  right: number,
  middle: number,
  edge: number,
): number {
  if (edge > frame.width) return right;
  const { context, palette, figures } = frame;
  const words = `+${hours(bar.end - bar.due)}`;
  const width = figures.widthOf(words);
  const inside = right - left > width + 72 && right > edge - 4;
  const next = lane.bars[index + 1];
  if (!inside && next && viewX(frame, next.start) < edge + width + 8) return right - 3;
  context.font = figures.font;
  context.fillStyle = palette.late;
  context.fillText(words, inside ? edge - width - 7 : edge + 4, middle);
  context.font = frame.labels.font;
  return inside ? edge - width - 8 : right - 3;
}
