import { useCallback, useState } from 'react';
import type { HeldTest, Worklist, WorklistAsk, WorklistItem } from '#shared/contract/worklist.ts';
import { labelOf, orderNameOf } from '#shared/domain/of-order.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { EventKind, ExecutionReport, LineReport } from '#shared/domain/execution.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { type Formats, formatsOf } from '#renderer/ui/format.ts';
import { CurrentTask } from './current-task.tsx';
import { toneOf } from './gate-tone.ts';
import { NotIdentified, readWorklist, reportId, watchLists } from './line-client.ts';
import type { Details } from './line-page.tsx';
import { lotLine } from './lot-line.ts';
import { OperatorChooser } from './operator-chooser.tsx';
import { OPERATOR } from './operators.ts';
import { dismissRefusal, isTakenBack, report, useOutbox } from './outbox.ts';
import { OverrideDialog } from './override-dialog.tsx';
import { PairScreen } from './pair-screen.tsx';
import { ReportBanners } from './report-banners.tsx';
import { TestDialog } from './result-dialogs.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';
import { kioskText as words } from './text.ts';
import { UndoBar } from './undo-bar.tsx';
import { offerUndo } from './undo.ts';
import { useOneTap } from './use-one-tap.ts';
import { useReading } from './use-reading.ts';

/** Whose list the page shows; a person's is that of whoever stands there. */
export type ListOf = 'mine' | Extract<WorklistAsk, { domain: unknown }>;

/** A person's or a team's tasks over all units, by what the schedule needs when. */
export function WorklistPage({ of }: { readonly of: ListOf }) {
  const [operator, setOperator] = useState<string | null>(() => sessionStorage.getItem(OPERATOR));
  const [chosen, setChosen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'operator' | 'override' | HeldTest | null>(null);
  const { waiting, offline } = useOutbox();

  const read = useCallback(async (): Promise<Worklist | null> => {
    if (of === 'mine' && operator === null) return null;
    try {
      return await readWorklist(of === 'mine' ? { person: operator as PersonId } : of, operator);
    } catch (error) {
      if (!(error instanceof NotIdentified)) throw error;
      setOperator(null);
      return null;
    }
  }, [of, operator]);
  const { value: list, people, isPaired, age, isExpired, refresh, forget } = useReading(read, watchLists);
  const isFirst = useOneTap(list);

  const chooser = (
    <OperatorChooser
      {...people}
      close={() => (of === 'mine' && operator === null ? location.assign('/line') : setDialog(null))}
      choose={(id) => {
        sessionStorage.setItem(OPERATOR, id);
        if (of === 'mine') forget();
        setOperator(id);
        setDialog(null);
      }}
    />
  );
  if (!isPaired) return <PairScreen waiting={waiting.length} onPaired={() => void refresh()} />;
  if (of === 'mine' && operator === null) return chooser;
  if (!list)
    return (
      <main className="line">
        <p className="muted">
          {offline ? 'The station cannot be reached. Trying again …' : 'Reading the list …'}
        </p>
      </main>
    );

  const format = formatsOf(list.zone);
  const asked = new Set<string>(
    waiting.flatMap((entry) =>
      entry.kind === 'cannotRun' && !isTakenBack(waiting, entry) ? entry.task : [],
    ),
  );
  const current = list.items.find(({ task }) => task === chosen) ?? list.items[0];
  const own = (unit: EquipmentId) => ({
    id: reportId(),
    unit,
    ...(operator !== null && { person: operator as PersonId }),
  });
  const written = (
    kind: EventKind,
    { task, unit }: { readonly task: TaskId; readonly unit: EquipmentId },
    details: Details = {},
  ): ExecutionReport => ({ ...own(unit), kind, task, ...details });
  const tell = (entry: LineReport, what: string, uom = ''): void => {
    if (!isFirst(entry)) return;
    dismissRefusal();
    offerUndo(entry, what, uom);
    void report(entry).then(refresh);
  };
  const at = ({ task, assignment }: WorklistItem) => ({ task, unit: assignment.unit });
  const name = people.people.find(({ id }) => id === operator)?.name;

  return (
    <main className="line">
      <header className="line-head">
        <h1>{list.title}</h1>
        <span className="muted grow" data-testid="age">
          {said.listAge(age)}
        </span>
        <a className="tap" href="/line">
          {said.otherList}
        </a>
        <button type="button" className="tap" onClick={() => setDialog('operator')}>
          {name ?? 'Who are you?'}
        </button>
      </header>
      <ReportBanners isExpired={isExpired} />
      {list.held.map((held) => (
        <p key={held.task} className="banner bad">
          <span className="grow">
            {said.onHold(
              held.what,
              held.found.value === undefined ? '' : ` (${held.found.value})`,
              format.moment(held.found.at),
            )}
          </span>
          <button
            type="button"
            className="tap"
            onClick={() => setDialog(operator === null ? 'operator' : held)}
          >
            {said.testAgain}
          </button>
        </p>
      ))}
      {current ? (
        <div className="worklist">
          <section aria-label={list.title}>
            <ol>
              {list.items.map((item) => (
                <li key={item.task}>
                  <Card
                    item={item}
                    format={format}
                    isChosen={item === current}
                    choose={() => setChosen(item.task)}
                  />
                </li>
              ))}
            </ol>
            {list.more > 0 ? <p className="muted">{said.more(list.more)}</p> : null}
          </section>
          <CurrentTask
            key={current.task}
            item={current}
            format={format}
            operator={operator}
            isReadOnly={isExpired}
            report={(kind, details) =>
              tell(written(kind, at(current), details), labelOf(current), current.uom)
            }
            cannotRun={
              asked.has(current.task)
                ? null
                : (reason) =>
                    tell(
                      { ...own(current.assignment.unit), kind: 'cannotRun', task: current.task, reason },
                      labelOf(current),
                    )
            }
            identify={() => setDialog('operator')}
            override={current.overridable && list.override ? () => setDialog('override') : null}
          />
        </div>
      ) : (
        <p className="empty">{said.listEmpty}</p>
      )}
      {dialog === 'operator' ? chooser : null}
      {dialog === 'override' && current && list.override ? (
        <OverrideDialog
          item={current}
          report={() => written('started', at(current))}
          meanings={list.override}
          close={(begun) => {
            if (begun) offerUndo(begun, labelOf(current), current.uom);
            setDialog(null);
            void refresh();
          }}
        />
      ) : null}
      {typeof dialog === 'object' && dialog ? (
        <TestDialog
          what={dialog.what}
          lots={dialog.found.lot === undefined ? [] : [{ lot: dialog.found.lot, name: dialog.found.lot }]}
          close={() => setDialog(null)}
          send={(result) => {
            tell(written('tested', dialog, { result }), dialog.what);
            setDialog(null);
          }}
        />
      ) : null}
      <UndoBar done={() => void refresh()} />
    </main>
  );
}

/** One task of the list: when the schedule needs it and for what, which, where, and what is against it. */
function Card({
  item,
  format,
  isChosen,
  choose,
}: {
  readonly item: WorklistItem;
  readonly format: Formats;
  readonly isChosen: boolean;
  readonly choose: () => void;
}) {
  const { needed, progress, gates } = item;
  const state = progress?.state.kind ?? 'waiting';
  const [gate] = gates;
  return (
    <button
      type="button"
      className={isChosen ? 'tap wide chosen' : 'tap wide'}
      aria-pressed={isChosen}
      onClick={choose}
    >
      <span className="when">
        {needed.by ? said.needed(format.moment(needed.at)) : said.due(format.moment(needed.at))}
        <span className="muted"> {needed.by ? words.neededFor(needed.by.what, needed.by.unit) : ''}</span>
      </span>
      <strong>
        {orderNameOf(item)} · {item.name}
      </strong>
      {item.domain === 'inventory' ? (
        item.takes.map((take) => (
          <span key={take.lot} className="muted">
            {lotLine(take, item.to)}
          </span>
        ))
      ) : (
        <span className="muted">{item.unitName}</span>
      )}
      <span className={state !== 'waiting' ? '' : gate ? toneOf(gate) : 'ready'}>
        {state !== 'waiting' ? said.inHand : (gate?.text ?? 'Ready')}
      </span>
    </button>
  );
}
