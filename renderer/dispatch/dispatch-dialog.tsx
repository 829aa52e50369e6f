import { useState } from 'react';
import type { DispatchPreview } from '#shared/contract/views.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { changesLine } from '#shared/flow/queue-change-words.ts';
import { dispatch } from '#renderer/commands/plan.ts';
import { useSigning } from '#renderer/state/signing.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { counted } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { Mark } from '#renderer/ui/view.tsx';
import { ChangeList } from './change-list.tsx';
import './dispatch.css';
import { ReasonField } from './reason-field.tsx';
import { dispatchText as words } from './text.ts';
import { useAsked } from './use-asked.ts';

/** Says which lines are told what before anybody is told anything; a line for which nothing differs is left alone. */
export function DispatchDialog({
  units,
  onClose,
}: {
  readonly units?: readonly EquipmentId[];
  readonly onClose: () => void;
}) {
  const [again, setAgain] = useState<readonly TaskId[]>([]);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const signing = useSigning('dispatch');
  const preview = useAsked('queue.preview', { ...(units && { units: [...units] }), again: [...again] });
  const lines = preview?.lines.filter(({ changes }) => changes.length > 0) ?? [];
  const superseded = lines.filter(({ supersedes }) => supersedes !== null);
  const isReady = lines.length > 0 && (superseded.length === 0 || reason.trim() !== '') && signing.isReady;

  async function confirm(): Promise<void> {
    if (!preview) return;
    setBusy(true);
    const isDone = await dispatch({
      ...(units && { units: [...units] }),
      again: [...again],
      reason,
      version: preview.version,
      ...(signing.given && { sign: signing.given }),
    });
    setBusy(false);
    if (isDone) onClose();
  }

  return (
    <Dialog title={words.dispatchTitle} wide onClose={onClose}>
      <div className="dialog-body">
        {!preview ? (
          <p className="muted">{text.loading}</p>
        ) : (
          <>
            <p className="muted">
              {lines.length === 0
                ? words.nothingDiffers(preview.version)
                : words.willTell(counted(lines.length, 'line'), preview.version)}
            </p>
            <Lines lines={lines} zone={preview.zone} />
            <RecalledTasks lines={preview.lines} again={again} onChange={setAgain} />
          </>
        )}
        {lines.length > 0 ? (
          <ReasonField
            label={
              superseded.length > 0
                ? words.whySupersede(superseded.map(({ name }) => name).join(', '))
                : words.whyOptional
            }
            reason={reason}
            onChange={setReason}
          />
        ) : null}
        {signing.fields}
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={isBusy || !isReady} onPress={() => void confirm()}>
          {signing.given ? words.signNow : words.dispatchNow}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const Lines = ({ lines, zone }: Pick<DispatchPreview, 'lines' | 'zone'>) => (
  <ul className="told-lines">
    {lines.map(({ unit, name, revision, supersedes, changes, current }) => (
      <li key={unit}>
        <details>
          <summary>
            <strong>{name}</strong>{' '}
            <span className="muted">
              r{revision} · {changesLine(changes)}
              {current === null ? '' : ` · ${words.runsNow(current)}`}
            </span>
            {supersedes === null ? null : <Mark icon="clock">{words.notSeen(supersedes)}</Mark>}
          </summary>
          <ChangeList changes={changes} zone={zone} />
        </details>
      </li>
    ))}
  </ul>
);

/** What was recalled is not told again unless somebody says so. */
function RecalledTasks({
  lines,
  again,
  onChange,
}: Pick<DispatchPreview, 'lines'> & {
  readonly again: readonly TaskId[];
  readonly onChange: (again: readonly TaskId[]) => void;
}) {
  const recalled = lines.flatMap((line) => line.recalled.map((one) => ({ ...one, line: line.name })));
  if (recalled.length === 0) return null;
  return (
    <fieldset className="recalled-tasks">
      <legend>{words.recalledHead}</legend>
      {recalled.map(({ task, name, line, reason }) => (
        <label key={task}>
          <input
            type="checkbox"
            checked={again.includes(task)}
            onChange={({ target }) =>
              onChange(target.checked ? [...again, task] : again.filter((one) => one !== task))
            }
          />
          <span>
            {words.tellAgain(name, line)} <span className="muted">{reason}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
