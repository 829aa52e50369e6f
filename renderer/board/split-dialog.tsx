import { useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import { instantFromLocal, localDateOf } from '#shared/time/zone.ts';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { formatsOf, quantity as amount } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { innerText } from './inner-text.ts';
import { say, useBoardUi, useCurrent } from './ui-state.ts';
import { labelOf } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ splitting: false });

/** Splits the current task, by quantity or at a time on the day on which it begins. */
export function SplitDialog() {
  const current = useCurrent();
  const bar = useBoard((state) => (current === null ? undefined : state.bars.get(current)));
  return bar ? <SplitForm key={bar.task} bar={bar} /> : null;
}

function SplitForm({ bar }: { readonly bar: BoardBar }) {
  const zone = useBoard((state) => state.board?.zone ?? 'UTC');
  const formats = formatsOf(zone);
  const [by, setBy] = useState<'quantity' | 'time'>('quantity');
  const [off, setOff] = useState(String(Math.max(1, Math.floor(bar.quantity / 2))));
  const [time, setTime] = useState(() => formats.time((bar.runStart + bar.end) / 2));
  const quantity = Number(off);
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
  const mayBe = by === 'time' ? isTime : quantity > 0 && quantity < bar.quantity;

  async function split(): Promise<void> {
    const what = by === 'time' ? { at: timeWithin(zone, bar, time) } : { quantity };
    const outcome = await act('draft.split', { task: bar.task, ...what, expected: expected() });
    if (!outcome?.ok) return;
    say(innerText.splitDone(labelOf(bar)));
    close();
  }

  return (
    <Dialog title={innerText.splitTitle(labelOf(bar))} onClose={close}>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (mayBe) void split();
        }}
      >
        <label>
          {innerText.splitBy}
          <select value={by} onChange={(event) => setBy(event.target.value === 'time' ? 'time' : 'quantity')}>
            <option value="quantity">{innerText.splitByQuantity}</option>
            <option value="time">{innerText.splitByTime}</option>
          </select>
        </label>
        {by === 'quantity' ? (
          <label>
            {innerText.splitOff(amount(bar.quantity, bar.uom))}
            <input
              type="text"
              inputMode="decimal"
              value={off}
              onChange={(event) => setOff(event.target.value)}
            />
          </label>
        ) : (
          <label>
            {innerText.splitAt(formats.time(bar.runStart), formats.time(bar.end))}
            <input
              type="text"
              inputMode="numeric"
              placeholder="06:40"
              value={time}
              onChange={(event) => setTime(event.target.value)}
            />
          </label>
        )}
        <p className="muted">{innerText.splitHint}</p>
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        <Button look="primary" isDisabled={!mayBe} onPress={() => void split()}>
          {innerText.splitHere}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** That time on the first day on which the task runs then. */
function timeWithin(zone: string, bar: BoardBar, time: string): number {
  const first = instantFromLocal(zone, localDateOf(zone, bar.runStart), time);
  return first > bar.runStart
    ? first
    : instantFromLocal(zone, localDateOf(zone, bar.runStart + 86_400), time);
}
