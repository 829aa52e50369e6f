import { useState } from 'react';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { TaskId } from '#shared/domain/task.ts';
import { labelOf } from '#shared/domain/of-order.ts';
import { recall } from '#renderer/commands/plan.ts';
import { useSigning } from '#renderer/state/signing.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { counted } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import './dispatch.css';
import { ReasonField } from './reason-field.tsx';
import { dispatchText as words } from './text.ts';
import { useAsked } from './use-asked.ts';

/** Takes tasks back from their lines, with the reason that the lines are shown. */
export function RecallDialog({
  of,
  onClose,
}: {
  /** Everything that has not begun on these lines, or these tasks. */
  readonly of: { readonly units: readonly EquipmentId[] } | { readonly tasks: readonly TaskId[] };
  readonly onClose: () => void;
}) {
  const [left, setLeft] = useState<ReadonlySet<TaskId>>(new Set());
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const signing = useSigning('dispatch');
  const told = useAsked('queue.told', 'units' in of ? { units: [...of.units] } : { tasks: [...of.tasks] });
  const lists = (told ?? []).flatMap(({ unit, revision, items }) => {
    const tasks = items.flatMap(({ task }) => (left.has(task) ? [] : task));
    return tasks.length > 0 ? [{ unit, revision, tasks }] : [];
  });
  const chosen = lists.reduce((sum, { tasks }) => sum + tasks.length, 0);

  async function confirm(): Promise<void> {
    setBusy(true);
    const isDone = await recall({ lists, reason, ...(signing.given && { sign: signing.given }) });
    setBusy(false);
    if (isDone) onClose();
  }
  const toggle = (task: TaskId): void => {
    const next = new Set(left);
    if (!next.delete(task)) next.add(task);
    setLeft(next);
  };

  return (
    <Dialog title={words.recallTitle} wide onClose={onClose}>
      <form
        className="dialog-body"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen > 0 && reason.trim() !== '' && signing.isReady && !isBusy) void confirm();
        }}
      >
        <p className="muted">{words.recallHint}</p>
        <ReasonField label={words.recallReason} reason={reason} onChange={setReason} />
        {!told ? (
          <p className="muted">{text.loading}</p>
        ) : told.length === 0 ? (
          <p>{words.nothingToRecall}</p>
        ) : (
          told.map(({ unit, name, items }) => (
            <fieldset key={unit} className="recalled-tasks">
              <legend>{name}</legend>
              {items.map((item) => (
                <label key={item.task}>
                  <input type="checkbox" checked={!left.has(item.task)} onChange={() => toggle(item.task)} />
                  {labelOf(item)}
                </label>
              ))}
            </fieldset>
          ))
        )}
        {signing.fields}
      </form>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button
          look="primary"
          isDisabled={isBusy || chosen === 0 || reason.trim() === '' || !signing.isReady}
          onPress={() => void confirm()}
        >
          {words.recallNow(counted(chosen, 'task'))}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
