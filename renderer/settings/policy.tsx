import { downtimeText } from '#shared/domain/downtime.ts';
import type { Policy } from '#shared/domain/policy.ts';
import { useAccount, useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { DowntimeField } from './downtime-field.tsx';
import { Field, Part } from './part.tsx';
import { settingsText as words } from './text.ts';

const MINUTES = [1, 2, 5, 10, 15, 30, 60];
const SEEN_MINUTES = [5, 10, 15, 30, 60, 120, 480];

/** The choices, with what holds now where it is another. */
const minutesOf = (choices: readonly number[], now: number | null) =>
  [...new Set([...choices, ...(now === null ? [] : [now])])]
    .sort((a, b) => a - b)
    .map((minutes) => (
      <option key={minutes} value={minutes}>
        {words.minutes(minutes)}
      </option>
    ));

/** When windows lock, what is signed, and whether a gate may be overridden; and what lines are asked. */
export function PolicyPart() {
  const account = useAccount((state) => state.account);
  const mayNot = useReasonAgainst('policy.save');
  if (!account) return null;
  const { policy, kind } = account;
  const refusal = kind === 'local' ? words.needsAccounts : mayNot;
  const save = (change: Partial<Policy>): void => void act('policy.save', { ...policy, ...change });
  const held = { disabled: refusal !== null, title: refusal ?? undefined };
  const signing = (what: 'publish' | 'dispatch', label: string) => (
    <Field name={label}>
      <input
        type="checkbox"
        aria-label={label}
        {...held}
        checked={policy.sign[what]}
        onChange={(event) => save({ sign: { ...policy.sign, [what]: event.target.checked } })}
      />
    </Field>
  );
  return (
    <>
      <Part title={words.policy}>
        <Field name={words.lockAfter}>
          <select
            aria-label={words.lockAfter}
            {...held}
            value={policy.lockMinutes}
            onChange={(event) => save({ lockMinutes: Number(event.target.value) })}
          >
            {minutesOf(MINUTES, policy.lockMinutes)}
          </select>
        </Field>
        {signing('publish', words.signPublish)}
        {signing('dispatch', words.signDispatch)}
        <Field name={words.overrides}>
          <input
            type="checkbox"
            aria-label={words.overrides}
            {...held}
            checked={policy.overrides}
            onChange={(event) => save({ overrides: event.target.checked })}
          />
          <span className="muted settings-note">{words.overridesHint}</span>
        </Field>
        {refusal === null ? null : <Field name="">{refusal}</Field>}
      </Part>
      <Part title={words.atLines}>
        <Field name={words.seenWithin}>
          <select
            aria-label={words.seenWithin}
            disabled={mayNot !== null}
            title={mayNot ?? undefined}
            value={policy.seenMinutes ?? ''}
            onChange={({ target }) =>
              save({ seenMinutes: target.value === '' ? null : Number(target.value) })
            }
          >
            <option value="">{words.notAsked}</option>
            {minutesOf(SEEN_MINUTES, policy.seenMinutes)}
          </select>
          <span className="muted settings-note">{words.seenWithinHint}</span>
        </Field>
        <DowntimeField
          key={downtimeText(policy.downtime)}
          tree={policy.downtime}
          refusal={mayNot}
          save={(downtime) => save({ downtime })}
        />
      </Part>
    </>
  );
}
