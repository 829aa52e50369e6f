import { labelOf, orderNameOf } from '#shared/domain/of-order.ts';
import { useCallback, useState } from 'react';
import { type CountedTask, type ListedItem, type LineView, setAside } from '#shared/contract/line.ts';
import type { EventKind, ExecutionReport, LineReport } from '#shared/domain/execution.ts';
import { formatsOf, quantity } from '#renderer/ui/format.ts';
import { later } from '#renderer/ui/later.tsx';
import { CurrentTask } from './current-task.tsx';
import { toneOf } from './gate-tone.ts';
import { readLine, reportId, watchLine } from './line-client.ts';
import { NewsMark } from './news-mark.tsx';
import { OPERATOR } from './operators.ts';
import { dismissRefusal, isTakenBack, report, useOutbox } from './outbox.ts';
import { ReportBanners } from './report-banners.tsx';
import { kioskText as words } from './text.ts';
import { offerUndo } from './undo.ts';
import { useOneTap } from './use-one-tap.ts';
import { useReading } from './use-reading.ts';

const AskedList = later(async () => (await import('./asked-list.tsx')).AskedList);
const RevisionNews = later(async () => (await import('./revision-news.tsx')).RevisionNews);
const PairScreen = later(async () => (await import('./pair-screen.tsx')).PairScreen);
const DownDialog = later(async () => (await import('./reason-dialog.tsx')).DownDialog);
const OverrideDialog = later(async () => (await import('./override-dialog.tsx')).OverrideDialog);
const LineFoot = later(async () => (await import('./line-foot.tsx')).LineFoot);
const OperatorChooser = later(async () => (await import('./operator-chooser.tsx')).OperatorChooser);

/** What else a report says: quantities, a reason. */
export type Details = Pick<
  ExecutionReport,
  | 'good'
  | 'scrap'
  | 'rework'
  | 'reason'
  | 'lots'
  | 'place'
  | 'sample'
  | 'result'
  | 'calibration'
  | 'rest'
  | 'correction'
>;

/** One work unit's page: what to run now, why, whether it may start; and the next ones. */
export function LinePage({ unit }: { readonly unit: string }) {
  const [operator, setOperator] = useState<string | null>(() => sessionStorage.getItem(OPERATOR));
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'operator' | 'down' | 'override' | null>(null);
  const { waiting, offline } = useOutbox();

  const read = useCallback(() => readLine(unit, operator), [unit, operator]);
  const watch = useCallback((changed: () => void) => watchLine(unit, changed), [unit]);
  const { value: view, people: list, isPaired, age, isExpired, refresh } = useReading(read, watch);
  const isFirst = useOneTap(view);

  if (!isPaired) return <PairScreen waiting={waiting.length} onPaired={() => void refresh()} />;
  if (!view)
    return (
      <main className="line">
        <p className="muted">
          {offline ? 'The station cannot be reached. Trying again …' : 'Reading the queue …'}
        </p>
      </main>
    );

  const format = formatsOf(view.zone);
  const busy = view.items.find((item) => item.progress && item.progress.state.kind !== 'waiting');
  // What is set aside, or will be, makes room for the next one that may start.
  const asked = new Set<string>([
    ...setAside(view),
    ...waiting.flatMap((entry) =>
      entry.kind === 'cannotRun' && !isTakenBack(waiting, entry) ? entry.task : [],
    ),
  ]);
  const free = view.items.filter((item) => !asked.has(item.task));
  const current =
    busy ??
    view.items.find((item) => item.task === chosen) ??
    (asked.size > 0 ? free.find((item) => item.gates?.length === 0) : undefined) ??
    free[0] ??
    view.items[0];
  const next = view.items.filter((item) => item !== current).slice(0, 3);
  const own = () => ({
    id: reportId(),
    unit: view.unit,
    ...(operator && { person: operator as ExecutionReport['person'] & string }),
  });
  const written = (kind: EventKind, item: CountedTask | null, details: Details = {}): ExecutionReport => ({
    ...own(),
    kind,
    ...(item && { task: item.task }),
    ...details,
  });
  const send = (entry: LineReport, item: CountedTask | null = null): void => {
    if (!isFirst(entry)) return;
    dismissRefusal();
    offerUndo(entry, item ? labelOf(item) : view.name, item?.uom);
    void report(entry).then(refresh);
  };
  const tell = (kind: EventKind, item: CountedTask | null, details: Details = {}): void =>
    send(written(kind, item, details), item);
  const ask = (item: ListedItem, reason: string): void => {
    setChosen(null);
    send({ ...own(), kind: 'cannotRun', task: item.task, reason }, item);
  };
  const sayListSeen = (revision: number): void => {
    if (view.queue?.asksWho && !operator) setDialog('operator');
    else send({ ...own(), kind: 'listSeen', revision });
  };
  const operatorName = list.people.find((person) => person.id === operator)?.name;

  return (
    <main className="line">
      <header className="line-head">
        <h1>{view.name}</h1>
        <span className={`state ${view.down ? 'bad' : ''}`}>
          {view.down
            ? `Down since ${format.momentNear(view.down.since, view.now)} · ${view.down.reason}`
            : STATE[view.state]}
        </span>
        <span className="muted grow" data-testid="age">
          {view.queue
            ? `List r${view.queue.revision} of v${view.queue.version} · read ${age} ago`
            : 'No list yet'}
        </span>
        <button type="button" className="tap" onClick={() => setDialog('operator')}>
          {operatorName ?? 'Who are you?'}
        </button>
        {view.down ? (
          <button type="button" className="tap" onClick={() => tell('downtimeEnded', null)}>
            Running again
          </button>
        ) : (
          <button type="button" className="tap" onClick={() => setDialog('down')}>
            Machine down
          </button>
        )}
      </header>

      <ReportBanners isExpired={isExpired} />

      {view.queue ? (
        <RevisionNews
          queue={view.queue}
          now={view.now}
          format={format}
          isSaid={waiting.some(
            (entry) => entry.kind === 'listSeen' && entry.revision === view.queue?.revision,
          )}
          onSeen={() => sayListSeen(view.queue?.revision ?? 0)}
        />
      ) : null}

      <AskedList {...view} format={format} />

      {current ? (
        <CurrentTask
          key={current.task}
          item={current}
          format={format}
          operator={operator}
          isReadOnly={isExpired}
          report={(kind, details) => tell(kind, current, details)}
          cannotRun={asked.has(current.task) ? null : (reason) => ask(current, reason)}
          identify={() => setDialog('operator')}
          override={current.overridable && view.override ? () => setDialog('override') : null}
        />
      ) : (
        <p className="empty">
          {view.queue
            ? 'Nothing is left on this list.'
            : 'Nothing has been dispatched to this line yet. The planner publishes and dispatches at the workstation.'}
        </p>
      )}

      {next.length > 0 ? (
        <section className="next" aria-label="Next">
          <h2>Next</h2>
          <ol>
            {next.map((item) => (
              <li key={item.task}>
                <button
                  type="button"
                  className="tap wide"
                  disabled={busy !== undefined}
                  onClick={() => setChosen(item.task)}
                >
                  <strong>
                    {orderNameOf(item)} · {item.name}
                  </strong>
                  <span className="muted">
                    {format.moment(item.assignment.start)} · {quantity(item.quantity, item.uom)}
                  </span>
                  <NewsMark of={item.news} />
                  <span className={asked.has(item.task) ? 'waits' : standingOf(item)}>
                    {asked.has(item.task) ? 'Set aside' : standingText(item)}
                  </span>
                </button>
              </li>
            ))}
          </ol>
        </section>
      ) : null}

      {dialog === 'operator' ? (
        <OperatorChooser
          {...list}
          close={() => setDialog(null)}
          choose={(id) => {
            sessionStorage.setItem(OPERATOR, id);
            setOperator(id);
            setDialog(null);
          }}
        />
      ) : null}
      {dialog === 'override' && current && view.override ? (
        <OverrideDialog
          item={current}
          report={() => written('started', current)}
          meanings={view.override}
          close={(begun) => {
            if (begun) offerUndo(begun, labelOf(current), current.uom);
            setDialog(null);
            void refresh();
          }}
        />
      ) : null}
      {dialog === 'down' ? (
        <DownDialog
          tree={view.downtime}
          close={() => setDialog(null)}
          choose={(reason) => {
            tell('downtimeStarted', busy ?? null, { reason });
            setDialog(null);
          }}
        />
      ) : null}
      <LineFoot
        counted={isExpired ? [] : view.counted}
        identify={operator ? null : () => setDialog('operator')}
        correct={(item, details) => tell('quantityCorrected', item, details)}
        done={() => void refresh()}
      />
    </main>
  );
}

/** Whether it may start, as far as anybody has looked. */
const standingText = ({ gates }: ListedItem): string =>
  gates ? (gates[0]?.text ?? 'Ready') : words.unjudged;
const standingOf = ({ gates }: ListedItem): string =>
  gates?.[0] ? toneOf(gates[0]) : gates ? 'ready' : 'waits';

const STATE: Record<LineView['state'], string> = {
  PROD: 'Running',
  SETUP: 'Setup',
  DELAY: 'Stopped',
  NO_ORDER: 'Idle',
  PLANNED_DOWN: 'Planned down',
  UNSCHEDULED: 'Not scheduled',
};
