import type { KeyboardEvent, PointerEvent } from 'react';
import { boardText } from './text.ts';
import { USUAL_HEIGHT, resizePanel, useBoardUi } from './ui-state.ts';

const STEP = 24;
/** A double click makes it as high as that, or as usual again. */
const TALL = 480;

/** The upper edge of the panel: dragged, double-clicked, or moved with the arrow keys. */
export function PanelGrip() {
  const height = useBoardUi((state) => state.panelHeight);
  function onPointerDown(event: PointerEvent<HTMLElement>): void {
    const grip = event.currentTarget;
    const from = event.clientY + height;
    grip.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => resizePanel(from - moved.clientY);
    grip.addEventListener('pointermove', move);
    grip.addEventListener('lostpointercapture', () => grip.removeEventListener('pointermove', move), {
      once: true,
    });
  }
  function onKeyDown(event: KeyboardEvent): void {
    const step = event.key === 'ArrowUp' ? STEP : event.key === 'ArrowDown' ? -STEP : 0;
    if (step === 0) return;
    event.preventDefault();
    resizePanel(height + step);
  }
  return (
    <div
      className="panel-grip"
      role="separator"
      aria-orientation="horizontal"
      aria-label={boardText.panelHeight}
      aria-valuenow={height}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => resizePanel(height < TALL ? TALL : USUAL_HEIGHT)}
    />
  );
}
