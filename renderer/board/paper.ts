import type { jsPDF } from 'jspdf';
import { outlineOf } from './icons.ts';
import { PAPER_FACE, paperText } from '#shared/base/paper-face.ts';
import type { HatchMaker } from './palette.ts';
import { type Segment, segmentsOf } from './outline.ts';

/** On paper hatching is lines, not pixels. Stands where a canvas would have its pattern. */
interface Hatch {
  readonly back: string;
  readonly line: string;
  /** Between two lines, and their thickness, in the board's pixels. */
  readonly size: number;
  readonly width: number;
}

/** Lets the palette carry hatching as the paper draws it. */
export const paperHatch: HatchMaker = (back, line, size, width) =>
  ({ back, line, size, width }) satisfies Hatch as unknown as CanvasPattern;

export type Rgb = readonly [red: number, green: number, blue: number];

/** A computed colour (`#rgb`, `#rrggbb`, `rgb()`, `color(srgb …)`) as ink on white paper: what shines through is white. */
export function inkOf(colour: string, alpha = 1): Rgb {
  const [parts, own] = partsOf(colour);
  const share = own * alpha;
  return parts.map((part) => Math.round(255 - (255 - part) * share)) as unknown as Rgb;
}

function partsOf(colour: string): [parts: number[], alpha: number] {
  if (colour.startsWith('#')) {
    const digits = colour.length < 6 ? colour.slice(1).replaceAll(/./g, '$&$&') : colour.slice(1);
    const parts = [0, 2, 4, 6].map((at) => Number.parseInt(digits.slice(at, at + 2) || 'ff', 16));
    return [parts.slice(0, 3), (parts[3] ?? 255) / 255];
  }
  const [, name, inside = ''] = /^(\w+)\((.*)\)$/.exec(colour) ?? [];
  if (name === undefined) throw new RangeError(`"${colour}" is no computed colour.`);
  const numbers = inside.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? [];
  const scale = name === 'color' ? 255 : 1;
  return [numbers.slice(0, 3).map((part) => part * scale), numbers[3] ?? 1];
}

/** Hatching fills rectangles only; elsewhere its line stands for it. */
const solid = (style: string | CanvasGradient | CanvasPattern): string =>
  typeof style === 'string' ? style : (style as unknown as Hatch).line;

interface State {
  scale: number;
  x: number;
  y: number;
}

/** What the board's drawing functions ask of a canvas. */
type Drawn = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle'
  | 'strokeStyle'
  | 'globalAlpha'
  | 'lineWidth'
  | 'lineJoin'
  | 'lineCap'
  | 'font'
  | 'textBaseline'
  | 'save'
  | 'restore'
  | 'translate'
  | 'scale'
  | 'setLineDash'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'rect'
  | 'roundRect'
  | 'bezierCurveTo'
  | 'clip'
  | 'fill'
  | 'stroke'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'measureText'
>;

/** A quarter of a circle as a Bézier curve. */
const ROUND = 0.5523;

/**
 * The page of a PDF as a canvas, in points from its upper left corner, so that the board draws itself on paper as it does
 * on the screen. Knows the calls that it makes: another one fails loudly. Text stands in the middle of its line.
 */
export function paperContext(doc: jsPDF): CanvasRenderingContext2D {
  let state: State = { scale: 1, x: 0, y: 0 };
  const saved: State[] = [];
  let path: Segment[] = [];
  let dash: number[] = [];

  const px = (x: number): number => state.x + x * state.scale;
  const py = (y: number): number => state.y + y * state.scale;
  const add = (kind: Segment['kind'], ...at: number[]): void => {
    path.push({ kind, at: at.map((value, index) => (index % 2 === 0 ? px(value) : py(value))) });
  };
  const fontSize = (): number => Number(/([\d.]+)px/.exec(drawn.font)?.[1] ?? 12);

  /** Writes the path down; what happens with it is said by whoever calls. */
  function lay(segments: readonly Segment[]): void {
    for (const { kind, at } of segments) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at;
      if (kind === 'move') doc.moveTo(a, b);
      else if (kind === 'line') doc.lineTo(a, b);
      else if (kind === 'curve') doc.curveTo(a, b, c, d, e, f);
      else doc.close();
    }
  }
  function takePen(): void {
    doc.setDrawColor(...inkOf(solid(drawn.strokeStyle), drawn.globalAlpha));
    doc.setLineWidth(drawn.lineWidth * state.scale);
    doc.setLineDashPattern(
      dash.map((length) => length * state.scale),
      0,
    );
  }
  function hatch({ back, line, size, width }: Hatch, x: number, y: number, w: number, h: number): void {
    doc.setFillColor(...inkOf(back, drawn.globalAlpha));
    doc.rect(x, y, w, h, 'F');
    doc.saveGraphicsState();
    doc.rect(x, y, w, h, null);
    doc.clip();
    doc.discardPath();
    doc.setDrawColor(...inkOf(line, drawn.globalAlpha));
    doc.setLineWidth(width * state.scale);
    doc.setLineDashPattern([], 0);
    const step = size * state.scale;
    // Lines of one page lie on one grid, so that neighbouring pieces meet.
    for (let sum = Math.ceil((x + y) / step) * step; sum < x + y + w + h; sum += step) {
      doc.line(sum - y, y, sum - y - h, y + h);
    }
    doc.restoreGraphicsState();
  }
  function rectangle(x: number, y: number, width: number, height: number): void {
    add('move', x, y);
    add('line', x + width, y);
    add('line', x + width, y + height);
    add('line', x, y + height);
    add('close');
  }

  const drawn: Drawn = {
    fillStyle: '#000',
    strokeStyle: '#000',
    globalAlpha: 1,
    lineWidth: 1,
    lineJoin: 'round',
    lineCap: 'round',
    font: '12px',
    textBaseline: 'middle',
    save() {
      saved.push({ ...state });
      doc.saveGraphicsState();
    },
    restore() {
      state = saved.pop() ?? state;
      doc.restoreGraphicsState();
    },
    translate(x, y) {
      state = { ...state, x: px(x), y: py(y) };
    },
    scale(by) {
      state = { ...state, scale: state.scale * by };
    },
    setLineDash(lengths) {
      dash = [...lengths];
    },
    beginPath() {
      path = [];
    },
    closePath: () => add('close'),
    moveTo: (x, y) => add('move', x, y),
    lineTo: (x, y) => add('line', x, y),
    bezierCurveTo: (...at) => add('curve', ...at),
    rect: rectangle,
    roundRect(x, y, width, height, radii) {
      const most = Math.max(0, Math.min(width, height) / 2);
      const r = Math.min(most, typeof radii === 'number' ? radii : 0);
      const c = r * (1 - ROUND);
      const [right, bottom] = [x + width, y + height];
      add('move', x + r, y);
      add('line', right - r, y);
      add('curve', right - c, y, right, y + c, right, y + r);
      add('line', right, bottom - r);
      add('curve', right, bottom - c, right - c, bottom, right - r, bottom);
      add('line', x + r, bottom);
      add('curve', x + c, bottom, x, bottom - c, x, bottom - r);
      add('line', x, y + r);
      add('curve', x, y + c, x + c, y, x + r, y);
      add('close');
    },
    clip() {
      lay(path);
      doc.clip();
      doc.discardPath();
    },
    fill() {
      if (path.length === 0) return;
      doc.setFillColor(...inkOf(solid(drawn.fillStyle), drawn.globalAlpha));
      lay(path);
      doc.fill();
    },
    stroke(outline?: Path2D) {
      const icon = outline && outlineOf(outline);
      const segments = icon
        ? segmentsOf(icon).map(({ kind, at }) => ({
            kind,
            at: at.map((value, index) => (index % 2 === 0 ? px(value) : py(value))),
          }))
        : path;
      if (segments.length === 0) return;
      takePen();
      doc.setLineCap(drawn.lineCap);
      doc.setLineJoin(drawn.lineJoin);
      lay(segments);
      doc.stroke();
    },
    fillRect(x, y, width, height) {
      if (width <= 0 || height <= 0) return;
      const box = [px(x), py(y), width * state.scale, height * state.scale] as const;
      if (typeof drawn.fillStyle === 'object') return hatch(drawn.fillStyle as unknown as Hatch, ...box);
      doc.setFillColor(...inkOf(drawn.fillStyle, drawn.globalAlpha));
      doc.rect(...box, 'F');
    },
    strokeRect(x, y, width, height) {
      takePen();
      doc.rect(px(x), py(y), width * state.scale, height * state.scale, 'S');
    },
    fillText(text, x, y) {
      const size = fontSize();
      doc.setFont(PAPER_FACE, /\b[67]00\b/.test(drawn.font) ? 'bold' : 'normal');
      doc.setFontSize(size * state.scale);
      doc.setTextColor(...inkOf(solid(drawn.fillStyle), drawn.globalAlpha));
      doc.text(paperText(text), px(x), py(y + size * 0.34));
    },
    measureText(text) {
      doc.setFont(PAPER_FACE, /\b[67]00\b/.test(drawn.font) ? 'bold' : 'normal');
      return { width: doc.getStringUnitWidth(paperText(text)) * fontSize() } as TextMetrics;
    },
  };
  return drawn as CanvasRenderingContext2D;
}
