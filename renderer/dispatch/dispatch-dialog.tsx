import { useState } from 'react';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import { dispatch } from '#renderer/commands/plan.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { useSigning } from '#renderer/state/signing.tsx';
import { dispatchText as words } from './text.ts';

/** A dispatch that this plant wants signed. */
export function DispatchDialog({
  units,
  onClose,
}: {
  readonly units?: readonly EquipmentId[];
  readonly onClose: () => void;
}) {
  const signing = useSigning('dispatch');
  const [isBusy, setBusy] = useState(false);

  async function confirm(): Promise<void> {
    setBusy(true);
    const isDone = await dispatch(units, signing.given);
    setBusy(false);
    if (isDone) onClose();
  }

  return (
    <Dialog title={words.signTitle} onClose={onClose}>
      <div className="dialog-body">
        <p className="muted">{units ? words.signSome(units.length) : words.signStale}</p>
        {signing.fields}
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={isBusy || !signing.isReady} onPress={() => void confirm()}>
          {words.signNow}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
