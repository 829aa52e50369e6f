import { useState } from 'react';
import type { LinesView } from '#shared/contract/session.ts';
import type { Ask } from '#shared/contract/calls.ts';
import { act } from '#renderer/state/act.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Dialog, DialogFoot } from '#renderer/ui/dialog.tsx';
import { text } from '#renderer/ui/text.ts';
import { PeopleOptions } from './people-options.tsx';
import { settingsText as words } from './text.ts';

/** The code by which somebody is known at the lines. It is entered, and never shown again. */
export function BadgeDialog({
  people,
  onClose,
}: Pick<LinesView, 'people'> & { readonly onClose: () => void }) {
  const [person, setPerson] = useState(people[0]?.id ?? '');
  const [code, setCode] = useState('');
  const chosen = people.find(({ id }) => id === person);

  async function save(code: string | null): Promise<void> {
    const outcome = await act('badge.save', { person, code } as Ask<'badge.save'>);
    if (outcome?.ok) onClose();
  }

  return (
    <Dialog title={words.badgeTitle(chosen?.name ?? '')} onClose={onClose}>
      <div className="dialog-body user-form">
        <label>
          {words.person}
          <select value={person} onChange={(event) => setPerson(event.target.value)}>
            <PeopleOptions people={people} />
          </select>
        </label>
        <label>
          {words.badgeCode}
          <input
            type="password"
            autoComplete="off"
            maxLength={64}
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          <span>{words.badgeHint}</span>
        </label>
      </div>
      <DialogFoot>
        {chosen?.hasCode ? <Button onPress={() => void save(null)}>{words.badgeNone}</Button> : null}
        <Button onPress={onClose}>{text.cancel}</Button>
        <Button look="primary" isDisabled={code.length < 4} onPress={() => void save(code)}>
          {words.save}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
