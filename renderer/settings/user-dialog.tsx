import { type FormEvent, useState } from 'react';
import type { Ask } from '#shared/contract/calls.ts';
import type { UserView } from '#shared/contract/session.ts';
import { localDateOf } from '#shared/time/zone.ts';
import { ROLES, type Role } from '#shared/domain/role.ts';
import { act } from '#renderer/state/act.ts';
import { plantNow, useSession } from '#renderer/state/session.ts';
import { useReply } from '#renderer/state/reply.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { PeopleOptions } from './people-options.tsx';
import { settingsText as words } from './text.ts';

/** What is done with an account in one dialog. */
export type UserWork =
  | { readonly kind: 'first' | 'add' }
  | { readonly kind: 'change' | 'password'; readonly user: UserView };

const titleOf = (work: UserWork): string => {
  if (work.kind === 'first') return words.firstAccount;
  if (work.kind === 'change') return words.changeUserTitle(work.user.id);
  return work.kind === 'password' ? words.newPasswordTitle(work.user.id) : words.addUserTitle;
};

/** One form for all of it: each kind of work shows the lines it needs. */
export function UserDialog({ work, onClose }: { readonly work: UserWork; readonly onClose: () => void }) {
  const known = 'user' in work ? work.user : null;
  const [roles, setRoles] = useState<readonly Role[]>(known?.roles ?? []);
  const [isBusy, setBusy] = useState(false);
  const people = useReply('people.list').value ?? [];
  const isNew = work.kind === 'first' || work.kind === 'add';
  const hasName = work.kind !== 'password';
  const hasRoles = work.kind === 'add' || work.kind === 'change';

  async function save(given: FormData): Promise<void> {
    const field = (name: string): string => {
      const value = given.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const password = given.get('password');
    const by = field('identityBy');
    const identity = by === '' ? null : { by, on: field('identityOn') };
    const about = { name: field('name'), person: field('person') || null, roles: [...roles] };
    setBusy(true);
    // Ids and passwords are judged in the station, which knows the rules.
    const outcome =
      work.kind === 'change'
        ? await act('user.change', {
            id: work.user.id,
            ...about,
            ...(identity && { identity }),
          } as Ask<'user.change'>)
        : work.kind === 'password'
          ? await act('user.password', { id: work.user.id, password } as Ask<'user.password'>)
          : await act('user.add', {
              ...about,
              id: field('id').toLowerCase(),
              password,
              identity,
              ...(work.kind === 'first' && { roles: ['administrator'] }),
            } as Ask<'user.add'>);
    setBusy(false);
    if (outcome?.ok) onClose();
  }
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void save(new FormData(event.currentTarget));
  };

  return (
    <Dialog title={titleOf(work)} onClose={onClose}>
      <form onSubmit={submit}>
        <div className="dialog-body user-form">
          {isNew ? (
            <label>
              {words.userId}
              <input
                name="id"
                required
                autoCapitalize="none"
                spellCheck={false}
                maxLength={40}
                autoComplete="off"
              />
            </label>
          ) : null}
          {hasName ? (
            <label>
              {words.userName}
              <input name="name" required maxLength={200} defaultValue={known?.name} />
              <span>{words.userNameHint}</span>
            </label>
          ) : null}
          {hasRoles ? (
            <>
              <label>
                {words.person}
                <select name="person" defaultValue={known?.person ?? ''}>
                  <option value="">{words.nobody}</option>
                  <PeopleOptions people={people} />
                </select>
              </label>
              <RoleBoxes roles={roles} onChange={setRoles} />
              <IdentityFields known={known?.identity ?? null} isNeeded={!roles.includes('administrator')} />
            </>
          ) : null}
          {work.kind === 'change' ? null : (
            <label>
              {words.password}
              <input
                name="password"
                type="password"
                required
                minLength={12}
                maxLength={200}
                autoComplete="new-password"
              />
              <span>{work.kind === 'first' ? words.firstPasswordHint : words.passwordHint}</span>
            </label>
          )}
        </div>
        <DialogFoot>
          <Button onPress={onClose}>{text.cancel}</Button>
          <Button look="primary" type="submit" isDisabled={isBusy || (hasRoles && roles.length === 0)}>
            {words.save}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

const plantToday = (): string => localDateOf(useSession.getState().status?.zone ?? 'UTC', plantNow());

/** Who has seen whose account it is (ES-07); who only administers signs nothing and needs nobody. */
const IdentityFields = ({
  known,
  isNeeded,
}: {
  readonly known: UserView['identity'];
  readonly isNeeded: boolean;
}) => (
  <>
    <div className="user-identity">
      <label>
        {words.identityBy}
        <input name="identityBy" required={isNeeded} maxLength={200} defaultValue={known?.by} />
      </label>
      <label>
        {words.identityOn}
        <input name="identityOn" type="date" required={isNeeded} defaultValue={known?.on ?? plantToday()} />
      </label>
    </div>
    <p className="muted">{words.identityHint}</p>
  </>
);

/** Several roles, but an administrator has no other (AC-03). */
function RoleBoxes({
  roles,
  onChange,
}: {
  readonly roles: readonly Role[];
  readonly onChange: (roles: readonly Role[]) => void;
}) {
  const turn = (role: Role): void => {
    if (roles.includes(role)) onChange(roles.filter((other) => other !== role));
    else if (role === 'administrator') onChange([role]);
    else onChange([...roles.filter((other) => other !== 'administrator'), role]);
  };
  return (
    <fieldset>
      <legend>{words.roles}</legend>
      {ROLES.map((role) => (
        <label key={role} className="user-role">
          <input type="checkbox" checked={roles.includes(role)} onChange={() => turn(role)} />
          {words.role[role]}
        </label>
      ))}
      <p className="muted">{words.administratorAlone}</p>
    </fieldset>
  );
}
