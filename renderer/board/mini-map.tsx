import { type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { must } from '#shared/base/must.ts';
import type { Interval } from '#shared/time/interval.ts';
import { useBoard } from '#renderer/state/board.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import { colour, useTheme } from '#renderer/ui/theme.ts';
import type { Layout } from './layout.ts';
import type { SceneInput, Surface } from './surface.ts';
import { shiftLoadOf, shiftsOf } from './shift-load.ts';
import { boardText } from './text.ts';

const HEIGHT = 22;

/** The whole plan in one strip, its load per shift, with what is in sight marked: click, drag or use the keys to go elsewhere. */
export function MiniMap({ surface, scene }: { readonly surface: Surface; readonly scene: SceneInput }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const sight = useSight(surface);
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const { range } = scene.layout;
  const length = range.end - range.start;
  const { moment } = formatsOf(zone);
  usePicture(canvas, scene);

  const moveTo = (start: number): void =>
    surface.scroll((start - surface.window().start) / surface.secondsPerPixel(), 0);
  const span = sight.end - sight.start;
  function toPointer({ currentTarget, clientX }: PointerEvent): void {
    const edge = currentTarget.getBoundingClientRect();
    moveTo(range.start + ((clientX - edge.left) / edge.width) * length - span / 2);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const to = targetOf(event.key, sight, range);
    if (to === null) return;
    event.preventDefault();
    moveTo(to);
  }
  const share = (at: number): string =>
    `${((Math.max(range.start, Math.min(range.end, at)) - range.start) / length) * 100}%`;
  return (
    <div
      className="mini-map"
      role="scrollbar"
      tabIndex={0}
      aria-label={boardText.miniMap}
      aria-controls="board-grid"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(((sight.start - range.start) / Math.max(1, length - span)) * 100)}
      aria-valuetext={boardText.miniMapAt(moment(sight.start), moment(sight.end))}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        toPointer(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) toPointer(event);
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      <span className="mini-map-now" style={{ left: share(scene.now) }} />
      <span
        className="mini-map-sight"
        style={{ left: share(sight.start), right: `calc(100% - ${share(sight.end)})` }}
      />
    </div>
  );
}

/** Where a key goes: a quarter of what is in sight, a page, an end. */
function targetOf(key: string, { start, end }: Interval, range: Interval): number | null {
  const page = end - start;
  if (key === 'ArrowLeft') return start - page / 4;
  if (key === 'ArrowRight') return start + page / 4;
  if (key === 'PageUp') return start - page;
  if (key === 'PageDown') return start + page;
  if (key === 'Home') return range.start;
  return key === 'End' ? range.end - page : null;
}

function useSight(surface: Surface): Interval {
  const [sight, setSight] = useState(surface.window());
  useEffect(
    () =>
      surface.onFrame(() => {
        const now = surface.window();
        setSight((before) => (before.start === now.start && before.end === now.end ? before : now));
      }),
    [surface],
  );
  return sight;
}

/** Draws the strip anew when the plan, its size or the theme changes. */
function usePicture(
  canvas: { readonly current: HTMLCanvasElement | null },
  { layout, days }: SceneInput,
): void {
  useLayoutEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const draw = (): void => drawMap(element, layout, days);
    const sizes = new ResizeObserver(draw);
    sizes.observe(element);
    const stop = useTheme.subscribe(draw);
    return () => {
      sizes.disconnect();
      stop();
    };
  }, [canvas, layout, days]);
}

/** Load of all rows per shift, against the fullest shift of all. */
function drawMap(canvas: HTMLCanvasElement, layout: Layout, days: SceneInput['days']): void {
  const ratio = window.devicePixelRatio;
  const width = canvas.clientWidth;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(HEIGHT * ratio);
  const context = must(canvas.getContext('2d'), '2d context of the map');
  context.scale(ratio, ratio);
  const edges = shiftsOf(days);
  const sums = new Float64Array(edges.length - 1);
  for (const lane of layout.lanes.values()) {
    const { busy } = shiftLoadOf(lane, days);
    for (let k = 0; k < sums.length; k += 1) sums[k] = (sums[k] ?? 0) + (busy[k] ?? 0);
  }
  for (let k = 0; k < sums.length; k += 1) {
    sums[k] = (sums[k] ?? 0) / Math.max(1, (edges[k + 1] ?? 0) - (edges[k] ?? 0));
  }
  const peak = Math.max(1e-9, ...sums);
  const { start, end } = layout.range;
  const x = (at: number): number => ((at - start) / (end - start)) * width;
  context.fillStyle = colour('bar-border');
  for (const [k, sum] of sums.entries()) {
    const left = x(edges[k] ?? 0);
    const height = (sum / peak) * (HEIGHT - 4);
    context.fillRect(left, HEIGHT - height, Math.max(1, x(edges[k + 1] ?? 0) - left - 0.5), height);
  }
}
