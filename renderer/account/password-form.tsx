import { type FormEvent, useState } from 'react';
import { station } from '#renderer/bridge/station.ts';
import { Button } from '#renderer/ui/button.tsx';
import './account.css';
import { accountText as words } from './text.ts';

const SHORTEST = 12;

/** The old password once, the new one twice. */
export function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [old, next, again] = [entered(given, 'old'), entered(given, 'new'), entered(given, 'again')];
    if (next !== again) return setProblem(words.differ);
    if (next.length < SHORTEST) return setProblem(words.short);
    setBusy(true);
    try {
      const outcome = await station.call('session.password', { old, new: next });
      if (outcome.ok) onDone();
      else setProblem(outcome.refusal.text);
    } catch (error) {
      setProblem(String(error));
    }
    setBusy(false);
  }

  return (
    <form className="account-form" onSubmit={(event) => void submit(event)}>
      <Field label={words.old} name="old" complete="current-password" isFirst />
      <Field label={words.new} name="new" complete="new-password" />
      <Field label={words.again} name="again" complete="new-password" />
      <Problem text={problem} />
      <Button look="primary" type="submit" isDisabled={isBusy}>
        {isBusy ? words.loggingIn : words.save}
      </Button>
    </form>
  );
}

export function entered(given: FormData, name: string): string {
  const value = given.get(name);
  return typeof value === 'string' ? value : '';
}

/** One line of a form about somebody; whatever is no name is hidden while it is typed. */
export function Field({
  label,
  name,
  complete,
  isFirst = false,
  value,
}: {
  readonly label: string;
  readonly name: string;
  readonly complete: 'username' | 'current-password' | 'new-password';
  readonly isFirst?: boolean;
  readonly value?: string;
}) {
  return (
    <label>
      {label}
      <input
        name={name}
        type={complete === 'username' ? 'text' : 'password'}
        autoComplete={complete}
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={200}
        defaultValue={value}
        readOnly={value !== undefined}
        ref={(input) => {
          if (isFirst && input && !input.dataset['seen']) {
            input.dataset['seen'] = 'yes';
            input.focus();
          }
        }}
      />
    </label>
  );
}

/** Read out as soon as it stands there. */
export const Problem = ({ text }: { readonly text: string }) => (
  <p className="account-problem late" role="alert">
    {text}
  </p>
);
