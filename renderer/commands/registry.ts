import { create } from 'zustand';
import type { CallName } from '#shared/contract/calls.ts';
import { may } from '#renderer/state/account.ts';
import type { BoardStore } from '#renderer/state/board.ts';
import type { Session } from '#renderer/state/session.ts';

/** What a command may look at to know whether it can run. */
export interface Situation {
  readonly board: BoardStore;
  readonly session: Session;
}

/** One record feeds menu, toolbar, palette, help and keys. */
export interface Command {
  readonly id: string;
  /** As it stands in the palette and the help: a verb and its object. May say more, such as what would be undone. */
  readonly title: string | ((now: Situation) => string);
  readonly group: string;
  /** tinykeys' notation: `$mod+z`, `g o`, `?`; the first is shown. */
  readonly keys?: readonly string[];
  /** The call it ends in: whose role may not make it cannot run it. */
  readonly needs?: CallName;
  /** Missing means always. */
  readonly enabled?: (now: Situation) => boolean;
  readonly run: () => void | Promise<void>;
}

export const useCommands = create<{ readonly commands: ReadonlyMap<string, Command> }>()(() => ({
  commands: new Map(),
}));

/** Adds commands (a view does it while it is mounted) and returns how to take them away. */
export function registerCommands(added: readonly Command[]): () => void {
  useCommands.setState(({ commands }) => ({
    commands: new Map([...commands, ...added.map((command) => [command.id, command] as const)]),
  }));
  return () =>
    useCommands.setState(({ commands }) => {
      const left = new Map(commands);
      for (const command of added) if (left.get(command.id) === command) left.delete(command.id);
      return { commands: left };
    });
}

export const isEnabled = (command: Command, now: Situation): boolean =>
  (command.needs === undefined || may(command.needs)) && (command.enabled?.(now) ?? true);

export const titleOf = (command: Command, now: Situation): string =>
  typeof command.title === 'string' ? command.title : command.title(now);
