import { useEffect, useState } from 'react';
import type { BoardBar } from '#shared/contract/views.ts';
import type { Verdict } from '#shared/domain/verdict.ts';
import { HOUR, MINUTE, type Seconds } from '#shared/time/instant.ts';
import { useBoard } from '#renderer/state/board.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { duration, formatsOf } from '#renderer/ui/format.ts';
import { text } from '#renderer/ui/text.ts';
import { unitName } from './held.ts';
import { innerText } from './inner-text.ts';
import { moveTask } from './moves.ts';
import { useBoardUi, useCurrent } from './ui-state.ts';
import { useVerdict } from './verdict.ts';
import { labelOf, verdictLine } from './verdict-text.ts';

const close = (): void => useBoardUi.setState({ estimating: false });

/** The way to say how long a task runs without dragging its end, with the same verdict as under the pointer. */
export function EstimateDialog() {
  const current = useCurrent();
  const bar = useBoard((state) => (current === null ? undefined : state.bars.get(current)));
  useEffect(() => {
    if (!bar) close();
  }, [bar]);
  return bar ? <EstimateForm key={bar.task} bar={bar} /> : null;
}

function EstimateForm({ bar }: { readonly bar: BoardBar }) {
  const { task, unit, start, estimate, order } = bar;
  const formats = formatsOf(useBoard((state) => state.board?.zone ?? 'UTC'));
  const [written, setWritten] = useState(() => writtenSpan(estimate?.run ?? bar.end - bar.runStart));
  const run = spanIn(written);
  const slot = run === null ? null : { task, unit, start, estimate: run };
  const verdict = useVerdict(slot);
  const label = labelOf(bar);

  async function take(seconds: Seconds): Promise<void> {
    if (await moveTask({ task, unit, start, estimate: seconds }, label)) close();
  }

  return (
    <Dialog title={innerText.estimateTitle(label)} onClose={close}>
      <form
        className="dialog-body move-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (run !== null && verdict?.ok) void take(run);
        }}
      >
        <label>
          {innerText.estimateRun}
          <input
            type="text"
            inputMode="numeric"
            placeholder="2:30"
            disabled={estimate === null}
            value={written}
            onChange={(event) => setWritten(event.target.value)}
          />
        </label>
        <p className={toneOf(verdict)} role="status">
          {run === null
            ? text.none
            : verdictLine(
                verdict,
                { order, start, length: { run, end: bar.runStart + run } },
                formats,
                unitName,
              )}
        </p>
        {estimate ? <p className="muted">{innerText.estimateHint(duration(estimate.routing))}</p> : null}
      </form>
      <DialogFoot>
        <Button onPress={close}>{text.cancel}</Button>
        {estimate && estimate.run !== estimate.routing ? (
          <Button onPress={() => void take(estimate.routing)}>
            {innerText.estimateReset(duration(estimate.routing))}
          </Button>
        ) : null}
        <Button
          look="primary"
          isDisabled={run === null || run === estimate?.run || !verdict?.ok}
          onPress={() => {
            if (run !== null) void take(run);
          }}
        >
          {innerText.estimateHere}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const toneOf = (verdict: Verdict | null): string =>
  `move-verdict ${verdict ? (verdict.ok ? 'ok' : 'late') : 'muted'}`;

const writtenSpan = (seconds: Seconds): string =>
  `${Math.floor(seconds / HOUR)}:${String(Math.round((seconds % HOUR) / MINUTE)).padStart(2, '0')}`;

/** "2:30" as seconds; null where it is no span. */
function spanIn(written: string): Seconds | null {
  const match = /^(\d{1,3}):([0-5]\d)$/.exec(written.trim());
  const seconds = match ? Number(match[1]) * HOUR + Number(match[2]) * MINUTE : 0;
  return seconds > 0 ? seconds : null;
}
