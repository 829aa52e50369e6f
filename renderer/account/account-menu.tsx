import { useState } from 'react';
import { act } from '#renderer/state/act.ts';
import { notify } from '#renderer/state/notices.ts';
import { useAccount } from '#renderer/state/account.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { Icon } from '#renderer/ui/icon.tsx';
import { PopupButton } from '#renderer/ui/popup.tsx';
import './account.css';
import { PasswordForm } from './password-form.tsx';
import { accountText as words } from './text.ts';

/** Who is here, and how to go. */
export function AccountMenu() {
  const account = useAccount((state) => state.account);
  const [isChanging, setChanging] = useState(false);
  if (account?.kind !== 'in') return null;
  return (
    <>
      <PopupButton
        label={words.menu}
        className="account-menu"
        button={
          <Button look="quiet" className="account-button">
            <Icon name="crew" size={15} />
            {account.name}
          </Button>
        }
      >
        {({ close }) => (
          <>
            <p className="muted">
              {account.user} · {account.roles.join(', ')}
            </p>
            <Button icon="lock" onPress={() => void act('session.lock', {})}>
              {words.lock}
            </Button>
            <Button
              onPress={() => {
                close();
                setChanging(true);
              }}
            >
              {words.changeTitle} …
            </Button>
            <Button onPress={() => void act('session.logout', {})}>{words.logout}</Button>
          </>
        )}
      </PopupButton>
      {isChanging ? (
        <Dialog title={words.changeTitle} onClose={() => setChanging(false)}>
          <div className="dialog-body">
            <PasswordForm
              onDone={() => {
                setChanging(false);
                notify('info', words.changed);
              }}
            />
          </div>
        </Dialog>
      ) : null}
    </>
  );
}
