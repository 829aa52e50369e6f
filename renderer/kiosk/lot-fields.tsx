import type { LotToTake } from '#shared/contract/line.ts';
import type { LotActual } from '#shared/domain/line-result.ts';
import { numberIn } from './number-in.ts';

/** How much of each lot, as its field says. */
export function LotFields({
  title,
  takes,
  given,
  set,
}: {
  readonly title: string;
  readonly takes: readonly LotToTake[];
  readonly given: ReadonlyMap<string, string>;
  readonly set: (given: ReadonlyMap<string, string>) => void;
}) {
  return (
    <fieldset className="lots">
      <legend>{title}</legend>
      {takes.map(({ lot, name, material, uom, from }) => (
        <label key={lot}>
          <span>
            <strong>{name}</strong>
            <span className="muted">{[material, from].filter(Boolean).join(' · ')}</span>
          </span>
          <input
            inputMode="decimal"
            value={given.get(lot) ?? ''}
            onChange={(event) => set(new Map(given).set(lot, event.target.value))}
          />
          <span className="muted">{uom}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What the fields say; an empty one is nothing, and one that is no number is not whole. */
export function lotsIn(
  takes: readonly LotToTake[],
  given: ReadonlyMap<string, string>,
  withNothing = false,
): { readonly lots: LotActual[]; readonly isWhole: boolean } {
  const read = takes.map(({ lot }) => {
    const text = given.get(lot) ?? '';
    return { lot, quantity: text.trim() === '' ? 0 : numberIn(text) };
  });
  return {
    lots: read.flatMap(({ lot, quantity }) =>
      quantity !== null && (withNothing || quantity > 0) ? { lot, quantity } : [],
    ),
    isWhole: read.every(({ quantity }) => quantity !== null),
  };
}
