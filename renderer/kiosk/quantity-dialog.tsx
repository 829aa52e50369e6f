import { type ReactNode, useState } from 'react';
import type { ListedItem } from '#shared/contract/line.ts';
import { quantity } from '#renderer/ui/format.ts';
import type { Details } from './line-page.tsx';
import { LotFields, lotsIn } from './lot-fields.tsx';
import { numberIn } from './number-in.ts';
import { Sheet } from './sheet.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';

/** Good, scrap and rework since the last report, and of which lots it was made; completing suggests what is left. */
export function QuantityDialog({
  item,
  complete,
  close,
  send,
}: {
  readonly item: ListedItem;
  readonly complete: boolean;
  readonly close: () => void;
  readonly send: (details: Details) => void;
}) {
  const reported = item.progress ? item.progress.good + item.progress.scrap + item.progress.rework : 0;
  const left = Math.max(0, item.quantity - reported);
  const [good, setGood] = useState(complete ? String(left) : '');
  const [scrap, setScrap] = useState('0');
  const [rework, setRework] = useState('0');
  const [used, setUsed] = useState<ReadonlyMap<string, string>>(() => leftOf(item, complete));
  const values = { good: numberIn(good), scrap: numberIn(scrap), rework: numberIn(rework) };
  const { lots, isWhole } = lotsIn(item.takes, used);
  const sum = (values.good ?? 0) + (values.scrap ?? 0) + (values.rework ?? 0);
  const valid = Object.values(values).every((value) => value !== null) && isWhole && (complete || sum > 0);
  return (
    <Sheet
      title={complete ? 'Complete: what came out?' : 'What came out since the last report?'}
      close={close}
    >
      <form
        className="quantities"
        onSubmit={(event) => {
          event.preventDefault();
          const { good: made, scrap: lost, rework: again } = values;
          if (!valid || made === null || lost === null || again === null) return;
          send({
            good: made,
            scrap: lost,
            ...(again > 0 && { rework: again }),
            ...(lots.length > 0 && { lots }),
          });
        }}
      >
        <p className="muted">
          {quantity(reported, item.uom)} of {quantity(item.quantity, item.uom)} reported so far.
        </p>
        <Amount uom={item.uom} value={good} set={setGood}>
          Good
        </Amount>
        <Amount uom={item.uom} value={scrap} set={setScrap}>
          Scrap
        </Amount>
        <Amount uom={item.uom} value={rework} set={setRework}>
          Rework
        </Amount>
        {item.domain === 'production' && item.takes.length > 0 ? (
          <LotFields title={said.lotsUsed} takes={item.takes} given={used} set={setUsed} />
        ) : null}
        <button type="submit" className="tap main" disabled={!valid}>
          {complete ? 'Complete' : 'Report'}
        </button>
      </form>
    </Sheet>
  );
}

/** What is planned and was not reported as used yet; between two reports nobody knows. */
function leftOf({ takes, progress, domain }: ListedItem, complete: boolean): ReadonlyMap<string, string> {
  if (domain !== 'production') return new Map();
  const used = new Map(progress?.consumed?.map(({ lot, quantity: of }) => [lot, of]));
  return new Map(
    takes.map(({ lot, quantity: of }) => {
      const left = Math.round(Math.max(0, of - (used.get(lot) ?? 0)) * 1e6) / 1e6;
      return [lot, complete ? String(left) : '0'];
    }),
  );
}

const Amount = ({
  uom,
  value,
  set,
  children,
}: {
  readonly uom: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly children: ReactNode;
}) => (
  <label>
    {children} <input inputMode="decimal" value={value} onChange={(event) => set(event.target.value)} />{' '}
    <span className="muted">{uom}</span>
  </label>
);
