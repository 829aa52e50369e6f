import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import type { Instant, Seconds } from '#shared/time/instant.ts';
import type { Interval } from '#shared/time/interval.ts';
import type { LegendEntry } from './colour.ts';
import { type Loads, drawBoard, drawHeads, drawVeil } from './draw.ts';
import { type Frame, type Hand, type Scene, viewX, viewY } from './frame.ts';
import { type Glyphs, glyphsOf } from './glyphs.ts';
import { type Line, barAt, lineAt, lineOf, pieceAt } from './layout.ts';
import { AXIS_HEIGHT, BAR_HEIGHT, BAR_INSET, HEAD_WIDTH } from './metrics.ts';
import { anchorHatches, readPalette } from './palette.ts';
import { type Scale, fitSpan, fitted, instantAt, scrollKeeping, xOf } from './scale.ts';

/** What the pointer is over. `x` and `y` in pixels of the view. */
export interface Spot {
  readonly x: number;
  readonly y: number;
  readonly at: Instant;
  readonly part: 'axis' | 'head' | 'body';
  readonly line: Line | null;
  readonly bar: BoardBar | null;
}

/** A bar, or a time on a unit where nothing stands yet. */
type Stretch = Parameters<typeof pieceAt>[1];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Everything of a scene that somebody else decides; colours are the surface's own. */
export interface SceneInput extends Omit<Scene, 'palette'> {
  /** The bars as they are shown, by task. */
  readonly bars: ReadonlyMap<TaskId, BoardBar>;
  readonly legend: readonly LegendEntry[] | null;
  /** What the filter leaves, and what the search finds of it in the order of time; null while nothing is asked for. */
  readonly passed: ReadonlySet<TaskId> | null;
  readonly hits: readonly BoardBar[] | null;
  /** What a search for these words finds. */
  readonly find: (words: string) => readonly BoardBar[] | null;
}

/** The board's canvas over the browser's own scroller. It draws at most once per frame, and only when something changed. */
export interface Surface {
  readonly show: (scene: SceneInput) => void;
  readonly showHand: (hand: Hand) => void;
  readonly restyle: () => void;
  readonly zoomTo: (secondsPerPixel: number, pointer?: number) => void;
  readonly zoomBy: (factor: number, pointer?: number) => void;
  /** Shows so much time from the left edge's day on, or all that is planned. */
  readonly zoomToSpan: (span: Seconds | 'fit') => void;
  readonly jumpTo: (at: Instant) => void;
  /** Scrolls as little as needed to have the bar in sight. */
  readonly reveal: (bar: BoardBar) => void;
  readonly glideBack: (task: TaskId, from: Box) => void;
  readonly spotAt: (clientX: number, clientY: number) => Spot;
  /** A bar's place in the view; null when its area is collapsed. */
  readonly boxOf: (place: Stretch) => Box | null;
  readonly scroll: (dx: number, dy: number) => void;
  readonly secondsPerPixel: () => number;
  /** Of the whole view, heads and axis included. */
  readonly size: () => { readonly width: number; readonly height: number };
  readonly window: () => Interval;
  /** Hears every drawn frame in which a bar may stand elsewhere. */
  readonly onFrame: (listener: () => void) => () => void;
  readonly dispose: () => void;
}

interface Elements {
  readonly scroller: HTMLElement;
  readonly stage: HTMLElement;
  readonly spacer: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Over the column of heads, which changes with every move of a hand: without a graphics card every dot of what is drawn into is copied. */
  readonly heads: HTMLCanvasElement;
  /** Over the rows that step back from what is held: one dot wide and stretched, for the same reason. */
  readonly veil: HTMLCanvasElement;
}

const GLIDE_MILLIS = 160;

/** Whether two hands hold the same: what the rows say to it changes their heads and the veil, not the picture. */
function holdTheSame(a: Hand, b: Hand): boolean {
  const [before, after] = [a.held, b.held];
  if (before === null || after === null) return false;
  if (a.hovered !== b.hovered || before.task !== after.task) return false;
  if (before.others.size !== after.others.size) return false;
  for (const task of before.others) if (!after.others.has(task)) return false;
  return true;
}

export function createSurface(
  { scroller, stage, spacer, canvas, heads, veil }: Elements,
  start: { readonly secondsPerPixel: number | null; readonly at: Instant | null; readonly top: number },
  clock: (at: Instant) => string,
): Surface {
  // Opaque: letters may use sub-pixels and nothing is blended with what lies below.
  const context = must(canvas.getContext('2d', { alpha: false }), '2d context of the board');
  const headContext = must(heads.getContext('2d', { alpha: false }), '2d context of the heads');
  const veilContext = must(veil.getContext('2d'), '2d context of the veil');
  const listeners = new Set<() => void>();
  let pixelRatio = window.devicePixelRatio;
  let palette = readPalette(pixelRatio);
  let fonts = measureFonts();
  let input: SceneInput | null = null;
  let hand: Hand = { hovered: null, held: null };
  let scale: Scale | null = null;
  let width = 0;
  let height = 0;
  let asked = 0;
  // What the next picture has to show anew: all, or only what the rows say.
  let isWhole = true;
  let loads: Loads = [];
  let glide: {
    readonly task: TaskId;
    readonly x: number;
    readonly y: number;
    readonly begun: number;
  } | null = null;

  function measureFonts(): { labels: Glyphs; figures: Glyphs } {
    const make = (font: string): Glyphs => {
      context.font = font;
      const { font: written } = context; // as the canvas writes it, so that comparing it works
      return glyphsOf(written, (text) => {
        context.font = written;
        return context.measureText(text).width;
      });
    };
    return {
      labels: make(`500 12px ${palette.fontFamily}`),
      figures: make(`500 11px ${palette.fontFamily}`),
    };
  }

  const requestWords = (): void => {
    asked ||= requestAnimationFrame(draw);
  };
  const request = (): void => {
    isWhole = true;
    requestWords();
  };

  // Asking the scroller where it stands makes the browser lay the page out: once per place, not with every move of a hand.
  let stand: { readonly left: number; readonly top: number } | null = null;
  const scrolled = (): { readonly left: number; readonly top: number } =>
    (stand ??= { left: scroller.scrollLeft, top: scroller.scrollTop });
  // So does asking where it is on the page: once per picture.
  let edge: DOMRect | null = null;
  function scrollTo(left: number, top = scrolled().top): void {
    scroller.scrollTo({ left, top, behavior: 'instant' });
    stand = null;
  }
  /** Where the last whole picture stood: the browser tells of a place that was set as well as of one that was scrolled to. */
  let drawn: { readonly left: number; readonly top: number } | null = null;
  const scrollHeard = (): void => {
    stand = null;
    const { left, top } = scrolled();
    if (left !== drawn?.left || top !== drawn.top) request();
  };

  function frameNow(): Frame | null {
    if (!input || !scale || width === 0) return null;
    return {
      ...input,
      ...hand,
      palette,
      context,
      width,
      height,
      left: Math.round(scrolled().left * pixelRatio) / pixelRatio,
      top: Math.round(scrolled().top * pixelRatio) / pixelRatio,
      scale,
      ...fonts,
      glide: glideNow(),
    };
  }

  function glideNow(): Frame['glide'] {
    if (!glide) return null;
    const share = (performance.now() - glide.begun) / GLIDE_MILLIS;
    if (share >= 1 || matchMedia('(prefers-reduced-motion: reduce)').matches) {
      glide = null;
      return null;
    }
    const rest = (1 - share) ** 3;
    request();
    return { task: glide.task, x: glide.x * rest, y: glide.y * rest };
  }

  function draw(): void {
    asked = 0;
    edge = null;
    if (window.devicePixelRatio !== pixelRatio) return restyle();
    const isWordsOnly = !isWhole;
    isWhole = false; // before the frame is made: what glides asks for the next one
    const frame = frameNow();
    if (!frame) return;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    if (isWordsOnly) return drawRowWords(frame);
    drawn = scrolled();
    anchorHatches(palette, frame.left, frame.top, pixelRatio);
    loads = drawBoard(frame, clock);
    drawRowWords(frame);
    if (!canvas.dataset['painted']) canvas.dataset['painted'] = 'true'; // for whoever waits for the first picture
    for (const listener of listeners) listener();
  }

  /** What the rows say. */
  function drawRowWords(frame: Frame): void {
    headContext.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    drawHeads({ ...frame, context: headContext }, loads);
    veil.hidden = frame.held === null;
    veilContext.setTransform(1, 0, 0, pixelRatio, 0, 0);
    drawVeil({ ...frame, context: veilContext });
  }

  function restyle(): void {
    pixelRatio = window.devicePixelRatio;
    palette = readPalette(pixelRatio);
    fonts = measureFonts();
    resize();
  }

  function resize(): void {
    const { clientWidth, clientHeight } = scroller;
    width = clientWidth;
    height = clientHeight;
    stage.style.width = `${width}px`;
    stage.style.height = `${height}px`;
    setSize(canvas, width);
    setSize(heads, HEAD_WIDTH);
    setSize(veil, width - HEAD_WIDTH);
    veil.width = 1;
    place();
    isWhole = true;
    draw();
  }

  function setSize(element: HTMLCanvasElement, width: number): void {
    element.width = Math.round(width * pixelRatio);
    element.height = Math.round(height * pixelRatio);
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
  }

  /** Gives the scroller its length; the first time it has one, also its place. */
  function place(): void {
    if (!input || width === 0) return;
    const { range } = input.layout;
    const first = scale === null;
    scale ??= {
      origin: range.start,
      secondsPerPixel: start.secondsPerPixel ?? fitted(86_400, width - HEAD_WIDTH),
    };
    const before = scale;
    scale = { ...scale, origin: range.start };
    spacer.style.width = `${HEAD_WIDTH + xOf(scale, range.end)}px`;
    spacer.style.height = `${AXIS_HEIGHT + input.layout.height}px`;
    if (first) {
      const air = (width - HEAD_WIDTH) * 0.06 * scale.secondsPerPixel;
      scrollTo(xOf(scale, start.at ?? input.now - air), start.top);
    } else if (before.origin !== scale.origin) {
      scrollTo(scrolled().left + (before.origin - scale.origin) / scale.secondsPerPixel);
    }
  }

  function zoomTo(secondsPerPixel: number, pointer = (width - HEAD_WIDTH) / 2): void {
    if (!scale) return;
    const room = Math.max(1, width - HEAD_WIDTH);
    const after: Scale = { ...scale, secondsPerPixel: fitted(secondsPerPixel * room, room) };
    const left = scrollKeeping(scale, after, scrolled().left, pointer);
    scale = after;
    place();
    scrollTo(left);
    request();
  }

  function spotAt(clientX: number, clientY: number): Spot {
    edge ??= stage.getBoundingClientRect();
    const x = clientX - edge.left;
    const y = clientY - edge.top;
    if (!input || !scale) return { x, y, at: 0, part: 'axis', line: null, bar: null };
    const at = instantAt(scale, x - HEAD_WIDTH + scrolled().left);
    if (y < AXIS_HEIGHT) return { x, y, at, part: 'axis', line: null, bar: null };
    const line = lineAt(input.layout, y - AXIS_HEIGHT + scrolled().top);
    if (x < HEAD_WIDTH) return { x, y, at, part: 'head', line, bar: null };
    const bar = line?.kind === 'unit' ? barAt(line.lane, at, 2 * scale.secondsPerPixel) : null;
    return { x, y, at, part: 'body', line, bar };
  }

  function boxOf(place: Stretch): Box | null {
    const frame = frameNow();
    const piece = frame ? pieceAt(frame.layout, place) : undefined;
    const line = frame && piece ? lineOf(frame.layout, piece.row) : null;
    if (!frame || !piece || !line) return null;
    const { bar } = piece;
    const x = viewX(frame, bar.start);
    return {
      x,
      y: viewY(frame, line.top) + BAR_INSET,
      width: Math.max(2, viewX(frame, bar.end) - x),
      height: BAR_HEIGHT,
    };
  }

  function reveal(bar: BoardBar): void {
    const box = boxOf(bar);
    if (!box) return;
    const room = width - HEAD_WIDTH;
    let { left, top } = scrolled();
    if (box.x < HEAD_WIDTH || box.x + Math.min(box.width, room / 2) > width) {
      left += box.x - HEAD_WIDTH - Math.max(24, (room - box.width) / 3);
    }
    if (box.y < AXIS_HEIGHT + BAR_HEIGHT) top += box.y - AXIS_HEIGHT - 2 * BAR_HEIGHT;
    top += Math.max(0, box.y + 2 * BAR_HEIGHT - height);
    scrollTo(left, top);
    request();
  }

  const sizes = new ResizeObserver(() => {
    const isKnown = width === scroller.clientWidth && height === scroller.clientHeight;
    if (!isKnown) resize();
  });
  sizes.observe(scroller);
  scroller.addEventListener('scroll', scrollHeard, { passive: true });
  // Widths of letters are those of the fallback until the font is there.
  const fontsLoaded = (): void => {
    fonts = measureFonts();
    request();
  };
  document.fonts.addEventListener('loadingdone', fontsLoaded);
  if (!document.fonts.check(fonts.labels.font)) void document.fonts.load(fonts.labels.font);

  return {
    show(scene) {
      const isFirst = input === null;
      const grown = input?.layout !== scene.layout;
      input = scene;
      // The first picture comes with the frame that puts the board up, not one later.
      if (isFirst) return resize();
      if (grown) place();
      request();
    },
    showHand(next) {
      const isSame = hand.hovered === next.hovered && hand.held === next.held;
      const isWordsOnly = holdTheSame(hand, next);
      hand = next;
      if (isSame) return;
      if (isWordsOnly) requestWords();
      else request();
    },
    restyle,
    zoomTo,
    zoomBy: (factor, pointer) => zoomTo((scale?.secondsPerPixel ?? 1) / factor, pointer),
    zoomToSpan(span) {
      if (!input || !scale) return;
      const room = width - HEAD_WIDTH;
      const { planned } = input.layout;
      const from = span === 'fit' ? planned.start : instantAt(scale, scrolled().left);
      zoomTo(fitted(span === 'fit' ? fitSpan(planned) : span, room), 0);
      scrollTo(xOf(scale, from));
    },
    jumpTo(at) {
      if (scale) scrollTo(xOf(scale, at) - (width - HEAD_WIDTH) / 4);
      request();
    },
    reveal,
    glideBack(task, from) {
      const home = input?.bars.get(task);
      const box = home ? boxOf(home) : null;
      if (box) glide = { task, x: from.x - box.x, y: from.y - box.y, begun: performance.now() };
      request();
    },
    spotAt,
    boxOf,
    scroll(dx, dy) {
      scrollTo(scrolled().left + dx, scrolled().top + dy);
    },
    secondsPerPixel: () => scale?.secondsPerPixel ?? 1,
    size: () => ({ width, height }),
    window: () =>
      scale
        ? {
            start: instantAt(scale, scrolled().left),
            end: instantAt(scale, scrolled().left + width - HEAD_WIDTH),
          }
        : { start: 0, end: 0 },
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      cancelAnimationFrame(asked);
      sizes.disconnect();
      scroller.removeEventListener('scroll', scrollHeard);
      document.fonts.removeEventListener('loadingdone', fontsLoaded);
      listeners.clear();
    },
  };
}
