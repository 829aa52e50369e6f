import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { Instant } from '#shared/time/instant.ts';
import { type LocalDate, addDays, instantFromLocal, localDateOf } from '#shared/time/zone.ts';
import { useBoard } from '#renderer/state/board.ts';
import { openIn } from '#renderer/state/scenario.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { type Formats, formatsOf } from '#renderer/ui/format.ts';
import { type Origin, useOrigin } from '#renderer/ui/origin.ts';
import { text } from '#renderer/ui/text.ts';
import { Filter } from '#renderer/ui/view.tsx';
import { AXIS_HEIGHT } from './metrics.ts';
import { paintPage, savePdf, savePictures } from './print.ts';
import type { PrintHead } from './print-page.ts';
import { type Paper, type PrintChoice, type PrintSheet, linesInSight, printSheet } from './print-pages.ts';
import './print.css';
import type { SceneInput, Surface } from './surface.ts';
import { printText } from './print-text.ts';
import { filterWords } from './filter.ts';
import { useLook } from './look-state.ts';
import { useBoardUi } from './ui-state.ts';

type RangeKind = 'visible' | 'whole' | 'dates';

const RANGES = [
  { value: 'visible', title: printText.visible },
  { value: 'whole', title: printText.whole },
  { value: 'dates', title: printText.dates },
] as const;
const ROWS = [
  { value: 'all', title: printText.allRows },
  { value: 'visible', title: printText.rowsInSight },
] as const;
const PAPER = [
  { value: 'a4', title: 'A4' },
  { value: 'a3', title: 'A3' },
  { value: 'letter', title: 'Letter' },
] as const;
const TURN = [
  { value: 'landscape', title: printText.landscape },
  { value: 'portrait', title: printText.portrait },
] as const;
const MOST_WIDE = 20;
/** Longest side of a page that is looked at. */
const PREVIEW_PIXELS = 470;

/** What of the board goes on paper, with every page to look at before it is saved as PDF or as pictures. */
export function PrintDialog({
  scene,
  surface,
}: {
  readonly scene: SceneInput;
  readonly surface: Surface | null;
}) {
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const origin = useOrigin();
  const formats = formatsOf(zone);
  const window = useBoard((state) => state.window) ?? scene.layout.planned;
  const [kind, setKind] = useState<RangeKind>('visible');
  const [from, setFrom] = useState<LocalDate>(() => localDateOf(zone, window.start));
  const [to, setTo] = useState<LocalDate>(() => localDateOf(zone, window.end));
  const [rows, setRows] = useState<'all' | 'visible'>('all');
  const [paper, setPaper] = useState<Paper>('a4');
  const [turn, setTurn] = useState<'landscape' | 'portrait'>('landscape');
  const [pagesWide, setPagesWide] = useState(1);
  const scrollTop = useBoardUi((state) => state.scrollTop);
  const problem = kind === 'dates' && from > to ? printText.datesReversed : null;
  const sheet = useMemo(() => {
    const dates = {
      start: instantFromLocal(zone, from, '00:00'),
      end: instantFromLocal(zone, addDays(to < from ? from : to, 1), '00:00'),
    };
    const range = { visible: window, whole: scene.layout.planned, dates }[kind];
    const inSight = linesInSight(scene.layout, scrollTop, (surface?.size().height ?? Infinity) - AXIS_HEIGHT);
    const choice: PrintChoice = {
      paper,
      landscape: turn === 'landscape',
      range,
      lines: rows === 'all' ? { first: 0, last: scene.layout.lines.length } : inSight,
      pagesWide,
    };
    return { ...printSheet(scene.layout, choice), range };
  }, [scene.layout, surface, scrollTop, zone, window, kind, from, to, rows, paper, turn, pagesWide]);
  const head = useMemo(() => headOf(origin, formats, sheet.range), [origin, formats, sheet.range]);
  return (
    <Dialog title={printText.title} wide onClose={close}>
      <div className="dialog-body print">
        <div className="print-choices">
          <Choice title={printText.range}>
            <Filter label={printText.range} value={kind} onChange={setKind} options={RANGES} />
          </Choice>
          {kind === 'dates' ? (
            <div className="print-dates">
              <DateField label={printText.from} value={from} onChange={setFrom} />
              <DateField label={printText.to} value={to} onChange={setTo} />
            </div>
          ) : null}
          {problem === null ? null : (
            <p className="late" role="alert">
              {problem}
            </p>
          )}
          <Choice title={printText.rows}>
            <Filter label={printText.rows} value={rows} onChange={setRows} options={ROWS} />
          </Choice>
          <Choice title={printText.paper}>
            <Filter label={printText.paper} value={paper} onChange={setPaper} options={PAPER} />
            <Filter label={printText.turn} value={turn} onChange={setTurn} options={TURN} />
          </Choice>
          <label className="print-choice">
            <span className="muted">{printText.pagesWide}</span>
            <input
              type="number"
              min={1}
              max={MOST_WIDE}
              value={pagesWide}
              onChange={({ target }) =>
                setPagesWide(Math.max(1, Math.min(MOST_WIDE, Math.round(target.valueAsNumber) || 1)))
              }
            />
          </label>
        </div>
        <Preview scene={scene} sheet={sheet} head={head} />
      </div>
      <Save scene={scene} sheet={sheet} head={head} isDisabled={problem !== null} />
    </Dialog>
  );
}

const close = (): void => useBoardUi.setState({ printing: false });

const Choice = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div className="print-choice">
    <span className="muted" aria-hidden="true">
      {title}
    </span>
    {children}
  </div>
);

const DateField = ({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: LocalDate;
  readonly onChange: (date: LocalDate) => void;
}) => (
  <label className="print-choice">
    <span className="muted">{label}</span>
    <input
      type="date"
      value={value}
      onChange={({ target }) => {
        if (target.value !== '') onChange(target.value);
      }}
    />
  </label>
);

/** The page as it will be: the same drawing, on a canvas. */
function Preview({
  scene,
  sheet,
  head,
}: {
  readonly scene: SceneInput;
  readonly sheet: PrintSheet;
  readonly head: PrintHead;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [wanted, setWanted] = useState(1);
  const pages = sheet.pages.length;
  const number = Math.min(wanted, pages);
  const page = sheet.pages[number - 1];
  const width = (PREVIEW_PIXELS * sheet.width) / Math.max(sheet.width, 1.4 * sheet.height);
  useEffect(() => {
    if (!canvas.current || !page) return;
    paintPage(canvas.current, { scene, sheet, head }, page, (2 * width) / sheet.width);
  }, [scene, sheet, head, page, width]);
  return (
    <div className="print-preview">
      <canvas
        ref={canvas}
        role="img"
        aria-label={printText.preview(number, pages)}
        style={{ width, aspectRatio: sheet.width / sheet.height }}
      />
      <div className="print-pages">
        <IconButton
          icon="left"
          label={printText.before}
          isDisabled={number <= 1}
          onPress={() => setWanted(number - 1)}
        />
        <span role="status">{printText.page(number, pages)}</span>
        <IconButton
          icon="right"
          label={printText.next}
          isDisabled={number >= pages}
          onPress={() => setWanted(number + 1)}
        />
      </div>
    </div>
  );
}

/** Saves, says how far it is, and stops when told to. */
function Save({
  scene,
  sheet,
  head,
  isDisabled,
}: {
  readonly scene: SceneInput;
  readonly sheet: PrintSheet;
  readonly head: PrintHead;
  readonly isDisabled: boolean;
}) {
  const [done, setDone] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  async function save(work: typeof savePdf): Promise<void> {
    const abort = new AbortController();
    running.current = abort;
    setFailure(null);
    setDone(0);
    try {
      const file = printText.file(head.plan.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-'));
      const filter = filterWords(useLook.getState().filter);
      await work({ scene, sheet, head, file, filter }, { signal: abort.signal, onPage: setDone });
    } catch (error) {
      setFailure(String(error));
    }
    setDone(null);
  }
  const isBusy = done !== null;
  return (
    <DialogFoot>
      <span className="print-state" role="status">
        {done === null ? '' : printText.progress(done, sheet.pages.length)}
      </span>
      {failure === null ? null : (
        <span className="late" role="alert">
          {failure}
        </span>
      )}
      {isBusy ? (
        <Button onPress={() => running.current?.abort()}>{text.cancel}</Button>
      ) : (
        <Button onPress={() => void save(savePictures)} isDisabled={isDisabled}>
          {printText.png(sheet.pages.length)}
        </Button>
      )}
      <Button look="primary" onPress={() => void save(savePdf)} isDisabled={isDisabled || isBusy}>
        {printText.pdf}
      </Button>
    </DialogFoot>
  );
}

/** What the page says of itself: the published version only where nothing has moved since. */
function headOf(
  { plant, version, now }: Origin,
  { moment, stamp, time }: Formats,
  range: { readonly start: Instant; readonly end: Instant },
): PrintHead {
  const { board, proposal } = useBoard.getState();
  const moved = board?.state.movedSincePublished ?? 0;
  const scenario = openIn(board?.state)?.name ?? printText.draft;
  const isPublished = version !== null && moved === 0;
  const plan = isPublished ? printText.version(version) : scenario;
  const since = !isPublished && version !== null ? printText.moved(moved, version) : '';
  const shown = proposal && useBoardUi.getState().showing === 'proposal' ? printText.proposal : '';
  return {
    plant,
    plan: shown === '' ? plan : shown,
    span: [`${moment(range.start)} – ${moment(range.end)}`, since].filter(Boolean).join(' · '),
    printed: printText.printed(stamp(now()).slice(0, 16)),
    clock: time,
  };
}
