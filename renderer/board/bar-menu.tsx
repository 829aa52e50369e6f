import type { TaskId } from '#shared/domain/task.ts';
import { useEffect, useRef, useState } from 'react';
import { useBoard } from '#renderer/state/board.ts';
import { later } from '#renderer/ui/later.tsx';
import { BAR_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import type { Surface } from './surface.ts';
import { currentOf, selectOne, useBoardUi } from './ui-state.ts';

const BarMenuList = later(async () => (await import('./bar-menu-list.tsx')).BarMenuList);

/** Opens at a bar with the right button, or with Shift F10 or the menu key at the current one; what is done is done to the whole selection. */
export function BarMenu({ surface }: { readonly surface: Surface }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const scroller = anchor.current?.closest<HTMLElement>('.board-scroller');
    if (!scroller) return;
    let byKeys = false;
    const keyDown = ({ key, shiftKey }: KeyboardEvent): void => {
      byKeys = key === 'ContextMenu' || (key === 'F10' && shiftKey);
    };
    const pointerDown = (): void => {
      byKeys = false;
    };
    function open(event: MouseEvent): void {
      const { selection, bars } = useBoard.getState();
      // A press of a key comes with some place that nobody pointed at.
      const spot = byKeys ? { bar: null, x: 0, y: 0 } : surface.spotAt(event.clientX, event.clientY);
      if (spot.bar && !selection.has(spot.bar.task)) selectOne(spot.bar.task);
      const now = useBoard.getState().selection;
      const current = bars.get(currentOf(now, useBoardUi.getState().current) ?? ('' as TaskId));
      if (!spot.bar && current) surface.reveal(current);
      // From the keyboard there is no pointer: then the menu opens at the bar.
      const box = spot.bar ? spot : current ? surface.boxOf(current) : null;
      if (!box || !anchor.current) return;
      event.preventDefault();
      const { width, height } = surface.size();
      anchor.current.style.left = `${Math.min(width - 8, Math.max(HEAD_WIDTH, box.x))}px`;
      anchor.current.style.top = `${Math.min(height - 8, spot.bar ? box.y : box.y + BAR_HEIGHT)}px`;
      setOpen(true);
    }
    scroller.addEventListener('keydown', keyDown);
    scroller.addEventListener('pointerdown', pointerDown);
    scroller.addEventListener('contextmenu', open);
    return () => {
      scroller.removeEventListener('keydown', keyDown);
      scroller.removeEventListener('pointerdown', pointerDown);
      scroller.removeEventListener('contextmenu', open);
    };
  }, [surface]);
  return (
    <>
      <span ref={anchor} className="bar-menu-anchor" aria-hidden="true" />
      {isOpen ? <BarMenuList anchor={anchor} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
