import { orderNameOf } from '#shared/domain/of-order.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { type Instant, MINUTE } from '#shared/time/instant.ts';
import { duration, hours, quantity } from '#renderer/ui/format.ts';
import { isUnreported } from './filter.ts';
import { type Frame, viewX } from './frame.ts';
import { elided } from './glyphs.ts';
import { type BarIcon, ICON_SIZE, drawIcon } from './icons.ts';
import { type Lane, isLocked } from './layout.ts';
import { BAR_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import { pieceCount, pieces } from './pieces.ts';
import { boardText } from './text.ts';
import { labelOf } from './verdict-text.ts';

const PADDING = 6;
/** After so wide a pause the label is said again: nobody looks back a whole night. */
const FAR_GAP = 96;

/** Marks, label, quantity and hours late: in the first piece of the bar that has room for all of it, else in the widest. */
export function drawWords(
  frame: Frame,
  lane: Lane,
  bar: BoardBar,
  index: number,
  runX: number,
  y: number,
  lateEdge: number | null,
): void {
  const label = (lane.labels[index] ??= labelOf(bar));
  const marks = marksOf(bar, frame.now, frame.freshness(bar).stale !== null);
  const wanted = frame.labels.widthOf(label) + 2 * PADDING + marks * (ICON_SIZE + 3);
  const least = frame.labels.widthOf(orderNameOf(bar)) + 2 * PADDING;
  let widest = -1;
  let width = 0;
  let saidUntil = -Infinity;
  for (let piece = 0; piece < pieceCount; piece += 2) {
    const from = wordsFrom(piece, runX, least);
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
    drawPieceWords(frame, lane, bar, index, wordsFrom(widest, runX, least), to, y, lateEdge);
  } else if (lateEdge !== null) {
    drawHoursLate(frame, lane, bar, index, lateEdge, lateEdge, y + BAR_HEIGHT / 2 + 0.5, lateEdge);
  }
}

/** Behind the setup and inside the view; over the setup only where the run alone is too short for the order. */
function wordsFrom(piece: number, runX: number, least: number): number {
  const from = Math.max(pieces[piece] ?? 0, HEAD_WIDTH);
  const to = pieces[piece + 1] ?? 0;
  return runX > from && to - runX >= least ? runX : from;
}

/** Where the colour already says it. */
const UNKNOWN = '?';
const isOnHold = (bar: BoardBar): boolean => bar.blocked || bar.missing.includes('quality');
const marksOf = (bar: BoardBar, now: Instant, isStale: boolean): number =>
  bar.work === 'completed'
    ? Number(bar.comments > 0)
    : (isStale ? 1 : Number(isOnHold(bar)) + bar.missing.filter((gate) => gate !== 'quality').length) +
      Number(isUnreported(bar, now)) +
      Number(isLocked(bar) || bar.pin !== null) +
      Number(bar.comments > 0);

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
  const entry = done ? undefined : frame.tints?.get(bar.task);
  if (entry?.letter) left = letter(frame, entry.letter, left, right, y);
  if (!done) {
    context.strokeStyle = palette.warn;
    // Gates that rest on old facts are not known, whatever those said.
    if (!frame.freshness(bar).stale) {
      if (isOnHold(bar)) left = icon(context, 'hold', left, right, y);
      for (const gate of bar.missing) if (gate !== 'quality') left = icon(context, gate, left, right, y);
    } else if (entry?.letter !== UNKNOWN) left = icon(context, 'unknown', left, right, y);
    if (isUnreported(bar, frame.now)) left = icon(context, 'unreported', left, right, y);
    context.strokeStyle = palette.barText;
    // Where not even the order can be read, only what is wrong is worth a mark.
    const readable = right - left > 3 * ICON_SIZE;
    if (readable && isLocked(bar)) left = icon(context, 'lock', left, right, y);
    else if (readable && bar.pin) left = icon(context, 'pin', left, right, y);
  }
  if (bar.comments > 0 && right - left > 3 * ICON_SIZE) {
    context.strokeStyle = palette.barText;
    left = icon(context, 'comment', left, right, y);
  }
  const room = Math.floor(right - left);
  if (room < 24) return;
  const label = lane.labels[index] ?? '';
  const letters = labels.lettersIn(label, room);
  if (lane.cutAt[index] !== letters || lane.cuts[index] === undefined) {
    lane.cutAt[index] = letters;
    lane.cuts[index] = elided(label, letters, orderNameOf(bar).length);
  }
  if (context.font !== labels.font) context.font = labels.font;
  context.fillStyle = done ? palette.muted : palette.barText;
  context.fillText(lane.cuts[index] ?? '', left, middle);
  if (letters < label.length || (bar.quantity === 0 && !bar.remaining?.holds)) return;
  const used = labels.widthOf(label) + 14;
  if (room - used < 40) return;
  const amount = bar.remaining?.holds
    ? boardText.remainingShort(
        duration(Math.round(Math.max(0, bar.remaining.until - frame.now) / MINUTE) * MINUTE),
      )
    : (lane.amounts[index] ??= quantity(bar.quantity, bar.uom));
  const width = figures.widthOf(amount);
  if (used + width > room) return;
  context.font = figures.font;
  context.fillStyle = palette.muted;
  context.fillText(amount, right - width, middle);
  context.font = labels.font;
}

/** The letter of the legend, so that nobody has to tell colours apart. */
function letter(frame: Frame, text: string, left: number, right: number, y: number): number {
  const { context, palette, figures } = frame;
  const width = figures.widthOf(text) + 6;
  if (right - left < width) return left;
  context.fillStyle = palette.surface;
  context.fillRect(left, y + (BAR_HEIGHT - 14) / 2, width, 14);
  context.font = figures.font;
  context.fillStyle = palette.text;
  context.fillText(text, left + 3, y + BAR_HEIGHT / 2 + 0.5);
  context.font = frame.labels.font;
  return left + width + 4;
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
