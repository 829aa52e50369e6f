import { useEffect, useRef } from 'react';
import type { Layout } from './layout.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import { barsIn, selectSeveral } from './selection.ts';
import type { Surface } from './surface.ts';

/** A hand that only clicks may tremble this much. */
const TREMBLE = 4;

/** Letting go is a click as well for the browser: it selects nothing. */
function swallowClick(): void {
  const swallow = (event: MouseEvent): void => event.stopPropagation();
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }));
}

/** Drawn over free ground it selects every bar it touches; with Ctrl or ⌘ beside what is selected. */
export function RubberBand({ surface, layout }: { readonly surface: Surface; readonly layout: Layout }) {
  const band = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = band.current?.closest<HTMLElement>('.board-scroller');
    if (!scroller) return;
    let stop: (() => void) | null = null;

    function begin(down: PointerEvent): void {
      const from = surface.spotAt(down.clientX, down.clientY);
      if (down.button !== 0 || from.part !== 'body' || from.bar) return;
      const top = from.y + (scroller?.scrollTop ?? 0);
      let drawn = false;

      function draw(move: PointerEvent): void {
        const to = surface.spotAt(move.clientX, move.clientY);
        drawn ||= Math.abs(to.x - from.x) + Math.abs(to.y - from.y) > TREMBLE;
        const element = band.current;
        if (!drawn || !element) return;
        const y = top - (scroller?.scrollTop ?? 0);
        element.style.visibility = 'visible';
        element.style.width = `${Math.abs(to.x - from.x)}px`;
        element.style.height = `${Math.abs(to.y - y)}px`;
        element.style.transform = `translate(${Math.min(to.x, from.x) - HEAD_WIDTH}px, ${Math.min(to.y, y) - AXIS_HEIGHT}px)`;
      }
      function end(up: PointerEvent): void {
        stop?.();
        if (!drawn) return;
        swallowClick();
        const to = surface.spotAt(up.clientX, up.clientY);
        const bottom = to.y + (scroller?.scrollTop ?? 0);
        const bars = barsIn(layout, {
          from: Math.min(from.at, to.at),
          to: Math.max(from.at, to.at),
          top: Math.min(top, bottom) - AXIS_HEIGHT,
          bottom: Math.max(top, bottom) - AXIS_HEIGHT,
        });
        selectSeveral(
          bars.map(({ task }) => task),
          bars[0]?.task ?? null,
          up.ctrlKey || up.metaKey,
        );
      }
      function escape(event: KeyboardEvent): void {
        if (event.key === 'Escape') stop?.();
      }
      window.addEventListener('pointermove', draw);
      window.addEventListener('pointerup', end);
      window.addEventListener('keydown', escape);
      stop = () => {
        window.removeEventListener('pointermove', draw);
        window.removeEventListener('pointerup', end);
        window.removeEventListener('keydown', escape);
        if (band.current) band.current.style.visibility = 'hidden';
        stop = null;
      };
    }
    scroller.addEventListener('pointerdown', begin);
    return () => {
      scroller.removeEventListener('pointerdown', begin);
      stop?.();
    };
  }, [surface, layout]);
  return <div ref={band} className="rubber-band" aria-hidden="true" />;
}
