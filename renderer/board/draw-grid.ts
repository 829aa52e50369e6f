import { unitStateText } from '#renderer/ui/text.ts';
import { percent } from '#renderer/ui/format.ts';
import { type Step, type Ticks, ticksOf, upperBound, upperTicksOf } from './days.ts';
import { type Frame, viewX } from './frame.ts';
import { elided, elidedName } from './glyphs.ts';
import type { Lane, Line } from './layout.ts';
import type { RowWords } from './lens.ts';
import { AXIS_HEIGHT, HEAD_WIDTH, TIER_HEIGHT } from './metrics.ts';
import type { RowsBy } from './rows.ts';
import { boardText } from './text.ts';

/** The frozen zone of a unit as a bracket: from now to the end of what has begun there or is held, where planning begins. */
export function drawFrozen(frame: Frame, { frozenUntil }: Lane, top: number, height: number): void {
  const { context, palette } = frame;
  const x1 = Math.max(HEAD_WIDTH, viewX(frame, frame.now));
  const x2 = viewX(frame, frozenUntil);
  if (!(x2 > x1) || x1 > frame.width) return;
  context.fillStyle = palette.frozen;
  context.fillRect(x1, top + 1, Math.min(x2 + 1, frame.width) - x1, 1);
  context.fillRect(x2 - 1, top + 1, 2, height - 3);
}

/** Closed time and downtimes of a row; returns the pixels of the view in which it is open. */
export function drawClosed(
  frame: Frame,
  lane: Lane,
  top: number,
  height: number,
  from: number,
  to: number,
): number {
  const { context, palette } = frame;
  const { closed, row } = lane;
  const horizon = Math.min(frame.width, viewX(frame, frame.layout.range.end));
  let open = horizon - HEAD_WIDTH;
  context.fillStyle = palette.shade;
  let index = upperBound(closed, from);
  if (index % 2 === 1) index -= 1;
  for (; index < closed.length; index += 2) {
    const begin = closed[index] ?? 0;
    if (begin >= to) break;
    const x1 = Math.max(HEAD_WIDTH, viewX(frame, begin));
    const x2 = Math.min(frame.width, viewX(frame, closed[index + 1] ?? begin));
    if (x2 <= x1) continue;
    context.fillRect(x1, top, x2 - x1, height);
    open -= x2 - x1;
  }
  // What nobody has planned is neither open nor closed.
  context.fillRect(horizon, top, frame.width - horizon, height);
  for (const down of row.downtimes) {
    const end = down.end ?? Math.max(frame.now, down.start);
    if (down.start >= to || end <= from) continue;
    const x1 = Math.max(HEAD_WIDTH, viewX(frame, down.start));
    const x2 = Math.min(frame.width, viewX(frame, end));
    context.fillStyle = down.planned ? palette.plannedHatch : palette.downHatch;
    context.fillRect(x1, top, Math.max(2, x2 - x1), height);
    if (!down.planned) {
      context.fillStyle = palette.late;
      context.fillRect(x1, top, Math.max(2, x2 - x1), 2);
    }
    open -= x2 - x1;
    drawReason(frame, down.reason, x1, x2, top, height, down.planned);
  }
  return Math.max(0, open);
}

/** The reason of a downtime on a plate of its own: hatching is no ground for letters. */
function drawReason(
  frame: Frame,
  reason: string,
  x1: number,
  x2: number,
  top: number,
  height: number,
  planned: boolean,
): void {
  const { context, palette, figures } = frame;
  const words = elided(reason, figures.lettersIn(reason, x2 - x1 - 20));
  if (words === '') return;
  context.font = figures.font;
  context.fillStyle = planned ? palette.shade : palette.surface;
  context.beginPath();
  context.roundRect(x1 + 5, top + height / 2 - 8, figures.widthOf(words) + 8, 16, 3);
  context.fill();
  context.fillStyle = planned ? palette.muted : palette.late;
  context.fillText(words, x1 + 9, top + height / 2 + 0.5);
}

export function drawGridLines(frame: Frame, step: Step, from: number, to: number): void {
  const { context, palette, height } = frame;
  const lower = ticksOf(frame.days, step);
  context.fillStyle = palette.hairline;
  for (let index = upperBound(lower.at, from - 1); index < lower.at.length; index += 1) {
    const at = lower.at[index] ?? 0;
    if (at > to) break;
    context.fillRect(viewX(frame, at), AXIS_HEIGHT, 1, height - AXIS_HEIGHT);
  }
  const upper = upperTicksOf(frame.days, step);
  context.fillStyle = palette.line;
  for (let index = upperBound(upper.at, from - 1); index < upper.at.length; index += 1) {
    const at = upper.at[index] ?? 0;
    if (at > to) break;
    context.fillRect(viewX(frame, at), AXIS_HEIGHT, 1, height - AXIS_HEIGHT);
  }
}

export function drawAxis(frame: Frame, step: Step, from: number, to: number, clock: string): void {
  const { context, palette, width } = frame;
  const chip = chipOfNow(frame, clock);
  context.fillStyle = palette.surface;
  context.fillRect(HEAD_WIDTH, 0, width - HEAD_WIDTH, AXIS_HEIGHT);
  drawTier(frame, upperTicksOf(frame.days, step), 0, from, to, null);
  drawTier(frame, ticksOf(frame.days, step), TIER_HEIGHT, from, to, chip);
  context.fillStyle = palette.line;
  context.fillRect(HEAD_WIDTH, AXIS_HEIGHT - 1, width - HEAD_WIDTH, 1);
}

/** One tier, the upper one without `chip`: its label stays at the left edge while its day or week is in sight. */
function drawTier(
  frame: Frame,
  ticks: Ticks,
  top: number,
  from: number,
  to: number,
  chip: ReturnType<typeof chipOfNow> | null,
): void {
  const { context, palette } = frame;
  const upper = chip === null;
  const glyphs = upper ? frame.labels : frame.figures;
  context.font = glyphs.font;
  const first = Math.max(0, upperBound(ticks.at, from) - 1);
  for (let index = first; index < ticks.at.length; index += 1) {
    const at = ticks.at[index] ?? 0;
    if (at > to) break;
    const x = viewX(frame, at);
    const label = ticks.labels[index] ?? '';
    context.fillStyle = palette.line;
    if (x >= HEAD_WIDTH) context.fillRect(x, upper ? 0 : top + 14, 1, upper ? AXIS_HEIGHT : 8);
    const next = index + 1 < ticks.at.length ? viewX(frame, ticks.at[index + 1] ?? 0) : Infinity;
    const left = upper ? Math.max(x, HEAD_WIDTH) + 8 : x + 5;
    const right = left + glyphs.widthOf(label);
    if (left < HEAD_WIDTH || right > next - 4) continue;
    // What the time of now half covers would be read as another time.
    if (chip && left < chip.right + 3 && right > chip.left - 3) continue;
    context.fillStyle = upper ? palette.text : palette.muted;
    context.fillText(label, left, top + TIER_HEIGHT / 2 + 0.5);
  }
}

const isNowSeen = (frame: Frame): boolean => {
  const x = viewX(frame, frame.now);
  return x >= HEAD_WIDTH && x <= frame.width;
};

/** Where the time of now stands in the axis; beyond everything while it is out of sight. */
function chipOfNow(frame: Frame, clock: string): { readonly left: number; readonly right: number } {
  if (!isNowSeen(frame)) return { left: Infinity, right: Infinity };
  const width = frame.figures.widthOf(clock) + 10;
  const middle = viewX(frame, frame.now);
  const left = Math.max(HEAD_WIDTH + 2, Math.min(frame.width - width - 2, middle - width / 2));
  return { left, right: left + width };
}

/** The line of now with its time in the axis. */
export function drawNow(frame: Frame, clock: string): void {
  const { context, palette, figures } = frame;
  if (!isNowSeen(frame)) return;
  context.fillStyle = palette.text;
  context.fillRect(viewX(frame, frame.now), AXIS_HEIGHT - 6, 1.5, frame.height - AXIS_HEIGHT + 6);
  const { left, right } = chipOfNow(frame, clock);
  context.beginPath();
  context.roundRect(left, TIER_HEIGHT + 2, right - left, 16, 4);
  context.fill();
  context.font = figures.font;
  context.fillStyle = palette.surface;
  context.fillText(clock, left + 5, TIER_HEIGHT + 10.5);
}

/** How far lines and their units stand in from the heads of their areas. */
const INNER = 12;

/** Room for “100%” and some air, so that counts stand below each other. */
const LOAD_WIDTH = 44;

/** The head of a line at the left: name, what is not normal, load of the visible span. */
export function drawHead(frame: Frame, line: Line, top: number, load: number | null): void {
  const { context, palette, labels, figures } = frame;
  context.fillStyle = palette.surface;
  if (line.kind === 'group') {
    context.fillStyle = palette.canvas;
    context.fillRect(0, top, HEAD_WIDTH, line.height);
    const inset = line.isInner ? INNER : 0;
    drawChevron(frame, 14 + inset, top + line.height / 2, line.collapsed);
    context.font = figures.font;
    context.fillStyle = palette.muted;
    const count = String(line.lanes.filter(({ row }) => row.name !== '').length);
    const figure = load === null ? '' : percent(load);
    const right = HEAD_WIDTH - 12 - (figure ? LOAD_WIDTH : 0);
    const room = right - 24 - inset - figures.widthOf(count) - 10;
    const name = elided(line.name, labels.lettersIn(line.name, room));
    context.fillText(count, right - figures.widthOf(count), top + line.height / 2 + 0.5);
    if (figure)
      context.fillText(figure, HEAD_WIDTH - 12 - figures.widthOf(figure), top + line.height / 2 + 0.5);
    context.font = labels.font;
    context.fillStyle = palette.text;
    context.fillText(name, 24 + inset, top + line.height / 2 + 0.5);
  } else {
    context.fillRect(0, top, HEAD_WIDTH, line.height);
    drawUnitHead(frame, line.lane, top, line.height, load);
  }
  context.fillStyle = palette.hairline;
  context.fillRect(0, top + line.height - 1, HEAD_WIDTH, 1);
}

/** Units, people and instruments are busy or free; orders and tasks are not. */
export const hasLoad = (by: RowsBy): boolean => by !== 'orders' && by !== 'tasks';

/** What stands in the column of heads. */
export function drawCorner(frame: Frame): void {
  const { context, palette, figures } = frame;
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, HEAD_WIDTH - 1, AXIS_HEIGHT - 1);
  context.font = figures.font;
  context.fillStyle = palette.muted;
  const middle = TIER_HEIGHT + TIER_HEIGHT / 2 + 0.5;
  context.fillText(boardText.rowTitle[frame.layout.by], 24, middle);
  if (hasLoad(frame.layout.by))
    context.fillText(boardText.loadHead, HEAD_WIDTH - 12 - figures.widthOf(boardText.loadHead), middle);
}

function drawUnitHead(frame: Frame, lane: Lane, top: number, height: number, load: number | null): void {
  const { context, palette, labels, figures, held } = frame;
  const { row } = lane;
  const middle = top + height / 2 + 0.5;
  const lens = row.unit === null ? null : (held?.wordsOf(row.unit) ?? null);
  const forbidden = lens?.tone === 'refused' && held?.unit !== row.unit;
  const state = lens ? null : stateOf(frame, lane);
  const figure = load === null || lens ? '' : percent(load);
  const figureWidth = figures.widthOf(figure);
  context.font = figures.font;
  context.fillStyle = palette.muted;
  if (figure) context.fillText(figure, HEAD_WIDTH - 12 - figureWidth, middle);
  const left = 24 + (row.area === null ? 0 : INNER);
  const room = HEAD_WIDTH - left - 12 - (figure ? figureWidth + 8 : 0);
  const said = lens ? lensLine(frame, lens, room - labels.widthOf(row.name)) : (state?.words ?? '');
  const saidWidth = figures.widthOf(said) + 8;
  // The name comes first; only what is wrong, or said to what is held, may shorten it.
  const important = lens !== null || state?.wrong === true;
  const note = important || labels.widthOf(row.name) + saidWidth <= room ? said : '';
  const noteWidth = saidWidth - 8;
  const roomForName = room - (note ? saidWidth : 0);
  const name = elidedName(row.name, labels.lettersIn(row.name, roomForName));
  if (note) {
    const tone = lens && !forbidden ? lens.tone : state?.wrong ? 'refused' : 'costs';
    context.fillStyle = tone === 'free' ? palette.ok : tone === 'costs' ? palette.muted : palette.late;
    const right = HEAD_WIDTH - 12 - (figure ? figureWidth + 8 : 0);
    context.fillText(note, right - noteWidth, middle);
  }
  context.font = labels.font;
  context.fillStyle = forbidden ? palette.muted : palette.text;
  context.fillText(name, left, middle);
}

/** As much of what a row says as stands beside its name: the worst in any case. */
function lensLine({ figures }: Frame, { words }: RowWords, room: number): string {
  const [first, second] = words;
  const both = `${first} · ${second}`;
  return second !== undefined && figures.widthOf(both) + 8 <= room ? both : first;
}

/** Only what is not normal is said: down, or what the line reports. */
function stateOf(frame: Frame, lane: Lane): { words: string; wrong: boolean } | null {
  for (const down of lane.row.downtimes) {
    if (down.start > frame.now || (down.end !== null && down.end <= frame.now)) continue;
    return { words: down.planned ? boardText.plannedDown : boardText.down, wrong: !down.planned };
  }
  const { state } = lane.row;
  if (state === 'NO_ORDER' || state === 'UNSCHEDULED') return null;
  return { words: unitStateText[state].toLowerCase(), wrong: false };
}

function drawChevron(frame: Frame, x: number, y: number, collapsed: boolean): void {
  const { context, palette } = frame;
  context.strokeStyle = palette.muted;
  context.lineWidth = 1.5;
  context.beginPath();
  if (collapsed) {
    context.moveTo(x - 2, y - 4);
    context.lineTo(x + 2, y);
    context.lineTo(x - 2, y + 4);
  } else {
    context.moveTo(x - 4, y - 2);
    context.lineTo(x, y + 2);
    context.lineTo(x + 4, y - 2);
  }
  context.stroke();
}
