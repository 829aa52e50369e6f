import { groupBy } from '#shared/base/group.ts';
import { closeOverlay } from '#renderer/state/place.ts';
import { Dialog } from '#renderer/ui/dialog.tsx';
import { writtenKeys } from './keys.ts';
import './palette.css';
import { titleOf, useCommands } from './registry.ts';
import { situation } from './run.ts';
import { commandText } from './text.ts';

/** All keys on one sheet, from the same records that listen for them. */
export function Help() {
  const commands = useCommands((state) => state.commands);
  const now = situation();
  const withKeys = [...commands.values()].filter((command) => command.keys?.length);
  return (
    <Dialog title={commandText.keysTitle} wide onClose={closeOverlay}>
      <div className="dialog-body">
        <div className="keys-columns">
          {[...groupBy(withKeys, ({ group }) => group)].map(([group, members]) => (
            <section key={group} className="keys-group">
              <h3>{group}</h3>
              <ul>
                {members.map((command) => (
                  <li key={command.id}>
                    <span>{titleOf(command, now)}</span>
                    <span className="button-row">
                      {command.keys?.map((keys) => (
                        <kbd key={keys}>{writtenKeys(keys)}</kbd>
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
