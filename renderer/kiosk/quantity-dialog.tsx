import { useState } from 'react';
import type { LineItem } from '#shared/contract/line.ts';
import { quantity } from '#renderer/ui/format.ts';
import type { Details } from './line-page.tsx';
import { Sheet } from './sheet.tsx';

/** Good and scrap since the last report; completing suggests what is left. */
export function QuantityDialog({
  item,
  complete,
  close,
  send,
}: {
  readonly item: LineItem;
  readonly complete: boolean;
  readonly close: () => void;
  readonly send: (details: Details) => void;
}) {
  const reported = item.progress ? item.progress.good + item.progress.scrap + item.progress.rework : 0;
  const left = Math.max(0, item.quantity - reported);
  const [good, setGood] = useState(complete ? String(left) : '');
  const [scrap, setScrap] = useState('0');
  const values = { good: numberIn(good), scrap: numberIn(scrap) };
  const valid = values.good !== null && values.scrap !== null && (complete || values.good + values.scrap > 0);
  return (
    <Sheet
      title={complete ? 'Complete: what came out?' : 'What came out since the last report?'}
      close={close}
    >
      <form
        className="quantities"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid && values.good !== null && values.scrap !== null)
            send({ good: values.good, scrap: values.scrap });
        }}
      >
        <p className="muted">
          {quantity(reported, item.uom)} of {quantity(item.quantity, item.uom)} reported so far.
        </p>
        <label>
          Good <input inputMode="decimal" value={good} onChange={(event) => setGood(event.target.value)} />{' '}
          <span className="muted">{item.uom}</span>
        </label>
        <label>
          Scrap <input inputMode="decimal" value={scrap} onChange={(event) => setScrap(event.target.value)} />{' '}
          <span className="muted">{item.uom}</span>
        </label>
        <button type="submit" className="tap main" disabled={!valid}>
          {complete ? 'Complete' : 'Report'}
        </button>
      </form>
    </Sheet>
  );
}

/** A number that is not negative; a decimal comma is as good as a point. */
function numberIn(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value >= 0 ? value : null;
}
