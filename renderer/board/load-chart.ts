import type { BoardLoad, LoadSeriesView } from '#shared/contract/views.ts';
import { DAY, HOUR, type Instant, type Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import { type Days, type Step, ticksOf, upperBound } from './days.ts';
import { HEAD_WIDTH } from './metrics.ts';
import type { Palette } from './palette.ts';

export const LOAD_ROW = 52;
const TOP = 8;
const BOTTOM = 6;
/** Narrower columns than this are no columns. */
const LEAST_HOUR = 14;
const LEAST_SHIFT = 9;

/** Columns of an hour, a shift or a day, whichever can be told apart at this zoom. */
export function columnStep(secondsPerPixel: number): Step {
  if (HOUR / secondsPerPixel >= LEAST_HOUR) return 60;
  return (8 * HOUR) / secondsPerPixel >= LEAST_SHIFT ? 480 : 'day';
}

/** The edges of all columns within a range. */
export function edgesOf(days: Days, step: Step, range: Interval): Instant[] {
  const inside = [...ticksOf(days, step).at].filter((at) => at > range.start && at < range.end);
  return [range.start, ...inside, range.end];
}

/** Where the view stands, as the board has it. */
export interface LoadView {
  readonly width: number;
  readonly height: number;
  readonly top: number;
  readonly window: Interval;
  readonly secondsPerPixel: number;
  readonly now: Instant;
}

export const xIn = ({ window, secondsPerPixel }: LoadView, at: Instant): number =>
  Math.round((at - window.start) / secondsPerPixel) + HEAD_WIDTH;

/** First and last column in sight. */
export function columnsIn(edges: readonly Instant[], window: Interval): { from: number; to: number } {
  const list = Float64Array.from(edges);
  return {
    from: Math.max(0, upperBound(list, window.start) - 1),
    to: Math.min(edges.length - 1, upperBound(list, window.end)),
  };
}

/** The column under an instant; null outside. */
export function columnAt(edges: readonly Instant[], at: Instant): number | null {
  const column = upperBound(Float64Array.from(edges), at) - 1;
  return column >= 0 && column < edges.length - 1 ? column : null;
}

/** What the whole series could carry at most: the height of its row. */
export function peakOf({ load, capacity }: LoadSeriesView, edges: readonly Instant[]): number {
  let peak = 0;
  for (let column = 0; column < load.length; column += 1) {
    const seconds = (edges[column + 1] ?? 0) - (edges[column] ?? 0);
    if (seconds > 0) peak = Math.max(peak, Math.max(load[column] ?? 0, capacity[column] ?? 0) / seconds);
  }
  return peak;
}

/** Sums of a series over the columns in sight. */
export interface LoadSum {
  readonly load: Seconds;
  readonly capacity: Seconds;
  readonly over: Seconds;
}

export function sumOf(series: LoadSeriesView, { from, to }: { from: number; to: number }): LoadSum {
  const sum = (values: readonly number[]) =>
    values.slice(from, to).reduce((total, value) => total + value, 0);
  return { load: sum(series.load), capacity: sum(series.capacity), over: sum(series.over) };
}

/** Draws the rows in sight: shaded is what is not there, as on the board; columns are what is planned, and what is too much. */
export function drawLoad(
  context: CanvasRenderingContext2D,
  palette: Palette,
  { edges, series }: BoardLoad,
  view: LoadView,
  marked: { readonly row: number; readonly column: number } | null,
): void {
  context.fillStyle = palette.surface;
  context.fillRect(0, 0, view.width, view.height);
  const sight = columnsIn(edges, view.window);
  context.save();
  context.beginPath();
  context.rect(HEAD_WIDTH, 0, view.width - HEAD_WIDTH, view.height);
  context.clip();
  const first = Math.max(0, Math.floor(view.top / LOAD_ROW));
  const last = Math.min(series.length, Math.ceil((view.top + view.height) / LOAD_ROW));
  for (let row = first; row < last; row += 1) {
    const one = series[row];
    if (!one) continue;
    const base = (row + 1) * LOAD_ROW - view.top - BOTTOM;
    const column = marked?.row === row ? marked.column : null;
    drawRow(context, palette, one, { edges, view, sight, base, column });
  }
  drawEdges(context, palette, edges, view);
  const now = xIn(view, view.now);
  context.fillStyle = palette.text;
  context.fillRect(now, 0, 1, view.height);
  context.restore();
  context.fillStyle = palette.line;
  for (let row = first; row < last; row += 1)
    context.fillRect(0, (row + 1) * LOAD_ROW - view.top - 1, view.width, 1);
}

/** A hairline at each edge, so that a column is found below its place on the board; too near together they are noise. */
function drawEdges(
  context: CanvasRenderingContext2D,
  palette: Palette,
  edges: readonly Instant[],
  view: LoadView,
): void {
  context.fillStyle = palette.hairline;
  if (DAY / view.secondsPerPixel < 24) return;
  const { from, to } = columnsIn(edges, view.window);
  for (let column = from; column <= to; column += 1)
    context.fillRect(xIn(view, edges[column] ?? 0), 0, 1, view.height);
}

interface Row {
  readonly edges: readonly Instant[];
  readonly view: LoadView;
  readonly sight: { readonly from: number; readonly to: number };
  /** Where zero stands. */
  readonly base: number;
  /** Under the pointer or the keys. */
  readonly column: number | null;
}

function drawRow(
  context: CanvasRenderingContext2D,
  palette: Palette,
  series: LoadSeriesView,
  { edges, view, sight, base, column: marked }: Row,
): void {
  const room = LOAD_ROW - TOP - BOTTOM;
  const scale = room / Math.max(1e-9, peakOf(series, edges));
  context.fillStyle = palette.shade;
  context.fillRect(HEAD_WIDTH, base - room - TOP, view.width - HEAD_WIDTH, room + TOP + BOTTOM);
  for (let column = sight.from; column < sight.to; column += 1) {
    const start = edges[column] ?? 0;
    const end = edges[column + 1] ?? start;
    const left = xIn(view, start) + 1;
    const width = Math.max(1, xIn(view, end) - left);
    const high = (seconds: Seconds | undefined): number =>
      Math.round(((seconds ?? 0) / Math.max(1, end - start)) * scale);
    const capacity = high(series.capacity[column]);
    const over = (series.over[column] ?? 0) > 0 ? Math.max(2, high(series.over[column])) : 0;
    const load = high(series.load[column]);
    context.fillStyle = palette.surface;
    context.fillRect(left - 1, base - capacity, width + 1, capacity);
    context.fillStyle = palette.bar;
    context.fillRect(left, base - load, width, load);
    context.fillStyle = palette.barBorder;
    if (capacity > 0) context.fillRect(left - 1, base - capacity, width + 1, 1);
    context.fillStyle = palette.late;
    context.fillRect(left, base - Math.max(load, over), width, over);
    if (over > 0 && !((series.over[column - 1] ?? 0) > 0)) drawBeginning(series.overFrom[column] ?? start);
  }
  if (marked !== null) {
    const left = xIn(view, edges[marked] ?? 0);
    const right = xIn(view, edges[marked + 1] ?? 0);
    context.strokeStyle = palette.accent;
    context.lineWidth = 2;
    context.strokeRect(left, base - room - 1, right - left + 1, room + 2);
  }
  context.fillStyle = palette.barBorder;
  context.fillRect(HEAD_WIDTH, base, view.width - HEAD_WIDTH, 1);

  /** A flag where it becomes too much. */
  function drawBeginning(at: Instant): void {
    const x = xIn(view, at);
    const top = base - room - 3;
    context.fillStyle = palette.late;
    context.fillRect(x, top, 1, room + 3);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x + 7, top);
    context.lineTo(x, top + 8);
    context.fill();
  }
}
