import { useState } from 'react';
import { CORRECTION_REASONS, type CountedTask } from '#shared/contract/line.ts';
import { labelOf } from '#shared/domain/of-order.ts';
import { quantity } from '#renderer/ui/format.ts';
import type { Details } from './line-page.tsx';
import { LotFields, lotsIn } from './lot-fields.tsx';
import { numberIn } from './number-in.ts';
import { Sheet } from './sheet.tsx';
import './lists.css';
import { resultText as said } from './result-text.ts';

const COUNTS = ['good', 'scrap', 'rework'] as const;
const NOTHING: NonNullable<CountedTask['progress']> = { good: 0, scrap: 0, rework: 0 };

/** The right totals and why; what is sent is by how much the reported ones were wrong. */
export function CorrectDialog({
  item,
  close,
  send,
}: {
  readonly item: CountedTask;
  readonly close: () => void;
  readonly send: (details: Details) => void;
}) {
  const [was] = useState(() => item.progress ?? NOTHING); // as it stood when somebody looked
  const [given, setGiven] = useState(() => ({
    good: String(was.good),
    scrap: String(was.scrap),
    rework: String(was.rework),
  }));
  const by = COUNTS.map((count) => {
    const right = numberIn(given[count]);
    return right === null ? null : Math.round((right - was[count]) * 1e6) / 1e6;
  });
  const [takes] = useState(() => [
    ...item.takes,
    ...item.taken.filter(({ lot }) => !item.takes.some((one) => one.lot === lot)),
  ]);
  const taken = (of: string): number => was.consumed?.find(({ lot }) => lot === of)?.quantity ?? 0;
  const [used, setUsed] = useState<ReadonlyMap<string, string>>(
    () => new Map(takes.map(({ lot }) => [lot, String(taken(lot))])),
  );
  const { lots: right, isWhole } = lotsIn(takes, used, true);
  const lots = right.flatMap(({ lot, quantity: to }) => {
    const difference = Math.round((to - taken(lot)) * 1e6) / 1e6;
    return difference === 0 ? [] : { lot, by: difference };
  });
  const [good = null, scrap = null, rework = null] = by;
  const isOther = lots.length > 0 || by.some((one) => one !== 0);
  const correction =
    good !== null && scrap !== null && rework !== null && isWhole && isOther
      ? { good, scrap, rework, ...(lots.length > 0 && { lots }) }
      : null;
  return (
    <Sheet title={said.correctTitle(labelOf(item))} close={close}>
      <div className="quantities">
        <p className="muted">
          {said.correctHint(quantity(was.good, item.uom), quantity(was.scrap, ''), quantity(was.rework, ''))}
        </p>
        {COUNTS.map((count) => (
          <label key={count}>
            {said[count]}{' '}
            <input
              inputMode="decimal"
              value={given[count]}
              onChange={(event) => setGiven({ ...given, [count]: event.target.value })}
            />{' '}
            <span className="muted">{item.uom}</span>
          </label>
        ))}
        {takes.length > 0 ? (
          <LotFields title={said.lotsUsed} takes={takes} given={used} set={setUsed} />
        ) : null}
        <p>{said.correctWhy}</p>
        <ul className="tiles">
          {CORRECTION_REASONS.map((reason) => (
            <li key={reason}>
              <button
                type="button"
                className="tap wide"
                disabled={correction === null}
                onClick={() => correction && send({ correction, reason })}
              >
                {reason}
              </button>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
