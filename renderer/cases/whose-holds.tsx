import { useState } from 'react';
import type { CaseView } from '#shared/contract/views.ts';
import type { Instant } from '#shared/time/instant.ts';
import { AllowedButton } from '#renderer/commands/allowed-button.tsx';
import { act } from '#renderer/state/act.ts';
import { Reason } from './reason.tsx';
import { casesText as words } from './text.ts';
import { Wait } from './wait.tsx';

/** What an ERP has not kept: both values, who wins, and whose is to hold. */
export function WhoseHolds({ one, now }: { readonly one: CaseView; readonly now: Instant }) {
  const [reason, setReason] = useState('');
  const { unkept } = one;
  if (!unkept)
    return (
      <section className="ways-out" aria-label={words.waysOut}>
        <p>{words.manyUnkept}</p>
        <Wait one={one} now={now} />
      </section>
    );
  const { feed, seq, settlement } = unkept;
  const isUnsaid = reason.trim() === '';
  return (
    <section className="ways-out" aria-label={words.waysOut}>
      <h3>{words.waysOut}</h3>
      <p className="muted">{settlement.kind === 'refused' ? words.refusedHint : words.winsHint(feed)}</p>
      <div className="ways-asked">
        <Reason label={words.reason} value={reason} onChange={setReason} />
      </div>
      <div className="button-row">
        <AllowedButton
          needs="outbox.resend"
          isDisabled={isUnsaid}
          onPress={() => void act('outbox.resend', { seq, reason })}
        >
          {words.tellAgain(feed)}
        </AllowedButton>
        <AllowedButton
          needs="outbox.drop"
          isDisabled={isUnsaid}
          onPress={() => void act('outbox.drop', { seq, reason })}
        >
          {words.leaveAs(feed)}
        </AllowedButton>
      </div>
      <Wait one={one} now={now} />
    </section>
  );
}
