import type { RepairView } from '#shared/contract/views.ts';
import type { Figures } from '#shared/domain/schedule.ts';
import { BecomesRows, type Figure } from './becomes.tsx';
import { Button } from './button.tsx';
import { count, hours } from './format.ts';
import { repairText as words } from './repair-text.ts';
import './repairs.css';

/** Ways out side by side, one of which is chosen. */
export function Repairs({
  repairs,
  before,
  onChoose,
}: {
  readonly repairs: readonly RepairView[];
  readonly before: Figures;
  readonly onChoose: (aim: RepairView['aim']) => void;
}) {
  if (repairs.every(({ counts }) => counts.moved + counts.placed + counts.restaffed + counts.dropped === 0)) {
    return <p>{words.repairNothing}</p>;
  }
  return (
    <ul className="repairs">
      {repairs.map((repair) => (
        <Candidate key={repair.aim} repair={repair} before={before} onChoose={() => onChoose(repair.aim)} />
      ))}
    </ul>
  );
}

const COUNTS = [
  ['placed', words.repairPlaced, ''],
  ['moved', words.repairMoved, ''],
  ['reassigned', words.repairReassigned, ''],
  ['restaffed', words.repairRestaffed, ''],
  ['lateNow', words.repairLateNow, 'late'],
  ['onTimeNow', words.repairOnTime, 'ok'],
  ['dropped', words.repairDropped, 'late'],
] as const;

const FIGURES: readonly Figure[] = [
  { title: words.lateOrders, of: ({ lateOrders }) => lateOrders, write: count },
  { title: words.tardiness, of: ({ tardiness }) => tardiness, write: hours },
  { title: words.setupTotal, of: ({ setup }) => setup, write: hours },
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
  const name = words.repairAim[aim];
  return (
    <li className="repair" aria-label={name}>
      <h3>{name}</h3>
      <p className="muted">{words.repairAimHint[aim]}</p>
      <dl>
        {COUNTS.filter(([key]) => key !== 'placed' || counts.placed > 0).map(([key, title, tone]) => (
          <div key={key}>
            <dt>{title}</dt>
            <dd className={counts[key] > 0 ? tone : 'muted'}>{count(counts[key])}</dd>
          </div>
        ))}
      </dl>
      <dl>
        <BecomesRows figures={FIGURES} before={before} after={after} />
      </dl>
      <Button onPress={onChoose}>{words.repairChoose(name)}</Button>
    </li>
  );
}
