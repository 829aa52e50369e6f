import { useMemo, useState } from 'react';
import type { UserView } from '#shared/contract/session.ts';
import { useAccount, useReasonAgainst } from '#renderer/state/account.ts';
import { act } from '#renderer/state/act.ts';
import { useReply } from '#renderer/state/reply.ts';
import { ReviewDialog } from '#renderer/state/review-dialog.tsx';
import { LastReview } from '#renderer/state/reviews.tsx';
import { useFormats } from '#renderer/state/session.ts';
import { Button } from '#renderer/ui/button.tsx';
import { ExportButton } from '#renderer/ui/export-button.tsx';
import { type Formats, counted } from '#renderer/ui/format.ts';
import { type Column, exportOf, instantCell } from '#renderer/ui/rows.ts';
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

const stateOf = ({ disabled, lockedUntil, isTemporary, identity, roles }: UserView): string => {
  if (disabled) return words.disabled;
  if (lockedUntil !== null) return words.lockedOut;
  if (identity === null && !roles.includes('administrator')) return words.identityMissing;
  return isTemporary ? words.temporary : words.active;
};

/** What is asked of an access review (AC-09), and what is saved. */
const columnsOf = ({ moment }: Formats): readonly Column<UserView>[] => [
  { id: 'id', title: words.login, width: 80, value: ({ id }) => id },
  { id: 'name', title: words.userName, width: 128, value: ({ name }) => name },
  { id: 'roles', title: words.roles, value: ({ roles }) => roles.map((role) => words.role[role]).join(', ') },
  {
    id: 'lastLogin',
    title: words.lastLogin,
    width: 148,
    value: ({ lastLogin }) => lastLogin,
    cell: ({ lastLogin }) =>
      lastLogin === null ? <span className="muted">{words.never}</span> : moment(lastLogin),
    written: ({ lastLogin }) => instantCell(lastLogin),
  },
  {
    id: 'identity',
    title: words.identity,
    width: 184,
    value: ({ identity }) => (identity ? `${identity.by}, ${identity.on}` : null),
  },
  {
    id: 'state',
    title: words.stateTitle,
    width: 120,
    value: stateOf,
    cell: (user) =>
      user.lockedUntil !== null && !user.disabled ? (
        <Mark tone="warn" icon="lock">
          {stateOf(user)}
        </Mark>
      ) : (
        <span className={user.disabled ? 'muted' : ''} title={stateOf(user)}>
          {stateOf(user)}
        </span>
      ),
  },
];

const controlOf = (onWork: (work: UserWork) => void): Column<UserView> => ({
  id: 'work',
  title: words.actions,
  isControl: true,
  width: 320,
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
});

function Users({ onWork }: { readonly onWork: (work: UserWork) => void }) {
  const users = useReply('user.list', NEWS).value ?? [];
  const mayChange = useReasonAgainst('user.change') === null;
  const mayReview = useReasonAgainst('access.review') === null;
  const [isReviewing, setReviewing] = useState(false);
  const formats = useFormats();
  const all = useMemo(() => columnsOf(formats), [formats]);
  const shown = useMemo(
    () => (mayChange ? [...all.filter(({ id }) => id !== 'identity'), controlOf(onWork)] : all),
    [all, mayChange, onWork],
  );
  return (
    <>
      <Table label={words.accounts} columns={shown} rows={users} keyOf={({ id }) => id} />
      <LastReview of="accessReview" />
      <div className="button-row settings-below">
        {mayChange ? (
          <Button icon="plus" onPress={() => onWork({ kind: 'add' })}>
            {words.addUser}
          </Button>
        ) : null}
        <ExportButton
          title={words.accounts}
          file="accounts"
          isDisabled={users.length === 0}
          table={() => exportOf(users, all)}
        />
        {mayReview ? (
          <Button icon="check" onPress={() => setReviewing(true)}>
            {words.reviewAccess}
          </Button>
        ) : null}
      </div>
      {isReviewing ? (
        <ReviewDialog
          title={words.reviewAccessTitle}
          what={words.reviewAccessWhat(counted(users.length, 'account'))}
          review={async (remarks, sign) => (await act('access.review', { remarks, sign }))?.ok ?? false}
          onClose={() => setReviewing(false)}
        />
      ) : null}
    </>
  );
}
