import { useEffect, useState } from 'react';
import { assertNever } from '#shared/base/must.ts';
import type { RepairOffer, RepairView } from '#shared/contract/views.ts';
import type { Change } from '#shared/domain/change.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { LotId } from '#shared/domain/material.ts';
import type { PersonId } from '#shared/domain/person.ts';
import { HOUR, type Instant } from '#shared/time/instant.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Repairs } from '#renderer/ui/repairs.tsx';
import { nowOnBoard } from './commands.ts';
import { innerText } from './inner-text.ts';
import { useBoardUi } from './ui-state.ts';

const close = (): void => useBoardUi.setState({ repairs: null });

const LASTS = [1, 2, 4, 8, 24];

/** What happened, and three ways out side by side; the one that is chosen becomes the proposal. */
export function RepairsDialog({ change }: { readonly change: Change }) {
  const [asked, setAsked] = useState(change);
  const [budget, setBudget] = useState('');
  const offer = useOffer(asked, budget);
  return (
    <Dialog title={innerText.repairsTitle} wide onClose={close}>
      <div className="dialog-body">
        <Happened change={asked} first={change} onChange={setAsked} />
        <label className="repair-budget">
          {innerText.repairBudget}
          <input
            type="number"
            min="0"
            inputMode="numeric"
            value={budget}
            onChange={(event) => setBudget(event.target.value)}
          />
          <span className="muted">{innerText.repairBudgetHint}</span>
        </label>
        <div role="status">
          {offer === null ? (
            <p className="muted">{innerText.repairsAsking}</p>
          ) : offer.ok ? (
            <Offered offer={offer} />
          ) : (
            <p className="late">{`${innerText.repairsNone}: ${offer.refusal.text}`}</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** What may be hit, as id and name. */
type Subject = readonly [id: string, name: string];
type Unforeseen = Extract<Change, { kind: 'breakdown' | 'absence' | 'lateLot' }>['kind'];

function changeOf(kind: Unforeseen, subject: string, now: Instant, forHours: number): Change {
  const until = now + forHours * HOUR;
  switch (kind) {
    case 'breakdown':
      return { kind, unit: subject as EquipmentId, from: now, until };
    case 'absence':
      return { kind, person: subject as PersonId, from: now, until };
    case 'lateLot':
      return { kind, lot: subject as LotId, from: until };
    default:
      return assertNever(kind);
  }
}

/** The change: as it was found, a unit that is down, somebody who is absent, or a lot that comes later. */
function Happened({
  change,
  first,
  onChange,
}: {
  readonly change: Change;
  readonly first: Change;
  readonly onChange: (change: Change) => void;
}) {
  const rows = useBoard((state) => state.board?.rows ?? []);
  const people = useReply('people.list').value ?? [];
  const lots = useReply('lots.list').value ?? [];
  const [last, setLast] = useState(4);
  const subjects: Record<Unforeseen, readonly Subject[]> = {
    breakdown: rows.map(({ unit, name }) => [unit, name]),
    absence: people.map(({ id, name }) => [id, name]),
    lateLot: lots.map(({ id, material, tasks }) => [id, innerText.repairLotName(id, material, tasks)]),
  };
  const kinds: Change['kind'][] = [
    ...new Set([first.kind, 'reported', 'breakdown', 'absence', 'lateLot'] as const),
  ];
  const kind = isUnforeseen(change.kind) ? change.kind : null;

  function choose(next: Change['kind'], subject?: string, forHours = last): void {
    const hit = isUnforeseen(next) ? (subject ?? subjects[next][0]?.[0]) : undefined;
    if (isUnforeseen(next) && hit !== undefined) onChange(changeOf(next, hit, nowOnBoard(), forHours));
    else onChange(next === first.kind ? first : { kind: 'reported' });
  }

  return (
    <div className="repair-change">
      <label>
        {innerText.repairsFor}
        <select value={change.kind} onChange={(event) => choose(event.target.value as Change['kind'])}>
          {kinds.map((one) => (
            <option key={one} value={one} disabled={isUnforeseen(one) && subjects[one].length === 0}>
              {innerText.repairKind[one]}
            </option>
          ))}
        </select>
      </label>
      {kind ? (
        <>
          <label>
            {innerText.repairSubject[kind]}
            <select value={subjectOf(change)} onChange={(event) => choose(kind, event.target.value)}>
              {subjects[kind].map(([id, name]) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <label>
            {kind === 'lateLot' ? innerText.repairLater : innerText.repairLast}
            <select
              value={last}
              onChange={(event) => {
                setLast(Number(event.target.value));
                choose(kind, subjectOf(change), Number(event.target.value));
              }}
            >
              {LASTS.map((value) => (
                <option key={value} value={value}>
                  {innerText.repairHours(value)}
                </option>
              ))}
            </select>
          </label>
        </>
      ) : null}
    </div>
  );
}

const isUnforeseen = (kind: Change['kind']): kind is Unforeseen =>
  kind === 'breakdown' || kind === 'absence' || kind === 'lateLot';

function subjectOf(change: Change): string | undefined {
  if (change.kind === 'breakdown') return change.unit;
  if (change.kind === 'absence') return change.person;
  return change.kind === 'lateLot' ? change.lot : undefined;
}

type Ready = Extract<RepairOffer, { ok: true }>;

function Offered({ offer }: { readonly offer: Ready }) {
  const { repairs, before } = offer;
  async function choose(aim: RepairView['aim']): Promise<void> {
    const outcome = await act('repair.choose', { offer: offer.offer, aim });
    if (outcome?.ok) close();
  }
  return <Repairs repairs={repairs} before={before} onChoose={(aim) => void choose(aim)} />;
}

const SETTLE_MILLIS = 250;

/** The station's repairs for a change, asked once the choice has settled; null while it looks for them. */
function useOffer(change: Change, budget: string): RepairOffer | null {
  const [told, setTold] = useState<{ readonly key: string; readonly offer: RepairOffer } | null>(null);
  const key = JSON.stringify([change, budget]);
  useEffect(() => {
    let gone = false;
    const [asked, most] = JSON.parse(key) as [Change, string];
    const answer = (offer: RepairOffer): void => {
      if (!gone) setTold({ key, offer });
    };
    const timer = setTimeout(() => {
      const mostMoved = /^\d+$/.test(most) ? { mostMoved: Number(most) } : {};
      station
        .call('repair.offer', { change: asked, ...mostMoved })
        .then(answer, (error: unknown) =>
          answer({ ok: false, refusal: { code: 'NO_REPAIR', object: 'station', text: String(error) } }),
        );
    }, SETTLE_MILLIS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);
  return told?.key === key ? told.offer : null;
}
