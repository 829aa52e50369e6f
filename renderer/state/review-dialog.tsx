import { useState } from 'react';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { SignFields, type Signing } from '#renderer/ui/sign-fields.tsx';
import { text } from '#renderer/ui/text.ts';
import { useAccount } from './account.ts';
import { stateText as words } from './text.ts';

/** Somebody has looked at something, and signs that they have. */
export function ReviewDialog({
  title,
  what,
  review,
  onClose,
}: {
  readonly title: string;
  /** What exactly was looked at. */
  readonly what: string;
  /** Resolves to whether it was recorded. */
  readonly review: (remarks: string, sign: Signing) => Promise<boolean>;
  readonly onClose: () => void;
}) {
  const account = useAccount((state) => state.account);
  const meanings = account?.policy.meanings.review ?? [];
  const [remarks, setRemarks] = useState('');
  const [signing, setSigning] = useState<Signing>({ password: '', meaning: meanings[0] ?? '' });
  const [isBusy, setBusy] = useState(false);

  async function confirm(): Promise<void> {
    setBusy(true);
    const isDone = await review(remarks, signing);
    setBusy(false);
    if (isDone) onClose();
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <div className="dialog-body review">
        <p className="muted">{what}</p>
        <label>
          <strong>{words.remarks}</strong>
          <textarea
            maxLength={2000}
            rows={3}
            value={remarks}
            onChange={(event) => setRemarks(event.target.value)}
          />
        </label>
        <SignFields name={account?.name ?? ''} meanings={meanings} value={signing} onChange={setSigning} />
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={isBusy || signing.password === ''} onPress={() => void confirm()}>
          {words.signReview}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
