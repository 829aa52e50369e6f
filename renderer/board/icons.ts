/** The window's icons (20 × 20 outlines) as far as bars carry them; drawn at 12 px. */
const PATHS = {
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  pin: 'M7 3h6l-1 6 2.5 2.5h-9L8 9zM10 11.5V17',
  hold: 'M6.5 4.5v11M13.5 4.5v11',
  material: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5zM3 6.5l7 3.5 7-3.5M10 10v7',
  qualification: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6M4 17a6 5.5 0 0 1 12 0',
  calibration: 'M3.5 14a7 7 0 1 1 13 0M10 12l3-4M6 17h8',
  unreported: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14M10 6v4l2.5 2',
  unknown: 'M6 7a4 4 0 1 1 5.5 3.7c-1 .5-1.5 1-1.5 2.3M10 16v1',
  comment: 'M3 4h14v9.5H9L5.5 17v-3.5H3z',
} as const;
export type BarIcon = keyof typeof PATHS;

export const ICON_SIZE = 12;
const made = new Map<BarIcon, Path2D>();
const outlines = new WeakMap<Path2D, string>();

/** The path data behind an icon's path, for paper. */
export const outlineOf = (path: Path2D): string | undefined => outlines.get(path);

function pathOf(icon: BarIcon): Path2D {
  let path = made.get(icon);
  if (!path) {
    made.set(icon, (path = new Path2D(PATHS[icon])));
    outlines.set(path, PATHS[icon]);
  }
  return path;
}

/** Draws an icon with its upper left corner at x, y in the stroke colour in force. */
export function drawIcon(context: CanvasRenderingContext2D, icon: BarIcon, x: number, y: number): void {
  const scale = ICON_SIZE / 20;
  context.translate(x, y);
  context.scale(scale, scale);
  context.lineWidth = icon === 'hold' ? 3 : 2;
  context.stroke(pathOf(icon));
  context.scale(1 / scale, 1 / scale);
  context.translate(-x, -y);
}
