import type { TaskId } from '#shared/domain/task.ts';
import { useEffect, useRef, useState } from 'react';
import { Menu, MenuItem } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { type Situation, isEnabled, titleOf, useCommands } from '#renderer/commands/registry.ts';
import { writtenKeys } from '#renderer/commands/keys.ts';
import { run } from '#renderer/commands/run.ts';
import { useBoard } from '#renderer/state/board.ts';
import { useSession } from '#renderer/state/session.ts';
import { BAR_HEIGHT, HEAD_WIDTH } from './metrics.ts';
import type { Surface } from './surface.ts';
import { boardText } from './text.ts';
import { currentOf, selectOne, useBoardUi } from './ui-state.ts';

/** The commands of the selection, by id: the same records as in the palette. */
const ITEMS = [
  'board.moveTo',
  'pin',
  'unpin',
  'board.takeOff',
  'board.split',
  'board.join',
  'board.keepBehind',
  'board.moveOrder',
  'board.selectOrder',
  'board.comment',
  'board.inspector',
] as const;

/** Opens at a bar with the right button, or with Shift F10 or the menu key at the current one; what is done is done to the whole selection. */
export function BarMenu({ surface }: { readonly surface: Surface }) {
  const anchor = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  const commands = useCommands((state) => state.commands);
  useEffect(() => {
    const scroller = anchor.current?.closest<HTMLElement>('.board-scroller');
    if (!scroller) return;
    let byKeys = false;
    const keyDown = ({ key, shiftKey }: KeyboardEvent): void => {
      byKeys = key === 'ContextMenu' || (key === 'F10' && shiftKey);
    };
    const pointerDown = (): void => {
      byKeys = false;
    };
    function open(event: MouseEvent): void {
      const { selection, bars } = useBoard.getState();
      // A press of a key comes with some place that nobody pointed at.
      const spot = byKeys ? { bar: null, x: 0, y: 0 } : surface.spotAt(event.clientX, event.clientY);
      if (spot.bar && !selection.has(spot.bar.task)) selectOne(spot.bar.task);
      const now = useBoard.getState().selection;
      const current = bars.get(currentOf(now, useBoardUi.getState().current) ?? ('' as TaskId));
      if (!spot.bar && current) surface.reveal(current);
      // From the keyboard there is no pointer: then the menu opens at the bar.
      const box = spot.bar ? spot : current ? surface.boxOf(current) : null;
      if (!box || !anchor.current) return;
      event.preventDefault();
      const { width, height } = surface.size();
      anchor.current.style.left = `${Math.min(width - 8, Math.max(HEAD_WIDTH, box.x))}px`;
      anchor.current.style.top = `${Math.min(height - 8, spot.bar ? box.y : box.y + BAR_HEIGHT)}px`;
      setOpen(true);
    }
    scroller.addEventListener('keydown', keyDown);
    scroller.addEventListener('pointerdown', pointerDown);
    scroller.addEventListener('contextmenu', open);
    return () => {
      scroller.removeEventListener('keydown', keyDown);
      scroller.removeEventListener('pointerdown', pointerDown);
      scroller.removeEventListener('contextmenu', open);
    };
  }, [surface]);
  const now: Situation = { board: useBoard(), session: useSession() };
  const items = ITEMS.flatMap((id) => commands.get(id) ?? []);
  return (
    <>
      <span ref={anchor} className="bar-menu-anchor" aria-hidden="true" />
      <Popover
        className="bar-menu"
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={setOpen}
        placement="bottom start"
        offset={2}
      >
        <Menu
          ref={(menu: HTMLElement | null) => menu?.focus()}
          className="bar-menu-list"
          aria-label={boardText.barMenu}
          disabledKeys={items.filter((command) => !isEnabled(command, now)).map(({ id }) => id)}
          onAction={(id) => {
            setOpen(false);
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
    </>
  );
}
