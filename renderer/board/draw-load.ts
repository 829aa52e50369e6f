import { upperBound } from './days.ts';
import { type Frame, viewX } from './frame.ts';
import type { Lane } from './layout.ts';
import { BAR_HEIGHT, BAR_INSET, HEAD_WIDTH } from './metrics.ts';
import { shiftLoadOf } from './shift-load.ts';

/** From this scale on a shift is so narrow that its bars would be confetti. */
const CONFETTI = 1_800;

export const isLoad = ({ scale }: Frame): boolean => scale.secondsPerPixel >= CONFETTI;

/** A row seen from far away: how full each shift is. Full is as high as a bar, more than full is red; a red foot is a late order. */
export function drawLaneLoad(frame: Frame, lane: Lane, top: number, from: number, to: number): number {
  const { context, palette } = frame;
  const { edges, busy, open, late } = shiftLoadOf(lane, frame.days);
  const base = top + BAR_INSET + BAR_HEIGHT;
  let covered = 0;
  for (let k = Math.max(0, upperBound(edges, from) - 1); k < busy.length && (edges[k] ?? to) < to; k += 1) {
    const seconds = busy[k] ?? 0;
    if (seconds <= 0) continue;
    const x1 = Math.round(viewX(frame, edges[k] ?? 0));
    const width = Math.max(1, Math.round(viewX(frame, edges[k + 1] ?? 0)) - x1 - 1);
    const room = open[k] ?? 0;
    const isOver = seconds > room + 60;
    const height = Math.max(1, Math.round(Math.min(1, seconds / Math.max(1, room)) * BAR_HEIGHT));
    context.fillStyle = isOver ? palette.late : palette.thin;
    context.fillRect(x1, base - height, width, height);
    if (late[k] === 1 && !isOver) {
      context.fillStyle = palette.late;
      context.fillRect(x1, base, width, 2);
    }
    const inSight = Math.min(x1 + width, frame.width) - Math.max(x1, HEAD_WIDTH);
    covered +=
      Math.max(0, inSight) * Math.min(1, seconds / Math.max(1, (edges[k + 1] ?? 0) - (edges[k] ?? 0)));
  }
  return covered;
}
