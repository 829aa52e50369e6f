import { useEffect, useState } from 'react';
import type { HandoverView } from '#shared/contract/views.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { paper, savePdf } from '#renderer/ui/save-file.ts';
import { text } from '#renderer/ui/text.ts';
import { casesText as words } from './text.ts';

type Which = 'this' | 'last';

/** What the shift hands over, written from the record; remarks and the two names are added by hand. */
export function HandoverDialog({ onClose }: { readonly onClose: () => void }) {
  const { moment } = useFormats();
  const [shift, setShift] = useState<Which>('this');
  const [remarks, setRemarks] = useState('');
  const [givenBy, setGivenBy] = useState('');
  const [takenBy, setTakenBy] = useState('');
  const view = useHandover(shift);

  async function record(): Promise<void> {
    const ask = { shift, remarks, givenBy, takenBy };
    const outcome = await act('handover.record', ask);
    if (!outcome?.ok) return;
    savePdf('shift-handover.pdf', await station.call('handover.print', { ...ask, paper }));
    notify('info', words.recorded);
    onClose();
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
          <label>
            {words.givenBy}
            <input
              type="text"
              maxLength={100}
              value={givenBy}
              onChange={(event) => setGivenBy(event.target.value)}
            />
          </label>
          <label>
            {words.takenBy}
            <input
              type="text"
              maxLength={100}
              value={takenBy}
              onChange={(event) => setTakenBy(event.target.value)}
            />
          </label>
        </div>
      </div>
      <DialogFoot>
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" icon="print" isDisabled={!view} onPress={() => void record()}>
          {words.record}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

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
