import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { hover, showTime, useBoard } from '#renderer/state/board.ts';
import { formatsOf } from '#renderer/ui/format.ts';
import { nowOnBoard } from './commands.ts';
import { useTheme } from '#renderer/ui/theme.ts';
import { BarMenu } from './bar-menu.tsx';
import { BarTip } from './bar-tip.tsx';
import { DragLayer } from './drag.tsx';
import type { HeldScene } from './frame.ts';
import { type Held, formats, useHeld } from './held.ts';
import type { Lane } from './layout.ts';
import { rowWords, saysTheSame } from './lens.ts';
import { boardKey } from './board-keys.ts';
import { HEAD_WIDTH } from './metrics.ts';
import { Mirror } from './mirror.tsx';
import { PegArrows } from './peg-arrows.tsx';
import { RubberBand } from './rubber-band.tsx';
import { selectUpTo, toggleBar } from './selection.ts';
import { type SceneInput, type Surface, createSurface } from './surface.ts';
import { boardText } from './text.ts';
import { shortMoment } from './verdict-text.ts';
import { selectOne, toggleGroup, useBoardUi, useCurrent } from './ui-state.ts';

/** Scrolling tells the rest of the window where the board stands, but not with every pixel. */
const SETTLE_MILLIS = 150;

/** The canvas, its scroller and what the hand touches on it. */
export function Gantt({
  scene,
  onSurface,
}: {
  readonly scene: SceneInput;
  readonly onSurface: (surface: Surface | null) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const spacer = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const heads = useRef<HTMLCanvasElement>(null);
  const veil = useRef<HTMLCanvasElement>(null);
  const [surface, setSurface] = useState<Surface | null>(null);
  const pointer = useRef(0);
  const clicked = useRef<TaskId | null>(null);
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const current = useCurrent();

  useLayoutEffect(() => {
    if (!scroller.current || !stage.current || !spacer.current) return;
    if (!canvas.current || !heads.current || !veil.current) return;
    const { secondsPerPixel, scrollTop } = useBoardUi.getState();
    const made = createSurface(
      {
        scroller: scroller.current,
        stage: stage.current,
        spacer: spacer.current,
        canvas: canvas.current,
        heads: heads.current,
        veil: veil.current,
      },
      { secondsPerPixel, at: useBoard.getState().window?.start ?? null, top: scrollTop },
      formatsOf(zone).time,
    );
    const forget = rememberView(made, scroller.current);
    setSurface(made);
    onSurface(made);
    return () => {
      forget();
      made.dispose();
      onSurface(null);
    };
  }, [zone, onSurface]);

  useLayoutEffect(() => surface?.show(scene), [surface, scene]);
  useHand(surface, scene);
  useEffect(() => useTheme.subscribe(() => surface?.restyle()), [surface]);
  useZoomWheel(scroller, surface);

  // What was selected by key or in another view comes into sight; what was clicked is.
  // Only another task is a reason to scroll, not the same one moved.
  const currentBar = scene.selected.find((bar) => bar.task === current);
  const sight = currentBar ? `${currentBar.task} ${scene.layout.by}` : null;
  const revealed = useRef<string | null>(null);
  useEffect(() => {
    if (!surface || revealed.current === sight) return;
    revealed.current = sight;
    if (currentBar && clicked.current !== currentBar.task) surface.reveal(currentBar);
    clicked.current = null;
  }, [surface, currentBar, sight]);

  function onPointerMove(event: PointerEvent<HTMLElement>): void {
    if (!surface || event.buttons !== 0 || useHeld.getState().held) return;
    const spot = surface.spotAt(event.clientX, event.clientY);
    pointer.current = spot.x;
    hover(spot.bar?.task ?? null);
    const head = spot.part === 'head' && spot.line?.kind === 'unit' ? titleOf(spot.line.lane) : '';
    if (event.currentTarget.title !== head) event.currentTarget.title = head;
  }
  function onClick(event: MouseEvent): void {
    const spot = surface?.spotAt(event.clientX, event.clientY);
    if (!spot) return;
    if (spot.line?.kind === 'group') toggleGroup(spot.line.key);
    else if (spot.bar) choose(spot.bar, event);
  }
  function choose(bar: BoardBar, { ctrlKey, metaKey, shiftKey }: MouseEvent): void {
    clicked.current = bar.task;
    if (shiftKey) selectUpTo(scene.layout, bar);
    else if (ctrlKey || metaKey) toggleBar(bar.task);
    else selectOne(bar.task);
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (surface && boardKey(event, scene, surface)) event.preventDefault();
  }

  return (
    <div className="board-chart">
      <div
        id="board-grid"
        ref={scroller}
        className="board-scroller"
        role="grid"
        tabIndex={0}
        aria-label={boardText.boardLabel}
        aria-rowcount={scene.layout.lines.length}
        aria-multiselectable="true"
        aria-activedescendant={currentBar ? 'board-cell' : undefined}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerLeave={() => hover(null)}
        onClick={onClick}
        onDoubleClick={() => useBoardUi.setState({ inspector: true })}
      >
        <div ref={spacer} className="board-spacer" role="presentation">
          <div ref={stage} className="board-stage" role="presentation">
            <canvas ref={canvas} aria-hidden="true" />
            <canvas ref={heads} aria-hidden="true" />
            <canvas ref={veil} className="board-veil" aria-hidden="true" hidden />
            {surface ? (
              <div className="board-body" role="presentation">
                <DragLayer surface={surface} days={scene.days} />
                <RubberBand surface={surface} layout={scene.layout} />
                <BarTip surface={surface} bars={scene.bars} pointer={pointer} />
              </div>
            ) : null}
            {surface ? <BarMenu surface={surface} /> : null}
            <Mirror layout={scene.layout} bar={currentBar ?? null} />
          </div>
        </div>
      </div>
      {surface ? <PegArrows surface={surface} scene={scene} /> : null}
    </div>
  );
}

/** Names may be cut in the narrow column of heads; and until when a unit is frozen only a bracket says. */
const titleOf = ({ row, frozenUntil }: Lane): string =>
  row.unit !== null && frozenUntil > nowOnBoard()
    ? `${row.name}: ${boardText.frozenUntil(shortMoment(formats(), frozenUntil))}`
    : row.name;

/** Tells the surface what the hand is over and what it holds, without a render of everything for every pixel. */
function useHand(surface: Surface | null, { bars }: SceneInput): void {
  useLayoutEffect(() => {
    if (!surface) return;
    const tell = () => {
      const { hovered } = useBoard.getState();
      surface.showHand({
        hovered: hovered === null ? null : (bars.get(hovered) ?? null),
        held: heldScene(useHeld.getState().held),
      });
    };
    tell();
    const stopHeld = useHeld.subscribe(({ held }, { held: before }) => {
      if (!looksTheSame(held, before)) tell();
    });
    const stopHover = useBoard.subscribe((now, before) => {
      if (now.hovered !== before.hovered) tell();
    });
    return () => {
      stopHeld();
      stopHover();
    };
  }, [surface, bars]);
}

/** The raised bar goes with the hand by itself: the canvas below it changes only with what the rows say. */
const looksTheSame = (a: Held | null, b: Held | null): boolean =>
  a !== null && b !== null && a.bar === b.bar && a.others === b.others && saysTheSame(a, b);

const heldScene = (held: Held | null): HeldScene | null =>
  held && {
    task: held.bar.task,
    unit: held.unit,
    others: new Set(held.others.map(({ task }) => task)),
    wordsOf: (unit) => rowWords(held, unit),
  };

/** Keeps where the view stands, for the next visit and for others that show the same time. */
function rememberView(surface: Surface, scroller: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    useBoardUi.setState({ secondsPerPixel: surface.secondsPerPixel(), scrollTop: scroller.scrollTop });
    const { start, end } = surface.window();
    if (end > start) showTime({ start, end });
  };
  const stop = surface.onFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(keep, SETTLE_MILLIS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

/** Ctrl or ⌘ with the wheel (and pinching, which browsers tell as that) zooms at the pointer. */
function useZoomWheel(element: RefObject<HTMLElement | null>, surface: Surface | null): void {
  useEffect(() => {
    const scroller = element.current;
    if (!scroller || !surface) return;
    const zoom = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 16;
      const { x } = surface.spotAt(event.clientX, event.clientY);
      surface.zoomBy(Math.exp(-Math.max(-120, Math.min(120, pixels)) / 300), Math.max(0, x - HEAD_WIDTH));
    };
    scroller.addEventListener('wheel', zoom, { passive: false });
    return () => scroller.removeEventListener('wheel', zoom);
  }, [element, surface]);
}
