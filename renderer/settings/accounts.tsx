import { useMemo, useState } from 'react';
import type { UserView } from '#shared/contract/session.ts';
import { useAccount, useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Button } from '#renderer/ui/button.tsx';
import type { Column } from '#renderer/ui/rows.ts';
import { Table } from '#renderer/ui/table.tsx';
import { Mark } from '#renderer/ui/view.tsx';
import { settingsText as words } from './text.ts';
import { UserDialog, type UserWork } from './user-dialog.tsx';

const NEWS = ['accounts.changed'] as const;

/** Who may log in: how accounts begin, and where an administrator keeps them. */
export function Accounts() {
  const kind = useAccount(({ account }) => account?.kind);
  const refusal = useReasonAgainst('user.list');
  const [work, setWork] = useState<UserWork | null>(null);
  return (
    <section className="settings-part">
      <h2>{words.accounts}</h2>
      {kind === 'local' ? (
        <>
          <p className="muted settings-hint">{words.accountsOff}</p>
          <Button onPress={() => setWork({ kind: 'first' })}>{words.firstAccount} …</Button>
        </>
      ) : refusal === null ? (
        <Users onWork={setWork} />
      ) : (
        <p className="muted">{refusal}</p>
      )}
      {work ? <UserDialog work={work} onClose={() => setWork(null)} /> : null}
    </section>
  );
}

const stateOf = ({ disabled, lockedUntil, isTemporary }: UserView): string => {
  if (disabled) return words.disabled;
  if (lockedUntil !== null) return words.lockedOut;
  return isTemporary ? words.temporary : words.active;
};

const columnsOf = (onWork: (work: UserWork) => void): readonly Column<UserView>[] => [
  { id: 'id', title: words.login, width: 100, value: ({ id }) => id },
  { id: 'name', title: words.userName, width: 160, value: ({ name }) => name },
  { id: 'roles', title: words.roles, value: ({ roles }) => roles.map((role) => words.role[role]).join(', ') },
  {
    id: 'state',
    title: words.stateTitle,
    width: 168,
    value: stateOf,
    cell: (user) =>
      user.lockedUntil === null ? (
        <span className={user.disabled ? 'muted' : ''}>{stateOf(user)}</span>
      ) : (
        <Mark tone="warn" icon="lock">
          {stateOf(user)}
        </Mark>
      ),
  },
  {
    id: 'work',
    title: words.actions,
    isControl: true,
    width: 336,
    value: () => null,
    cell: (user) => (
      <span className="button-row">
        <Button look="quiet" onPress={() => onWork({ kind: 'change', user })}>
          {words.changeUser}
        </Button>
        <Button look="quiet" onPress={() => onWork({ kind: 'password', user })}>
          {words.newPassword}
        </Button>
        <Button
          look="quiet"
          onPress={() => void act('user.change', { id: user.id as never, disabled: !user.disabled })}
        >
          {user.disabled ? words.enable : words.disable}
        </Button>
      </span>
    ),
  },
];

function Users({ onWork }: { readonly onWork: (work: UserWork) => void }) {
  const users = useReply('user.list', NEWS).value ?? [];
  const columns = useMemo(() => columnsOf(onWork), [onWork]);
  return (
    <>
      <Table label={words.accounts} columns={columns} rows={users} keyOf={({ id }) => id} />
      <Button className="settings-below" icon="plus" onPress={() => onWork({ kind: 'add' })}>
        {words.addUser}
      </Button>
    </>
  );
}
