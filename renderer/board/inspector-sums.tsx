import type { BoardBar } from '#shared/contract/views.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act, expected } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { count, duration, formatsOf, hours, quantity } from '#renderer/ui/format.ts';
import { innerText } from './inner-text.ts';
import { sumsOf } from './sums.ts';
import { WhatHelps } from './what-helps.tsx';

/** What several selected tasks come to together. */
export function Sums({ bars, unplaced }: { readonly bars: readonly BoardBar[]; readonly unplaced: number }) {
  const board = useBoard((state) => state.board);
  const { moment } = formatsOf(board?.zone ?? 'UTC');
  const sums = sumsOf(bars);
  const names = new Map<string, string>(board?.rows.map(({ unit, name }) => [unit, name]));
  const units = sums.units.map((unit) => names.get(unit) ?? unit);
  const facts: readonly (readonly [string, string | null])[] = [
    [innerText.sumTasks, count(bars.length + unplaced)],
    [innerText.notPlaced, unplaced > 0 ? count(unplaced) : null],
    [innerText.sumOrders, count(sums.orders)],
    [innerText.sumRun, hours(sums.run)],
    [innerText.sumSetup, hours(sums.setup)],
    [innerText.unit, units.length > 3 ? innerText.sumUnits(count(units.length)) : units.join(', ')],
    [innerText.start, sums.start === null ? null : moment(sums.start)],
    [innerText.end, sums.end === null ? null : moment(sums.end)],
    [innerText.sumSpan, sums.start === null || sums.end === null ? null : duration(sums.end - sums.start)],
    ...sums.quantities.map(({ uom, amount }) => [innerText.quantity, quantity(amount, uom)] as const),
  ];
  const pinned = bars.filter(({ pin }) => pin !== null).length;
  const tasks = bars.map(({ task }) => task);
  // What would help is asked of an order, and these may be all of one.
  const only = sums.orders === 1 ? bars[0]?.order : undefined;
  return (
    <div className="inspector-body">
      <section className="inspector-part">
        <dl className="facts">
          {facts.map(([name, value]) =>
            value === null || value === '' ? null : (
              <div key={`${name} ${value}`}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
          )}
          {sums.late > 0 ? (
            <div>
              <dt>{innerText.lateOrders}</dt>
              <dd className="late">{count(sums.late)}</dd>
            </div>
          ) : null}
        </dl>
        {only && sums.late > 0 ? <WhatHelps key={only} order={only} /> : null}
      </section>
      <div className="button-row inspector-actions">
        <AllowedButton
          needs="draft.pin"
          icon="pin"
          isDisabled={bars.length === 0}
          onPress={() => void act('draft.pin', { tasks, pinned: pinned < bars.length, expected: expected() })}
        >
          {pinned < bars.length ? innerText.pin : innerText.unpin}
        </AllowedButton>
      </div>
    </div>
  );
}
