import { useEffect, useState } from 'react';
import type { HandoverView } from '#shared/contract/views.ts';
import { station } from '#renderer/bridge/station.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { useAccount } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { paper, savePdf } from '#renderer/ui/save-file.ts';
import { text } from '#renderer/ui/text.ts';
import { casesText as words } from './text.ts';

type Which = 'this' | 'last';

/** What the shift hands over, written from the record, with remarks and two names; where there are accounts, both sign. */
export function HandoverDialog({ onClose }: { readonly onClose: () => void }) {
  const { moment } = useFormats();
  const [shift, setShift] = useState<Which>('this');
  const [remarks, setRemarks] = useState('');
  const [givenBy, setGivenBy] = useState('');
  const [takenBy, setTakenBy] = useState('');
  const account = useAccount((state) => (state.account?.kind === 'in' ? state.account : null));
  const [password, setPassword] = useState('');
  const [takerPassword, setTakerPassword] = useState('');
  const isSigned = !account || (password !== '' && takenBy !== '' && takerPassword !== '');
  const view = useHandover(shift);
  const [isBusy, setBusy] = useState(false);

  async function record(): Promise<void> {
    const ask = { shift, remarks, givenBy, takenBy };
    setBusy(true);
    const outcome = await act('handover.record', {
      ...ask,
      ...(account && { sign: { password, taker: { user: takenBy, password: takerPassword } } }),
    });
    if (!outcome?.ok) {
      setBusy(false);
      return;
    }
    const { record } = outcome.detail;
    notify('info', words.recorded);
    onClose();
    await station.call('handover.print', { ...ask, paper, record }).then(
      (pdf) => savePdf('shift-handover.pdf', pdf),
      (error: unknown) => notify('error', words.handoverTitle, String(error)),
    );
  }

  return (
    <Dialog title={words.handoverTitle} wide onClose={onClose}>
      <div className="dialog-body handover">
        <label className="handover-shift">
          {words.whichShift}
          <select value={shift} onChange={(event) => setShift(event.target.value as Which)}>
            <option value="this">{words.thisShift}</option>
            <option value="last">{words.lastShift}</option>
          </select>
          {view ? (
            <span className="muted">{words.period(view.shift, moment(view.from), moment(view.to))}</span>
          ) : null}
        </label>
        {view?.sections.map(({ title, lines }) => (
          <section key={title}>
            <h3>{title}</h3>
            {lines.length === 0 ? (
              <p className="muted">{words.nothing}</p>
            ) : (
              <ul>
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </section>
        ))}
        <label className="handover-remarks">
          {words.remarks}
          <textarea maxLength={2000} value={remarks} onChange={(event) => setRemarks(event.target.value)} />
        </label>
        <div className="handover-names">
          {account ? (
            <>
              <Field
                label={words.givenPassword(account.name)}
                value={password}
                onChange={setPassword}
                secret
              />
              <Field label={words.takerLogin} value={takenBy} onChange={setTakenBy} />
              <Field label={words.takerPassword} value={takerPassword} onChange={setTakerPassword} secret />
            </>
          ) : (
            <>
              <Field label={words.givenBy} value={givenBy} onChange={setGivenBy} />
              <Field label={words.takenBy} value={takenBy} onChange={setTakenBy} />
            </>
          )}
        </div>
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <AllowedButton
          needs="handover.record"
          look="primary"
          icon="print"
          isDisabled={!view || !isSigned || isBusy}
          onPress={() => void record()}
        >
          {words.record}
        </AllowedButton>
      </DialogFoot>
    </Dialog>
  );
}

const Field = ({
  label,
  value,
  onChange,
  secret = false,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly secret?: boolean;
}) => (
  <label>
    {label}
    <input
      type={secret ? 'password' : 'text'}
      autoComplete="off"
      maxLength={100}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
);

function useHandover(shift: Which): HandoverView | null {
  const [told, setTold] = useState<{ readonly shift: Which; readonly view: HandoverView } | null>(null);
  useEffect(() => {
    let gone = false;
    station.call('handover.read', { shift }).then(
      (view) => {
        if (!gone) setTold({ shift, view });
      },
      (error: unknown) => notify('error', words.handoverTitle, String(error)),
    );
    return () => {
      gone = true;
    };
  }, [shift]);
  return told?.shift === shift ? told.view : null;
}
