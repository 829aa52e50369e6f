import { must } from '#shared/base/must.ts';
import type { OperationsType } from '#shared/domain/operations.ts';
import { colour as inForce } from '#renderer/ui/theme.ts';
import { HUES, type Hue } from './colour.ts';

/** The colours of the theme in force, resolved once so that a frame only assigns strings. */
export interface Palette {
  readonly canvas: string;
  readonly surface: string;
  readonly raised: string;
  readonly line: string;
  /** Finer than `line`: the grid inside the board. */
  readonly hairline: string;
  readonly shade: string;
  /** Around what has begun or is held. */
  readonly frozen: string;
  readonly text: string;
  readonly muted: string;
  readonly accent: string;
  readonly bar: string;
  readonly barBorder: string;
  readonly barText: string;
  /** A completed bar steps back. */
  readonly done: string;
  readonly doneBorder: string;
  /** The part of a bar that is reported as made. */
  readonly foot: string;
  /** Bars too thin for a border. */
  readonly thin: string;
  readonly late: string;
  readonly warn: string;
  readonly ok: string;
  /** Over rows on which the held task cannot run. */
  readonly veil: string;
  readonly downFill: string;
  readonly domain: Record<OperationsType, string | null>;
  /** Grounds and borders of bars in a colour mode; text on them is `barText`. */
  readonly hues: Record<Hue, { readonly fill: string; readonly edge: string }>;
  readonly setupHatch: CanvasPattern;
  readonly plannedHatch: CanvasPattern;
  readonly downHatch: CanvasPattern;
  readonly fontFamily: string;
}

/** Makes a pattern of diagonal lines every `size` CSS pixels. */
export type HatchMaker = (back: string, line: string, size: number, width: number) => CanvasPattern;

/** `colour` says what a token is: in the theme in force unless told otherwise. */
export function readPalette(
  pixelRatio: number,
  colour: (token: string) => string = inForce,
  hatch: HatchMaker = canvasHatch(pixelRatio),
): Palette {
  const resolve = resolver();
  const mix = (token: string, share: number, other: string): string =>
    resolve(`color-mix(in srgb, ${colour(token)} ${share}%, ${other})`);
  const surface = colour('surface');
  const late = colour('late');
  const muted = colour('muted');
  return {
    canvas: colour('canvas'),
    surface,
    raised: colour('raised'),
    line: colour('line'),
    hairline: mix('line', 55, surface),
    shade: colour('shade'),
    frozen: mix('muted', 60, surface),
    text: colour('text'),
    muted,
    accent: colour('accent'),
    bar: colour('bar'),
    barBorder: colour('bar-border'),
    barText: colour('bar-text'),
    done: mix('bar', 38, surface),
    doneBorder: mix('bar-border', 55, surface),
    foot: mix('bar-border', 100, surface),
    thin: mix('bar-border', 80, colour('bar')),
    late,
    warn: colour('warn'),
    ok: colour('ok'),
    veil: mix('shade', 78, 'transparent'),
    downFill: mix('late', 9, surface),
    domain: {
      production: null,
      quality: colour('quality'),
      maintenance: colour('maintenance'),
      inventory: colour('inventory'),
    },
    hues: Object.fromEntries(
      HUES.map((hue) => [hue, { fill: mix(hue, 34, surface), edge: mix(hue, 72, colour('text')) }]),
    ) as Palette['hues'],
    setupHatch: hatch(mix('bar', 24, surface), mix('bar-border', 50, surface), 5, 1),
    plannedHatch: hatch(colour('shade'), mix('muted', 42, colour('shade')), 8, 1),
    downHatch: hatch(mix('late', 10, surface), mix('late', 52, surface), 8, 1.5),
    fontFamily: colour('font') || 'system-ui, sans-serif',
  };
}

/** Lets the browser compute a colour expression once. */
function resolver(): (colour: string) => string {
  const context = must(new OffscreenCanvas(1, 1).getContext('2d'), '2d context for colours');
  return (expression) => {
    context.fillStyle = expression;
    return context.fillStyle;
  };
}

/** Diagonal lines every `size` CSS pixels, as sharp as the screen can show them. */
const canvasHatch =
  (pixelRatio: number): HatchMaker =>
  (back, line, size, width) => {
    const pixels = Math.round(size * pixelRatio);
    const tile = new OffscreenCanvas(pixels, pixels);
    const context = must(tile.getContext('2d'), '2d context for hatching');
    context.fillStyle = back;
    context.fillRect(0, 0, pixels, pixels);
    context.strokeStyle = line;
    context.lineWidth = width * pixelRatio;
    context.beginPath();
    for (const shift of [-pixels, 0, pixels]) {
      context.moveTo(shift - pixels, 2 * pixels);
      context.lineTo(shift + 2 * pixels, -pixels);
    }
    context.stroke();
    return must(context.createPattern(tile, 'repeat'), 'hatch pattern');
  };

/** Hatching that stays with the bars while the board scrolls. */
export function anchorHatches(palette: Palette, left: number, top: number, pixelRatio: number): void {
  const place = new DOMMatrix().translateSelf(-left, -top).scaleSelf(1 / pixelRatio);
  palette.setupHatch.setTransform(place);
  palette.plannedHatch.setTransform(place);
  palette.downHatch.setTransform(place);
}
