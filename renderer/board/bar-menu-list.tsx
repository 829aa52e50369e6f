import type { RefObject } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { writtenKeys } from '#renderer/commands/keys.ts';
import { type Situation, isEnabled, titleOf, useCommands } from '#renderer/commands/registry.ts';
import { run } from '#renderer/commands/run.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useSession } from '#renderer/state/session.ts';
import { innerText } from './inner-text.ts';

/** The commands of the selection, by id: the same records as in the palette. */
const ITEMS = [
  'board.moveTo',
  'pin',
  'unpin',
  'board.takeOff',
  'board.split',
  'board.join',
  'board.estimate',
  'board.remaining',
  'board.reports',
  'board.keepBehind',
  'board.moveOrder',
  'board.selectOrder',
  'recall',
  'board.comment',
  'board.inspector',
] as const;

/** What can be done to the selection, each with its key. */
export function BarMenuList({
  anchor,
  onClose,
}: {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}) {
  const commands = useCommands((state) => state.commands);
  const now: Situation = { board: useBoard(), session: useSession() };
  const items = ITEMS.flatMap((id) => commands.get(id) ?? []);
  return (
    <Popover
      className="bar-menu"
      triggerRef={anchor}
      isOpen
      onOpenChange={onClose}
      placement="bottom start"
      offset={2}
    >
      <Menu
        ref={(menu: HTMLElement | null) => menu?.focus()}
        className="bar-menu-list"
        aria-label={innerText.barMenu}
        disabledKeys={items.filter((command) => !isEnabled(command, now)).map(({ id }) => id)}
        onAction={(id) => {
          onClose();
          run(commands.get(String(id)));
        }}
      >
        {items.map((command) => (
          <MenuItem key={command.id} id={command.id} className="bar-menu-item">
            {titleOf(command, now)}
            {command.keys?.[0] ? <kbd>{writtenKeys(command.keys[0])}</kbd> : null}
          </MenuItem>
        ))}
      </Menu>
    </Popover>
  );
}
