import { type ReactNode, useState } from 'react';
import type { ListedItem } from '#shared/contract/line.ts';
import type { EventKind } from '#shared/domain/execution.ts';
import { later } from '#renderer/ui/later.tsx';
import type { Details } from './line-page.tsx';
import { kioskText as words } from './text.ts';

const PauseDialog = later(async () => (await import('./reason-dialog.tsx')).PauseDialog);
const CannotRunDialog = later(async () => (await import('./reason-dialog.tsx')).CannotRunDialog);
const CorrectDialog = later(async () => (await import('./correct-dialog.tsx')).CorrectDialog);
const QuantityDialog = later(async () => (await import('./quantity-dialog.tsx')).QuantityDialog);
const dialogs = () => import('./result-dialogs.tsx');
const CalibrationDialog = later(async () => (await dialogs()).CalibrationDialog);
const SampleDialog = later(async () => (await dialogs()).SampleDialog);
const SplitDialog = later(async () => (await dialogs()).SplitDialog);
const StagedDialog = later(async () => (await dialogs()).StagedDialog);
const TestDialog = later(async () => (await dialogs()).TestDialog);

export interface ActionProps {
  readonly operator: string | null;
  /** The list is too old to act upon. */
  readonly isReadOnly: boolean;
  readonly report: (kind: EventKind, details?: Details) => void;
  /** Null where the desk already has it. */
  readonly cannotRun: ((reason: string) => void) | null;
  readonly identify: () => void;
  /** Null where nothing is against it, or this plant allows no start against a gate. */
  readonly override: (() => void) | null;
}

type Open =
  | 'pause'
  | 'quantity'
  | 'complete'
  | 'correct'
  | 'cannotRun'
  | 'staged'
  | 'sample'
  | 'test'
  | 'calibration'
  | 'split';

/** What ends a task: what came out, what stands there, or what was found; each domain has its own word. */
function endOf({ domain, takes, renews }: ListedItem): readonly [opens: Open, text: string] {
  if (renews) return ['calibration', words.testResult];
  if (domain === 'quality') return ['test', words.testResult];
  if (domain === 'inventory' && takes.length > 0) return ['staged', words.staged];
  return ['complete', 'Complete'];
}

/** The buttons of a task and what they ask. */
export function TaskActions({
  item,
  operator,
  isReadOnly,
  report,
  cannotRun,
  identify,
  override,
}: ActionProps & { readonly item: ListedItem }) {
  const [dialog, setDialog] = useState<Open | null>(null);
  const state = item.progress?.state.kind ?? 'waiting';
  const isWaiting = state === 'waiting';
  const isMade = item.domain === 'production';
  const { good = 0, scrap = 0, rework = 0, consumed } = item.progress ?? {};
  const isCounted = isMade && (good + scrap + rework > 0 || consumed !== undefined);
  const [end, endText] = endOf(item);
  const close = () => setDialog(null);
  const begin = (kind: EventKind) => (operator ? report(kind) : identify());
  const told = (kind: EventKind) => (details: Details) => {
    report(kind, details);
    close();
  };
  return (
    <>
      <fieldset className="buttons" disabled={isReadOnly}>
        {isWaiting && item.assignment.setup > 0 ? (
          <Tap onPress={() => begin('setupStarted')}>Start setup</Tap>
        ) : null}
        {isWaiting ? (
          <Tap main={item.gates?.length === 0} onPress={() => begin('started')}>
            Start
          </Tap>
        ) : null}
        {isWaiting && override ? (
          <Tap onPress={() => (operator ? override() : identify())}>{words.override}</Tap>
        ) : null}
        {state === 'setup' ? (
          <Tap main onPress={() => begin('started')}>
            Start run
          </Tap>
        ) : null}
        {state === 'running' ? (
          <Tap main onPress={() => setDialog(end)}>
            {endText}
          </Tap>
        ) : null}
        {state === 'suspended' ? (
          <Tap main onPress={() => report('resumed')}>
            Resume
          </Tap>
        ) : null}
        {item.domain === 'quality' && !item.progress?.sample ? (
          <Tap onPress={() => (operator ? setDialog('sample') : identify())}>{words.sampleTaken}</Tap>
        ) : null}
        {state === 'running' && isMade ? <Tap onPress={() => setDialog('quantity')}>Quantity</Tap> : null}
        {isCounted ? (
          <Tap onPress={() => (operator ? setDialog('correct') : identify())}>{words.correct}</Tap>
        ) : null}
        {state === 'running' || state === 'setup' ? (
          <Tap onPress={() => setDialog('pause')}>Pause</Tap>
        ) : null}
        {isMade ? <Tap onPress={() => setDialog('split')}>{words.splitOff}</Tap> : null}
        {isWaiting && cannotRun ? <Tap onPress={() => setDialog('cannotRun')}>Can’t run this</Tap> : null}
      </fieldset>
      {dialog === 'pause' ? (
        <PauseDialog close={close} choose={(reason) => told('paused')({ reason })} />
      ) : null}
      {dialog === 'cannotRun' && cannotRun ? (
        <CannotRunDialog
          close={close}
          choose={(reason) => {
            cannotRun(reason);
            close();
          }}
        />
      ) : null}
      {dialog === 'quantity' || dialog === 'complete' ? (
        <QuantityDialog
          item={item}
          complete={dialog === 'complete'}
          close={close}
          send={told(dialog === 'complete' ? 'completed' : 'quantityReported')}
        />
      ) : null}
      {dialog === 'correct' ? (
        <CorrectDialog item={item} close={close} send={told('quantityCorrected')} />
      ) : null}
      {dialog === 'staged' ? (
        <StagedDialog
          item={item}
          close={close}
          send={(details, isAll) => {
            report('staged', details);
            if (isAll) report('completed');
            close();
          }}
        />
      ) : null}
      {dialog === 'sample' ? <SampleDialog close={close} send={told('sampleTaken')} /> : null}
      {dialog === 'test' ? (
        <TestDialog
          what={item.name}
          lots={item.takes}
          close={close}
          send={(result) => told('tested')({ result })}
        />
      ) : null}
      {dialog === 'calibration' && item.renews ? (
        <CalibrationDialog
          of={item.renews}
          close={close}
          send={(calibration) => told('calibrated')({ calibration })}
        />
      ) : null}
      {dialog === 'split' ? <SplitDialog item={item} close={close} send={told('splitOff')} /> : null}
    </>
  );
}

const Tap = ({
  main = false,
  onPress,
  children,
}: {
  readonly main?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) => (
  <button type="button" className={main ? 'tap main' : 'tap'} onClick={onPress}>
    {children}
  </button>
);
