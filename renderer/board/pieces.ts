import type { BoardBar } from '#shared/contract/views.ts';
import { upperBound } from './days.ts';
import { type Frame, viewX } from './frame.ts';
import type { Lane } from './layout.ts';

/** Narrower gaps of closed time are not shown. */
const GAP = 3;

/** Pieces of the bar being drawn (left, right, left, right …) between closed times; reused, so that a frame allocates nothing. */
export const pieces = new Float64Array(512);
export let pieceCount = 0;

/** Cuts a bar at the closed times that it pauses over. `x1` and `x2` are its edges in the view. */
export function cutPieces(frame: Frame, lane: Lane, bar: BoardBar, x1: number, x2: number): void {
  const { closed } = lane;
  pieceCount = 0;
  let from = x1;
  let index = upperBound(closed, bar.start);
  // An odd index is the end of a closed time that has begun before: work goes on there.
  if (index % 2 === 1) index -= 1;
  for (; index < closed.length && pieceCount < pieces.length - 4; index += 2) {
    const begin = closed[index] ?? 0;
    if (begin >= bar.end) break;
    const gapFrom = Math.max(x1, viewX(frame, begin));
    const gapTo = Math.min(x2, viewX(frame, closed[index + 1] ?? begin));
    if (gapTo - gapFrom < GAP) continue;
    if (gapFrom > from) pushPiece(from, gapFrom);
    from = gapTo;
  }
  if (x2 > from || pieceCount === 0) pushPiece(from, x2);
}

function pushPiece(from: number, to: number): void {
  pieces[pieceCount] = from;
  pieces[pieceCount + 1] = to;
  pieceCount += 2;
}
