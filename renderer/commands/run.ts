import { isInside, reasonAgainst, useAccount } from '#renderer/state/account.ts';
import { useBoard } from '#renderer/state/board.ts';
import { notify } from '#renderer/state/notices.ts';
import { useSession } from '#renderer/state/session.ts';
import { commandText } from './text.ts';
import { type Command, type Situation, isEnabled, useCommands } from './registry.ts';

export const situation = (): Situation => ({
  board: useBoard.getState(),
  session: useSession.getState(),
});

/** Why whoever is here may not run it, for the tip of a control that is disabled for that; undefined where they may. */
export function useRefusal(id: string): string | undefined {
  const needs = useCommands((state) => state.commands.get(id)?.needs);
  return useAccount(({ account }) => needs && reasonAgainst(account, needs)) ?? undefined;
}

/** Runs a command if it can run now; what it throws becomes a notice. */
export function run(command: Command | undefined): void {
  if (!command || !isInside(useAccount.getState().account) || !isEnabled(command, situation())) return;
  const failed = (error: unknown) => notify('error', commandText.failed, String(error));
  try {
    Promise.resolve(command.run()).catch(failed);
  } catch (error) {
    failed(error);
  }
}

export const runById = (id: string): void => run(useCommands.getState().commands.get(id));

/** Whether the command with this id can run, kept current. */
export function useEnabled(id: string): boolean {
  const command = useCommands((state) => state.commands.get(id));
  const board = useBoard();
  const session = useSession();
  useAccount();
  return command !== undefined && isEnabled(command, { board, session });
}
