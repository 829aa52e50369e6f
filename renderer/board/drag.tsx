import {
  type Announcements,
  DndContext,
  type DragStartEvent,
  PointerSensor,
  useDraggable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import type { Days } from './days.ts';
import { snapped } from './days.ts';
import { type Held, aim, drop, heldLine, movedBar, pickUp, putBack, useHeld } from './held.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import { gridOf } from './scale.ts';
import type { Box, Surface } from './surface.ts';
import { boardText } from './text.ts';
import { isProposalShown } from './ui-state.ts';
import { labelOf } from './verdict-text.ts';

/** The board speaks for itself (verdicts, refusals): the library's own words stay away. */
const SILENT: Announcements = {
  onDragStart: () => undefined,
  onDragOver: () => undefined,
  onDragEnd: () => undefined,
  onDragCancel: () => undefined,
};
/** A hand that only clicks may tremble this much. */
const TREMBLE = { activationConstraint: { distance: 4 } };
/** Near the edge of the view the board scrolls along. */
const EDGE = 36;
const EDGE_SPEED = 14;

/**
 * Everything that is dragged on the board, and the only place that knows dnd-kit. One element lies over the bar under
 * the pointer (or in the hand of the keys); it is what the hand takes, and while held it is the raised bar.
 */
export function DragLayer({ surface, days }: { readonly surface: Surface; readonly days: Days }) {
  const sensors = useSensors(useSensor(PointerSensor, TREMBLE));
  const stopFollowing = useRef<(() => void) | null>(null);
  function release(): void {
    stopFollowing.current?.();
    stopFollowing.current = null;
  }
  useEffect(
    () => () => {
      stopFollowing.current?.();
    },
    [],
  );

  function take({ activatorEvent }: DragStartEvent): void {
    if (!(activatorEvent instanceof PointerEvent)) return;
    // What lay under the hand when it closed; since then it has moved a little.
    const { bar } = surface.spotAt(activatorEvent.clientX, activatorEvent.clientY);
    if (!bar) return;
    if (isProposalShown()) {
      notify('info', boardText.proposalShown, boardText.proposalShownText);
      return;
    }
    pickUp(bar, 'pointer');
    stopFollowing.current = follow(surface, days, bar, activatorEvent);
  }
  function letGo(): void {
    release();
    const held = useHeld.getState().held;
    const box = held && boxOfHeld(surface, held);
    void drop((task) => {
      if (box) surface.glideBack(task, box);
    });
  }
  function cancel(): void {
    release();
    putBack();
  }

  return (
    <DndContext
      sensors={sensors}
      autoScroll={false}
      accessibility={{
        announcements: SILENT,
        screenReaderInstructions: { draggable: '' },
        container: document.body, // a grid may own only rows
      }}
      onDragStart={take}
      onDragEnd={letGo}
      onDragCancel={cancel}
    >
      <Proxy surface={surface} />
    </DndContext>
  );
}

/**
 * Aims at what is under the pointer. It listens itself instead of waiting for the library's state to travel through
 * React: that is what keeps the bar under the hand.
 */
function follow(surface: Surface, days: Days, bar: BoardBar, begun: PointerEvent): () => void {
  const grip = surface.spotAt(begun.clientX, begun.clientY).at - bar.start;
  let pointer: { clientX: number; clientY: number } = begun;
  let frame = 0;

  function aimAtPointer(): void {
    const spot = surface.spotAt(pointer.clientX, pointer.clientY);
    const grid = gridOf(surface.secondsPerPixel());
    const wanted = spot.at - grip;
    // A drag straight to another row keeps the exact start.
    const start = Math.abs(wanted - bar.start) < grid / 2 ? bar.start : snapped(days, wanted, grid);
    const unit = spot.line?.kind === 'unit' ? spot.line.lane.row.unit : useHeld.getState().held?.unit;
    if (unit !== undefined) aim(unit, start);
  }
  function scrollAlong(): void {
    frame = requestAnimationFrame(scrollAlong);
    const { x, y } = surface.spotAt(pointer.clientX, pointer.clientY);
    const { width, height } = surface.size();
    const dx = speed(x - HEAD_WIDTH, width - x);
    const dy = speed(y - AXIS_HEIGHT, height - y);
    if (dx === 0 && dy === 0) return;
    surface.scroll(dx, dy);
    aimAtPointer();
  }
  function moved(event: PointerEvent): void {
    pointer = event;
    aimAtPointer();
  }
  window.addEventListener('pointermove', moved);
  frame = requestAnimationFrame(scrollAlong);
  return () => {
    window.removeEventListener('pointermove', moved);
    cancelAnimationFrame(frame);
  };
}

/** Pixels per frame, faster the nearer the edge. */
function speed(before: number, after: number): number {
  if (before < EDGE) return -EDGE_SPEED * Math.min(1, 1 - before / EDGE);
  if (after < EDGE) return EDGE_SPEED * Math.min(1, 1 - after / EDGE);
  return 0;
}

/** Where a held bar would stand, as long as it would be. */
const boxOfHeld = (surface: Surface, { bar, unit, start, verdict }: Held): Box | null =>
  surface.boxOf(movedBar(bar, unit, start, verdict));

/** Writes positions straight into an element with every drawn frame: scrolling must not wait for React. */
function usePlaced(surface: Surface, place: () => void): void {
  useLayoutEffect(() => {
    place();
    const stops = [
      surface.onFrame(place),
      useHeld.subscribe(place),
      useBoard.subscribe((now, before) => {
        if (now.hovered !== before.hovered) place();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [surface, place]);
}

type Tone = 'asking' | 'allowed' | 'refused';
const toneOf = ({ verdict }: Held): Tone => (verdict ? (verdict.ok ? 'allowed' : 'refused') : 'asking');

function Proxy({ surface }: { readonly surface: Surface }) {
  const { setNodeRef, listeners } = useDraggable({ id: 'bar' });
  const held = useHeld((state) => state.held);
  const element = useRef<HTMLDivElement | null>(null);
  const place = useCallback(() => {
    const { held } = useHeld.getState();
    const { hovered, bars } = useBoard.getState();
    const bar = hovered === null ? undefined : bars.get(hovered);
    const box = held ? boxOfHeld(surface, held) : bar ? surface.boxOf(bar) : null;
    if (element.current) put(element.current, box, held === null);
  }, [surface]);
  usePlaced(surface, place);
  return (
    <>
      <div
        ref={(node) => {
          setNodeRef(node);
          element.current = node;
        }}
        {...listeners}
        className={held ? `bar-proxy held ${toneOf(held)}` : 'bar-proxy'}
        aria-hidden="true"
      >
        {held ? <span className="bar-proxy-label">{labelOf(held.bar)}</span> : null}
      </div>
      {held ? <VerdictLine surface={surface} held={held} /> : null}
    </>
  );
}

/** When, at what cost, or why not: below the bar in the hand. */
function VerdictLine({ surface, held }: { readonly surface: Surface; readonly held: Held }) {
  const element = useRef<HTMLDivElement>(null);
  const words = heldLine(held);
  const place = useCallback(() => {
    const { held } = useHeld.getState();
    const box = held && boxOfHeld(surface, held);
    if (box && element.current) putLine(element.current, box, surface.size());
  }, [surface]);
  usePlaced(surface, place);
  // Other words are of another width.
  useLayoutEffect(() => {
    if (words) place();
  }, [words, place]);
  return (
    <div ref={element} className={`verdict ${toneOf(held)}`} aria-hidden="true">
      {words}
    </div>
  );
}

/** Only the part in sight is covered, so that the element never grows to the length of a week. */
function put(element: HTMLElement, box: Box | null, clipped: boolean): void {
  const left = box ? (clipped ? Math.max(box.x, HEAD_WIDTH - 4) : box.x) : 0;
  const right = box ? box.x + Math.max(4, box.width) : 0;
  element.style.visibility = box ? 'visible' : 'hidden';
  if (!box) return;
  element.style.width = `${right - left}px`;
  element.style.height = `${box.height}px`;
  element.style.transform = `translate(${left - HEAD_WIDTH}px, ${box.y - AXIS_HEIGHT}px)`;
}

/** Below the bar, or above where there is no room; never beyond the view. */
function putLine(line: HTMLElement, box: Box, view: { width: number; height: number }): void {
  const { offsetWidth, offsetHeight } = line;
  const below = box.y + box.height + 8 - AXIS_HEIGHT;
  const y = below + offsetHeight + AXIS_HEIGHT > view.height ? box.y - AXIS_HEIGHT - offsetHeight - 8 : below;
  const most = view.width - HEAD_WIDTH - offsetWidth - 8;
  const x = Math.max(8, Math.min(most, box.x - HEAD_WIDTH));
  line.style.transform = `translate(${x}px, ${y}px)`;
}
