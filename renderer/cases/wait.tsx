import { useState } from 'react';
import type { CaseView } from '#shared/contract/views.ts';
import { HOUR, type Instant } from '#shared/time/instant.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Reason } from './reason.tsx';
import { casesText as words } from './text.ts';

const FOR = [0.25, 0.5, 1, 2, 4, 8, 24];

/** To do nothing until then is a decision too, and has its reason. */
export function Wait({ one, now }: { readonly one: CaseView; readonly now: Instant }) {
  const [span, setSpan] = useState(0.5);
  const [reason, setReason] = useState('');
  const until = Math.round(now + span * HOUR);
  return (
    <form
      className="case-wait"
      aria-label={words.wait}
      onSubmit={(event) => {
        event.preventDefault();
        void act('case.wait', { case: one.id, until, reason });
      }}
    >
      <h4>{words.wait}</h4>
      <label>
        {words.waitFor}
        <select value={span} onChange={(event) => setSpan(Number(event.target.value))}>
          {FOR.map((value) => (
            <option key={value} value={value}>
              {value < 1 ? words.minutes(value * 60) : words.hours(value)}
            </option>
          ))}
        </select>
      </label>
      <Reason label={words.waitReason} value={reason} onChange={setReason} />
      <Button type="submit" isDisabled={reason.trim() === ''}>
        {words.waitNow}
      </Button>
      <p className="muted">{words.waitHint}</p>
    </form>
  );
}
