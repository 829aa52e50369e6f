import { type ReactNode, useState } from 'react';
import type { CaseView, Proposal, RepairView } from '#shared/contract/views.ts';
import { orderNameOf } from '#shared/domain/of-order.ts';
import type { Instant } from '#shared/time/instant.ts';
import { useReasonAgainst } from '#renderer/state/account.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useFormats } from '#renderer/state/session.ts';
import { BothValues } from '#renderer/ui/both-values.tsx';
import { caseKindText } from '#renderer/ui/case-text.ts';
import { counted, hours } from '#renderer/ui/format.ts';
import { repairText } from '#renderer/ui/repair-text.ts';
import { Decision } from './decision.tsx';
import { URGENT, leftUntil } from './deadline.ts';
import { casesText as words, ownerText } from './text.ts';
import { WaysOut } from './ways-out.tsx';
import { WhoseHolds } from './whose-holds.tsx';

const SHOWN_TASKS = 4;

/** One case: what happened, what it hits, and what can be done or was. */
export function CaseDetail({ one, now }: { readonly one: CaseView; readonly now: Instant }) {
  const proposal = useBoard((state) => state.proposal);
  const [aim, setAim] = useState<RepairView['aim'] | null>(null);
  return (
    <article className="case" aria-label={one.text}>
      <h2>{one.text}</h2>
      <Facts one={one} now={now} />
      {one.unkept?.settlement.kind === 'notKept' ? (
        <BothValues feed={one.unkept.feed} differences={one.unkept.settlement.differences} />
      ) : null}
      {one.outcome ? <Outcome outcome={one.outcome} /> : null}
      {one.state === 'open' ? (
        <Step one={one} proposal={proposal} aim={aim} now={now} onChosen={setAim} />
      ) : null}
    </article>
  );
}

/** First the ways out; then what the chosen one changes. */
const Step = ({
  one,
  proposal,
  aim,
  now,
  onChosen,
}: {
  readonly one: CaseView;
  readonly proposal: Proposal | null;
  readonly aim: RepairView['aim'] | null;
  readonly now: Instant;
  readonly onChosen: (aim: RepairView['aim'] | null) => void;
}) => {
  const refusal = useReasonAgainst('case.decide');
  if (one.kind === 'notKept')
    return refusal === null ? <WhoseHolds one={one} now={now} /> : <p className="muted">{refusal}</p>;
  const isByRule = proposal?.case === one.id && refusal === null;
  if (proposal && (aim || isByRule)) {
    const why = aim ? repairText.repairAimHint[aim] : words.byRule;
    return <Decision one={one} proposal={proposal} why={why} onBack={() => onChosen(null)} />;
  }
  return (
    <>
      <Hits one={one} />
      {refusal === null ? (
        <WaysOut one={one} now={now} onChosen={onChosen} />
      ) : (
        <p className="muted">{refusal}</p>
      )}
    </>
  );
};

const Fact = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <div>
    <dt>{title}</dt>
    <dd>{children}</dd>
  </div>
);

function Facts({ one, now }: { readonly one: CaseView; readonly now: Instant }) {
  const { moment } = useFormats();
  const { kind, owner, deadline, opened, state } = one;
  return (
    <dl className="case-facts">
      <Fact title={caseKindText[kind]}>{moment(opened)}</Fact>
      <Fact title={words.owner}>{ownerText[owner]}</Fact>
      {state === 'open' ? (
        <>
          <Fact title={words.decideBy}>
            {moment(deadline)}{' '}
            <span className={deadline - now < URGENT ? 'late' : 'muted'}>{leftUntil(deadline, now)}</span>
          </Fact>
          {kind === 'notKept' ? null : <Consequences one={one} />}
        </>
      ) : null}
    </dl>
  );
}

/** What happens when nobody decides. */
function Consequences({ one: { orders, atRisk, cost, free, tasks } }: { readonly one: CaseView }) {
  const { moment } = useFormats();
  const later = atRisk.filter(({ wasLate }) => wasLate).length;
  const broken = atRisk.length - later;
  const isUnknown = atRisk.some(({ end }) => end === null);
  return (
    <>
      <Fact title={words.hits}>{words.hitsOf(counted(tasks.length, 'task'), counted(orders, 'order'))}</Fact>
      <Fact title={words.free}>{free === null ? words.freeUnknown : moment(free)}</Fact>
      <Fact title={words.atRisk}>
        {broken > 0 ? <span className="late">{counted(broken, 'order')}</span> : words.atRiskNone}
        {later > 0 ? <span className="muted">, {words.laterStill(counted(later, 'late one'))}</span> : null}
      </Fact>
      <Fact title={words.cost}>{cost > 0 || !isUnknown ? words.costOf(hours(cost)) : words.costUnknown}</Fact>
    </>
  );
}

function Hits({ one: { hits, atRisk } }: { readonly one: CaseView }) {
  const { moment } = useFormats();
  return (
    <div className="case-hits">
      <section>
        <h3>{words.tasksHit}</h3>
        <ul>
          {hits.slice(0, SHOWN_TASKS).map((hit) => (
            <li key={hit.task}>
              <span>
                {orderNameOf(hit)} · {hit.name}
              </span>
              <span className="muted">
                {hit.start === null
                  ? words.unplanned
                  : [hit.unit, moment(hit.start)].filter(Boolean).join(', ')}
              </span>
            </li>
          ))}
          {hits.length > SHOWN_TASKS ? (
            <li className="muted">{words.moreTasks(counted(hits.length - SHOWN_TASKS, 'task'))}</li>
          ) : null}
        </ul>
      </section>
      {atRisk.length > 0 ? (
        <section>
          <h3>{words.atRisk}</h3>
          <ul>
            {atRisk.slice(0, SHOWN_TASKS).map(({ due, end, wasLate, ...order }) => (
              <li key={order.order}>
                <span>{orderNameOf(order)}</span>
                <span className={wasLate ? 'muted' : 'late'}>
                  {end === null ? words.dueUnknown(moment(due)) : words.dueThen(moment(due), moment(end))}
                </span>
              </li>
            ))}
            {atRisk.length > SHOWN_TASKS ? (
              <li className="muted">{words.moreTasks(counted(atRisk.length - SHOWN_TASKS, 'order'))}</li>
            ) : null}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

function Outcome({ outcome }: { readonly outcome: NonNullable<CaseView['outcome']> }) {
  const { moment } = useFormats();
  const { text: what, reason, by, at, until } = outcome;
  return (
    <section className="case-outcome">
      <h3>{words.outcome}</h3>
      <p>{what}</p>
      {reason === what ? null : <p>{reason}</p>}
      <p className="muted">{words.by(by, moment(at))}</p>
      {until === null ? null : <p className="muted">{words.until(moment(until))}</p>}
    </section>
  );
}
