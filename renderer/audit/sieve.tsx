import { useState } from 'react';
import type { Ask } from '#shared/contract/calls.ts';
import type { LedgerEntry } from '#shared/domain/ledger.ts';
import { instantFromLocal } from '#shared/time/zone.ts';
import { useSession } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { auditText as words } from './text.ts';

/** What of the record is looked at: days are those of the plant. */
export interface Sieve {
  readonly user: string;
  readonly action: string;
  readonly record: string;
  readonly from: string;
  readonly to: string;
  readonly seals: boolean;
  readonly zone: string;
}

export const OPEN: Sieve = { user: '', action: '', record: '', from: '', to: '', seals: false, zone: 'UTC' };

/** The same as the station is asked for it: from the first moment of a day to the last of another. */
export function askOf({ user, action, record, from, to, zone }: Sieve): Ask<'ledger.review'>['filter'] {
  const midnight = (day: string, days: number): string => {
    const at = instantFromLocal(zone, day, '00:00') + days * 86_400;
    return new Date(at * 1000).toISOString();
  };
  return {
    ...(user && { user }),
    ...(action && { action }),
    ...(record.trim().includes(' ') && { record: record.trim() }),
    ...(from && { from: midnight(from, 0) }),
    ...(to && { to: midnight(to, 1) }),
  };
}

/** Filters by who, what, which record and when; the choices are those that were seen so far. */
export function SieveBar({
  entries,
  sieve,
  onChange,
}: {
  readonly entries: readonly LedgerEntry[];
  readonly sieve: Sieve;
  readonly onChange: (sieve: Sieve) => void;
}) {
  const zone = useSession(({ status }) => status?.zone ?? 'UTC');
  const users = useChoices(sieve.user, entries, 'userId');
  const actions = useChoices(sieve.action, entries, 'action');
  const turn = (change: Partial<Sieve>): void => onChange({ ...sieve, ...change, zone });
  return (
    <div className="audit-sieve" role="group" aria-label={words.search}>
      <Choice
        label={words.by}
        none={words.anybody}
        values={users}
        value={sieve.user}
        onChange={(user) => turn({ user })}
      />
      <Choice
        label={words.action}
        none={words.anyAction}
        values={actions}
        value={sieve.action}
        onChange={(action) => turn({ action })}
      />
      <label>
        {words.record}
        <input
          value={sieve.record}
          placeholder={words.recordHint}
          spellCheck={false}
          onChange={(event) => turn({ record: event.target.value })}
        />
      </label>
      {(['from', 'to'] as const).map((edge) => (
        <label key={edge}>
          {words[edge]}
          <input type="date" value={sieve[edge]} onChange={(event) => turn({ [edge]: event.target.value })} />
        </label>
      ))}
      <label>
        <input
          type="checkbox"
          checked={sieve.seals}
          onChange={(event) => turn({ seals: event.target.checked })}
        />
        {words.seals}
      </label>
      {sieve === OPEN ? null : (
        <Button look="quiet" onPress={() => onChange(OPEN)}>
          {words.clear}
        </Button>
      )}
    </div>
  );
}

/** Remembered while a filter is on, so that another can be chosen. */
function useChoices(chosen: string, entries: readonly LedgerEntry[], field: 'userId' | 'action'): string[] {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const all = [
    ...new Set([...seen, ...entries.map((entry) => entry[field]), ...(chosen ? [chosen] : [])]),
  ].sort();
  if (all.length > seen.length) setSeen(all);
  return all;
}

const Choice = ({
  label,
  none,
  values,
  value,
  onChange,
}: {
  readonly label: string;
  readonly none: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => (
  <label>
    {label}
    <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="">{none}</option>
      {values.map((entry) => (
        <option key={entry}>{entry}</option>
      ))}
    </select>
  </label>
);
