/** The window's icons (20 × 20 outlines) as far as bars carry them; drawn at 12 px. */
const PATHS = {
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  pin: 'M7 3h6l-1 6 2.5 2.5h-9L8 9zM10 11.5V17',
  hold: 'M6.5 4.5v11M13.5 4.5v11',
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
