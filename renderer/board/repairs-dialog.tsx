import { useEffect, useState } from 'react';
import type { RepairOffer, RepairView } from '#shared/contract/views.ts';
import type { Change } from '#shared/domain/change.ts';
import type { EquipmentId } from '#shared/domain/equipment.ts';
import type { PersonId } from '#shared/domain/person.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { station } from '#renderer/bridge/station.ts';
import { act } from '#renderer/state/act.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { count, hours } from '#renderer/ui/format.ts';
import { Icon } from '#renderer/ui/icon.tsx';
import { nowOnBoard } from './commands.ts';
import { boardText } from './text.ts';
import { useBoardUi } from './ui-state.ts';

const close = (): void => useBoardUi.setState({ repairs: null });

const LASTS = [1, 2, 4, 8, 24];

/** What happened, and three ways out side by side; the one that is chosen becomes the proposal. */
export function RepairsDialog({ change }: { readonly change: Change }) {
  const [asked, setAsked] = useState(change);
  const [budget, setBudget] = useState('');
  const offer = useOffer(asked, budget);
  return (
    <Dialog title={boardText.repairsTitle} wide onClose={close}>
      <div className="dialog-body">
        <Happened change={asked} first={change} onChange={setAsked} />
        <label className="repair-budget">
          {boardText.repairBudget}
          <input
            type="number"
            min="0"
            inputMode="numeric"
            value={budget}
            onChange={(event) => setBudget(event.target.value)}
          />
          <span className="muted">{boardText.repairBudgetHint}</span>
        </label>
        <div role="status">
          {offer === null ? (
            <p className="muted">{boardText.repairsAsking}</p>
          ) : offer.ok ? (
            <Offered offer={offer} />
          ) : (
            <p className="late">{`${boardText.repairsNone}: ${offer.refusal.text}`}</p>
          )}
        </div>
      </div>
    </Dialog>
  );
}

/** The change: as it was found, a unit that is down, or somebody who is absent. */
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
  const [last, setLast] = useState(4);
  const [unit, setUnit] = useState<EquipmentId | undefined>(rows[0]?.unit);
  const [person, setPerson] = useState<PersonId | undefined>();
  const someone = person ?? people[0]?.id;
  const kinds = [...new Set([first.kind, 'reported', 'breakdown', 'absence'] as const)];

  function choose(kind: Change['kind'], forHours: number, on = unit, who = someone): void {
    const from = nowOnBoard();
    const until = from + forHours * 3600;
    if (kind === 'breakdown' && on !== undefined) onChange({ kind, unit: on, from, until });
    else if (kind === 'absence' && who !== undefined) onChange({ kind, person: who, from, until });
    else onChange(kind === first.kind ? first : { kind: 'reported' });
  }

  return (
    <div className="repair-change">
      <label>
        {boardText.repairsFor}
        <select value={change.kind} onChange={(event) => choose(event.target.value as Change['kind'], last)}>
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {boardText.repairKind[kind]}
            </option>
          ))}
        </select>
      </label>
      {change.kind === 'breakdown' ? (
        <label>
          {boardText.repairUnit}
          <select
            value={change.unit}
            onChange={(event) => {
              const on = event.target.value as EquipmentId;
              setUnit(on);
              choose('breakdown', last, on);
            }}
          >
            {rows.map((row) => (
              <option key={row.unit} value={row.unit}>
                {row.name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {change.kind === 'absence' ? (
        <label>
          {boardText.repairPerson}
          <select
            value={change.person}
            onChange={(event) => {
              const who = event.target.value as PersonId;
              setPerson(who);
              choose('absence', last, unit, who);
            }}
          >
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      {change.kind === 'breakdown' || change.kind === 'absence' ? (
        <label>
          {boardText.repairLast}
          <select
            value={last}
            onChange={(event) => {
              setLast(Number(event.target.value));
              choose(change.kind, Number(event.target.value));
            }}
          >
            {LASTS.map((value) => (
              <option key={value} value={value}>
                {boardText.repairHours(value)}
              </option>
            ))}
          </select>
        </label>
      ) : null}
    </div>
  );
}

type Ready = Extract<RepairOffer, { ok: true }>;

function Offered({ offer }: { readonly offer: Ready }) {
  const { repairs, before } = offer;
  async function choose(aim: RepairView['aim']): Promise<void> {
    const outcome = await act('repair.choose', { offer: offer.offer, aim });
    if (outcome?.ok) close();
  }
  if (repairs.every(({ counts }) => counts.moved + counts.restaffed + counts.dropped === 0)) {
    return <p>{boardText.repairNothing}</p>;
  }
  return (
    <ul className="repairs">
      {repairs.map((repair) => (
        <Candidate
          key={repair.aim}
          repair={repair}
          before={before}
          onChoose={() => void choose(repair.aim)}
        />
      ))}
    </ul>
  );
}

const COUNTS = [
  ['moved', boardText.repairMoved, ''],
  ['reassigned', boardText.repairReassigned, ''],
  ['restaffed', boardText.repairRestaffed, ''],
  ['lateNow', boardText.repairLateNow, 'late'],
  ['onTimeNow', boardText.repairOnTime, 'ok'],
  ['dropped', boardText.repairDropped, 'late'],
] as const;

const FIGURES: readonly (readonly [string, (figures: Figures) => number, (value: number) => string])[] = [
  [boardText.lateOrders, ({ lateOrders }) => lateOrders, count],
  [boardText.tardiness, ({ tardiness }) => tardiness, hours],
  [boardText.setupTotal, ({ setup }) => setup, hours],
];

/** One way out: what it changes, and what the plan is worth then. Only what is worse or better has a colour. */
function Candidate({
  repair: { aim, counts, after },
  before,
  onChoose,
}: {
  readonly repair: RepairView;
  readonly before: Figures;
  readonly onChoose: () => void;
}) {
  const name = boardText.repairAim[aim];
  return (
    <li className="repair" aria-label={name}>
      <h3>{name}</h3>
      <p className="muted">{boardText.repairAimHint[aim]}</p>
      <dl>
        {COUNTS.map(([key, title, tone]) => (
          <div key={key}>
            <dt>{title}</dt>
            <dd className={counts[key] > 0 ? tone : 'muted'}>{count(counts[key])}</dd>
          </div>
        ))}
      </dl>
      <dl>
        {FIGURES.map(([title, figure, write]) => {
          const change = figure(after) - figure(before);
          return (
            <div key={title}>
              <dt>{title}</dt>
              <dd>
                <span className="muted">{write(figure(before))}</span>
                <Icon name="right" size={12} />
                <span className="unseen">{boardText.becomes}</span>
                <span className={change < 0 ? 'ok' : change > 0 ? 'late' : ''}>{write(figure(after))}</span>
              </dd>
            </div>
          );
        })}
      </dl>
      <Button onPress={onChoose}>{boardText.repairChoose(name)}</Button>
    </li>
  );
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
