import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import type { SessionView } from '#shared/contract/session.ts';
import { station } from '#renderer/bridge/station.ts';
import { keepToken, readAccount, useAccount } from '#renderer/state/account.ts';
import { useNotices } from '#renderer/state/notices.ts';
import { Button } from '#renderer/ui/button.tsx';
import './account.css';
import { Field, PasswordForm, Problem, entered } from './password-form.tsx';
import { accountText as words } from './text.ts';

/** What stands in the window's place until somebody is logged in, has a password of their own and has unlocked it. */
export function Entrance({ onEntered }: { readonly onEntered: () => void }) {
  const account = useAccount((state) => state.account);
  const [asOther, setAsOther] = useState(false);
  // What one was told is not for whoever comes next.
  useEffect(() => useNotices.setState({ notices: [] }), []);
  if (!account) return null;
  const enter = () =>
    void readAccount().then((isInside) => {
      setAsOther(false);
      if (isInside) onEntered();
    });
  if (account.kind === 'in')
    return (
      <Frame title={words.change} hint={words.changeHint}>
        <PasswordForm onDone={enter} />
      </Frame>
    );
  if (account.kind === 'locked' && !asOther)
    return (
      <Frame title={words.locked} hint={words.lockedBy(account.name)}>
        <Credentials key="unlock" account={account} onDone={enter} />
        <Button look="quiet" onPress={() => setAsOther(true)}>
          {words.other}
        </Button>
      </Frame>
    );
  return (
    <Frame title={words.login} hint={asOther ? words.otherHint : ''}>
      <Credentials key="login" account={null} onDone={enter} />
      {asOther ? (
        <Button look="quiet" onPress={() => setAsOther(false)}>
          {words.back}
        </Button>
      ) : null}
    </Frame>
  );
}

const Frame = ({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}) => (
  <main className="entrance">
    <section className="entrance-card" aria-labelledby="entrance-title">
      <p className="entrance-name muted">{words.name}</p>
      <h1 id="entrance-title">{title}</h1>
      {hint ? <p className="muted">{hint}</p> : null}
      {children}
    </section>
  </main>
);

/** Name and password: to log in, or to unlock, where the name is known. */
function Credentials({
  account,
  onDone,
}: {
  readonly account: SessionView | null;
  readonly onDone: () => void;
}) {
  const [problem, setProblem] = useState('');
  const [isBusy, setBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const credentials = { user: entered(given, 'user'), password: entered(given, 'password') };
    setBusy(true);
    try {
      const outcome = account
        ? await station.call('session.unlock', credentials)
        : await station.call('session.login', credentials);
      if (outcome.ok) {
        const { detail } = outcome;
        if (typeof detail === 'object' && detail !== null && 'token' in detail)
          keepToken(String(detail.token));
        return onDone();
      }
      setProblem(outcome.refusal.text);
    } catch (error) {
      setProblem(String(error));
    }
    setBusy(false);
    const password = form.elements.namedItem('password');
    if (password instanceof HTMLInputElement) {
      password.value = '';
      password.focus();
    }
  }

  return (
    <form className="account-form" onSubmit={(event) => void submit(event)}>
      <Field
        label={words.user}
        name="user"
        complete="username"
        isFirst={account === null}
        {...(account && { value: account.user })}
      />
      <Field label={words.password} name="password" complete="current-password" isFirst={account !== null} />
      <Problem text={problem} />
      <Button look="primary" type="submit" isDisabled={isBusy}>
        {isBusy ? words.loggingIn : account ? words.unlock : words.login}
      </Button>
    </form>
  );
}
