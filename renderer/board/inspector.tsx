import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Inspection } from '#shared/contract/views.ts';
import { MINUTE } from '#shared/time/instant.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { IconButton } from '#renderer/ui/button.tsx';
import { count, duration, formatsOf, hours, quantity } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { domainText, orderStateText, text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { BarMarks } from './bar-tip.tsx';
import { Comments } from './comments.tsx';
import { innerText } from './inner-text.ts';
import { useInspection } from './inspection.ts';
import { Needs } from './inspector-needs.tsx';
import { Part } from './inspector-part.tsx';
import { Sums } from './inspector-sums.tsx';
import { Why } from './inspector-why.tsx';
import { Reports } from './reports.tsx';
import { lastEnds, slackOf } from './slack.ts';
import { boardText } from './text.ts';
import { selectOne, useBoardUi, useCurrent } from './ui-state.ts';
import { shortMoment } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ inspector: false });
const openRemaining = (): void => useBoardUi.setState({ remaining: true });
const openMove = (): void => useBoardUi.setState({ moveDialog: true });

/** Beside the board: what the selected task is, what it needs, why it stands there and why it is late. */
export function Inspector() {
  const current = useCurrent();
  const inspection = useInspection(current);
  const selection = useBoard((state) => state.selection);
  const bars = useBoard((state) => state.bars);
  const several = selection.size > 1;
  const placed = several ? [...selection].flatMap((task) => bars.get(task) ?? []) : [];
  return (
    <aside className="inspector" aria-label={boardText.inspector}>
      <header className="inspector-head">
        <h2>
          {several
            ? boardText.several(count(selection.size))
            : inspection
              ? orderNameOf(inspection)
              : boardText.inspector}
        </h2>
        <IconButton icon="cross" label={innerText.closeInspector} placement="left" onPress={close} />
      </header>
      {several ? <Sums bars={placed} unplaced={selection.size - placed.length} /> : null}
      {!several && inspection ? <Facts inspection={inspection} /> : null}
      {several || inspection ? null : (
        <p className="inspector-none muted">{current === null ? innerText.selectOne : text.loading}</p>
      )}
    </aside>
  );
}

function Facts({ inspection }: { readonly inspection: Inspection }) {
  const { needs, alternatives, successors, unplaced } = inspection;
  return (
    <div className="inspector-body">
      <What inspection={inspection} />
      <Actions inspection={inspection} />
      <Reports key={`reports ${inspection.task}`} task={inspection.task} />
      {unplaced ? (
        <Part title={innerText.notPlaced}>
          <p>
            <Mark tone="warn" icon="warn">
              {unplaced.object}
            </Mark>
          </p>
          <p>{unplaced.text}</p>
        </Part>
      ) : null}
      <Why inspection={inspection} />
      <Needs needs={needs} />
      <Part title={innerText.alternatives}>
        <ul className="inspector-pairs">
          {alternatives.map(({ unit, name, run }) => (
            <li key={unit}>
              <span>{unit === inspection.bar?.unit ? `${name} (${innerText.here})` : name}</span>
              <span className="muted">{duration(run)}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Related title={innerText.after} tasks={successors} />
      <Comments key={inspection.task} task={inspection.task} comments={inspection.comments} />
    </div>
  );
}

function What({ inspection }: { readonly inspection: Inspection }) {
  const { bar, name, domain, product, orderDue, orderState } = inspection;
  const board = useBoard((state) => state.board);
  const formats = formatsOf(board?.zone ?? 'UTC');
  const { moment } = formats;
  const slack = bar && board ? slackOf(bar, lastEnds(board.bars)) : null;
  const unit = board?.rows.find((row) => row.unit === bar?.unit)?.name ?? bar?.unit;
  const facts: readonly (readonly [string, string | null])[] = [
    [innerText.product, product || null],
    [innerText.quantity, inspection.quantity > 0 ? quantity(inspection.quantity, inspection.uom) : null],
    [innerText.unit, unit ?? null],
    [innerText.start, bar ? moment(bar.start) : null],
    [innerText.setupUntil, bar && bar.runStart > bar.start ? moment(bar.runStart) : null],
    [
      innerText.runs,
      bar?.estimate && bar.estimate.run !== bar.estimate.routing
        ? innerText.estimated(duration(bar.estimate.run), duration(bar.estimate.routing))
        : null,
    ],
    [innerText.end, bar ? `${moment(bar.end)} · ${duration(bar.end - bar.start)}` : null],
    [
      innerText.actual,
      bar && bar.actualStart !== null
        ? `${shortMoment(formats, bar.actualStart)} – ${bar.actualEnd === null ? '' : shortMoment(formats, bar.actualEnd)}`
        : null,
    ],
    [
      innerText.remainingLabel,
      bar?.remaining
        ? [
            innerText.remainingSaid(
              Math.round(bar.remaining.run / MINUTE),
              shortMoment(formats, bar.remaining.at),
              bar.remaining.holds,
            ),
            bar.remaining.reason,
          ]
            .filter(Boolean)
            .join(' ')
        : null,
    ],
    [innerText.due, moment(orderDue)],
    [innerText.slack, slack !== null && slack >= 0 ? hours(slack) : null],
    [innerText.state, orderStateText[orderState]],
  ];
  return (
    <section className="inspector-part">
      <p className="inspector-name">
        <Icon name={domain} />
        <span>{name}</span>
        <span className="muted">{domainText[domain]}</span>
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
        {bar && bar.late > 0 ? (
          <div>
            <dt>{innerText.lateness}</dt>
            <dd className="late">{duration(bar.late)}</dd>
          </div>
        ) : null}
      </dl>
    </section>
  );
}

function Actions({ inspection: { task, bar } }: { readonly inspection: Inspection }) {
  const pinned = bar !== null && bar.pin !== null;
  return (
    <div className="button-row inspector-actions">
      <AllowedButton needs="draft.move" onPress={openMove}>
        {boardText.moveTo}
      </AllowedButton>
      {bar ? (
        <AllowedButton
          needs="draft.pin"
          icon="pin"
          onPress={() => void act('draft.pin', { tasks: [task], pinned: !pinned, expected: expected() })}
        >
          {pinned ? innerText.unpin : innerText.pin}
        </AllowedButton>
      ) : null}
      {bar?.work === 'running' || bar?.work === 'suspended' ? (
        <AllowedButton needs="draft.remaining" onPress={openRemaining}>
          {boardText.remaining}
        </AllowedButton>
      ) : null}
    </div>
  );
}

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
              <span className="muted">{bar ? moment(bar.start) : innerText.notPlaced}</span>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}
