import {
  type KeyboardEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { must } from '#shared/base/must.ts';
import type { BoardLoad, LoadSeriesView } from '#shared/contract/views.ts';
import type { Instant } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { select, useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { count, duration, formatsOf, hours, percent } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { useTheme } from '#renderer/ui/theme.ts';
import { nowOnBoard } from './commands.ts';
import { innerText } from './inner-text.ts';
import {
  LOAD_ROW,
  type LoadView,
  columnAt,
  columnStep,
  columnsIn,
  drawLoad,
  edgesOf,
  sumOf,
  xIn,
} from './load-chart.ts';
import { HEAD_WIDTH } from './metrics.ts';
import { type Palette, readPalette } from './palette.ts';
import type { SceneInput, Surface } from './surface.ts';
import { boardText } from './text.ts';
import { useBoardUi } from './ui-state.ts';
import { shortMoment } from './verdict-text.ts';

/** One column of one row. */
interface Spot {
  readonly row: number;
  readonly column: number;
}

/** A column with words beside it, where they stand in the panel. */
interface Pointed extends Spot {
  readonly left: number;
  readonly top: number;
}

/** Under the board and on its time axis: what each group of units, or everybody with a qualification, has to carry. */
export function LoadPanel({ surface, scene }: { readonly surface: Surface; readonly scene: SceneInput }) {
  const kind = useBoardUi((state) => state.loadOf);
  const all = useLoad(surface, scene);
  const load = useMemo(
    () => all && { ...all, series: worstFirst(all.series.filter((series) => series.kind === kind)) },
    [all, kind],
  );
  if (!load) return <p className="board-none muted">{innerText.loadAsking}</p>;
  if (load.series.length === 0) return <p className="board-none muted">{innerText.loadNone}</p>;
  return <Chart key={kind} surface={surface} load={load} />;
}

/** What is too much somewhere stands on top, the rest in the order of the plant. */
const worstFirst = (series: readonly LoadSeriesView[]): LoadSeriesView[] => {
  const isOver = ({ over }: LoadSeriesView): boolean => over.some((seconds) => seconds > 0);
  return [...series.filter(isOver), ...series.filter((one) => !isOver(one))];
};

/** Asked again after every change of the plan and with other columns; the old answer stays until the new one is there. */
function useLoad(surface: Surface, { days, layout }: SceneInput): BoardLoad | null {
  const [load, setLoad] = useState<BoardLoad | null>(null);
  const revision = useBoard(({ board }) => board?.state.revision);
  const [step, setStep] = useState(() => columnStep(surface.secondsPerPixel()));
  useEffect(() => surface.onFrame(() => setStep(columnStep(surface.secondsPerPixel()))), [surface]);
  const { start, end } = layout.range;
  const edges = useMemo(() => edgesOf(days, step, { start, end }), [days, step, start, end]);
  useEffect(() => {
    if (revision === undefined) return;
    let gone = false;
    station.call('board.load', { edges }).then(
      (answer) => {
        if (!gone) setLoad(answer);
      },
      (error: unknown) => notify('error', boardText.load, String(error)),
    );
    return () => {
      gone = true;
    };
  }, [edges, revision]);
  return load;
}

function Chart({ surface, load }: { readonly surface: Surface; readonly load: BoardLoad }) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const palette = useRef<Palette | null>(null);
  const [spot, setSpot] = useState<Pointed | null>(null);
  const shown = useSight(surface, load);

  const viewNow = useCallback((): LoadView | null => {
    const element = scroller.current;
    if (!element) return null;
    return {
      width: surface.size().width,
      height: element.clientHeight,
      top: element.scrollTop,
      window: surface.window(),
      secondsPerPixel: surface.secondsPerPixel(),
      now: nowOnBoard(),
    };
  }, [surface]);
  const draw = useCallback(() => {
    const view = viewNow();
    const element = canvas.current;
    if (!view || !element) return;
    palette.current ??= readPalette(window.devicePixelRatio);
    const context = must(element.getContext('2d', { alpha: false }), '2d context of the load');
    resize(element, view);
    context.setTransform(window.devicePixelRatio, 0, 0, window.devicePixelRatio, 0, 0);
    drawLoad(context, palette.current, load, view, spot);
  }, [load, spot, viewNow]);
  useLayoutEffect(() => {
    draw();
    const element = must(scroller.current, 'the scroller of the load');
    const sizes = new ResizeObserver(draw);
    sizes.observe(element);
    element.addEventListener('scroll', draw, { passive: true });
    const stops = [
      surface.onFrame(draw),
      useTheme.subscribe(() => {
        palette.current = null;
        requestAnimationFrame(draw);
      }),
    ];
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', draw);
      for (const stop of stops) stop();
    };
  }, [surface, draw]);

  function spotAt(event: { clientX: number; clientY: number }): Spot | null {
    const view = viewNow();
    const box = scroller.current?.getBoundingClientRect();
    if (!view || !box) return null;
    const x = event.clientX - box.left;
    const at = view.window.start + (x - HEAD_WIDTH) * view.secondsPerPixel;
    const column = x < HEAD_WIDTH ? null : columnAt(load.edges, at);
    const row = Math.floor((event.clientY - box.top + view.top) / LOAD_ROW);
    return column === null || row >= load.series.length ? null : { row, column };
  }
  function point(next: Spot | null): void {
    const view = viewNow();
    setSpot(next && view && { ...next, ...besideColumn(load, next, view) });
  }
  function onPointerMove(event: PointerEvent): void {
    const next = spotAt(event);
    if (next?.row !== spot?.row || next?.column !== spot?.column) point(next);
  }
  function onClick(event: { clientX: number; clientY: number }): void {
    const at = spotAt(event);
    if (at) void selectTasks(load, at);
  }
  function onKeyDown(event: KeyboardEvent): void {
    const next = spotAfter(
      event.key,
      spot ?? { row: 0, column: columnsIn(load.edges, surface.window()).from },
      load,
    );
    if (event.key === 'Enter' && spot) void selectTasks(load, spot);
    if (!next && event.key !== 'Enter') return;
    event.preventDefault();
    event.stopPropagation();
    if (!next) return;
    show(surface, load, next);
    scroller.current?.scrollTo({
      top: Math.max(0, (next.row + 1) * LOAD_ROW - scroller.current.clientHeight),
    });
    point(next);
  }

  const words = useSpotWords(load, spot);
  return (
    <div
      ref={scroller}
      className="load-scroller"
      role="presentation"
      onPointerMove={onPointerMove}
      onPointerLeave={() => setSpot(null)}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      <div className="load-spacer" style={{ height: load.series.length * LOAD_ROW }}>
        <canvas ref={canvas} className="load-canvas" aria-hidden="true" />
        <ul
          className="load-heads"
          role="listbox"
          tabIndex={0}
          aria-label={innerText.loadLabel}
          aria-describedby="load-spot"
          aria-activedescendant={`load-row-${spot?.row ?? 0}`}
        >
          {load.series.map((series, row) => (
            <Head key={series.id} row={row} isCurrent={spot?.row === row} series={series} sum={shown[row]} />
          ))}
        </ul>
        {spot ? <Tip spot={spot} words={words} /> : null}
      </div>
      <p id="load-spot" className="unseen" aria-live="polite">
        {words.join(', ')}
      </p>
    </div>
  );
}

function resize(canvas: HTMLCanvasElement, { width, height, top }: LoadView): void {
  const ratio = window.devicePixelRatio;
  canvas.style.transform = `translateY(${top}px)`;
  if (canvas.width === Math.round(width * ratio) && canvas.height === Math.round(height * ratio)) return;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
}

/** What each row adds up to over the visible time, once the board has come to rest. */
function useSight(surface: Surface, { edges, series }: BoardLoad) {
  const at = useBoard((state) => state.window) ?? surface.window();
  const { start, end } = at;
  return useMemo(() => {
    const sight = columnsIn(edges, { start, end });
    return series.map((one) => sumOf(one, sight));
  }, [edges, series, start, end]);
}

const Head = ({
  row,
  isCurrent,
  series: { name },
  sum,
}: {
  readonly row: number;
  readonly isCurrent: boolean;
  readonly series: LoadSeriesView;
  readonly sum: ReturnType<typeof sumOf> | undefined;
}) => (
  <li id={`load-row-${row}`} role="option" aria-selected={isCurrent} style={{ height: LOAD_ROW }}>
    <span className="load-name" title={name}>
      {name}
    </span>
    {sum && sum.over > 0 ? (
      <span className="late">
        <Icon name="warn" size={12} />
        {innerText.loadOver(hours(sum.over))}
      </span>
    ) : null}
    <span className="load-share">
      {sum && sum.capacity > 0 ? percent(sum.load / sum.capacity) : innerText.loadClosed}
    </span>
  </li>
);

/** Selects what stands behind a column. */
async function selectTasks({ edges, series }: BoardLoad, { row, column }: Spot): Promise<void> {
  const one = series[row];
  const [start, end] = [edges[column], edges[column + 1]];
  if (!one || start === undefined || end === undefined) return;
  const { kind, id } = one;
  const tasks = await station.call('board.loadTasks', { kind, id, start, end });
  useBoardUi.setState({ current: null });
  select(tasks);
}

function spotAfter(key: string, { row, column }: Spot, { edges, series }: BoardLoad): Spot | null {
  const steps: Record<string, Spot> = {
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
  };
  const next = steps[key];
  if (!next) return null;
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  return { row: within(next.row, series.length - 1), column: within(next.column, edges.length - 2) };
}

/** Scrolls the board along when the keys leave what is in sight. */
function show(surface: Surface, { edges }: BoardLoad, { column }: Spot): void {
  const [start, end] = [edges[column] ?? 0, edges[column + 1] ?? 0];
  const { start: from, end: to } = surface.window();
  if (start < from || end > to) surface.jumpTo(start);
}

/** Name, time, load against capacity, and what is too much. */
function useSpotWords({ edges, series }: BoardLoad, spot: Spot | null): string[] {
  const zone = useBoard(({ board }) => board?.zone ?? 'UTC');
  const formats = formatsOf(zone);
  const one = spot ? series[spot.row] : undefined;
  if (!spot || !one) return [];
  const { column } = spot;
  const between = (start: Instant, end: Instant) => `${shortMoment(formats, start)} – ${formats.time(end)}`;
  const [load, capacity, over] = [one.load, one.capacity, one.over].map((values) => values[column] ?? 0);
  const length = (edges[column + 1] ?? 0) - (edges[column] ?? 0);
  const people = (seconds: number | undefined) => count(Math.round(((seconds ?? 0) / length) * 10) / 10);
  const from = one.overFrom[column] ?? null;
  return [
    one.name,
    between(edges[column] ?? 0, edges[column + 1] ?? 0),
    one.kind === 'people'
      ? innerText.loadPeople(people(load), people(capacity))
      : innerText.loadUnits(duration(load ?? 0), duration(capacity ?? 0)),
    ...(from === null ? [] : [innerText.loadOverFrom(duration(over ?? 0), formats.time(from))]),
  ];
}

/** Right of the column where there is room, otherwise left; never below the panel. */
function besideColumn({ edges }: BoardLoad, { row, column }: Spot, view: LoadView) {
  const right = xIn(view, edges[column + 1] ?? 0) + 8;
  const isRoom = right + 280 < view.width;
  return {
    left: isRoom ? right : Math.max(HEAD_WIDTH, xIn(view, edges[column] ?? 0) - 288),
    top: Math.max(view.top + 4, Math.min(row * LOAD_ROW + 4, view.top + view.height - 88)),
  };
}

const Tip = ({
  spot: { left, top },
  words: [name, ...more],
}: {
  readonly spot: Pointed;
  readonly words: readonly string[];
}) => (
  <div
    className="bar-tip load-tip"
    style={{ transform: `translate(${left}px, ${top}px)` }}
    aria-hidden="true"
  >
    <p className="bar-tip-title">{name}</p>
    {more.map((line) => (
      <p key={line}>{line}</p>
    ))}
  </div>
);
