import { must } from '#shared/base/must.ts';
import type { BoardBar } from '#shared/contract/views.ts';
import { DAY } from '#shared/time/instant.ts';
import { busyBoard } from '#test/e2e/board/busy-board.ts';
import type { Subject } from './subject.ts';

/**
 * What any board is held against: the same bars as rectangles with a label on a canvas, only those in sight, over the
 * browser's own scroller. No setups, shading, marks, heads or axis, nobody to ask, nothing to read aloud.
 */
const ROW = 32;
const BAR = 22;

const params = new URLSearchParams(location.search);
const board = busyBoard({ bars: Number(params.get('bars')), rows: Number(params.get('rows')) });

const scroller = must(document.querySelector<HTMLElement>('#scroller'), 'the scroller');
const spacer = must(document.querySelector<HTMLElement>('#spacer'), 'the spacer');
const canvas = must(document.querySelector('canvas'), 'the canvas');
const context = must(canvas.getContext('2d', { alpha: false }), '2d context');
const { start: origin, end } = board.horizon;
let rows: BoardBar[][] = [];
let secondsPerPixel = DAY / window.innerWidth;
let held: { readonly bar: BoardBar; x: number; y: number } | null = null;
let asked = 0;

function sort(): void {
  const byUnit = Map.groupBy(board.bars, ({ unit }) => unit);
  rows = board.rows.map(({ unit }) => (byUnit.get(unit) ?? []).toSorted((a, b) => a.start - b.start));
}

function resize(): void {
  canvas.width = scroller.clientWidth;
  canvas.height = scroller.clientHeight;
  spacer.style.width = `${(end - origin) / secondsPerPixel}px`;
  spacer.style.height = `${rows.length * ROW - canvas.height}px`;
}

const request = (): void => {
  asked ||= requestAnimationFrame(draw);
};

function draw(): void {
  asked = 0;
  const { scrollLeft, scrollTop } = scroller;
  const from = origin + scrollLeft * secondsPerPixel;
  const to = from + canvas.width * secondsPerPixel;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = '500 12px Inter Variable, sans-serif';
  context.textBaseline = 'middle';
  const first = Math.floor(scrollTop / ROW);
  const last = Math.min(rows.length, Math.ceil((scrollTop + canvas.height) / ROW));
  for (let row = first; row < last; row += 1) {
    const y = row * ROW - scrollTop + 4;
    for (const bar of rows[row] ?? []) {
      if (bar.end <= from) continue;
      if (bar.start >= to) break;
      box(bar, (bar.start - from) / secondsPerPixel, y);
    }
  }
  if (held) box(held.bar, held.x, held.y);
  canvas.dataset['painted'] = 'true';
}

function box(bar: BoardBar, x: number, y: number): void {
  const width = Math.max(1, (bar.end - bar.start) / secondsPerPixel);
  context.fillStyle = '#cbd5e1';
  context.fillRect(x, y, width, BAR);
  context.strokeStyle = '#74808e';
  context.strokeRect(x + 0.5, y + 0.5, width - 1, BAR - 1);
  if (width < 24) return;
  context.save();
  context.beginPath();
  context.rect(x, y, width, BAR);
  context.clip();
  context.fillStyle = '#1b2430';
  context.fillText(`${bar.order} · ${bar.name}`, x + 4, y + BAR / 2);
  context.restore();
}

const placeOf = (bar: BoardBar) => ({
  x: (bar.start - origin) / secondsPerPixel - scroller.scrollLeft,
  y: rows.findIndex((row) => row.includes(bar)) * ROW + 4 - scroller.scrollTop,
});

canvas.addEventListener('pointerdown', ({ offsetX, offsetY }) => {
  const bar = rows.flat().find((one) => {
    const { x, y } = placeOf(one);
    return (
      offsetX >= x &&
      offsetX < x + (one.end - one.start) / secondsPerPixel &&
      offsetY >= y &&
      offsetY < y + BAR
    );
  });
  held = bar ? { bar, ...placeOf(bar) } : null;
});
canvas.addEventListener('pointermove', ({ movementX, movementY }) => {
  if (!held) return;
  held.x += movementX;
  held.y += movementY;
  request();
});
canvas.addEventListener('pointerup', () => {
  if (!held) return;
  const { bar, x } = held;
  held = null;
  const start = origin + (x + scroller.scrollLeft) * secondsPerPixel;
  replace([{ ...bar, start, end: start + bar.end - bar.start }]);
});

function replace(bars: readonly BoardBar[]): void {
  const next = new Map(bars.map((bar) => [bar.task, bar]));
  Object.assign(board, { bars: board.bars.map((bar) => next.get(bar.task) ?? bar) });
  sort();
  request();
}

scroller.addEventListener('scroll', request, { passive: true });
function mount(): void {
  sort();
  resize();
  scroller.scrollLeft = (board.now - origin) / secondsPerPixel - 100;
  draw();
}

const subject: Subject = {
  mount,
  board: () => board,
  replace,
  scroller: () => scroller,
  show(days) {
    const left = origin + scroller.scrollLeft * secondsPerPixel;
    secondsPerPixel = (days * DAY) / scroller.clientWidth;
    resize();
    scroller.scrollLeft = (left - origin) / secondsPerPixel;
    request();
  },
};
window.subject = subject;
