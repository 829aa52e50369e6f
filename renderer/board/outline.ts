export interface Segment {
  readonly kind: 'move' | 'line' | 'curve' | 'close';
  /** x, y, x, y … */
  readonly at: readonly number[];
}

/** Straight pieces by which an arc of an icon is drawn: smooth at its size. */
const ARC_PIECES = 10;

/**
 * The segments of an icon's outline (SVG path data: M, L, H, V, Z, C and circular A, absolute or relative), for what
 * cannot draw a `Path2D`.
 */
export function segmentsOf(outline: string): Segment[] {
  const segments: Segment[] = [];
  let [x, y, startX, startY] = [0, 0, 0, 0];
  for (const [, letter = '', rest = ''] of outline.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = rest.match(/-?(\d+\.?\d*|\.\d+)/g)?.map(Number) ?? [];
    const kind = letter.toUpperCase();
    const relative = kind !== letter;
    if (kind === 'Z') {
      segments.push({ kind: 'close', at: [] });
      [x, y] = [startX, startY];
      continue;
    }
    const size = SIZES[kind];
    if (size === undefined) throw new RangeError(`The outline "${outline}" has a "${letter}".`);
    for (let index = 0; index + size <= numbers.length; index += size) {
      const own = numbers.slice(index, index + size);
      const [dx, dy] = relative ? [x, y] : [0, 0];
      const [fromX, fromY] = [x, y];
      if (kind === 'H') x = dx + (own[0] ?? 0);
      else if (kind === 'V') y = dy + (own[0] ?? 0);
      else [x, y] = [dx + (own[size - 2] ?? 0), dy + (own[size - 1] ?? 0)];
      if (kind === 'M' && index === 0) {
        [startX, startY] = [x, y];
        segments.push({ kind: 'move', at: [x, y] });
      } else if (kind === 'C') {
        const at = own.map((value, part) => value + (part % 2 === 0 ? dx : dy));
        segments.push({ kind: 'curve', at });
      } else if (kind === 'A') {
        const [radius = 0, , , large = 0, sweep = 0] = own;
        for (const at of arc(fromX, fromY, x, y, radius, large === 1, sweep === 1))
          segments.push({ kind: 'line', at });
      } else {
        segments.push({ kind: 'line', at: [x, y] });
      }
    }
  }
  return segments;
}

const SIZES: Record<string, number> = { M: 2, L: 2, H: 1, V: 1, C: 6, A: 7 };

/** Points on a circular arc (SVG 2, appendix B.2.4). */
function arc(
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  radius: number,
  large: boolean,
  sweep: boolean,
): [number, number][] {
  const [halfX, halfY] = [(x1 - x2) / 2, (y1 - y2) / 2];
  const half = Math.hypot(halfX, halfY);
  const r = Math.max(radius, half);
  const away = Math.sqrt(Math.max(0, r * r - half * half)) * (large === sweep ? -1 : 1);
  const cx = (x1 + x2) / 2 + (away * halfY) / (half || 1);
  const cy = (y1 + y2) / 2 - (away * halfX) / (half || 1);
  const from = Math.atan2(y1 - cy, x1 - cx);
  let turn = Math.atan2(y2 - cy, x2 - cx) - from;
  if (sweep && turn < 0) turn += 2 * Math.PI;
  if (!sweep && turn > 0) turn -= 2 * Math.PI;
  return Array.from({ length: ARC_PIECES }, (_, index) => {
    const angle = from + (turn * (index + 1)) / ARC_PIECES;
    return [cx + r * Math.cos(angle), cy + r * Math.sin(angle)];
  });
}
