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
import type { TaskId } from '#shared/domain/task.ts';
import type { DropMode } from '#shared/domain/verdict.ts';
import { HOUR, type Instant, MINUTE, type Seconds } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { useBoard } from '#renderer/state/board.ts';
import type { Days } from './days.ts';
import { snapped } from './days.ts';
import {
  type Held,
  aim,
  aimEnd,
  heldLine,
  heldMode,
  movedBar,
  pickUp,
  pickUpEnd,
  putBack,
  putDownBy,
  toggleBehind,
  useHeld,
  useSaid,
  withOthers,
} from './held.ts';
import { AXIS_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import { gridOf } from './scale.ts';
import type { Box, Surface } from './surface.ts';
import { mayTake } from './look-state.ts';
import { drop, dropIntoTray } from './moves.ts';
import { snapOf } from './snap.ts';
import { barAt } from './proposed.ts';
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
  const isOverTray = useRef(false);
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
    if (!bar || !mayTake()) return;
    const { target } = activatorEvent;
    const byEnd = target instanceof Element && target.classList.contains('bar-proxy-end');
    if (byEnd) pickUpEnd(bar, 'pointer');
    else pickUp(bar, 'pointer');
    const { at } = surface.spotAt(activatorEvent.clientX, activatorEvent.clientY);
    const grip = at - (byEnd ? bar.end : bar.start);
    stopFollowing.current = follow(surface, days, grip, activatorEvent, isOverTray);
  }
  function letGo(): void {
    release();
    const held = useHeld.getState().held;
    const box = held && boxOfHeld(surface, held);
    if (isOverTray.current) void dropIntoTray();
    else
      void drop((task) => {
        if (box) surface.glideBack(task, box);
      });
    isOverTray.current = false;
  }
  function cancel(): void {
    release();
    putBack();
  }

  useTrayDrag((event, bar) => {
    pickUp(bar, 'pointer', true);
    stopFollowing.current = follow(surface, days, 0, event, isOverTray);
    return { letGo, cancel };
  });

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
function follow(
  surface: Surface,
  days: Days,
  grip: Seconds,
  begun: PointerEvent,
  isOverTray: { current: boolean },
): () => void {
  let pointer: PointerEvent = begun;
  let before: readonly Instant[] = [];
  const task = useHeld.getState().held?.bar.task;
  if (task !== undefined) void endsBefore(task).then((ends) => (before = ends));
  let frame = 0;
  let hasMoved = false;

  function aimAtPointer(): void {
    hasMoved = false;
    const { held } = useHeld.getState();
    isOverTray.current = held?.length === null && isTray(pointer);
    if (!held || isOverTray.current) return;
    const { bar } = held;
    const spot = surface.spotAt(pointer.clientX, pointer.clientY);
    const grid = gridOf(surface.secondsPerPixel());
    const wanted = spot.at - grip;
    const lane = spot.line?.kind === 'unit' ? spot.line.lane : null;
    const unit = lane?.row.unit ?? held.unit;
    const free = pointer.ctrlKey || pointer.metaKey;
    const reach = SNAP_PIXELS * surface.secondsPerPixel();
    if (held.length) {
      const end = { task: bar.task, start: wanted, length: 0 };
      const snap = lane && unit === bar.unit && !free ? snapOf(lane, end, [], reach) : null;
      aimEnd(snap?.start ?? snapped(days, wanted, free ? MINUTE : grid), snap);
      return;
    }
    const wish = { task: bar.task, start: wanted, length: bar.end - bar.start };
    // A drag straight to another row keeps the exact start.
    const stays = !held.isNew && Math.abs(wanted - bar.start) < grid / 2;
    const beside = lane?.row.unit ? lane : NOBODY; // neighbours on another row are none of its unit
    const snap = lane && !free && !stays ? snapOf(beside, wish, before, reach) : null;
    aim(unit, stays ? bar.start : (snap?.start ?? snapped(days, wanted, free ? MINUTE : grid)), snap);
  }
  /** The last of all movements since the frame before counts: several of a fast mouse would each lay the page out. */
  function eachFrame(): void {
    frame = requestAnimationFrame(eachFrame);
    if (hasMoved) aimAtPointer();
    if (!isOverTray.current) scrollAlong();
  }
  function scrollAlong(): void {
    const { x, y } = surface.spotAt(pointer.clientX, pointer.clientY);
    const { width, height } = surface.size();
    const dx = speed(x - HEAD_WIDTH, width - x);
    const dy = speed(y - AXIS_HEIGHT, height - y);
    if (dx === 0 && dy === 0) return;
    surface.scroll(dx, dy);
    aimAtPointer();
  }
  function moved(event: PointerEvent): void {
    event.stopPropagation(); // the library would render with every move, for a place that nobody asks it for
    pointer = event;
    hasMoved = true;
    putDownBy(modeBy(event));
  }
  /** A modifier counts as soon as it is pressed, not with the next movement. */
  function pressed(event: KeyboardEvent): void {
    if (event.type === 'keydown' && !event.repeat && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      event.stopPropagation(); // in the hand it is no command of the selection
      toggleBehind();
      aimAtPointer();
    }
    if (event.key !== 'Alt' && event.key !== 'Shift') return;
    event.preventDefault(); // Alt alone opens the menu of the window
    putDownBy(modeBy(event));
  }
  window.addEventListener('pointermove', moved, { capture: true });
  window.addEventListener('keydown', pressed, { capture: true });
  window.addEventListener('keyup', pressed);
  frame = requestAnimationFrame(eachFrame);
  return () => {
    if (hasMoved) aimAtPointer();
    window.removeEventListener('pointermove', moved, { capture: true });
    window.removeEventListener('keydown', pressed, { capture: true });
    window.removeEventListener('keyup', pressed);
    cancelAnimationFrame(frame);
  };
}

const NOBODY = { bars: [], closed: new Float64Array() };

/** So near a bar keeps to shift starts, neighbours and what comes before it. */
const SNAP_PIXELS = 7;

/** Alt puts it exactly here, Shift in the first slot from here; without either, others make room. */
const modeBy = ({ altKey, shiftKey }: { altKey: boolean; shiftKey: boolean }): DropMode =>
  altKey ? 'exact' : shiftKey ? 'first' : 'push';

const isTray = ({ target }: PointerEvent): boolean =>
  target instanceof Element && target.closest('.board-panel') !== null;

/** When what has to be done before the task ends. */
async function endsBefore(task: TaskId): Promise<readonly Instant[]> {
  const inspection = await station.call('task.inspect', { task });
  const { bars } = useBoard.getState();
  return inspection?.predecessors.flatMap((id) => bars.get(id)?.end ?? []) ?? [];
}

/** Rows of the tray are no part of the board: what is dragged out of it is taken by hand. */
function useTrayDrag(
  begin: (event: PointerEvent, bar: BoardBar) => { letGo: () => void; cancel: () => void },
): void {
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    function down(start: PointerEvent): void {
      const row =
        start.target instanceof Element ? start.target.closest<HTMLElement>('[data-unplaced]') : null;
      const bar = row && unplacedBar(row.dataset['unplaced'] ?? '');
      if (!bar || start.button !== 0) return;
      let drag: ReturnType<typeof begin> | null = null;
      function move(event: PointerEvent): void {
        if (drag || !bar || Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < 4)
          return;
        if (mayTake(true)) drag = latest.current(event, bar);
        else stop();
      }
      function up(): void {
        stop();
        drag?.letGo();
      }
      function escape({ key }: KeyboardEvent): void {
        if (key !== 'Escape') return;
        stop();
        drag?.cancel();
      }
      function stop(): void {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', up);
        window.removeEventListener('keydown', escape);
      }
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', up);
      window.addEventListener('keydown', escape);
    }
    document.addEventListener('pointerdown', down);
    return () => document.removeEventListener('pointerdown', down);
  }, []);
}

/** A task without a place as a bar that the hand can carry; how long it is the station says with its verdict. */
function unplacedBar(id: string): BoardBar | null {
  const { board } = useBoard.getState();
  const task = board?.unplaced.find((one) => one.task === id);
  const row = board?.rows[0];
  if (!board || !task || !row) return null;
  const start = Math.ceil(board.now / 900) * 900;
  return barAt(board, task, { unit: row.unit, start, end: start + HOUR });
}

/** Pixels per frame, faster the nearer the edge. */
function speed(before: number, after: number): number {
  if (before < EDGE) return -EDGE_SPEED * Math.min(1, 1 - before / EDGE);
  if (after < EDGE) return EDGE_SPEED * Math.min(1, 1 - after / EDGE);
  return 0;
}

/** Where a held bar would stand, as long as it would be. */
const boxOfHeld = (surface: Surface, held: Held): Box | null => surface.boxOf(movedBar(held));

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

/** Writes what is said of what is held straight into an element too. */
function useTold(tell: (said: Held) => void): void {
  useLayoutEffect(() => {
    const { said } = useSaid.getState();
    if (said) tell(said);
    return useSaid.subscribe((now) => {
      if (now.said) tell(now.said);
    });
  }, [tell]);
}

/** Pixels below which a bar is only moved: its end could not be told from the rest of it. */
const LEAST_WITH_END = 24;

type Tone = 'asking' | 'allowed' | 'refused';
const toneOf = ({ verdict }: Held): Tone => (verdict ? (verdict.ok ? 'allowed' : 'refused') : 'asking');

const labelOfHeld = ({ bar, others }: Held): string => withOthers(labelOf(bar), others.length);

function Proxy({ surface }: { readonly surface: Surface }) {
  const { setNodeRef, listeners } = useDraggable({ id: 'bar' });
  const label = useHeld(({ held }) => held && labelOfHeld(held));
  const element = useRef<HTMLDivElement>(null);
  const place = useCallback(() => {
    const { held } = useHeld.getState();
    const { hovered, bars } = useBoard.getState();
    const bar = hovered === null ? undefined : bars.get(hovered);
    const box = held ? boxOfHeld(surface, held) : bar ? surface.boxOf(bar) : null;
    if (!element.current) return;
    put(element.current, box, held === null);
    const hasEnd = held ? held.length !== null : bar?.estimate && box && box.width >= LEAST_WITH_END;
    element.current.toggleAttribute('data-has-end', hasEnd === true);
  }, [surface]);
  usePlaced(surface, place);
  const tell = useCallback((said: Held) => {
    mark(element.current, said);
  }, []);
  useTold(tell);
  // The library measures what it knows as the draggable whenever its size changes: it knows what lies around, which keeps its size.
  return (
    <div ref={setNodeRef}>
      <div
        ref={element}
        {...listeners}
        className={label === null ? 'bar-proxy' : 'bar-proxy held'}
        aria-hidden="true"
      >
        {label === null ? null : <span className="bar-proxy-label">{label}</span>}
        <span className="bar-proxy-end" />
      </div>
      {label === null ? null : (
        <>
          <VerdictLine surface={surface} />
          <SnapLine surface={surface} />
        </>
      )}
    </div>
  );
}

/**
 * When, at what cost, or why not: below the bar in the hand. The words change with every movement, so they are written
 * like the place, not rendered.
 */
function VerdictLine({ surface }: { readonly surface: Surface }) {
  const element = useRef<HTMLDivElement>(null);
  const mode = useRef<HTMLSpanElement>(null);
  const words = useRef<HTMLSpanElement>(null);
  // Told by the browser when other words made it wider: asking with every move would lay the page out in between.
  const size = useRef({ width: 0, height: 0 });
  const place = useCallback(() => {
    const { held } = useHeld.getState();
    const box = held && boxOfHeld(surface, held);
    if (box && element.current) putLine(element.current, size.current, box, surface.size());
  }, [surface]);
  usePlaced(surface, place);
  const tell = useCallback((said: Held) => {
    mark(element.current, said);
    write(mode.current, heldMode(said));
    write(words.current, heldLine(said));
  }, []);
  useTold(tell);
  useLayoutEffect(() => {
    const sizes = new ResizeObserver(([line]) => {
      const [box] = line?.borderBoxSize ?? [];
      if (box) size.current = { width: box.inlineSize, height: box.blockSize };
      place();
    });
    if (element.current) sizes.observe(element.current);
    return () => sizes.disconnect();
  }, [place]);
  return (
    <div ref={element} className="verdict" aria-hidden="true">
      <span ref={mode} className="verdict-mode" />
      <span ref={words} />
    </div>
  );
}

/** Marks an element with what the station says to what is held. */
function mark(element: HTMLElement | null, held: Held): void {
  const tone = toneOf(held);
  if (element && element.dataset['tone'] !== tone) element.dataset['tone'] = tone;
}

/** Writes words into an element, where they are other ones. */
function write(element: HTMLElement | null, words: string): void {
  if (element && element.textContent !== words) element.textContent = words;
}

/** What the bar keeps to, as a line over all rows; hidden while it is free. */
function SnapLine({ surface }: { readonly surface: Surface }) {
  const element = useRef<HTMLDivElement>(null);
  const place = useCallback(() => {
    const { held } = useHeld.getState();
    const box = held?.snap && surface.boxOf({ unit: held.unit, start: held.snap.line, end: held.snap.line });
    if (!element.current) return;
    element.current.style.visibility = box ? 'visible' : 'hidden';
    if (box) element.current.style.transform = `translateX(${box.x - HEAD_WIDTH}px)`;
  }, [surface]);
  usePlaced(surface, place);
  return <div ref={element} className="snap-line" aria-hidden="true" />;
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

type Size = ReturnType<Surface['size']>;

/** Below the bar, or above where there is no room; never beyond the view. */
function putLine(line: HTMLElement, own: Size, box: Box, view: Size): void {
  const below = box.y + box.height + 8 - AXIS_HEIGHT;
  const y = below + own.height + AXIS_HEIGHT > view.height ? box.y - AXIS_HEIGHT - own.height - 8 : below;
  const most = view.width - HEAD_WIDTH - own.width - 8;
  const x = Math.max(8, Math.min(most, box.x - HEAD_WIDTH));
  line.style.transform = `translate(${x}px, ${y}px)`;
}
