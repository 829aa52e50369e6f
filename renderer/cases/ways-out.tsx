import { useEffect, useState } from 'react';
import type { CaseOffer, CaseView, RepairOffer, RepairView } from '#shared/contract/views.ts';
import type { Instant } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { counted, hours } from '#renderer/ui/format.ts';
import { Repairs } from '#renderer/ui/repairs.tsx';
import { mostMovedOf, setBudget, useBudget } from './budget.ts';
import { casesText as words } from './text.ts';
import { Wait } from './wait.tsx';

const LASTS = [1, 2, 4, 8, 12, 24, 48];

/** Three repairs within the disruption budget and what that costs, and to wait. */
export function WaysOut({
  one,
  now,
  onChosen,
}: {
  readonly one: CaseView;
  readonly now: Instant;
  readonly onChosen: (aim: RepairView['aim']) => void;
}) {
  const [lasts, setLasts] = useState('');
  const budget = useBudget((state) => state.budget);
  const offer = useOffer(one, lasts, budget);
  return (
    <section className="ways-out" aria-label={words.waysOut}>
      <h3>{words.waysOut}</h3>
      <div className="ways-asked">
        {one.kind === 'downtime' || one.kind === 'cannotRun' ? (
          <label>
            {words.lasts[one.kind]}
            <select value={lasts} onChange={(event) => setLasts(event.target.value)}>
              {one.kind === 'downtime' ? <option value="">{words.asRecorded}</option> : null}
              {LASTS.filter((value) => one.kind === 'cannotRun' || value > 4).map((value) => (
                <option key={value} value={value}>
                  {words.hours(value)}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <Budget />
      </div>
      <div role="status">
        {offer === null ? (
          <p className="muted">{words.asking}</p>
        ) : (
          <Offered offer={offer} onChosen={onChosen} />
        )}
      </div>
      <Wait one={one} now={now} />
    </section>
  );
}

const Budget = () => {
  const budget = useBudget((state) => state.budget);
  return (
    <>
      <label>
        {words.budget}
        <input
          type="number"
          min="0"
          inputMode="numeric"
          value={budget}
          onChange={(event) => setBudget(event.target.value)}
        />
      </label>
      <span className="muted">{words.budgetHint}</span>
    </>
  );
};

function Offered({
  offer,
  onChosen,
}: {
  readonly offer: CaseOffer;
  readonly onChosen: (aim: RepairView['aim']) => void;
}) {
  const { within, unbound } = offer;
  async function choose(id: string, aim: RepairView['aim']): Promise<void> {
    const outcome = await act('repair.choose', { offer: id, aim });
    if (outcome?.ok) onChosen(aim);
  }
  return (
    <>
      {within.ok ? (
        <Repairs
          repairs={within.repairs}
          before={within.before}
          onChoose={(aim) => void choose(within.offer, aim)}
        />
      ) : (
        <p className="late">{`${words.none}: ${within.refusal.text}`}</p>
      )}
      {unbound ? <Price within={within} unbound={unbound} /> : null}
    </>
  );
}

/** What raising the disruption budget would buy. */
function Price({ within, unbound }: { readonly within: RepairOffer; readonly unbound: RepairOffer }) {
  if (!unbound.ok) return null;
  return (
    <p className="ways-price">
      <strong>{words.price}</strong> {priceOf(within, unbound)}
    </p>
  );
}

const bestOf = ({ repairs }: Extract<RepairOffer, { ok: true }>): RepairView | undefined =>
  repairs.toSorted(
    (a, b) => a.after.unplaced - b.after.unplaced || a.after.weightedTardiness - b.after.weightedTardiness,
  )[0];

export function priceOf(within: RepairOffer, unbound: Extract<RepairOffer, { ok: true }>): string {
  const free = bestOf(unbound);
  if (!free) return words.priceNone;
  if (!within.ok) {
    const least = Math.min(...unbound.repairs.map(({ counts }) => counts.moved));
    return words.priceNeeds(counted(least, 'move'));
  }
  const bound = bestOf(within);
  if (!bound) return words.priceNone;
  const late = bound.after.tardiness - free.after.tardiness;
  const orders = bound.after.lateOrders - free.after.lateOrders;
  const saved = [
    late >= 360 ? words.priceHours(hours(late)) : null,
    orders > 0 ? words.priceOrders(counted(orders, 'order')) : null,
  ].filter((part) => part !== null);
  return saved.length === 0
    ? words.priceNone
    : words.priceOf(counted(free.counts.moved, 'move'), saved.join(', '));
}

const SETTLE_MILLIS = 250;

/** The station's repairs for the case, asked once the choice has settled and again when what it hits changes. */
function useOffer(one: CaseView, lasts: string, budget: string): CaseOffer | null {
  const [told, setTold] = useState<{ readonly key: string; readonly offer: CaseOffer } | null>(null);
  const span = one.kind === 'cannotRun' ? lasts || String(LASTS[0]) : lasts;
  const revision = useBoard((state) => state.board?.state.revision);
  const key = JSON.stringify([one.id, span, budget, one.tasks, revision]);
  useEffect(() => {
    let gone = false;
    const [id, forHours, most] = JSON.parse(key) as [number, string, string];
    const answer = (offer: CaseOffer): void => {
      if (!gone) setTold({ key, offer });
    };
    const timer = setTimeout(() => {
      const ask = { case: id, ...(forHours && { hours: Number(forHours) }), ...mostMovedOf(most) };
      station.call('case.offer', ask).then(answer, (error: unknown) => {
        const refusal = { code: 'NO_REPAIR', object: 'station', text: String(error) };
        answer({ within: { ok: false, refusal }, unbound: null });
      });
    }, SETTLE_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);
  return told?.key === key ? told.offer : null;
}
