import { orderNameOf } from '#shared/domain/of-order.ts';
import { passedOverLine } from '#shared/flow/why-words.ts';
import { useState } from 'react';
import type { LineItem } from '#shared/contract/line.ts';
import type { EventKind } from '#shared/domain/execution.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { type Formats, quantity } from '#renderer/ui/format.ts';
import { toneOf } from './gate-tone.ts';
import type { Details } from './line-page.tsx';
import { NewsMark } from './revision-news.tsx';
import { QuantityDialog } from './quantity-dialog.tsx';
import { CannotRunDialog, PauseDialog } from './reason-dialog.tsx';
import { kioskText as words } from './text.ts';

/** The one task that matters now: number, product, quantity, why, gates, and two buttons. */
export function CurrentTask({
  item,
  format,
  operator,
  report,
  cannotRun,
  identify,
  override,
}: {
  readonly item: LineItem;
  readonly format: Formats;
  readonly operator: string | null;
  readonly report: (kind: EventKind, details?: Details) => void;
  /** Null where the desk already has it. */
  readonly cannotRun: ((reason: string) => void) | null;
  readonly identify: () => void;
  /** Null where nothing is against it, or this plant allows no start against a gate. */
  readonly override: (() => void) | null;
}) {
  const [dialog, setDialog] = useState<'pause' | 'quantity' | 'complete' | 'cannotRun' | null>(null);
  const state = item.progress?.state.kind ?? 'waiting';
  const begin = (kind: EventKind) => (operator ? report(kind) : identify());
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
          {item.lots.length > 0 ? (
            <>
              <dt>Lots</dt>
              <dd>{item.lots.join(', ')}</dd>
            </>
          ) : null}
        </dl>
      </div>
      <div className="do">
        {state === 'waiting' ? (
          <ul className="gates" aria-label="Gates">
            {item.gates.map((gate) => (
              <li key={gate.text} className={toneOf(gate)}>
                <Icon name={toneOf(gate) === 'waits' ? 'clock' : 'cross'} />
                {gate.text}
              </li>
            ))}
            {item.passed.map((text) => (
              <li key={text}>
                <Icon name="check" />
                {text}
              </li>
            ))}
          </ul>
        ) : null}
        <div className="buttons">
          {state === 'waiting' && item.assignment.setup > 0 ? (
            <Tap onPress={() => begin('setupStarted')}>Start setup</Tap>
          ) : null}
          {state === 'waiting' ? (
            <Tap main={item.gates.length === 0} onPress={() => begin('started')}>
              Start
            </Tap>
          ) : null}
          {state === 'waiting' && override ? (
            <Tap onPress={() => (operator ? override() : identify())}>{words.override}</Tap>
          ) : null}
          {state === 'setup' ? (
            <Tap main onPress={() => begin('started')}>
              Start run
            </Tap>
          ) : null}
          {state === 'running' ? (
            <Tap main onPress={() => setDialog('complete')}>
              Complete
            </Tap>
          ) : null}
          {state === 'suspended' ? (
            <Tap main onPress={() => report('resumed')}>
              Resume
            </Tap>
          ) : null}
          {state === 'running' ? <Tap onPress={() => setDialog('quantity')}>Quantity</Tap> : null}
          {state === 'running' || state === 'setup' ? (
            <Tap onPress={() => setDialog('pause')}>Pause</Tap>
          ) : null}
          {state === 'waiting' && cannotRun ? (
            <Tap onPress={() => setDialog('cannotRun')}>Can’t run this</Tap>
          ) : null}
        </div>
        {state === 'waiting' && !operator ? <p className="muted">Starting asks who you are first.</p> : null}
      </div>
      {dialog === 'pause' ? (
        <PauseDialog
          close={() => setDialog(null)}
          choose={(reason) => {
            report('paused', { reason });
            setDialog(null);
          }}
        />
      ) : null}
      {dialog === 'cannotRun' && cannotRun ? (
        <CannotRunDialog
          close={() => setDialog(null)}
          choose={(reason) => {
            cannotRun(reason);
            setDialog(null);
          }}
        />
      ) : null}
      {dialog === 'quantity' || dialog === 'complete' ? (
        <QuantityDialog
          item={item}
          complete={dialog === 'complete'}
          close={() => setDialog(null)}
          send={(details) => {
            report(dialog === 'complete' ? 'completed' : 'quantityReported', details);
            setDialog(null);
          }}
        />
      ) : null}
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

function Tap({
  main = false,
  onPress,
  children,
}: {
  readonly main?: boolean;
  readonly onPress: () => void;
  readonly children: string;
}) {
  return (
    <button type="button" className={main ? 'tap main' : 'tap'} onClick={onPress}>
      {children}
    </button>
  );
}
