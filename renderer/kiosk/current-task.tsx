import { orderNameOf } from '#shared/domain/of-order.ts';
import { passedOverLine } from '#shared/flow/why-words.ts';
import type { ListedItem } from '#shared/contract/line.ts';
import type { WorklistItem } from '#shared/contract/worklist.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { type Formats, quantity } from '#renderer/ui/format.ts';
import { toneOf } from './gate-tone.ts';
import { lotLine } from './lot-line.ts';
import { NewsMark } from './news-mark.tsx';
import { type ActionProps, TaskActions } from './task-actions.tsx';
import { kioskText as words } from './text.ts';

/** The one task that matters now: number, product, quantity, why, gates, and what may be done with it. */
export function CurrentTask({
  item,
  format,
  operator,
  isReadOnly,
  report,
  cannotRun,
  identify,
  override,
}: {
  readonly item: ListedItem | WorklistItem;
  readonly format: Formats;
} & ActionProps) {
  const state = item.progress?.state.kind ?? 'waiting';
  const done = item.progress ? item.progress.good + item.progress.scrap : 0;
  return (
    <article className="current" aria-label="Current task">
      <div className="what">
        <p className="muted">
          {LABEL[state]} · position {item.position}
        </p>
        <NewsMark of={item.news} />
        <h2>
          {orderNameOf(item)} · {item.name}
        </h2>
        <p className="product">{item.product}</p>
        <p className="amount">
          {quantity(item.quantity, item.uom)}
          {done > 0 ? (
            <span className="muted">
              {' '}
              · {quantity(item.progress?.good ?? 0, item.uom)} good, {quantity(item.progress?.scrap ?? 0, '')}{' '}
              scrap
            </span>
          ) : null}
        </p>
        <dl>
          <dt>Planned</dt>
          <dd>
            {format.moment(item.assignment.start)} to {format.moment(item.assignment.end)}
            {item.assignment.setup > 0 ? `, setup ${Math.round(item.assignment.setup / 60)} min` : ''}
          </dd>
          {'needed' in item ? (
            <>
              <dt>Unit</dt>
              <dd>{item.unitName}</dd>
              {item.needed.by ? (
                <>
                  <dt>Needed</dt>
                  <dd>
                    {format.moment(item.needed.at)}{' '}
                    {words.neededFor(item.needed.by.what, item.needed.by.unit)}
                  </dd>
                </>
              ) : null}
            </>
          ) : null}
          <dt>Due</dt>
          <dd>{format.moment(item.due)}</dd>
          <dt>Why next</dt>
          <dd>
            {item.why}
            {item.card?.passedOver.map((entry) => (
              <span key={entry.task} className="passed-over muted">
                {passedOverLine(entry, item.card?.zone ?? '')}
              </span>
            ))}
          </dd>
          {item.people.length > 0 ? (
            <>
              <dt>People</dt>
              <dd>{item.people.join(', ')}</dd>
            </>
          ) : null}
          {item.instruments.length > 0 ? (
            <>
              <dt>Instruments</dt>
              <dd>{item.instruments.join(', ')}</dd>
            </>
          ) : null}
          {item.takes.length > 0 ? (
            <>
              <dt>Lots</dt>
              <dd>
                {item.takes.map((take) => (
                  <span key={take.lot} className="lot">
                    {lotLine(take, item.to)}
                  </span>
                ))}
              </dd>
            </>
          ) : null}
          {item.progress?.sample ? (
            <>
              <dt>Sample</dt>
              <dd>
                {[item.progress.sample.id, `taken ${format.time(item.progress.sample.at)}`]
                  .filter(Boolean)
                  .join(', ')}
              </dd>
            </>
          ) : null}
        </dl>
      </div>
      <div className="do">
        {state === 'waiting' ? (
          <ul className="gates" aria-label="Gates">
            {item.gates?.map((gate) => (
              <li key={gate.text} className={toneOf(gate)}>
                <Icon name={toneOf(gate) === 'waits' ? 'clock' : 'cross'} />
                {gate.text}
              </li>
            )) ?? (
              <li className="waits">
                <Icon name="clock" />
                {words.unjudged}
              </li>
            )}
            {item.passed.map((text) => (
              <li key={text}>
                <Icon name="check" />
                {text}
              </li>
            ))}
          </ul>
        ) : null}
        <TaskActions
          item={item}
          operator={operator}
          isReadOnly={isReadOnly}
          report={report}
          cannotRun={cannotRun}
          identify={identify}
          override={override}
        />
        {state === 'waiting' && !operator ? <p className="muted">Starting asks who you are first.</p> : null}
      </div>
    </article>
  );
}

const LABEL = {
  waiting: 'Next',
  setup: 'In setup',
  running: 'Running',
  suspended: 'Paused',
  completed: 'Completed',
} as const;
