import type { ToldMessage } from '#shared/contract/views.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act } from '#renderer/state/act.ts';
import { useFormats } from '#renderer/state/session.ts';
import { BothValues } from '#renderer/ui/both-values.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { connectionsText as words, messageText } from './text.ts';

/** One message as it was told, what became of it, and to tell it again. */
export function MessageDialog({
  entry,
  outcome,
  isCurrent,
  needsSomebody,
  onClose,
}: {
  readonly entry: ToldMessage;
  readonly outcome: string;
  /** Nothing newer has been told of the same. */
  readonly isCurrent: boolean;
  readonly needsSomebody: boolean;
  readonly onClose: () => void;
}) {
  const { moment } = useFormats();
  const { seq, feed, message, made, settlement, settled } = entry;
  const decide = async (call: 'outbox.resend' | 'outbox.drop'): Promise<void> => {
    const told = await act(call, { seq });
    if (told?.ok) onClose();
  };
  return (
    <Dialog title={words.messageTitle(seq, feed)} onClose={onClose} wide>
      <div className="dialog-body exchange-body">
        <p>{messageText(entry, moment)}</p>
        <p className="muted">{words.madeAt(moment(made))}</p>
        {settlement?.kind === 'notKept' ? (
          <BothValues feed={feed} differences={settlement.differences} />
        ) : (
          <p>{outcome}</p>
        )}
        {settlement?.kind === 'kept' && settlement.over ? (
          <BothValues feed={feed} differences={settlement.over} />
        ) : null}
        {settled === null ? null : <p className="muted">{words.settledAt(moment(settled))}</p>}
        <pre aria-label={words.asTold}>{JSON.stringify(message, null, 2)}</pre>
        {isCurrent ? null : <p className="muted">{words.replaced}</p>}
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.close}</Button>
        {needsSomebody && isCurrent ? (
          <AllowedButton needs="outbox.drop" onPress={() => void decide('outbox.drop')}>
            {words.drop}
          </AllowedButton>
        ) : null}
        {settlement && isCurrent ? (
          <AllowedButton needs="outbox.resend" look="primary" onPress={() => void decide('outbox.resend')}>
            {words.again}
          </AllowedButton>
        ) : null}
      </DialogFoot>
    </Dialog>
  );
}
