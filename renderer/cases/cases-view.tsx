import { useEffect, useState } from 'react';
import type { CaseView } from '#shared/contract/views.ts';
import type { Instant } from '#shared/time/instant.ts';
import { usePlace } from '#renderer/state/place.ts';
import { useReply } from '#renderer/state/reply.ts';
import { plantNow, useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { caseKindText } from '#renderer/ui/case-text.ts';
import { text } from '#renderer/ui/text.ts';
import { Empty, ViewHead } from '#renderer/ui/view.tsx';
import { dismissOpened } from '#renderer/state/case-notices.ts';
import { CaseDetail } from './case-detail.tsx';
import './cases.css';
import { URGENT, leftUntil } from './deadline.ts';
import { HandoverDialog } from './handover-dialog.tsx';
import { casesText as words, ownerText } from './text.ts';

const NEWS = ['cases.changed', 'board.changed', 'board.replaced', 'version.published'] as const;

/** What is to be decided, the most urgent first, and the one that is looked at with its ways out. */
export function CasesView() {
  const { value, failure } = useReply('case.list', NEWS);
  const sought = usePlace((state) => state.sought);
  const [picked, setPicked] = useState({ sought, id: Number(sought) });
  // Whoever comes by a notice sees its case, whatever was looked at before.
  const chosen = picked.sought === sought ? picked.id : Number(sought);
  const [isHandover, setHandover] = useState(false);
  const now = useMinute();
  useEffect(dismissOpened, []);
  const open = value?.filter(({ state }) => state === 'open') ?? [];
  const shown = value?.find(({ id }) => id === chosen) ?? value?.[0];
  return (
    <div className="view">
      <ViewHead title={words.title} figure={value ? words.figure(open.length) : undefined}>
        <Button icon="print" onPress={() => setHandover(true)}>
          {words.handover}
        </Button>
      </ViewHead>
      {isHandover ? <HandoverDialog onClose={() => setHandover(false)} /> : null}
      {failure !== null && !value ? (
        <p className="cases-none late">{failure}</p>
      ) : !value ? (
        <p className="cases-none muted">{text.loading}</p>
      ) : !shown ? (
        <Empty icon="check" title={words.emptyTitle} hint={words.emptyHint} />
      ) : (
        <div className="cases">
          <nav className="cases-list" aria-label={words.list}>
            {(['open', 'decided', 'closed'] as const).map((state) => (
              <Group
                key={state}
                title={words[state]}
                cases={value.filter((one) => one.state === state)}
                shown={shown.id}
                now={now}
                onChoose={(id) => setPicked({ sought, id })}
              />
            ))}
          </nav>
          <CaseDetail key={`${shown.id} ${shown.state}`} one={shown} now={now} />
        </div>
      )}
    </div>
  );
}

function Group({
  title,
  cases,
  shown,
  now,
  onChoose,
}: {
  readonly title: string;
  readonly cases: readonly CaseView[];
  readonly shown: number;
  readonly now: Instant;
  readonly onChoose: (id: number) => void;
}) {
  const { moment } = useFormats();
  if (cases.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {cases.map(({ id, kind, text: what, owner, deadline, state, outcome }) => (
          <li key={id}>
            <button
              type="button"
              className="case-row"
              aria-current={id === shown ? 'true' : false}
              onClick={() => onChoose(id)}
            >
              <span className="case-row-head">
                <span className="muted">{caseKindText[kind]}</span>
                {state === 'open' ? (
                  <span className={deadline - now < URGENT ? 'late' : 'muted'}>
                    {leftUntil(deadline, now)}
                  </span>
                ) : (
                  <span className="muted">{outcome ? moment(outcome.at) : ''}</span>
                )}
              </span>
              <span className="case-row-text">{what}</span>
              <span className="muted">{state === 'open' ? ownerText[owner] : (outcome?.text ?? '')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The plant's time, kept to the minute. */
function useMinute(): Instant {
  const [now, setNow] = useState(plantNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(plantNow()), 15_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
