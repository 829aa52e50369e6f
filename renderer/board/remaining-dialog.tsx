import { useEffect, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { MINUTE, type Seconds } from '#shared/time/instant.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { formatsOf } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { nowOnBoard } from './commands.ts';
import { innerText } from './inner-text.ts';
import { say, useBoardUi, useCurrent } from './ui-state.ts';
import { labelOf, shortMoment } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ remaining: false });

/** The planner says how long a task that runs still takes; what follows it is timed anew. */
export function RemainingDialog() {
  const current = useCurrent();
  const bar = useBoard((state) => (current === null ? undefined : state.bars.get(current)));
  useEffect(() => {
    if (!bar) close();
  }, [bar]);
  return bar ? <RemainingForm key={bar.task} bar={bar} /> : null;
}

function RemainingForm({ bar }: { readonly bar: BoardBar }) {
  const formats = formatsOf(useBoard((state) => state.board?.zone ?? 'UTC'));
  const [written, setWritten] = useState(() => String(minutesLeft(bar)));
  const [reason, setReason] = useState(bar.remaining?.reason ?? '');
  const minutes = /^\d{1,5}$/.test(written.trim()) ? Number(written) : 0;
  const runs = bar.work === 'running' || bar.work === 'suspended';
  const { remaining } = bar;

  async function tell(seconds: Seconds | null): Promise<void> {
    const words = reason.trim();
    const outcome = await act('draft.remaining', {
      task: bar.task,
      remaining: seconds,
      ...(seconds !== null && words !== '' && { reason: words }),
      expected: expected(),
    });
    if (!outcome?.ok) return;
    say(
      seconds === null ? innerText.remainingTakenBack(labelOf(bar)) : innerText.remainingDone(labelOf(bar)),
    );
    close();
  }

  return (
    <Dialog title={innerText.remainingTitle(labelOf(bar))} onClose={close}>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (runs && minutes > 0) void tell(minutes * MINUTE);
        }}
      >
        <label>
          {innerText.remainingMinutes}
          <input
            type="text"
            inputMode="numeric"
            disabled={!runs}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
        </label>
        <label>
          {innerText.remainingReason}
          <input
            type="text"
            maxLength={200}
            disabled={!runs}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        {/* With two fields Enter takes what is written only where the form has a button. */}
        <button type="submit" hidden />
        <p className="muted" role="status">
          {!runs
            ? innerText.remainingNotYet
            : remaining
              ? innerText.remainingSaid(
                  minutesOf(remaining.run),
                  shortMoment(formats, remaining.at),
                  remaining.holds,
                )
              : innerText.remainingHint}
        </p>
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        {remaining ? <Button onPress={() => void tell(null)}>{innerText.remainingTakeBack}</Button> : null}
        <Button
          look="primary"
          isDisabled={!runs || minutes === 0}
          onPress={() => void tell(minutes * MINUTE)}
        >
          {innerText.remainingHere}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const minutesOf = (seconds: Seconds): number => Math.round(seconds / MINUTE);

/** By what is expected now. */
const minutesLeft = ({ actualEnd, end }: BoardBar): number =>
  Math.max(1, minutesOf((actualEnd ?? end) - nowOnBoard()));
