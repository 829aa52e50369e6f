import type { BoardBar } from '#shared/contract/views.ts';
import { drawWords } from './draw-words.ts';
import { type Frame, viewX } from './frame.ts';
import { type Lane, firstSeen, lastSeen } from './layout.ts';
import { BAR_HEIGHT, BAR_INSET, FOOT, HEAD_WIDTH, RADIUS, STRIPE } from './metrics.ts';
import { cutPieces, pieceCount, pieces } from './pieces.ts';

/** Pixels beside the view within which a bar's edge is still drawn where it is. */
const MARGIN = 16;
/** What a filter or a search leaves out still takes its time: it is seen, but says nothing. */
const FAINT = 0.3;
/** Narrower bars are plain blocks. */
const BLOCK = 5;

/** Draws the bars of a row that are in sight; returns the pixels they cover, for the load of the row. */
export function drawLane(frame: Frame, lane: Lane, top: number, from: number, to: number): number {
  const last = lastSeen(lane, to);
  let covered = 0;
  const { lit, context } = frame;
  for (let index = firstSeen(lane, from); index < last; index += 1) {
    const bar = lane.bars[index];
    if (!bar) continue;
    const faint = lit !== null && !lit.has(bar.task);
    if (faint) context.globalAlpha = FAINT;
    covered += drawBar(frame, lane, bar, index, top, faint);
    if (faint) context.globalAlpha = 1;
  }
  return covered;
}

function drawBar(
  frame: Frame,
  lane: Lane,
  bar: BoardBar,
  index: number,
  top: number,
  faint: boolean,
): number {
  const { context, palette } = frame;
  const glide = frame.glide?.task === bar.task ? frame.glide : null;
  const shift = glide ? glide.x : 0;
  const y = top + BAR_INSET + (glide ? glide.y : 0);
  const right = frame.width + MARGIN;
  const x1 = viewX(frame, bar.start) + shift;
  const x2 = Math.max(x1 + 2, viewX(frame, bar.end) + shift);
  if (!faint) drawActual(frame, bar, top);
  if (x2 < HEAD_WIDTH || x1 > frame.width) return 0;
  if (frame.held?.task === bar.task || frame.held?.others.has(bar.task)) return drawGhost(frame, x1, x2, y);
  const left = Math.max(x1, HEAD_WIDTH - MARGIN);
  cutPieces(frame, lane, bar, left, Math.min(x2, right));
  const done = bar.work === 'completed';
  const changed = frame.trails.has(bar.task) || frame.added.has(bar.task);
  const hue = done || faint ? null : (frame.tints?.get(bar.task)?.hue ?? null);
  const tint = hue === null ? null : palette.hues[hue];
  const border = changed ? palette.text : done ? palette.doneBorder : (tint?.edge ?? palette.barBorder);
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
      context.fillStyle =
        tint?.edge ?? palette.domain[bar.domain] ?? (done ? palette.doneBorder : palette.thin);
      context.fillRect(from, y, width > 2 ? width - 1 : width, BAR_HEIGHT);
      continue;
    }
    drawBody(
      frame,
      from,
      y,
      width,
      done ? palette.done : (tint?.fill ?? palette.bar),
      border,
      changed ? 1.5 : 1,
      runX,
    );
    drawProgress(frame, bar, from, to, x1, x2, y);
  }
  drawDomain(frame, bar, x1, x2, y);
  const isLate = bar.end > bar.due && !done;
  if (isLate && x2 <= right) {
    context.fillStyle = palette.late;
    const width = Math.min(3, x2 - x1);
    context.fillRect(x2 - width, y + 1, width, BAR_HEIGHT - 2);
    context.fillRect(x2 - width, y, Math.max(1, width - 1), BAR_HEIGHT);
  }
  if (frame.dropped.has(bar.task)) strikeOut(frame, x1, x2, y);
  if (!faint) drawWords(frame, lane, bar, index, runX, y, isLate ? x2 : null);
  return covered;
}

/** Below this width corners cannot be told from rounded ones when just their last pixel is left out, and rectangles are several times cheaper. */
const ROUND = 24;

/** One piece of a bar: ground, setup part, border. */
function drawBody(
  frame: Frame,
  x: number,
  y: number,
  width: number,
  fill: string,
  border: string,
  line: number,
  runX: number,
): void {
  const { context, palette } = frame;
  const setup = Math.min(runX, x + width - 1) - x - 1;
  if (width < ROUND) {
    context.fillStyle = border;
    context.fillRect(x + 1, y, width - 2, BAR_HEIGHT);
    context.fillRect(x, y + 1, width, BAR_HEIGHT - 2);
    context.fillStyle = fill;
    context.fillRect(x + line, y + line, width - 2 * line, BAR_HEIGHT - 2 * line);
    if (setup > 1) {
      context.fillStyle = palette.setupHatch;
      context.fillRect(x + line, y + line, setup, BAR_HEIGHT - 2 * line);
    }
    return;
  }
  context.fillStyle = fill;
  context.beginPath();
  context.roundRect(x + 0.5, y + 0.5, width - 1, BAR_HEIGHT - 1, RADIUS);
  context.fill();
  if (setup > 1) {
    context.fillStyle = palette.setupHatch;
    context.fillRect(x + 1, y + 1, setup, BAR_HEIGHT - 2);
  }
  context.strokeStyle = border;
  context.lineWidth = line;
  context.stroke();
}

function drawDomain(frame: Frame, bar: BoardBar, x1: number, x2: number, y: number): void {
  const stripe = frame.palette.domain[bar.domain];
  if (stripe === null || x2 - x1 < BLOCK || x1 < HEAD_WIDTH - MARGIN) return;
  frame.context.fillStyle = stripe;
  const width = Math.min(STRIPE, x2 - x1 - 1);
  frame.context.fillRect(x1, y + 1, width, BAR_HEIGHT - 2);
  frame.context.fillRect(x1 + 1, y, width - 1, BAR_HEIGHT);
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
