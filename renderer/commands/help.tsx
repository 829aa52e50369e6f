import { useState } from 'react';
import { groupBy } from '#shared/base/group.ts';
import { closeOverlay } from '#renderer/state/place.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { matches } from '#renderer/ui/rows.ts';
import { SearchBox } from '#renderer/ui/view.tsx';
import { writtenKeys } from './keys.ts';
import './palette.css';
import { titleOf, useCommands } from './registry.ts';
import { situation } from './run.ts';
import { handKeys } from './hand-keys.ts';
import { commandText } from './text.ts';

interface Line {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly keys: readonly string[];
}

/** All commands with their keys on one sheet, from the same records that listen for them, and what the hand does beside. */
export function Help() {
  const commands = useCommands((state) => state.commands);
  const [search, setSearch] = useState('');
  const now = situation();
  const lines: Line[] = [
    ...[...commands.values()].map((command) => ({
      id: command.id,
      group: command.group,
      title: titleOf(command, now),
      keys: (command.keys ?? []).map(writtenKeys),
    })),
    ...handKeys.map(({ group, title, keys }) => ({ id: title, group, title, keys })),
  ];
  const found = lines.filter(({ group, title, keys }) => matches(search, [group, title, ...keys]));
  return (
    <Dialog title={commandText.keysTitle} wide onClose={closeOverlay}>
      <div className="dialog-body">
        <SearchBox label={commandText.searchKeys} value={search} onChange={setSearch} />
        {found.length === 0 ? (
          <p className="palette-none muted" role="status">
            {commandText.noMatch}
          </p>
        ) : null}
        <div className="keys-columns">
          {[...groupBy(found, ({ group }) => group)].map(([group, members]) => (
            <section key={group} className="keys-group">
              <h3>{group}</h3>
              <ul>
                {members.map(({ id, title, keys }) => (
                  <li key={id}>
                    <span>{title}</span>
                    <span className="button-row">
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </Dialog>
  );
}
