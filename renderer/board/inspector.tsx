import type { ReactNode } from 'react';
import type { Inspection, NeedState } from '#shared/contract/views.ts';
import type { RefusalCode } from '#shared/domain/refusal.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button, IconButton } from '#renderer/ui/button.tsx';
import { count, duration, formatsOf, quantity } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { domainText, orderStateText, text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { BarMarks } from './bar-tip.tsx';
import { refusalText } from './refusal-text.ts';
import { useInspection } from './inspection.ts';
import { boardText } from './text.ts';
import { selectOne, useBoardUi, useCurrent } from './ui-state.ts';
import { WhatHelps } from './what-helps.tsx';
import { shortMoment } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ inspector: false });
const openMove = (): void => useBoardUi.setState({ moveDialog: true });

/** Beside the board: what the selected task is, what it needs, why it stands there and why it is late. */
export function Inspector() {
  const current = useCurrent();
  const inspection = useInspection(current);
  const selected = useBoard((state) => state.selection.size);
  return (
    <aside className="inspector" aria-label={boardText.inspector}>
      <header className="inspector-head">
        <h2>{inspection ? inspection.order : boardText.inspector}</h2>
        <IconButton icon="cross" label={boardText.closeInspector} placement="left" onPress={close} />
      </header>
      {inspection ? (
        <Facts inspection={inspection} />
      ) : (
        <p className="inspector-none muted">{current === null ? boardText.selectOne : text.loading}</p>
      )}
      {selected > 1 ? <p className="inspector-none muted">{boardText.several(count(selected))}</p> : null}
    </aside>
  );
}

function Facts({ inspection }: { readonly inspection: Inspection }) {
  const { needs, whyHere, whyLate, alternatives, predecessors, successors, unplaced } = inspection;
  return (
    <div className="inspector-body">
      <What inspection={inspection} />
      <Actions inspection={inspection} />
      {unplaced ? (
        <Part title={boardText.notPlaced}>
          <p>
            <Mark tone="warn" icon="warn">
              {unplaced.object}
            </Mark>
          </p>
          <p>{unplaced.text}</p>
        </Part>
      ) : null}
      {whyHere ? (
        <Part title={boardText.whyHere}>
          <p>{whyHere}</p>
        </Part>
      ) : null}
      {whyLate.length > 0 ? (
        <Part title={boardText.whyLate}>
          <ol className="inspector-chain">
            {whyLate.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ol>
          <WhatHelps key={`${inspection.order} ${inspection.task}`} order={inspection.order} />
        </Part>
      ) : null}
      <Part title={boardText.needs}>
        {needs.length === 0 ? <p className="muted">{boardText.needsNone}</p> : null}
        <ul className="needs">
          {needs.map((need) => (
            <Need key={`${need.what} ${need.who}`} need={need} />
          ))}
        </ul>
      </Part>
      <Part title={boardText.alternatives}>
        <ul className="inspector-pairs">
          {alternatives.map(({ unit, name, run }) => (
            <li key={unit}>
              <span>{unit === inspection.bar?.unit ? `${name} (${boardText.here})` : name}</span>
              <span className="muted">{duration(run)}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Related title={boardText.before} tasks={predecessors} />
      <Related title={boardText.after} tasks={successors} />
    </div>
  );
}

/** A gate that is not passed comes with its code; not being its turn yet is nothing wrong. */
function Need({ need: { what, who, ok, text } }: { readonly need: NeedState }) {
  const isCode = Object.hasOwn(refusalText, what);
  const waits = what === 'PREDECESSOR_NOT_FINISHED';
  const tone = ok ? 'ok' : waits ? 'muted' : 'late';
  const name = isCode ? refusalText[what as RefusalCode] : what;
  return (
    <li>
      <span className={tone}>
        <Icon name={ok ? 'check' : waits ? 'clock' : 'cross'} size={14} />
      </span>
      <span>
        <span className="need-what">{who && !isCode ? `${name}: ${who}` : name}</span>
        <span className={ok ? 'need-state muted' : `need-state ${tone}`}>{text}</span>
      </span>
    </li>
  );
}

function What({ inspection }: { readonly inspection: Inspection }) {
  const { bar, orderDue, orderState } = inspection;
  const board = useBoard((state) => state.board);
  const formats = formatsOf(board?.zone ?? 'UTC');
  const { moment } = formats;
  const tray = board?.unplaced.find(({ task }) => task === inspection.task);
  const unit = board?.rows.find((row) => row.unit === bar?.unit)?.name ?? bar?.unit;
  const facts: readonly (readonly [string, string | null])[] = [
    [boardText.product, bar?.product || null],
    [boardText.quantity, bar && bar.quantity > 0 ? quantity(bar.quantity, bar.uom) : null],
    [boardText.unit, unit ?? null],
    [boardText.start, bar ? moment(bar.start) : null],
    [boardText.setupUntil, bar && bar.runStart > bar.start ? moment(bar.runStart) : null],
    [boardText.end, bar ? `${moment(bar.end)} · ${duration(bar.end - bar.start)}` : null],
    [
      boardText.actual,
      bar && bar.actualStart !== null
        ? `${shortMoment(formats, bar.actualStart)} – ${bar.actualEnd === null ? '' : shortMoment(formats, bar.actualEnd)}`
        : null,
    ],
    [boardText.due, moment(orderDue)],
    [boardText.state, orderStateText[orderState]],
  ];
  const domain = bar?.domain ?? tray?.domain;
  return (
    <section className="inspector-part">
      <p className="inspector-name">
        {domain ? <Icon name={domain} /> : null}
        <span>{bar?.name ?? tray?.name ?? inspection.task}</span>
        {domain ? <span className="muted">{domainText[domain]}</span> : null}
      </p>
      {bar ? <BarMarks bar={bar} /> : null}
      <dl className="facts">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </section>
  );
}

function Actions({ inspection: { task, bar } }: { readonly inspection: Inspection }) {
  const pinned = bar !== null && bar.pin !== null;
  return (
    <div className="button-row inspector-actions">
      <Button onPress={openMove}>{boardText.moveTo}</Button>
      {bar ? (
        <Button
          icon="pin"
          onPress={() => void act('draft.pin', { tasks: [task], pinned: !pinned, expected: expected() })}
        >
          {pinned ? boardText.unpin : boardText.pin}
        </Button>
      ) : null}
    </div>
  );
}

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section className="inspector-part">
    <h3>{title}</h3>
    {children}
  </section>
);

function Related({ title, tasks }: { readonly title: string; readonly tasks: readonly TaskId[] }) {
  const bars = useBoard((state) => state.bars);
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const { moment } = formatsOf(zone);
  if (tasks.length === 0) return null;
  return (
    <Part title={title}>
      <ul className="inspector-pairs">
        {tasks.map((task) => {
          const bar = bars.get(task);
          return (
            <li key={task}>
              <button type="button" className="link" onClick={() => selectOne(task)}>
                {bar?.name ?? task}
              </button>
              <span className="muted">{bar ? moment(bar.start) : boardText.notPlaced}</span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
